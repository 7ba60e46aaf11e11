//! States, provinces and cities that are named by one character: 中 and 美 in 中美两国, 华 in 访华.

use super::NameKind;
use super::lattice::Kind;
use super::units::Unit;

/// Characters that name a state, a province or a city where the words around say so.
const SHORT: &str = "中美日俄德英法韩朝印泰加墨巴越缅葡意以伊埃蒙苏孟斯哈吉塔波智欧亚非澳台港京津沪渝粤云贵川陕甘晋冀豫鲁皖浙闽赣湘鄂西新马菲老柬尼";
/// The states that have a side of talks: 中方.
const SIDES: &str = "中美俄日英法德韩朝";
/// Verbs before a place in one character, and what may stand behind them.
const TO: &str = "访赴驻对抗援治涉留旅";
const IN: &str = "在来抵返离";
const AFTER_VERB: &str = "华美日俄德英法韩朝台港澳京沪";
const AFTER_IN: &str = "华京沪";
/// What stands behind two states that are named together.
const TOGETHER: &str = "两双三关友建邦贸经方各联政军边合协交文人战会首外和国自大高领议民在间前驻使对历应已第";

/// Cuts words of such characters into the names that they are.
pub(super) fn states(letters: &[char], units: Vec<Unit>) -> Vec<Unit> {
    let at = |n: usize| letters.get(n).copied().unwrap_or(' ');
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        let word = &letters[unit.start..unit.end];
        let next = at(unit.end);
        match word {
            [state, '方'] if SIDES.contains(*state) => out.push(short(letters, unit.start)),
            [verb, place] if verb_and_place(*verb, *place) => out.push(short(letters, unit.start + 1)),
            [first, ..]
                if several(&unit, word) && (next == ' ' || TOGETHER.contains(next) || *first == '中') =>
            {
                out.extend((unit.start..unit.end).map(|at| short(letters, at)));
            }
            [one] if unit.name.is_none() && is_state(*one, unit.start, letters, &out) => {
                out.push(short(letters, unit.start));
            }
            _ => out.push(unit),
        }
    }
    out
}

fn short(letters: &[char], at: usize) -> Unit {
    Unit {
        start: at,
        end: at + 1,
        name: Some(NameKind::Place),
        kind: Kind::Place,
        short: true,
        text: letters[at..=at].iter().collect(),
    }
}

/// 访华, 驻美: the dictionary has them as words.
fn verb_and_place(verb: char, place: char) -> bool {
    AFTER_VERB.contains(place)
        && (TO.contains(verb) || "抵在".contains(verb))
        && (verb, place) != ('在', '京')
}

/// 中美, 云贵川: a word of different characters each of which names a place.
fn several(unit: &Unit, word: &[char]) -> bool {
    let different = word.iter().enumerate().all(|(at, c)| !word[..at].contains(c));
    (2..=3).contains(&word.len())
        && different
        && unit.name != Some(NameKind::Body)
        && unit.kind != Kind::Place
        && word.iter().all(|c| SHORT.contains(*c))
}

fn is_state(c: char, start: usize, letters: &[char], before: &[Unit]) -> bool {
    let at = |n: usize| letters.get(n).copied().unwrap_or(' ');
    let previous = start.checked_sub(1).map_or(' ', at);
    let (next, second) = (at(start + 1), at(start + 2));
    // 哈哈哈 is laughter.
    if !(SHORT.contains(c) || c == '华') || previous == c || next == c {
        return false;
    }
    let beside = before.last().is_some_and(|unit| unit.short && unit.end == start);
    let listed = previous == '、' && "、等两".contains(next) && SHORT.contains(c);
    TO.contains(previous) && next != '于'
        || IN.contains(previous) && AFTER_IN.contains(c)
        || "方籍独".contains(next) && (SIDES.contains(c) || "印台".contains(c))
        || SHORT.contains(c) && SHORT.contains(next) && TOGETHER.contains(second)
        || beside
        || listed
}
