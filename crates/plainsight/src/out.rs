//! Results on stdout: JSON lines for programs, tables for people.

use serde::Serialize;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Writes one JSON line. A closed pipe ends the program quietly: whoever reads `| head` has enough.
pub fn line<T: Serialize>(value: &T) {
    let text = serde_json::to_string(value).unwrap_or_else(|e| format!("{{\"error\":\"{e}\"}}"));
    say(&text);
}

/// Writes one line of text.
pub fn say(text: &str) {
    let mut out = io::stdout().lock();
    if writeln!(out, "{text}").and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// `(1, "proposal")` → `1 proposal`, `(2, "proposal")` → `2 proposals`.
pub fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// The columns of a table at their narrowest and widest.
const WIDEST: usize = 44;

/// Writes a table with columns as wide as their content, measured as a terminal shows Han.
pub fn table(heads: &[&str], rows: &[Vec<String>]) {
    let clean =
        |cell: &str| -> String { cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect() };
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|c| cut(&clean(c))).collect()).collect();
    let widths: Vec<usize> = (0..heads.len())
        .map(|i| {
            rows.iter()
                .filter_map(|r| r.get(i))
                .map(|c| c.width())
                .chain([heads[i].width()])
                .max()
                .unwrap_or(0)
        })
        .collect();
    let print = |cells: Vec<&str>| {
        let mut text = String::new();
        for (cell, width) in cells.iter().zip(&widths) {
            text.push_str(cell);
            text.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        say(text.trim_end());
    };
    print(heads.to_vec());
    print(widths.iter().map(|_| "").collect::<Vec<_>>().iter().zip(&widths).map(|_| "").collect());
    for row in &rows {
        print(row.iter().map(String::as_str).collect());
    }
}

fn cut(cell: &str) -> String {
    if cell.width() <= WIDEST {
        return cell.to_owned();
    }
    let mut out = String::new();
    for c in cell.chars() {
        if out.width() + 2 > WIDEST {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// Says on stderr what was noticed and could not be used.
pub fn complaints(complaints: &[plainsight_model::Complaint]) {
    for complaint in complaints {
        eprintln!("{}: {}", complaint.place, complaint.what);
    }
}
