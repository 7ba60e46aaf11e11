//! Names, only beside a word of the lens's closed list of public roles.
//!
//! No other person is ever mentioned: not a witness, not a customer, not a volunteer.

use crate::roles::RoleWords;
use plainsight_text::is_han;
use regex::Regex;
use std::sync::LazyLock;

/// A role holder in a text; code points of that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub start: usize,
    pub end: usize,
    /// Heads a post, as against an association.
    pub heads: bool,
}

/// Finds role holders, by position.
pub(crate) fn people(letters: &[char], words: &RoleWords) -> Vec<Person> {
    let mut out = Vec::new();
    let folded: Vec<char> = letters.iter().map(|c| plainsight_text::fold_first(*c)).collect();
    let mut at = 0;
    while at < letters.len() {
        let begins = words.han_first.contains(&folded[at]);
        let role =
            begins.then(|| words.han.iter().find(|(word, _)| folded[at..].starts_with(word))).flatten();
        if let Some((word, heads)) = role {
            if let Some((start, end)) = han_after(letters, at + word.len())
                .or_else(|| han_before(letters, before_giving(letters, at)))
                .or_else(|| han_listed(letters, at))
                .or_else(|| han_appointed(letters, at))
            {
                out.push(Person { start, end, heads: *heads });
            }
            at += word.len();
        } else {
            at += 1;
        }
    }
    if letters.iter().any(|c| c.is_ascii_lowercase()) {
        latin(letters, words, &mut out);
    }
    out.sort_by_key(|person| (person.start, person.end));
    out.dedup_by_key(|person| (person.start, person.end));
    out
}

/// The common surnames, by character; double ones apart.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛焦向柳邢路岳齐齊梅莫庄莊辛管祝左涂谷祁时耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵解强柴华華车車冉房边邊辜吉饶饒刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官容亓逄缑璩漆郗佘麦麥贲嵇邴隗宓钭戎韶蓟邰郦雍郤扈郏浦宦庾暨殳夔厍晁訾乜蒯逯桓缪繆裘狄荀羿芮储儲汲虢菅禹贝貝羊印宿蒲衣楚佟栗匡宗应台巫容岑阙阚宓舒蔚鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺";
const DOUBLE: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "东方", "尉迟", "公孙", "慕容", "夏侯",
    "皇甫", "令狐",
];

/// Characters that begin the next word, not a given name.
const NOT_GIVEN: &str = "说說表称稱在是和与與为為介绍紹告诉訴率向同等出的了及也将將被对對就都还還给給以于於由从從、，。：；！？（）()“”「」《》 \n\t 先生女士";

/// What stands behind a surname instead of a given name.
const TITLES: [&str; 8] = ["太太", "先生", "女士", "小姐", "理事", "老师", "老師", "夫人"];

/// What heads of posts are besides.
const HAN_TRADES: [&str; 16] = [
    "商人",
    "侨领",
    "僑領",
    "企业家",
    "企業家",
    "店主",
    "老板",
    "老闆",
    "会长",
    "會長",
    "副会长",
    "副會長",
    "主席",
    "理事长",
    "理事長",
    "秘书长",
];

/// Words with which a sentence gives somebody a role: 站长由商人亓维岳出任.
const GIVEN: [&str; 5] = ["兼任", "出任", "担任", "擔任", "挂任"];

/// The longest clause between 由 and such a word, in characters.
const CLAUSE: usize = 18;

fn han_after(letters: &[char], mut at: usize) -> Option<(usize, usize)> {
    if letters.get(at) == Some(&'由') {
        return han_given(letters, at + 1);
    }
    if letters.get(at).is_some_and(|c| "：:为為是由 　".contains(*c)) {
        at += 1;
    }
    // 站长为商人亓文远: what somebody is besides is no part of the name.
    if let Some(trade) = HAN_TRADES
        .iter()
        .find(|trade| trade.chars().eq(letters[at..].iter().copied().take(trade.chars().count())))
    {
        at += trade.chars().count();
    }
    at += of_a_body(letters, at);
    let surname = surname(letters, at)?;
    let mut end = at + surname;
    let next: String = letters[end..].iter().take(2).collect();
    if TITLES.contains(&next.as_str()) {
        return Some((at, end + 2));
    }
    while end < letters.len()
        && end < at + surname + 2
        && is_han(letters[end])
        && !NOT_GIVEN.contains(letters[end])
    {
        end += 1;
    }
    (end > at + surname).then_some((at, end))
}

