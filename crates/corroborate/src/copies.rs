//! Copies and partial copies of texts.
//!
//! Texts are folded, reduced to letters and digits, cut into shingles of
//! characters, freed of the frame of their site, and compared through an
//! inverted index of winnowed fingerprints; every pair is then verified by
//! containment of the smaller text. The rules and thresholds are those that
//! the notes on corroboration measured (sections 0, 2 and 6).

mod chrome;
mod link;
mod runs;
mod shingle;
mod star;

use link::{Candidate, LEAST_SHINGLES, candidates};
use plainsight_model::{Lang, Span};
use serde::{Deserialize, Serialize};
use shingle::{Print, Text, shared};
use std::collections::HashMap;

/// Neighbouring shingles of which the smallest is a fingerprint: a run of 20
/// Han characters (17 shingles) always gives the three that a candidate needs.
const WINDOW: usize = 4;
/// Share of the smaller text's shingles from which it is a copy.
const COPY: f64 = 0.55;
/// The same where one of the two was read from a picture.
const COPY_OCR: f64 = 0.30;
/// Share of the smaller text's fingerprints from which containment is counted.
/// Every second shingle or so is a fingerprint, lost with its own change or
/// with a smaller neighbour's: of scattered changes a copy keeps several times
/// this share, and fewer are chance.
const LEAST_PRINTS: f64 = 0.10;
/// The same where one of the two was read from a picture.
const LEAST_PRINTS_OCR: f64 = 0.05;
/// The shingles of a run of 20 Han characters: pairs that share fewer have no run.
const LEAST_RUN: usize = 17;
/// Pairs of two groups of equal texts that are all told.
const MOST_PAIRS: usize = 100;

/// A text to compare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyInput {
    /// Its id.
    pub id: String,
    /// Its canonical text.
    pub text: String,
    /// The site it stands on, where known.
    pub site: Option<String>,
    /// Its language, where known.
    pub lang: Option<Lang>,
    /// Its day, where known.
    pub date: Option<String>,
    /// Read from a picture.
    pub ocr: bool,
}

/// What comparing gives.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Copies {
    /// One entry per input, in the order of the input.
    pub clusters: Vec<Clustered>,
    /// Sorted by ids and place.
    pub links: Vec<CopyLink>,
}

/// Which cluster a text belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clustered {
    /// The text.
    pub id: String,
    /// The id of the cluster's seed.
    pub cluster: String,
}

/// A link between two texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CopyLink {
    /// The smaller id.
    pub a: String,
    /// The larger id.
    pub b: String,
    /// What kind of link.
    pub how: CopyHow,
    /// Containment of the smaller text, 0 to 1; for a run its share of the smaller text.
    pub score: f64,
    /// The part of `a`, in code points.
    pub span_a: Span,
    /// The part of `b`.
    pub span_b: Span,
}

/// Kinds of link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyHow {
    /// Byte for byte.
    SameBytes,
    /// The same after folding.
    SameText,
    /// The smaller one stands in the other for the most part.
    Copy,
    /// A run stands in both.
    Partial,
}

impl CopyHow {
    /// The word printed under `how`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::SameBytes => "same_bytes",
            Self::SameText => "same_text",
            Self::Copy => "copy",
            Self::Partial => "partial",
        }
    }
}

impl Copies {
    /// The cluster of a text, if it was among those compared.
    pub fn cluster_of(&self, id: &str) -> Option<&str> {
        self.clusters.iter().find(|c| c.id == id).map(|c| c.cluster.as_str())
    }
}

