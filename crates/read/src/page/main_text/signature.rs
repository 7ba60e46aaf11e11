//! The two short lines under a Chinese notice: who signed, and on which day. They stand apart from the text,
//! right-aligned and without a full stop, and look like a footer; but they are what a notice is proved by.

use crate::canon::Raw;
use crate::dateline::{is_maker, signed};

/// So many blocks before and behind the last block of the text are looked at.
const NEAR: usize = 6;

/// Keeps them.
pub(super) fn keep(blocks: &[Raw], main: &mut [bool]) {
    let Some(last) = main.iter().rposition(|main| *main) else { return };
    let own = |block: &Raw| !block.hidden && block.links.is_empty();
    for at in last.saturating_sub(NEAR)..(last + NEAR).min(blocks.len()) {
        let block = &blocks[at];
        let written = block.text.contains('年') && block.text.contains('日');
        if !written || !own(block) || signed(&block.text).is_none() {
            continue;
        }
        main[at] = true;
        if at > 0 && own(&blocks[at - 1]) && is_maker(&blocks[at - 1].text) {
            main[at - 1] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_model::BlockKind;

    #[test]
    fn a_notice_keeps_who_signed_it() {
        let texts =
            ["特此通告。", "溯岩县公安局", "二○○三年九月八日", "上一页", "溯岩县政府网 2003年9月9日更新"];
        let blocks: Vec<Raw> = texts.iter().map(|text| Raw::new(BlockKind::Paragraph, "p", *text)).collect();
        let mut main = [true, false, false, false, false];
        keep(&blocks, &mut main);
        assert_eq!(main, [true, true, true, false, false]);
    }
}
