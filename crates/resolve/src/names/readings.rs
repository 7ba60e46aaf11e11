//! How a Han name may be written in Latin letters: toneless pinyin with all
//! readings (surnames first), and in other systems.

use super::cantonese::cantonese;
use super::wade_giles::wade_giles;
use pinyin::{ToPinyin, ToPinyinMulti};
use plainsight_text::{fold, fold_char};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Characters whose reading as a surname differs from the usual one.
const SURNAMES: [(char, &str); 24] = [
    ('曾', "zeng"),
    ('解', "xie"),
    ('单', "shan"),
    ('仇', "qiu"),
    ('查', "zha"),
    ('区', "ou"),
    ('任', "ren"),
    ('华', "hua"),
    ('盖', "ge"),
    ('覃', "qin"),
    ('翟', "zhai"),
    ('乐', "yue"),
    ('朴', "piao"),
    ('缪', "miao"),
    ('尉', "yu"),
    ('黑', "he"),
    ('洗', "xian"),
    ('员', "yun"),
    ('種', "chong"),
    ('祭', "zhai"),
    ('那', "na"),
    ('宓', "mi"),
    ('折', "she"),
    ('秘', "bi"),
];

/// The commonest Chinese surnames of one character: they cover some nineteen of twenty persons.
/// Written by hand, as general knowledge; no list was copied.
const COMMON_SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜\
戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊殷施陶洪翟安颜倪严牛温季俞章鲁葛伍韦申尤毕聂焦\
向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池";

/// Tells whether a Han name begins with a common Chinese surname.
pub(super) fn begins_with_surname(folded: &[char]) -> bool {
    static ALL: OnceLock<HashSet<char>> = OnceLock::new();
    let all = ALL.get_or_init(|| fold(COMMON_SURNAMES).chars().collect());
    folded.first().is_some_and(|c| all.contains(c))
}

/// More readings than any name has are a character table gone wrong.
const MOST_READINGS: usize = 8;

/// The readings of one folded Han character; as a surname that reading comes first.
pub(super) fn readings(c: char, surname: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    if surname && let Some((_, reading)) = SURNAMES.iter().find(|(s, _)| fold_char(*s).starts_with(c)) {
        out.push((*reading).to_owned());
    }
    if let Some(usual) = c.to_pinyin() {
        out.push(usual.plain().replace('ü', "v"));
    }
    if let Some(all) = c.to_pinyin_multi() {
        out.extend(all.into_iter().map(|reading| reading.plain().replace('ü', "v")));
    }
    let mut seen = Vec::new();
    out.retain(|reading| !seen.contains(reading) && (seen.push(reading.clone()), true).1);
    out.truncate(MOST_READINGS);
    out
}

/// Tells whether letters are one toneless syllable of pinyin (ü written v).
pub(super) fn is_syllable(letters: &str) -> bool {
    static ALL: OnceLock<HashSet<String>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let usual = ('\u{4e00}'..='\u{9fff}').filter_map(|c| c.to_pinyin());
        // Interjections without a vowel (嗯) are in no name.
        let names = |reading: &String| reading.contains(['a', 'e', 'i', 'o', 'u', 'v']);
        usual.map(|reading| reading.plain().replace('ü', "v")).filter(names).collect()
    });
    all.contains(letters)
}

/// A way to write Chinese in Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    /// The official one of China, without tones.
    Pinyin,
    /// The older one of books and of Taiwan.
    WadeGiles,
    /// Hong Kong's and Macao's.
    Cantonese,
    /// Whatever is usual for a character somewhere, in any of the three or by the table of
    /// Hokkien, Teochew, Hakka and other established spellings (`data/syllables.csv`).
    Any,
}

/// How a folded character is spelled in a system; as a surname that reading comes first.
pub(super) fn spellings(c: char, surname: bool, system: System) -> Vec<String> {
    let of_pinyin = || readings(c, surname).iter().flat_map(|r| wade_giles(r)).collect::<Vec<_>>();
    match system {
        System::Pinyin => readings(c, surname),
        System::WadeGiles => of_pinyin(),
        System::Cantonese => cantonese(c),
        System::Any => {
            let mut out = readings(c, surname);
            out.extend(of_pinyin());
            // ü is u, yu and ue on passports.
            out.extend(["u", "yu", "ue"].iter().flat_map(|u| {
                readings(c, surname).into_iter().filter(|r| r.contains('v')).map(|r| r.replace('v', u))
            }));
            out.extend(cantonese(c));
            out.extend(regional(c).iter().cloned());
            out.sort();
            out.dedup();
            out
        }
    }
}

/// Established spellings of a character that no rule gives: surnames and some given names.
pub(super) fn regional(c: char) -> &'static [String] {
    table().get(&c).map_or(&[], Vec::as_slice)
}

fn table() -> &'static HashMap<char, Vec<String>> {
    static TABLE: OnceLock<HashMap<char, Vec<String>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let row = |line: &str| {
            let (key, forms) = line.split_once(',')?;
            let mut key = fold(key).chars().collect::<Vec<_>>().into_iter();
            let (first, rest) = (key.next()?, key.next());
            rest.is_none().then(|| (first, forms.split(' ').map(str::to_owned).collect()))
        };
        include_str!("../../data/syllables.csv").lines().skip(1).filter_map(row).collect()
    })
}
