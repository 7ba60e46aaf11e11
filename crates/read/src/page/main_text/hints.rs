//! What the words of a short block speak of: rights, sharing, more of the same, and so on.

use regex::RegexSet;
use std::sync::LazyLock;

/// How many hints there are.
pub(crate) const HINTS: usize = 9;

/// One expression each, over lower case.
const WORDS: [&str; HINTS] = [
    "© copyright|all rights reserved|版权所有|icp备|alle rechte|derechos reservados|rechten voorbehouden|备案号|許可證|公网安备|网站标识码",
    "share|follow us|tweet|facebook|twitter|instagram|linkedin|whatsapp|teilen|delen|compartir|分享|转发|收藏",
    "read more|related|see also|learn more|view all|see all|show more|load more|more from|you may also|recommended|popular|trending|latest|lees ook|meer |mehr |weiterlesen|auch interess|相关|推荐|更多|热门|阅读全文|上一篇|下一篇|点击",
    "log in|login|sign in|sign up|subscribe|newsletter|register|my account|cart|checkout|anmelden|inloggen|登录|注册|订阅",
    "comment|reply|replies|respond|kommentar|reactie|评论|回复|留言",
    "cookie|privacy|terms of|policy|disclaimer|datenschutz|impressum|免责|声明",
    "source:|editor|来源|责任编辑|责编|编辑：|作者|发布时间|发布日期|字号|打印|关闭窗口|浏览次数|posted|published|updated|written by|photo",
    "\\$\\s?[0-9]|€\\s?[0-9]|£\\s?[0-9]|[0-9]\\s?€|￥\\s?[0-9]|usd|add to",
    "[0-9]{4}[-/.年][0-9]|[0-9]{1,2}[.:/-][0-9]{2}|20[012][0-9]|ago",
];

static HINT: LazyLock<RegexSet> = LazyLock::new(|| RegexSet::new(WORDS).expect("a list of constants"));

/// Which hints a text in lower case holds.
pub(crate) fn hints(lower: &str) -> [bool; HINTS] {
    let mut out = [false; HINTS];
    for n in &HINT.matches(lower) {
        out[n] = true;
    }
    out
}

/// What a heading opens that is no main text: comments, sharing, more of the same; 0 for none.
pub(crate) fn section(hints: &[bool; HINTS]) -> usize {
    [2, 4, 3, 1, 0].into_iter().find(|n| hints[*n]).map_or(0, |n| n + 1)
}
