//! How a Han name may be written in Latin letters: toneless pinyin with all
//! readings (surnames first), and other romanisations from a table.

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

/// Other romanisations of a character: Wade-Giles by rule, Cantonese and others by table.
pub(super) fn variants(c: char, surname: bool) -> Vec<String> {
    let mut out: Vec<String> = readings(c, surname).iter().flat_map(|r| wade_giles(r)).collect();
    if let Some(forms) = table().get(&c) {
        out.extend(forms.iter().cloned());
    }
    out
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

/// Wade-Giles without apostrophes, and ü written u, yu or v.
fn wade_giles(pinyin: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (from, to) in [
        ("zh", "ch"),
        ("x", "hs"),
        ("q", "ch"),
        ("j", "ch"),
        ("z", "ts"),
        ("c", "ts"),
        ("zi", "tzu"),
        ("ci", "tzu"),
        ("si", "szu"),
        ("b", "p"),
        ("d", "t"),
        ("g", "k"),
        ("r", "j"),
        ("ze", "tse"),
        ("ch", "ch"),
    ] {
        if let Some(rest) = pinyin.strip_prefix(from) {
            let form = format!("{to}{rest}");
            out.push(form.replace("ong", "ung"));
            out.push(form.replace("ian", "ien"));
            if from.len() == pinyin.len() {
                out.push(to.to_owned());
            }
            out.push(form);
        }
    }
    out.push(pinyin.replace("ong", "ung"));
    out.push(pinyin.replace("ian", "ien"));
    out.push(pinyin.replace('v', "u"));
    out.push(pinyin.replace('v', "yu"));
    out.push(pinyin.replace('v', "ue"));
    out
}
