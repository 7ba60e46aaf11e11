//! One script for the patterns: the signs that dates are written with, in their simplified form.

/// Both forms have three bytes in UTF-8, so that a folded text keeps its offsets.
const PAIRS: [(char, char); 55] = [
    ('個', '个'),
    ('後', '后'),
    ('點', '点'),
    ('時', '时'),
    ('鐘', '钟'),
    ('號', '号'),
    ('禮', '礼'),
    ('這', '这'),
    ('兩', '两'),
    ('當', '当'),
    ('過', '过'),
    ('來', '来'),
    ('內', '内'),
    ('間', '间'),
    ('節', '节'),
    ('從', '从'),
    ('現', '现'),
    ('紀', '纪'),
    ('淩', '凌'),
    ('歲', '岁'),
    ('國', '国'),
    ('慶', '庆'),
    ('動', '动'),
    ('勞', '劳'),
    ('婦', '妇'),
    ('軍', '军'),
    ('師', '师'),
    ('萬', '万'),
    ('聖', '圣'),
    ('誕', '诞'),
    ('親', '亲'),
    ('復', '复'),
    ('陽', '阳'),
    ('兒', '儿'),
    ('樹', '树'),
    ('數', '数'),
    ('幾', '几'),
    ('開', '开'),
    ('雙', '双'),
    ('週', '周'),
    ('與', '与'),
    ('邊', '边'),
    ('圍', '围'),
    ('頭', '头'),
    ('條', '条'),
    ('緒', '绪'),
    ('級', '级'),
    ('農', '农'),
    ('曆', '历'),
    ('歷', '历'),
    ('陰', '阴'),
    ('舊', '旧'),
    ('臘', '腊'),
    ('閏', '闰'),
    ('規', '规'),
];

/// The simplified form of a sign; every other sign is itself.
pub(super) fn simplified(c: char) -> char {
    PAIRS.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)
}

#[cfg(test)]
mod tests {
    use super::PAIRS;

    #[test]
    fn a_folded_text_keeps_its_offsets() {
        for (from, to) in PAIRS {
            assert_eq!(from.len_utf8(), to.len_utf8(), "{from}");
        }
    }
}
