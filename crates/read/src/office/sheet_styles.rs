//! What the cells' styles of an XLSX say of numbers: which are days.

use super::package::Package;
use super::serial::Shown;
use super::xml::{Event, Xml};
use std::collections::HashMap;

/// The most styles that are kept; Excel itself stops at 65,490.
const STYLES: usize = 70_000;

/// How the numbers of each style are shown, by the style's place.
pub(crate) fn read(package: &mut Package, part: &str) -> Vec<Shown> {
    let Some(text) = package.text(part) else { return Vec::new() };
    let mut xml = Xml::new(&text, part);
    let (mut own, mut styles, mut in_cells) = (HashMap::new(), Vec::new(), false);
    while let Some(event) = xml.next(&mut package.complaints) {
        match event {
            Event::Open(tag) if tag.name == "numFmt" && own.len() < STYLES => {
                let id = tag.attr("numFmtId").and_then(|n| n.parse::<u32>().ok());
                own.extend(id.map(|id| (id, Shown::of_code(tag.attr("formatCode").unwrap_or("")))));
            }
            Event::Open(tag) if tag.name == "cellXfs" => in_cells = true,
            Event::Open(tag) if tag.name == "xf" && in_cells && styles.len() < STYLES => {
                let id = tag.attr("numFmtId").and_then(|n| n.parse::<u32>().ok()).unwrap_or(0);
                styles.push(own.get(&id).copied().unwrap_or_else(|| Shown::built_in(id)));
            }
            Event::Close(name) if name == "cellXfs" => in_cells = false,
            _ => {}
        }
    }
    styles
}
