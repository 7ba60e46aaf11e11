//! Copies and partial copies of texts.
//!
//! Texts are folded, reduced to letters and digits, cut into shingles of
//! characters, freed of the frame of their site, and compared through an
//! inverted index of winnowed fingerprints; every pair is then verified in
//! full. The rules follow the notes on corroboration (sections 0, 2 and 6),
//! the thresholds stand in `compare.rs`.

mod chrome;
mod compare;
mod equal;
mod link;
mod rare;
mod runs;
mod set;
mod shingle;
mod star;

use chrome::Chrome;
use compare::{Common, Known, Least};
use equal::Equal;
use link::candidates;
use plainsight_model::{Lang, Span};
use rare::{Short, rare};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use shingle::{Places, Text};

/// The version of these rules: part of the key under which their answer is kept.
pub const COPIES_VERSION: &str = "2";

/// Part of the shorter text's fingerprints below which two texts are not verified: see [`Least`].
const LEAST_PRINTS: f64 = 0.25;
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

/// What the texts of one number have in common with later ones.
#[derive(Default)]
struct Compared {
    /// With how many shingles both texts have.
    edges: Vec<(star::Edge, usize, usize)>,
    links: Vec<CopyLink>,
    short: Vec<Short>,
}

/// Compares texts with each other, on as many threads as there are processors: their number changes nothing.
///
/// Clusters are stars: each text is linked to the seed itself. A partial copy
/// is a link and joins nothing.
pub fn copies(inputs: &[CopyInput]) -> Copies {
    let equal = Equal::group(inputs);
    let firsts = equal.firsts(inputs);
    let chrome = Chrome::find(&firsts);
    let text = |number: usize| {
        let mut text = Text::new(&firsts[number].text);
        chrome.mark(number, &mut text);
        text
    };
    let least = |x: usize, y: usize| Least::of(firsts[x].ocr || firsts[y].ocr);
    let sizes: Vec<usize> = firsts.iter().map(|first| first.text.len()).collect();
    let pairs = candidates(&sizes, |number| text(number).prints(), |x, y| least(x, y).prints);

    let compared: Vec<Compared> = pairs
        .chunk_by(|p, q| p.a == q.a)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|of_a| {
            let mut out = Compared::default();
            let x = of_a[0].a as usize;
            let a = Known::new(text(x));
            for pair in of_a {
                let y = pair.b as usize;
                let b = Known::new(text(y));
                let common = Common::of(&a, &b, pair.aligned, least(x, y));
                if let Some(edge) = common.edge(pair.a, pair.b) {
                    out.edges.push((edge, a.set.len(), b.set.len()));
                }
                if common.is_copy || !common.runs.is_empty() {
                    each_pair(equal.group_of(x), equal.group_of(y), |one, other| {
                        tell(&common, (&inputs[one], &a), (&inputs[other], &b), &mut out.links);
                    });
                }
                out.short
                    .extend(common.short.into_iter().map(|run| Short::new(pair.a, pair.b, run, &a.text)));
            }
            out
        })
        .collect();
    drop(pairs);
    let mut lengths = vec![0; firsts.len()];
    let (mut edges, mut links, mut short) = (Vec::new(), Vec::new(), Vec::new());
    for one in compared {
        for (edge, a, b) in one.edges {
            (lengths[edge.0 as usize], lengths[edge.1 as usize]) = (a, b);
            edges.push(edge);
        }
        links.extend(one.links);
        short.extend(one.short);
    }

    let names: Vec<&str> = firsts.iter().map(|first| first.id.as_str()).collect();
    let seeds = star::stars(&edges, &lengths, &names);
    let told: Vec<Vec<CopyLink>> = rare(short, &seeds)
        .into_par_iter()
        .map(|Short { a, b, run, .. }| {
            let mut links = Vec::new();
            let (x, y) = (a as usize, b as usize);
            let (common, a, b) = (Common::of_run(run), Known::new(text(x)), Known::new(text(y)));
            each_pair(equal.group_of(x), equal.group_of(y), |one, other| {
                tell(&common, (&inputs[one], &a), (&inputs[other], &b), &mut links);
            });
            links
        })
        .collect();
    links.extend(told.into_iter().flatten());
    let mut clusters = vec![Clustered { id: String::new(), cluster: String::new() }; inputs.len()];
    for (number, &seed) in seeds.iter().enumerate() {
        for member in equal.group_of(number) {
            clusters[member] = Clustered { id: inputs[member].id.clone(), cluster: names[seed].to_owned() };
        }
        // One link to the first of the group suffices: all of them are the same.
        for member in equal.group_of(number).skip(1) {
            links.push(equal_link(firsts[number], &inputs[member]));
        }
    }
    links.sort_by(|p, q| {
        (&p.a, &p.b, p.how, p.span_a, p.span_b).cmp(&(&q.a, &q.b, q.how, q.span_a, q.span_b))
    });
    Copies { clusters, links }
}

/// Adds what two texts have in common to the links: a line per run, or one where a copy has none.
fn tell(common: &Common, a: (&CopyInput, &Known), b: (&CopyInput, &Known), links: &mut Vec<CopyLink>) {
    let ((one, a), (other, b)) = (a, b);
    let (places_a, places_b) = (Places::of(&one.text), Places::of(&other.text));
    let how = if common.is_copy { CopyHow::Copy } else { CopyHow::Partial };
    let shorter = a.text.letters.len().min(b.text.letters.len()).max(1);
    for (run_a, run_b) in &common.runs {
        let score = if common.is_copy { common.share } else { run_a.len() as f64 / shorter as f64 };
        let (span_a, span_b) = (places_a.span(run_a), places_b.span(run_b));
        let (span_a, span_b) = with_tail(&one.text, span_a, &other.text, span_b);
        links.push(link(one, other, how, score, span_a, span_b));
    }
    if common.runs.is_empty() {
        let (span_a, span_b) = (places_a.span(&whole(a, b)), places_b.span(&whole(b, a)));
        links.push(link(one, other, how, common.share, span_a, span_b));
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

/// From the first to the last letter that belongs to a shingle of the other.
fn whole(one: &Known, other: &Known) -> std::ops::Range<usize> {
    let mut places = (one.text.hashes.iter().zip(&one.text.chrome).enumerate())
        .filter(|(_, (hash, chrome))| !**chrome && other.set.has(**hash))
        .map(|(at, _)| at);
    let first = places.next().unwrap_or(0);
    let last = places.next_back().unwrap_or(first);
    first..(last + 4).min(one.text.letters.len())
}

/// Visits every pair of two groups of equal texts; of very large groups only
/// those with a first one, since nine hundred reprints of two texts would
/// otherwise cost a line for each of their pairs.
fn each_pair(
    a: impl ExactSizeIterator<Item = usize>,
    b: impl ExactSizeIterator<Item = usize> + Clone,
    mut visit: impl FnMut(usize, usize),
) {
    let all = a.len() * b.len() <= MOST_PAIRS;
    for (at, one) in a.enumerate() {
        for (number, other) in b.clone().enumerate() {
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
