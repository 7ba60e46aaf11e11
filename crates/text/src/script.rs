//! Which script a string is written in.

use std::collections::HashSet;
use std::sync::OnceLock;

/// The script of most letters of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScriptOf {
    /// Han, and nothing tells simplified from traditional.
    Han,
    /// Han with more characters that are simplified only.
    Hans,
    /// Han with more characters that are traditional only.
    Hant,
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Arabic.
    Arabic,
    /// Anything else, or no letters at all.
    Other,
}

/// Tells whether a character is Han.
pub fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3134f | 0x3007)
}

/// Finds the script of most letters. Han counts threefold, since a Han
/// character carries about as much as three letters.
///
/// ```
/// use plainsight_text::{ScriptOf, script_of};
/// assert_eq!(script_of("警務聯絡點"), ScriptOf::Hant);
/// assert_eq!(script_of("politiebureau"), ScriptOf::Latin);
/// ```
pub fn script_of(text: &str) -> ScriptOf {
    let sides = sides();
    let (mut han, mut simplified, mut traditional) = (0usize, 0usize, 0usize);
    let (mut latin, mut cyrillic, mut arabic) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        match c as u32 {
            0x41..=0x5a | 0x61..=0x7a | 0xc0..=0x24f | 0x1e00..=0x1eff => latin += 1,
            0x400..=0x52f => cyrillic += 1,
            0x600..=0x6ff => arabic += 1,
            _ if is_han(c) => {
                han += 3;
                simplified += usize::from(sides.simplified.contains(&c));
                traditional += usize::from(sides.traditional.contains(&c));
            }
            _ => {}
        }
    }
    let most = han.max(latin).max(cyrillic).max(arabic);
    match most {
        0 => ScriptOf::Other,
        // Simplified text has next to no traditional characters, while 局, 松, 里 and
        // their like, which stand for another simplified form, are common in both.
        _ if most == han && traditional > 0 && traditional * 4 >= simplified => ScriptOf::Hant,
        _ if most == han && simplified > 0 => ScriptOf::Hans,
        _ if most == han => ScriptOf::Han,
        _ if most == latin => ScriptOf::Latin,
        _ if most == cyrillic => ScriptOf::Cyrillic,
        _ => ScriptOf::Arabic,
    }
}

struct Sides {
    simplified: HashSet<char>,
    traditional: HashSet<char>,
}

/// Characters that stand on one side of the table only.
fn sides() -> &'static Sides {
    static SIDES: OnceLock<Sides> = OnceLock::new();
    SIDES.get_or_init(|| {
        let (mut keys, mut values) = (HashSet::new(), HashSet::new());
        for (key, row) in crate::fold::rows() {
            // A character that is its own simplified form (乾, 著) tells nothing.
            if !row.contains(&key) {
                keys.insert(key);
                values.extend(row);
            }
        }
        // 后, 里, 面 and their like are old characters of their own and stand
        // in traditional texts too, but far less often than in simplified ones.
        let traditional = keys.difference(&values).copied().collect();
        let simplified = values.difference(&keys).copied().collect();
        Sides { simplified, traditional }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_by_example() {
        for (text, script) in [
            ("海外服务站", ScriptOf::Hans),
            ("海外服務站", ScriptOf::Hant),
            ("松鎮公安局", ScriptOf::Hant),
            ("中文", ScriptOf::Han),
            ("De politie 110", ScriptOf::Latin),
            ("полиция", ScriptOf::Cyrillic),
            ("شرطة", ScriptOf::Arabic),
            ("2021-06", ScriptOf::Other),
        ] {
            assert_eq!(script_of(text), script, "{text}");
        }
    }
}