/// Compares texts with each other.
///
/// Clusters are stars: each text is linked to the seed itself. A partial copy
/// is a link and joins nothing.
pub fn copies(inputs: &[CopyInput]) -> Copies {
    let equal = Equal::group(inputs);
    let firsts: Vec<&CopyInput> = equal.groups.iter().map(|group| &inputs[group[0]]).collect();
    let mut texts: Vec<Text> = equal.texts;
    chrome::mark(&firsts, &mut texts);

    let prints: Vec<Vec<Print>> = texts.iter().map(|t| t.prints()).collect();
    let sets: Vec<Vec<u32>> = texts.iter().map(Text::clean).collect();
    let places: Vec<Vec<(u32, u32)>> = texts.iter().map(Text::places).collect();
    let pairs = candidates(&prints);

    let mut edges = Vec::new();
    let mut links = Vec::new();
    let equals = |group: usize| equal.groups[group].iter().map(|&m| &inputs[m]).collect::<Vec<_>>();
    for Candidate { a, b, shared: prints_shared, aligned } in pairs {
        let (x, y) = (a as usize, b as usize);
        let (least, least_prints) =
            if texts[x].ocr || texts[y].ocr { (COPY_OCR, LEAST_PRINTS_OCR) } else { (COPY, LEAST_PRINTS) };
        let fewer = prints[x].len().min(prints[y].len());
        if !aligned && f64::from(prints_shared) < least_prints * fewer as f64 {
            continue;
        }
        let both = shared(&sets[x], &sets[y]);
        let (smaller, larger) = (sets[x].len().min(sets[y].len()), sets[x].len().max(sets[y].len()));
        let share = both as f64 / smaller.max(1) as f64;
        let is_copy = smaller >= LEAST_SHINGLES && share >= least;
        if is_copy {
            edges.push((a, b, both as u32));
        }
        // A copy that fills most of both is one line; one inside a longer text is told run by run.
        let mostly = is_copy && both as f64 >= least * larger as f64;
        let common = if mostly || !aligned || both < LEAST_RUN {
            Vec::new()
        } else {
            runs::runs(&texts[x], &texts[y], &places[y])
        };
        let how = if is_copy { CopyHow::Copy } else { CopyHow::Partial };
        if !is_copy && common.is_empty() {
            continue;
        }
        each_pair(&equals(x), &equals(y), |one, other| {
            let text_a = texts[x].of(&one.text, &firsts[x].text);
            let text_b = texts[y].of(&other.text, &firsts[y].text);
            for (run_a, run_b) in &common {
                let part =
                    run_a.len() as f64 / texts[x].letters.len().min(texts[y].letters.len()).max(1) as f64;
                let (span_a, span_b) = (text_a.span(run_a), text_b.span(run_b));
                let (span_a, span_b) = with_tail(&one.text, span_a, &other.text, span_b);
                links.push(link(one, other, how, if is_copy { share } else { part }, span_a, span_b));
            }
            if is_copy && common.is_empty() {
                let span_a = text_a.span(&whole(&texts[x], &sets[y]));
                let span_b = text_b.span(&whole(&texts[y], &sets[x]));
                links.push(link(one, other, how, share, span_a, span_b));
            }
        });
    }

    let lengths: Vec<usize> = sets.iter().map(Vec::len).collect();
    let names: Vec<&str> = firsts.iter().map(|i| i.id.as_str()).collect();
    let seeds = star::stars(&edges, &lengths, &names);
    let mut clusters = vec![Clustered { id: String::new(), cluster: String::new() }; inputs.len()];
    for (number, group) in equal.groups.iter().enumerate() {
        for &member in group {
            let (id, cluster) = (inputs[member].id.clone(), names[seeds[number]].to_owned());
            clusters[member] = Clustered { id, cluster };
        }
        // One link to the first of the group suffices: all of them are the same.
        for &member in &group[1..] {
            links.push(equal_link(&inputs[group[0]], &inputs[member]));
        }
    }
    links.sort_by(|p, q| {
        (&p.a, &p.b, p.how, p.span_a, p.span_b).cmp(&(&q.a, &q.b, q.how, q.span_a, q.span_b))
    });
    Copies { clusters, links }
}

/// Texts grouped by their folded letters; the smallest id leads each group.
struct Equal {
    groups: Vec<Vec<usize>>,
    texts: Vec<Text>,
}

impl Equal {
    fn group(inputs: &[CopyInput]) -> Self {
        let mut order: Vec<usize> = (0..inputs.len()).collect();
        order.sort_by(|&x, &y| (&inputs[x].id, x).cmp(&(&inputs[y].id, y)));
        let mut by_letters: HashMap<Vec<char>, usize> = HashMap::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut texts: Vec<Text> = Vec::new();
        for number in order {
            let text = Text::new(&inputs[number].text, inputs[number].ocr);
            // Texts without a letter, such as pages that could not be read, are not copies of each other.
            let known = by_letters.get(&text.letters).copied().filter(|_| !text.letters.is_empty());
            match known {
                Some(group) => groups[group].push(number),
                None => {
                    by_letters.insert(text.letters.clone(), groups.len());
                    groups.push(vec![number]);
                    texts.push(text);
                }
            }
        }
        Self { groups, texts }
    }
}

