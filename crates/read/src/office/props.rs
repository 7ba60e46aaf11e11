//! What an office document says of itself: title, author, days.

use super::package::Package;
use super::xml::{Event, Xml};
use crate::canon::collapse;
use plainsight_model::Document;
use plainsight_text::Day;
use std::collections::BTreeMap;

/// The properties that are used, each with the name of its element.
#[derive(Debug, Default)]
pub(crate) struct Props {
    pub title: Option<String>,
    pub author: Option<String>,
    /// The rule's name and the day.
    day: Option<(&'static str, String)>,
}

/// Authors that programs put in by themselves.
const NO_AUTHORS: [&str; 12] = [
    "python-docx",
    "openpyxl",
    "xlsxwriter",
    "microsoft office user",
    "windows user",
    "windows 用户",
    "微软用户",
    "administrator",
    "user",
    "admin",
    "apache poi",
    "unknown",
];

/// Titles that programs put in by themselves.
const NO_TITLES: [&str; 6] = [
    "powerpoint presentation",
    "powerpoint 演示文稿",
    "powerpoint-presentatie",
    "presentación de powerpoint",
    "word document",
    "untitled",
];

/// The days of templates: python-docx, python-pptx, and what Excel writes into a new file.
const NO_DAYS: [&str; 3] = ["2013-12-23T23:15:00Z", "2013-01-27T09:15:58Z", "2006-09-16T00:00:00Z"];

impl Props {
    pub(crate) fn of(package: &mut Package) -> Self {
        // Either format has one of them; reading neither is no fault.
        let part = ["docProps/core.xml", "meta.xml"].into_iter().find(|name| package.has(name));
        let Some((part, text)) = part.and_then(|part| Some((part, package.text(part)?))) else {
            return Self::default();
        };
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        let mut xml = Xml::new(&text, part);
        let mut inside: Option<String> = None;
        while let Some(event) = xml.next(&mut package.complaints) {
            match event {
                Event::Open(tag) => inside = Some(tag.name),
                Event::Close(_) => inside = None,
                Event::Text(text) => {
                    if let Some(name) = &inside
                        && found.len() < 64
                    {
                        found.entry(name.clone()).or_default().push_str(&text);
                    }
                }
            }
        }
        Self::from(&found)
    }

    fn from(found: &BTreeMap<String, String>) -> Self {
        let word = |name: &str, not: &[&str]| {
            let value = collapse(found.get(name)?);
            let known =
                not.contains(&value.to_lowercase().as_str()) || value.starts_with("Microsoft Word - ");
            (!value.is_empty() && value.chars().count() <= 300 && !known).then_some(value)
        };
        // The creator of OpenDocument is whoever saved it last.
        let author = word("initial-creator", &NO_AUTHORS).or_else(|| word("creator", &NO_AUTHORS));
        let day = |name: &str| {
            let value = found.get(name)?.trim();
            let day = value.get(..10).filter(|day| Day::parse(day).is_some())?;
            (!NO_DAYS.contains(&value)).then(|| day.to_owned())
        };
        let rules = [
            ("modified", "meta:dcterms:modified"),
            ("created", "meta:dcterms:created"),
            ("date", "meta:dc:date"),
            ("creation-date", "meta:creation-date"),
        ];
        let day = rules.into_iter().find_map(|(name, rule)| Some((rule, day(name)?)));
        Self { title: word("title", &NO_TITLES), author, day }
    }

    /// Sets the day on which it was last saved, where the text names none.
    pub(crate) fn date(&self, document: &mut Document) {
        if let Some((rule, day)) = &self.day {
            document.date = Some(day.clone());
            document.date_rule = Some((*rule).to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_put_in_is_no_answer() {
        let found = |pairs: &[(&str, &str)]| {
            let map = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
            let props = Props::from(&map);
            (props.title, props.author, props.day.map(|(rule, day)| format!("{rule} {day}")))
        };
        let none = (None, None, None);
        assert_eq!(
            found(&[
                ("title", "Word Document"),
                ("creator", "python-docx"),
                ("created", "2013-12-23T23:15:00Z")
            ]),
            none
        );
        assert_eq!(found(&[("modified", "9999-99-99")]), none);
        assert_eq!(
            found(&[
                ("title", "关于 通报"),
                ("creator", "Oever"),
                ("created", "2021-03-04T08:00:00Z"),
                ("modified", "2021-03-05T08:00:00Z")
            ]),
            (Some("关于 通报".into()), Some("Oever".into()), Some("meta:dcterms:modified 2021-03-05".into()))
        );
    }
}
