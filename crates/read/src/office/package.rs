//! The ZIP around an office document: members by name, with bounds on what comes out.

use super::xml::{Event, Xml};
use plainsight_model::{Complaint, ComplaintKind};
use std::io::{Cursor, Read};

/// The most members of a package.
const MEMBERS: usize = 100_000;
/// The most bytes of one member.
const MEMBER: usize = 64 << 20;
/// The most bytes of all members that are looked at.
const ALTOGETHER: usize = 160 << 20;
/// From here on a member may not be more than [`RATIO`] times its packed size.
const RATIO_FROM: usize = 16 << 20;
/// Deflate itself cannot do better than 1,032 to 1; documents are far below 100.
const RATIO: usize = 1000;

/// An opened package.
pub(crate) struct Package<'a> {
    zip: zip::ZipArchive<Cursor<&'a [u8]>>,
    left: usize,
    /// What could not be used.
    pub complaints: Vec<Complaint>,
}

/// A relation of a part to another.
#[derive(Clone, Debug)]
pub(crate) struct Rel {
    pub id: String,
    pub kind: String,
    /// The member's name, or the address where it leads outside.
    pub target: String,
}

impl<'a> Package<'a> {
    /// Reads the directory. The complaint says why it cannot be used.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Complaint> {
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|why| {
            let what = format!("the ZIP or office file is cut or damaged: {why}");
            Complaint::new(ComplaintKind::Damaged, what, "document")
                .cure("get the file again from its source")
        })?;
        if zip.len() > MEMBERS {
            let what = format!("the file has {} members; more than {MEMBERS} are not read", zip.len());
            return Err(Complaint::new(ComplaintKind::Bound, what, "document"));
        }
        Ok(Self { zip, left: ALTOGETHER, complaints: Vec::new() })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A member as text: UTF-8, or UTF-16 with its mark. `None`, with a complaint, where it is damaged.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.bytes(name)?;
        Some(match encoding_rs::Encoding::for_bom(&bytes) {
            Some((encoding, length)) => encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned(),
            None => String::from_utf8(bytes)
                .unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned()),
        })
    }

    fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut complain = |kind, what: String| self.complaints.push(Complaint::new(kind, what, name));
        let member = match self.zip.by_name(name) {
            Ok(member) => member,
            Err(zip::result::ZipError::FileNotFound) => return None,
            Err(why) => {
                complain(ComplaintKind::Damaged, format!("a member cannot be unpacked: {why}"));
                return None;
            }
        };
        let packed = usize::try_from(member.compressed_size()).unwrap_or(usize::MAX);
        let most = MEMBER.min(self.left).min(packed.saturating_mul(RATIO).max(RATIO_FROM));
        let mut bytes = Vec::new();
        let read = member.take(most as u64 + 1).read_to_end(&mut bytes);
        if bytes.len() > most {
            bytes.truncate(most);
            complain(
                ComplaintKind::Bound,
                format!("a member unpacks to more than {most} bytes; the rest was not read"),
            );
        } else if let Err(why) = read {
            complain(
                ComplaintKind::Damaged,
                format!("a member breaks off ({why}); what came out before was read"),
            );
        }
        self.left -= bytes.len();
        Some(bytes)
    }

    /// The relations of a part (`""` is the package), targets as names of members.
    pub(crate) fn rels(&mut self, part: &str) -> Vec<Rel> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let at = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let name = format!("{at}_rels/{file}.rels");
        let Some(text) = self.text(&name) else { return Vec::new() };
        let mut xml = Xml::new(&text, &name);
        let mut out = Vec::new();
        while let Some(event) = xml.next(&mut self.complaints) {
            let Event::Open(tag) = event else { continue };
            if tag.name == "Relationship" && out.len() < MEMBERS {
                let target = tag.attr("Target").unwrap_or("");
                let outside = tag.attr("TargetMode").is_some_and(|m| m.eq_ignore_ascii_case("external"));
                out.push(Rel {
                    id: tag.attr("Id").unwrap_or("").to_owned(),
                    kind: tag.attr("Type").unwrap_or("").to_owned(),
                    target: if outside { target.to_owned() } else { resolve(folder, target) },
                });
            }
        }
        out
    }
}

/// A target as the name of a member. One that climbs out of the package stays inside: there is nothing else to open.
fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|p| !p.is_empty()).collect(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_in_the_package() {
        for (folder, target, want) in [
            ("word", "media/a.png", "word/media/a.png"),
            ("ppt/slides", "../notesSlides/n.xml", "ppt/notesSlides/n.xml"),
            ("", "/xl/workbook.xml", "xl/workbook.xml"),
            ("word", "../../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(resolve(folder, target), want);
        }
    }
}