/// The length of 某商会会长 before a name: what somebody is in a body is no part of it.
fn of_a_body(letters: &[char], at: usize) -> usize {
    const LONGEST: usize = 14;
    let run: Vec<char> = letters[at..].iter().copied().take(LONGEST).take_while(|c| is_han(*c)).collect();
    let ends = HAN_TRADES.iter().filter_map(|trade| {
        let trade: Vec<char> = trade.chars().collect();
        let from = run.windows(trade.len()).position(|window| window == trade)?;
        (from > 0 && "会會社司团團堂".contains(run[from - 1])).then(|| from + trade.len())
    });
    ends.max().unwrap_or(0)
}

/// The name that stands before the word that gives the role.
fn han_given(letters: &[char], from: usize) -> Option<(usize, usize)> {
    let clause = &letters[from..(from + CLAUSE).min(letters.len())];
    let end = (0..clause.len().saturating_sub(1)).find(|at| {
        let word: String = clause[*at..*at + 2].iter().collect();
        GIVEN.contains(&word.as_str())
    })?;
    let end = from + end;
    [3usize, 2, 4].into_iter().find_map(|length| {
        let start = end.checked_sub(length).filter(|start| *start >= from)?;
        let given = length - surname(letters, start)?;
        let name = &letters[start..end];
        let sound = name.iter().all(|c| is_han(*c) && !NOT_GIVEN.contains(*c));
        (sound && (1..=2).contains(&given)).then_some((start, end))
    })
}

/// 璩云岫　米兰站站长: in a list the post stands between the name and the role.
fn han_listed(letters: &[char], at: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 12;
    let blank = |c: char| c.is_whitespace() || c == '　';
    let post = letters[..at].iter().rev().take(LONGEST).take_while(|c| is_han(**c)).count();
    let to = at.checked_sub(post)?;
    if post < 2 || !"站点點处處".contains(letters[at - 1]) {
        return None;
    }
    let blanks = letters[..to].iter().rev().take(LONGEST).take_while(|c| blank(**c)).count();
    let end = to.checked_sub(blanks).filter(|_| blanks > 0)?;
    let length = letters[..end].iter().rev().take(5).take_while(|c| is_han(**c)).count();
    let start = end.checked_sub(length)?;
    let given = length.checked_sub(surname(letters, start)?)?;
    (1..=2).contains(&given).then_some((start, end))
}

/// 由陈例示先生任联络点主任: the post stands between the word that gives the role and the role.
fn han_appointed(letters: &[char], at: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 10;
    let from = at.saturating_sub(LONGEST);
    let give = (from..at).rev().take_while(|k| is_han(letters[*k])).find(|k| letters[*k] == '任')?;
    let titled =
        TITLES.iter().find(|title| title.chars().rev().eq(letters[..give].iter().rev().copied().take(2)));
    han_before(letters, give - titled.map_or(0, |title| title.chars().count()))
}

/// Where the word that gives a role begins, if one stands before it: 亓文远兼任站长.
fn before_giving(letters: &[char], at: usize) -> usize {
    let word: String = letters[at.saturating_sub(2)..at].iter().collect();
    if GIVEN.contains(&word.as_str()) { at - 2 } else { at }
}

fn han_before(letters: &[char], at: usize) -> Option<(usize, usize)> {
    // 陈明站长: the name ends where the role begins, and something else stands before it.
    [3usize, 2, 4].into_iter().find_map(|length| {
        let start = at.checked_sub(length)?;
        let given = length - surname(letters, start)?;
        let name = &letters[start..at];
        let border =
            start == 0 || !is_han(letters[start - 1]) || "由请是与和据了".contains(letters[start - 1]) || {
                let before: String = letters[start.saturating_sub(2)..start].iter().collect();
                HAN_TRADES.contains(&before.as_str())
            };
        let sound = name.iter().all(|c| is_han(*c) && !NOT_GIVEN.contains(*c))
            // 米兰站站长: a post, and no name.
            && name.last().is_none_or(|c| !"站点點处處局会會所部院".contains(*c));
        (border && sound && (1..=2).contains(&given)).then_some((start, at))
    })
}

