//! The four tables as CSV: posts, claims, evidence, origins.
//!
//! UTF-8, comma, LF, quoted where needed. A cell that a spreadsheet would run
//! as a formula gets an apostrophe in front: what a page says must not act.

use crate::notes::sorted;
use crate::shown::file_name;
use crate::whitelist::{Post, Printed, about_a_person, counting};
use crate::words::{grade, status};
use plainsight_case::views::{ClaimRow, EvidenceRow};

/// Makes a cell inert. Spreadsheets take the first character of a cell for a
/// command, in full width too; tab and line breaks let it slip behind one.
pub(crate) fn inert(cell: &str) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            format!("'{cell}")
        }
        _ => cell.to_owned(),
    }
}

/// Writes headings and rows.
fn table(headings: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has as many cells as the heading.
    let _ = writer.write_record(headings);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| inert(cell)));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn or_empty(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

/// A line a post.
pub(crate) fn posts(printed: &Printed<'_>) -> String {
    let headings = [
        "post",
        "name",
        "lang",
        "other_names",
        "city",
        "city_code",
        "country",
        "country_code",
        "operator",
        "operator_ids",
        "host_body",
        "address",
        "phone",
        "opened",
        "services",
        "statuses",
        "registers",
        "grade",
        "grade_words",
        "origins",
        "claims",
    ];
    table(&headings, printed.posts.iter().map(post_row))
}

fn post_row(post: &Post<'_>) -> Vec<String> {
    let f = post.finding;
    let first = f.names.first();
    let others: Vec<&str> = f.names.iter().skip(1).map(|name| name.text.as_str()).collect();
    let statuses: Vec<String> = post
        .statuses
        .iter()
        .map(|(row, _)| {
            let word = status(&row.word);
            row.date.as_ref().map_or(word.clone(), |date| format!("{word} ({date})"))
        })
        .collect();
    let registers: Vec<String> = f
        .verdicts
        .iter()
        .map(|row| {
            let name = row.name.as_deref().unwrap_or("no register");
            let day = row.as_of.as_deref().map(|day| format!(" as of {day}")).unwrap_or_default();
            format!("{}: {name}{day}", row.outcome)
        })
        .collect();
    let ids: Vec<&str> = post.claims.iter().map(|claim| claim.claim.as_str()).collect();
    vec![
        f.post.clone(),
        or_empty(first.map(|name| name.text.as_str())),
        or_empty(first.map(|name| name.lang.as_str())),
        others.join("; "),
        or_empty(f.city.as_deref()),
        or_empty(f.city_code.as_deref()),
        or_empty(f.country.as_deref()),
        or_empty(f.country_code.as_deref()),
        or_empty(post.operator),
        if post.operator.is_some() { f.operator_ids.join("; ") } else { String::new() },
        or_empty(post.host_body),
        or_empty(post.address),
        or_empty(post.phone.map(|(phone, _)| phone)),
        or_empty(post.opened),
        post.services.join("; "),
        statuses.join("; "),
        registers.join("; "),
        post.exists.map(|claim| claim.grade.to_string()).unwrap_or_default(),
        or_empty(post.exists.map(|claim| grade(claim.grade))),
        post.exists.map(|claim| counting(claim).count().to_string()).unwrap_or_default(),
        ids.join("; "),
    ]
}

/// A line a claim.
pub(crate) fn claims(printed: &Printed<'_>) -> String {
    let headings = [
        "claim",
        "subject",
        "predicate",
        "object",
        "text",
        "valid",
        "unit",
        "counter",
        "definition",
        "as_of",
        "grade",
        "grade_words",
        "origins",
        "against",
        "decision",
        "decided",
    ];
    table(&headings, printed.claims.iter().map(|claim| claim_row(claim, printed)))
}

fn claim_row(claim: &ClaimRow, printed: &Printed<'_>) -> Vec<String> {
    let count = claim.count.as_ref();
    vec![
        claim.claim.clone(),
        claim.subject.clone(),
        claim.predicate.clone(),
        claim.object.clone(),
        claim.text.clone(),
        or_empty(claim.valid.as_deref()),
        or_empty(count.map(|c| c.unit.as_str())),
        or_empty(count.and_then(|c| c.counter.as_deref())),
        or_empty(count.and_then(|c| c.definition.as_deref())),
        or_empty(count.and_then(|c| c.as_of.as_deref())),
        claim.grade.to_string(),
        grade(claim.grade).to_owned(),
        counting(claim).count().to_string(),
        against(claim, printed).join("; "),
        or_empty(claim.decision.as_ref().map(|decision| decision.answer.as_str())),
        or_empty(claim.decision.as_ref().map(|decision| decision.time.as_str())),
    ]
}

/// The other values in words; those of persons only where their claim is printed.
fn against(claim: &ClaimRow, printed: &Printed<'_>) -> Vec<String> {
    let open = printed.publication.draft || !about_a_person(claim);
    claim
        .against
        .iter()
        .filter(|row| open || printed.claim(&row.claim).is_some())
        .map(|row| format!("{}: {}", row.relation, row.object))
        .collect()
}

/// A line a quote of a claim, with all that is needed to find it again.
pub(crate) fn evidence(printed: &Printed<'_>) -> String {
    let headings = [
        "claim", "quote", "document", "lang", "start", "end", "text", "stance", "voice", "mode", "origin",
        "readers", "title", "author", "outlet", "date", "address", "file", "captured", "sha256", "archive",
        "offset", "record",
    ];
    let rows = printed.claims.iter().flat_map(|claim| {
        claim.evidence.iter().filter(|row| !row.rejected).map(move |row| evidence_row(claim, row, printed))
    });
    table(&headings, rows)
}

fn evidence_row(claim: &ClaimRow, row: &EvidenceRow, printed: &Printed<'_>) -> Vec<String> {
    let document = printed.documents.get(row.document.as_str()).copied();
    let capture = document.and_then(|document| sorted(document).into_iter().next());
    vec![
        claim.claim.clone(),
        row.quote.clone(),
        row.document.clone(),
        row.lang.clone(),
        row.start.to_string(),
        row.end.to_string(),
        row.text.clone(),
        row.stance.clone(),
        row.voice.clone(),
        row.mode.clone(),
        or_empty(row.origin.as_deref()),
        row.read_by.len().to_string(),
        or_empty(document.and_then(|d| d.title.as_deref())),
        or_empty(document.and_then(|d| d.author.as_deref())),
        or_empty(document.and_then(|d| d.site_name.as_deref())),
        or_empty(document.and_then(|d| d.date.as_deref())),
        or_empty(document.and_then(|d| d.url.as_deref())),
        or_empty(capture.map(|c| file_name(&c.source))),
        or_empty(capture.map(|c| c.date.as_str())),
        or_empty(capture.map(|c| c.sha256.as_str())),
        or_empty(capture.map(|c| file_name(&c.file))),
        capture.map(|c| c.offset.to_string()).unwrap_or_default(),
        or_empty(capture.map(|c| c.record.as_str())),
    ]
}

/// A line an origin of a claim.
pub(crate) fn origins(printed: &Printed<'_>) -> String {
    let headings =
        ["claim", "origin", "documents", "how", "voice", "mode", "counts", "letter", "group", "marks"];
    let rows = printed.claims.iter().flat_map(|claim| {
        claim.origins.iter().map(|origin| {
            vec![
                claim.claim.clone(),
                origin.origin.clone(),
                origin.documents.join("; "),
                origin.how.clone(),
                origin.voice.clone(),
                origin.mode.clone(),
                origin.counts.to_string(),
                origin.letter.clone(),
                or_empty(origin.group.as_deref()),
                origin.marks.join("; "),
            ]
        })
    });
    table(&headings, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_never_acts() {
        for (cell, safe) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+31203330101", "'+31203330101"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("2018-06-18", "2018-06-18"),
            ("", ""),
        ] {
            assert_eq!(inert(cell), safe);
        }
    }

    #[test]
    fn commas_quotes_and_line_breaks_stay_in_their_cell() {
        let text = table(&["a", "b"], [vec!["x, \"y\"\nz".to_owned(), "=1".to_owned()]].into_iter());
        assert_eq!(text, "a,b\n\"x, \"\"y\"\"\nz\",'=1\n");
    }
}
