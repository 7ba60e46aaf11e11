//! What kind of page it is: an article, a forum, a list of goods, and so on, as numbers for the trees.

use super::elements::Elements;
use super::features::Measured;
use crate::canon::Raw;
use crate::page::facts::Facts;
use plainsight_model::BlockKind;
use plainsight_text::is_han;

/// Numbers that are the same for all blocks of a page: its size, its text, and what it says it is.
pub(crate) fn kind_of_page(
    blocks: &[Raw],
    measured: &[Measured],
    elements: &Elements,
    core: usize,
    facts: &Facts,
) -> Vec<f32> {
    let all = elements.0.first().map(|e| e.sums).unwrap_or_default();
    let core = &elements.0[core];
    let letters = all.letters.max(1.0);
    let count = blocks.len().max(1) as f32;
    let share = |test: &dyn Fn(&Raw) -> bool| blocks.iter().filter(|b| test(b)).count() as f32 / count;
    let (mut han, mut chars) = (0.0f32, 1.0f32);
    for c in blocks.iter().flat_map(|b| b.text.chars()) {
        chars += 1.0;
        han += f32::from(u8::from(!c.is_ascii() && is_han(c)));
    }
    let words: f32 = measured.iter().map(|m| m.words).sum();
    let mut out = vec![all.letters.ln_1p(), count.ln_1p(), all.linked / letters, all.running / letters];
    out.extend([han / chars, words / count, elements.named("article") as f32, elements.named("main") as f32]);
    out.extend([share(&|b| b.kind == BlockKind::TableRow), share(&|b| b.hidden)]);
    out.extend([core.sums.running / all.running.max(1.0), core.sums.letters / letters, core.depth as f32]);
    out.extend(says(facts));
    out
}

/// What a page says it is: by Open Graph, by linked data, by its address.
fn says(facts: &Facts) -> Vec<f32> {
    let graph = facts.meta(&["og:type"]).unwrap_or("").to_lowercase();
    let types = types(facts);
    let address = facts.canonical.as_deref().or_else(|| facts.meta(&["og:url"])).unwrap_or("").to_lowercase();
    let any = |text: &str, words: &[&str]| f32::from(u8::from(words.iter().any(|w| text.contains(w))));
    vec![
        any(&graph, &["article"]),
        any(&graph, &["product"]),
        any(&types, &["article", "blogposting"]),
        any(&types, &["product"]),
        any(&types, &["discussion", "qapage", "question"]),
        any(&types, &["itemlist", "collectionpage", "searchresults"]),
        any(&address, &["forum", "community", "thread", "topic", "discuss", "/t/"]),
        any(&address, &["product", "/p/", "/dp/", "item"]),
        any(&address, &["collection", "categor", "shop", "/c/", "search", "tag", "list"]),
        any(&address, &["docs", "doc.", "documentation", "/api", "reference", "wiki", "learn", "help"]),
        address.split('/').skip(3).filter(|s| !s.is_empty()).count() as f32,
    ]
}

/// The values of `@type` in the linked data, in lower case.
fn types(facts: &Facts) -> String {
    let mut out = String::new();
    for text in &facts.linked_data {
        for piece in text.split("\"@type\"").skip(1) {
            out.extend(
                piece.chars().take(80).take_while(|c| !matches!(c, ',' | '}')).flat_map(char::to_lowercase),
            );
            out.push(' ');
        }
    }
    out
}
