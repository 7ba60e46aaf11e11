//! Lists as CSV: UTF-8 with a byte order mark, RFC 4180, inert in a spreadsheet.

use plainsight_case::views::{ClaimRow, DecisionRow};

/// What a person's decision about a claim says in a cell; empty where nobody decided.
pub(crate) fn decided(claim: &ClaimRow, get: fn(&DecisionRow) -> &String) -> String {
    claim.decision.as_ref().map(get).cloned().unwrap_or_default()
}

/// Writes a heading and rows.
pub(crate) fn write(heading: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    // The mark tells Excel that the Han is UTF-8.
    let mut out = String::from("\u{feff}");
    line(&mut out, heading.iter().copied());
    for row in rows {
        line(&mut out, row.iter().map(String::as_str));
    }
    out.into_bytes()
}

fn line<'c>(out: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        out.push_str(&inert(cell).replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

/// Foreign text may start like a formula (`=HYPERLINK(…)`), which a
/// spreadsheet runs when the file is opened: an apostrophe in front stops it.
fn inert(cell: &str) -> String {
    let formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠');
    if cell.trim_start_matches([' ', '\n', '\u{a0}', '\u{3000}']).starts_with(formula) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_starts_a_formula() {
        for hostile in ["=1+1", "+31 20", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            let csv = String::from_utf8(write(&["a"], [vec![hostile.to_owned()]])).expect("text");
            assert!(csv.contains(&format!("\"'{hostile}\"")), "{csv}");
        }
        let plain =
            String::from_utf8(write(&["a", "b"], [vec!["警,\"侨\"".into(), "x".into()]])).expect("text");
        assert_eq!(plain, "\u{feff}\"a\",\"b\"\r\n\"警,\"\"侨\"\"\",\"x\"\r\n");
    }
}