fn surname(letters: &[char], at: usize) -> Option<usize> {
    let two: String = letters.get(at..at + 2)?.iter().collect();
    if DOUBLE.contains(&two.as_str()) {
        return Some(2);
    }
    SURNAMES.contains(letters[at]).then_some(1)
}

/// A name of two words and more, or one behind a title.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    const WORD: &str = r"[A-ZÀ-Þ][\p{L}'’-]+";
    // Who heads a post is as a rule a business person, and is called so before a surname alone.
    const TRADES: &str = "zakenman|zakenvrouw|ondernemer|winkelier|handelaar|koopman|restauranthouder|importeur|businessman|businesswoman|merchant|trader|shopkeeper|restaurateur|importer|empresario|empresaria|comerciante|hostelero|restaurador|importador";
    const MORE: &str = r"\s+(?:(?:van|de|der|den|del|la|el|ten|ter)\s+){0,2}";
    Regex::new(&format!(
        r"^(?:(?:(?i:een|a|an|un|una|el|la|de|the)\s+)?(?:(?i:mr|mrs|ms|dr|dhr|mevr|mevrouw|meneer|heer|sr|sra|señora?|don|doña|{TRADES})\.?\s+)({WORD}(?:{MORE}{WORD}){{0,3}})|({WORD}(?:{MORE}{WORD}){{1,3}}))"
    ))
    .expect("a pattern of this file, compiled in its tests")
});

/// Titles before a surname that stands alone.
const LATIN_TITLES: [&str; 14] = [
    "mr", "mrs", "ms", "dr", "dhr", "mevr", "mevrouw", "heer", "sr", "sra", "señor", "señora", "don", "doña",
];

fn latin(letters: &[char], words: &RoleWords, out: &mut Vec<Person>) {
    let lower: Vec<char> = letters.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
    let mut at = 0;
    while at < lower.len() {
        let begins = words.latin_first.contains(&lower[at]) && (at == 0 || !lower[at - 1].is_alphanumeric());
        let stands = |word: &str| {
            let length = word.chars().count();
            lower[at..].len() >= length
                && word.chars().eq(lower[at..at + length].iter().copied())
                && lower.get(at + length).is_none_or(|c| !c.is_alphanumeric())
        };
        let lead = || {
            let lead = words.leads.iter().find(|lead| stands(lead))?;
            Some((words.office_after(&lower, at + lead.chars().count())?, true))
        };
        let plain = || {
            let (word, heads) = words.latin.iter().find(|(word, _)| stands(word))?;
            Some((at + word.chars().count(), *heads))
        };
        let role = begins.then(|| lead().or_else(plain)).flatten();
        let Some((end, heads)) = role else {
            at += 1;
            continue;
        };
        if let Some((start, stop)) = latin_after(letters, end).or_else(|| latin_before(letters, at)) {
            out.push(Person { start, end: stop, heads });
        }
        at = end;
    }
}

/// Words between a role and a name: “the head of the station is Ann Example”.
const IS: [&str; 8] = ["is", "was", "es", "era", "está", "fue", "werd", "remains"];

/// `head of the station, Ann Example` · `director Ann Example` · `head: Ann Example` · `the head is Ann Example`.
fn latin_after(letters: &[char], mut at: usize) -> Option<(usize, usize)> {
    let word: String = letters[at..].iter().skip(1).take_while(|c| c.is_alphabetic()).take(8).collect();
    if letters.get(at) == Some(&' ') && IS.contains(&word.as_str()) {
        at += 1 + word.chars().count();
    }
    let from = at;
    while letters.get(at).is_some_and(|c| matches!(c, ',' | ' ' | ':')) && at - from < 3 {
        at += 1;
    }
    if at == from {
        return None;
    }
    let ahead: String = letters[at..(at + 60).min(letters.len())].iter().collect();
    let found = NAME.captures(&ahead)?;
    let name = found.get(1).or_else(|| found.get(2))?;
    let skipped = ahead[..name.start()].chars().count();
    Some((at + skipped, at + skipped + name.as_str().chars().count()))
}