fn equal_link(x: &CopyInput, y: &CopyInput) -> CopyLink {
    let how = if x.text == y.text { CopyHow::SameBytes } else { CopyHow::SameText };
    let all = |text: &str| Span::new(0, text.chars().count());
    link(x, y, how, 1.0, all(&x.text), all(&y.text))
}

fn link(x: &CopyInput, y: &CopyInput, how: CopyHow, score: f64, span_x: Span, span_y: Span) -> CopyLink {
    let (a, b, span_a, span_b) = if x.id <= y.id { (x, y, span_x, span_y) } else { (y, x, span_y, span_x) };
    let score = (score * 10_000.0).round() / 10_000.0;
    CopyLink { a: a.id.clone(), b: b.id.clone(), how, score, span_a, span_b }
}

/// From the first to the last letter of `text` that belongs to a shingle of the other.
fn whole(text: &Text, other: &[u32]) -> std::ops::Range<usize> {
    let mut places = (text.hashes.iter().zip(&text.chrome).enumerate())
        .filter(|(_, (hash, chrome))| !**chrome && other.binary_search(hash).is_ok())
        .map(|(at, _)| at);
    let first = places.next().unwrap_or(0);
    let last = places.next_back().unwrap_or(first);
    first..(last + 4).min(text.letters.len())
}

