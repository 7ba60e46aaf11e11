//! The title of a PDF: the heading that its first page sets above the text, else what its properties say.

use super::blocks::Laid;
use crate::PAPERS;
use crate::canon::collapse;
use plainsight_model::BlockKind;

/// What the head of a paper ends with that is the paper's maker, not its title.
const HEADS: [&str; 6] = ["文件", "公报", "简报", "专报", "政报", "会刊"];

/// The heading that names the paper: one that says what kind of paper it is, else the largest.
pub(super) fn title(first_page: &[Laid]) -> Option<String> {
    let text = |block: &&Laid| block.raw.text.trim().to_owned();
    let plain =
        |title: &str| title.trim_end_matches([')', '）']).split(['(', '（']).next().unwrap_or("").to_owned();
    let headings: Vec<&Laid> = first_page
        .iter()
        .filter(|block| block.raw.kind == BlockKind::Heading && block.raw.text.chars().count() >= 2)
        .collect();
    let named = headings.iter().find(|h| PAPERS.iter().any(|kind| plain(&text(h)).trim().ends_with(kind)));
    let rest = headings.iter().filter(|h| !HEADS.iter().any(|head| text(h).ends_with(head)));
    let largest = rest.reduce(|a, b| if b.height > a.height + 0.5 { b } else { a });
    named.or(largest).map(text)
}

/// The title among the properties, where it is one and no file's name.
pub(super) fn stated(output: &str) -> Option<String> {
    let (_, rest) = output.split_once("<title>")?;
    let title = collapse(rest.split_once("</title>")?.0);
    let lower = title.to_lowercase();
    let a_file = lower.starts_with("microsoft word")
        || [".doc", ".docx", ".pdf", ".wps", ".indd", ".xls", ".xlsx", ".ppt", ".pptx", ".qxd", ".dvi"]
            .iter()
            .any(|ending| lower.ends_with(ending));
    let empty = matches!(lower.as_str(), "untitled" | "无标题" | "未命名" | "document" | "word document");
    (title.chars().count() >= 2 && !a_file && !empty).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canon::Raw;

    fn heading(text: &str, height: f32) -> Laid {
        Laid { raw: Raw::new(BlockKind::Heading, "page 1", text), height, open: false, flush: false }
    }

    #[test]
    fn a_letterhead_is_no_title() {
        type Headings<'a> = &'a [(&'a str, f32)];
        let cases: [(Headings, Option<&str>); 4] = [
            (&[("溯岩市人民政府文件", 40.0), ("关于设立联络点的通知", 24.0)], Some("关于设立联络点的通知")),
            (&[("泖川管理规范（征求意见稿）", 24.0), ("一、总则", 20.0)], Some("泖川管理规范（征求意见稿）")),
            (
                &[("Noordvaarhaven", 18.0), ("Jaarverslag van de stichting", 30.0)],
                Some("Jaarverslag van de stichting"),
            ),
            (&[], None),
        ];
        for (headings, want) in cases {
            let laid: Vec<Laid> = headings.iter().map(|(text, height)| heading(text, *height)).collect();
            assert_eq!(title(&laid).as_deref(), want);
        }
    }

    #[test]
    fn file_names_are_no_titles() {
        for (title, want) in [
            ("Jaarverslag 2019", true),
            ("Microsoft Word - nota.doc", false),
            ("scan0001.pdf", false),
            ("", false),
        ] {
            assert_eq!(stated(&format!("<head>\n<title>{title}</title>")).is_some(), want, "{title}");
        }
    }
}