/// `Ann Example, head of the station`.
fn latin_before(letters: &[char], at: usize) -> Option<(usize, usize)> {
    let from = at.saturating_sub(60);
    let before: String = letters[from..at].iter().collect();
    let trimmed = before.trim_end_matches(|c: char| c.is_whitespace());
    let trimmed = trimmed
        .strip_suffix("the")
        .or(trimmed.strip_suffix("het"))
        .or(trimmed.strip_suffix("el"))
        .unwrap_or(trimmed);
    let trimmed = trimmed.trim_end().strip_suffix(',')?;
    let words: Vec<(usize, &str)> = trimmed
        .char_indices()
        .filter(|(k, c)| !c.is_whitespace() && (*k == 0 || trimmed[..*k].ends_with(char::is_whitespace)))
        .map(|(k, _)| (k, trimmed[k..].split_whitespace().next().unwrap_or("")))
        .collect();
    let mut start = None;
    for (k, word) in words.iter().rev().take(4) {
        let name = word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || "'’-".contains(c));
        let particle = matches!(*word, "van" | "de" | "der" | "den" | "del" | "la");
        if !name && (!particle || start.is_none()) {
            break;
        }
        if name {
            start = Some(*k);
        }
    }
    let start = start?;
    if trimmed[start..].split_whitespace().count() < 2 {
        let title = trimmed[..start].split_whitespace().next_back()?.trim_end_matches('.').to_lowercase();
        let title = title.trim_start_matches(|c: char| !c.is_alphabetic());
        if !LATIN_TITLES.contains(&title) {
            return None;
        }
    }
    let first = from + trimmed[..start].chars().count();
    Some((first, first + trimmed[start..].chars().count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let lens = plainsight_lens::Lens::builtin("overseas-posts").expect("built in");
        let letters: Vec<char> = text.chars().collect();
        people(&letters, &RoleWords::new(&lens))
            .iter()
            .map(|p| {
                format!(
                    "{}{}",
                    letters[p.start..p.end].iter().collect::<String>(),
                    if p.heads { " *" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn only_role_holders_are_mentioned() {
        for (text, wanted) in [
            ("站长陈远航说", vec!["陈远航 *"]),
            ("負責人：林曉", vec!["林曉 *"]),
            ("负责人：林晓", vec!["林晓 *"]),
            ("会长欧阳清介绍", vec!["欧阳清"]),
            ("由陈远航站长主持", vec!["陈远航 *"]),
            ("居民陈远航说", vec![]),
            ("Head of the station, Lin Xiaowu, said", vec!["Lin Xiaowu *"]),
            ("Pieter van der Zand, hoofd van het bureau, zei", vec!["Pieter van der Zand *"]),
            ("voorzitter Anna Kolk zei", vec!["Anna Kolk"]),
            ("站长由商人亓维岳出任", vec!["亓维岳 *"]),
            ("負責人：郗太太", vec!["郗太太 *"]),
            ("璩云岫　米兰站站长", vec!["璩云岫 *"]),
            ("“Mr. Bao, head of station”", vec!["Bao *"]),
            ("站长为商人亓文远", vec!["亓文远 *"]),
            ("负责人是会长宓文", vec!["宓文 *"]),
            ("負責人為某地商會會長李例示", vec!["李例示 *"]),
            ("由陳例示先生任聯絡點主任，", vec!["陳例示 *"]),
            ("他在任联络点主任时", vec![]),
            ("，亓文远兼任站长", vec!["亓文远 *"]),
            ("que dirige la empresaria Lin Abeto", vec!["Lin Abeto *"]),
            ("The head of the station is Ann Example", vec!["Ann Example *"]),
            ("Coördinator van het dienstpunt is de heer Tan", vec!["Tan *"]),
            ("The head of the station was ill", vec![]),
            ("la directora dijo", vec![]),
            ("Het hoofd van het Veltense steunpunt, winkelier Tan, zweeg", vec!["Tan *"]),
            ("met als leider een mevrouw Lin", vec!["Lin *"]),
            ("coordinator of the Morrowick contact point, Ann Example", vec!["Ann Example *"]),
            ("Eva Roble, encargada del punto de enlace, dijo", vec!["Eva Roble *"]),
            ("al frente del centro, don Abel, dijo", vec!["Abel *"]),
            ("coordinator of the school play, Ann Example", vec![]),
            ("hoofd van het station, volgens Reuters", vec![]),
            ("said John Doe, a witness", vec![]),
        ] {
            assert_eq!(names(text), wanted, "{text}");
        }
    }
}
