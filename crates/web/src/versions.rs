//! On a document's page: what its address gave at other times, and the footnotes to copy.

use crate::labels::documents::S;
use crate::labels::{L, say};
use crate::routes::Ctx;
use crate::words;
use maud::{Markup, html};
use plainsight_case::views::DocumentView;

/// Lines of a change that are shown; the documents themselves show the rest.
const MOST_LINES: usize = 40;

/// Two columns: what stood there at the other time only, and what stands here only.
pub(crate) fn versions(ctx: &Ctx, view: &DocumentView) -> Markup {
    html! {
        @if !view.versions.is_empty() {
            section id="versions" { h2 { (L.other_captures) }
                @for version in &view.versions {
                    @let when = version.captured.iter().map(|moment| words::moment(moment)).collect::<Vec<_>>().join(", ");
                    @let same = version.only_here.is_empty() && version.only_there.is_empty();
                    p { a href=(ctx.to(&format!("doc/{}", version.document))) { (say(if same { S.captured_same } else { S.captured_at }, &[("times", &when)])) } }
                    @if !same {
                        div class="cols" {
                            (column(S.only_there, &version.only_there))
                            (column(S.only_here, &version.only_here))
                        }
                    }
                }
            }
        }
    }
}

fn column(heading: &str, lines: &[String]) -> Markup {
    html! {
        div { h3 { (heading) }
            @if lines.is_empty() { p class="small quiet" { (S.nothing) } }
            ul class="small" { @for line in lines.iter().take(MOST_LINES) { li { bdi { (line) } } } }
            @if lines.len() > MOST_LINES { p class="xs quiet" { (words::count(lines.len() - MOST_LINES, S.more_lines)) } }
        }
    }
}

/// The footnote of each capture in three forms; one click selects a form.
pub(crate) fn footnotes(view: &DocumentView) -> Markup {
    html! {
        section id="footnote" { h2 { (L.footnote) }
            @for footnote in &view.footnotes {
                p class="small pick" { (footnote.text()) }
                details { summary { "BibTeX" } pre class="xs pick" { (footnote.bibtex()) } }
                details { summary { "CSL JSON" } pre class="xs pick" { (footnote.csl()) } }
            }
        }
    }
}
