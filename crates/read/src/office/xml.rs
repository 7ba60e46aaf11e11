//! XML of an office document as plain events: local names, no DTD, no entities of its own, depth capped.

use plainsight_model::{Complaint, ComplaintKind};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event as Raw};

/// The deepest nesting that is told of, as of HTML; text below it is still read.
const DEEPEST: usize = 512;
/// The most attributes of one tag.
const ATTRIBUTES: usize = 128;

/// What the walk meets.
#[derive(Debug)]
pub(crate) enum Event {
    Open(Tag),
    /// The local name.
    Close(String),
    Text(String),
}

/// An opening tag without its namespace prefix.
#[derive(Debug)]
pub(crate) struct Tag {
    pub name: String,
    attrs: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute by its local name; the first of equals.
    pub(crate) fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// All values under a local name: `id` and `r:id` have the same.
    pub(crate) fn values<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        self.attrs.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// A switch of Office Open XML: there without a value is on.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.attr("val"), Some("0" | "false" | "off"))
    }
}

/// A walk over one member.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    part: &'x str,
    depth: usize,
    ended: bool,
    told: bool,
}

impl<'x> Xml<'x> {
    pub(crate) fn new(text: &'x str, part: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, part, depth: 0, ended: false, told: false }
    }

    /// The next event; `None` at the end, or where the XML is damaged.
    pub(crate) fn next(&mut self, complaints: &mut Vec<Complaint>) -> Option<Event> {
        while !self.ended {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(why) => {
                    self.ended = true;
                    let place = format!("{}, byte {}", self.part, self.reader.error_position());
                    let what = format!("the XML is damaged ({why}); what stands before was read");
                    complaints.push(Complaint::new(ComplaintKind::Damaged, what, place));
                    return None;
                }
            };
            match event {
                Raw::Start(tag) => {
                    self.depth += 1;
                    if self.depth <= DEEPEST {
                        return Some(Event::Open(open(&tag)));
                    }
                    let what = format!(
                        "the XML is nested deeper than {DEEPEST}; what lies below is read without its form"
                    );
                    self.tell(ComplaintKind::Bound, what, complaints);
                }
                Raw::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth < DEEPEST {
                        return Some(Event::Close(lossy(tag.local_name().as_ref())));
                    }
                }
                Raw::Text(text) => return Some(Event::Text(lossy(&text))),
                Raw::CData(text) => return Some(Event::Text(lossy(&text))),
                Raw::GeneralRef(name) => {
                    if let Ok(Some(c)) = name.resolve_char_ref() {
                        return Some(Event::Text(c.to_string()));
                    }
                    match &*name {
                        b"lt" => return Some(Event::Text("<".into())),
                        b"gt" => return Some(Event::Text(">".into())),
                        b"amp" => return Some(Event::Text("&".into())),
                        b"quot" => return Some(Event::Text("\"".into())),
                        b"apos" => return Some(Event::Text("'".into())),
                        _ => {
                            let what = "the XML names an entity of its own; none is ever put in".to_owned();
                            self.tell(ComplaintKind::Doubtful, what, complaints);
                        }
                    }
                }
                Raw::Eof => self.ended = true,
                Raw::Empty(_) | Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_) => {}
            }
        }
        None
    }

    /// Complains once a member.
    fn tell(&mut self, kind: ComplaintKind, what: String, complaints: &mut Vec<Complaint>) {
        if !std::mem::replace(&mut self.told, true) {
            complaints.push(Complaint::new(kind, what, self.part));
        }
    }
}

fn open(tag: &BytesStart) -> Tag {
    // The check for doubles compares each attribute with all before it.
    let mut attributes = tag.attributes();
    let attrs = attributes.with_checks(false).take(ATTRIBUTES).flatten().map(|attr| {
        let value = String::from_utf8_lossy(&attr.value);
        let value = unescape(&value).map(|v| v.into_owned()).unwrap_or_else(|_| value.to_string());
        (lossy(attr.key.local_name().as_ref()), value)
    });
    Tag { name: lossy(tag.local_name().as_ref()), attrs: attrs.collect() }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(text: &str) -> (String, Vec<Complaint>) {
        let (mut out, mut complaints) = (String::new(), Vec::new());
        let mut xml = Xml::new(text, "a.xml");
        while let Some(event) = xml.next(&mut complaints) {
            match event {
                Event::Open(tag) => {
                    out += &format!(
                        "<{}{}>",
                        tag.name,
                        tag.attr("val").map_or(String::new(), |v| format!(" {v}"))
                    )
                }
                Event::Close(name) => out += &format!("</{name}>"),
                Event::Text(text) => out += &text,
            }
        }
        (out, complaints)
    }

    #[test]
    fn events_have_local_names_and_resolved_characters() {
        let (out, complaints) = walk(
            "<?xml version='1.0'?><w:p><w:b w:val='a &amp; b'/>één &#x9752;湾 &lt;x&gt;<![CDATA[<y>]]></w:p>",
        );
        assert_eq!(out, "<p><b a & b></b>één 青湾 <x><y></p>");
        assert!(complaints.is_empty());
    }

    #[test]
    fn bombs_and_depth_do_nothing() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY f SYSTEM 'file:///etc/passwd'>]><x>voor &b;&f; na</x>";
        let (out, complaints) = walk(bomb);
        assert_eq!(out, "<x>voor  na</x>");
        assert_eq!(complaints.len(), 1);
        let deep = format!("{}kern{}", "<a>".repeat(5000), "</a>".repeat(5000));
        let (out, complaints) = walk(&deep);
        assert_eq!(out.matches("<a>").count(), DEEPEST);
        assert_eq!(out.matches("</a>").count(), DEEPEST);
        assert!(out.contains("kern") && complaints[0].kind == ComplaintKind::Bound);
        assert_eq!(walk("<a>half").1.len(), 0, "a cut end is told by the member, not by the walk");
        assert_eq!(walk("<a>half</b>").1[0].kind, ComplaintKind::Damaged);
    }
}