/// Visits every pair of two groups of equal texts; of very large groups only
/// those with a first one, since nine hundred reprints of two texts would
/// otherwise cost a line for each of their pairs.
fn each_pair<'a>(
    a: &[&'a CopyInput],
    b: &[&'a CopyInput],
    mut visit: impl FnMut(&'a CopyInput, &'a CopyInput),
) {
    let all = a.len() * b.len() <= MOST_PAIRS;
    for (at, one) in a.iter().enumerate() {
        for (number, other) in b.iter().enumerate() {
            if all || at == 0 || number == 0 {
                visit(one, other);
            }
        }
    }
}

/// Takes along the punctuation that follows a run in both texts.
fn with_tail(text_a: &str, mut a: Span, text_b: &str, mut b: Span) -> (Span, Span) {
    let tail = |text: &str, end: usize| -> Vec<char> {
        text.chars().skip(end).take(2).take_while(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect()
    };
    let (tail_a, tail_b) = (tail(text_a, a.end), tail(text_b, b.end));
    let same = tail_a.iter().zip(&tail_b).take_while(|(x, y)| x == y).count();
    a.end += same;
    b.end += same;
    (a, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(id: &str, site: Option<&str>, text: &str) -> CopyInput {
        CopyInput { id: id.into(), text: text.into(), site: site.map(str::to_owned), ..CopyInput::default() }
    }

    fn hows(found: &Copies) -> Vec<&'static str> {
        found.links.iter().map(|l| l.how.as_str()).collect()
    }

    const HANS: &str = "榆港的海外服务站于去年春天在码头旁的会馆里成立，当天有三十多位来宾到场，会长在致辞中表示，\
        今后侨胞办理驾驶执照更换、户籍证明和公证材料，都不必再往返奔波，只需在此填写表格，便可由家乡的窗口远程受理，\
        工作人员还向大家演示了视频办理的全部过程，现场气氛十分热烈，不少老人当场提出了问题。";
    const HANT: &str = "榆港的海外服務站於去年春天在碼頭旁的會館裡成立，當天有三十多位來賓到場，會長在致辭中表示，\
        今後僑胞辦理駕駛執照更換、戶籍證明和公證材料，都不必再往返奔波，只需在此填寫表格，便可由家鄉的窗口遠程受理，\
        工作人員還向大家演示了視頻辦理的全部過程，現場氣氛十分熱烈，不少老人當場提出了問題。";
    const OTHER: &str = "第二十三届渔业博览会昨日闭幕，来自内河各镇的渔民带来了新型网具与冷藏设备，评委会从四百件展品中选出\
        最佳作品，获奖者将于下月赴省城参加决赛，主办方同时公布了来年的日程安排以及报名须知，希望更多年轻人关注传统手艺，\
        让古老的行当焕发新的活力，闭幕式上还举行了盛大的歌舞表演，观众掌声不断。";

    #[test]
    fn script_and_spacing_hide_no_copy_and_chinese_is_not_all_alike() {
        let found = copies(&[text("a", None, HANS), text("b", None, HANT), text("c", None, OTHER)]);
        assert_eq!(hows(&found), ["same_text"]);
        assert_eq!(found.cluster_of("b"), Some("a"));
        assert_eq!(found.cluster_of("c"), Some("c"));
        assert_eq!(hows(&copies(&[text("a", None, HANS), text("b", None, HANS)])), ["same_bytes"]);
        let cut: String = HANT.chars().take(90).collect();
        let found = copies(&[text("a", None, HANS), text("b", None, &format!("编者按：{cut}……"))]);
        assert!(found.links.iter().all(|l| l.how == CopyHow::Copy) && !found.links.is_empty());
        assert_eq!(found.cluster_of("b"), found.cluster_of("a"));
    }

    #[test]
    fn a_quoted_paragraph_is_a_link_and_no_copy() {
        let quoted: String = HANS.chars().skip(30).take(40).collect();
        let host = format!("{OTHER}\n同日，另一家报纸写道：{quoted}。此外没有更多消息。\n{OTHER}");
        let found = copies(&[text("a", None, HANS), text("b", None, &host)]);
        assert_eq!(hows(&found), ["partial"]);
        let link = &found.links[0];
        let cut = |text: &str, span: Span| text.chars().skip(span.start).take(span.len()).collect::<String>();
        assert_eq!(cut(HANS, link.span_a), cut(&host, link.span_b));
        assert!(cut(HANS, link.span_a).contains(&quoted[3..quoted.len() - 3]));
        assert_ne!(found.cluster_of("a"), found.cluster_of("b"));
    }

    /// Pages of one site: a long frame around stories that have nothing in common.
    fn framed(site: Option<&str>) -> Vec<CopyInput> {
        let menu = "首页 新闻 财经 体育 娱乐 视频 图片 论坛 博客 天气 旅游 教育 健康 汽车 房产 彩票 公益 专题 直播 订阅 登录 注册";
        let foot = "版权所有 未经授权不得转载 地址 滨河大道一号 邮编 零零零零零零 网站备案 技术支持 联系我们 广告服务 招聘信息 网站地图";
        let third = "The ferry to the islands was late again on Monday morning, and the harbour master blamed a rope that had been left in the \
            water by a careless crew; passengers were given tea and a form to fill in, which most of them used to complain about the tea.";
        [HANS, OTHER, third]
            .iter()
            .enumerate()
            .map(|(n, story)| text(&format!("s{n}"), site, &format!("{menu}\n{story}\n{foot}")))
            .collect()
    }

    #[test]
    fn the_frame_of_a_site_makes_no_copies_named_or_not() {
        for site in [Some("站点"), None] {
            let found = copies(&framed(site));
            assert!(found.links.is_empty(), "{:?}", found.links);
        }
    }

    #[test]
    fn forty_one_sites_with_one_story_are_one_cluster() {
        let mut papers: Vec<CopyInput> = (0..41)
            .map(|n| text(&format!("p{n:02}"), Some(&format!("site {n}")), &format!("{HANS}\n本站第{n}版。")))
            .collect();
        for _ in 0..2 {
            let found = copies(&papers);
            assert!(found.clusters.iter().all(|c| c.cluster == found.clusters[0].cluster));
            // Without names the shared first line must not turn the story into a frame.
            papers.iter_mut().for_each(|p| p.site = None);
        }
    }

    #[test]
    fn nothing_empty_or_short_is_a_copy_by_containment() {
        let found = copies(&[
            text("a", None, ""),
            text("b", None, "。。"),
            text("c", None, "榆港"),
            text("d", None, "榆港人"),
        ]);
        assert!(found.links.is_empty());
        assert!(copies(&[]).clusters.is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn order_changes_nothing_and_spans_lie_inside(
            parts in prop::collection::vec("[一-三丁-丈a-c \n]{0,160}", 1..7), turn in 0usize..7,
        ) {
            let texts: Vec<CopyInput> = parts.iter().enumerate().map(|(n, t)| text(&format!("t{n}"), None, t)).collect();
            let found = copies(&texts);
            let mut turned = texts.clone();
            turned.rotate_left(turn % texts.len());
            let again = copies(&turned);
            prop_assert_eq!(&found.links, &again.links);
            for one in &texts {
                prop_assert_eq!(found.cluster_of(&one.id), again.cluster_of(&one.id));
            }
            for link in &found.links {
                let length = |id: &str| texts.iter().find(|t| t.id == id).map_or(0, |t| t.text.chars().count());
                prop_assert!(link.span_a.end <= length(&link.a) && link.span_b.end <= length(&link.b));
            }
        }
    }
}
