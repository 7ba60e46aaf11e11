//! Registers from pages and PDFs: the rows of their tables under the headings that stand above them.

mod support;

use serde_json::{Value, json};
use support::{Bench, kept};

/// An invented list as an authority's page has it: a menu table, headings in Dutch, a cut row, a row of dots.
const PAGE: &str = "<!doctype html><html lang=nl><head><meta charset=utf-8><title>Posten in Brennmark</title></head><body><main>\
<h1>Posten in Brennmark</h1><p>Stand op 1 februari 2023; alles is verzonnen.</p>\
<table><thead><tr><th>Plaats</th><th>Soort</th><th>Adres</th><th>Hoofd</th></tr></thead><tbody>\
<tr><td>Lissewold</td><td>embassy</td><td>Beukenlaan 3</td><td>Tavi Brandal</td></tr>\
<tr><td>Halvoort</td><td>consulate</td><td>Zilverpad 9</td></tr>\
<tr><td>Orsewijk</td><td>consulate</td><td>Lampstraat 4</td><td>Orsa Costerry</td></tr>\
</tbody></table>\
<table><tr><th>Dag</th><th>Open</th></tr><tr><td>maandag</td><td>9 uur</td></tr><tr><td>dinsdag</td><td>10 uur</td></tr></table>\
</main></body></html>";

/// Ours to theirs.
const MAP: &str = "seat = \"Plaats\"\nclass = \"Soort\"\naddress = \"Adres\"\nhead_title = \"Hoofd\"\n";

/// The registers that were added, as printed.
fn add(bench: &Bench, case: &str, file: &str, map: &str) -> Value {
    let args =
        ["register", "add", case, file, "--map", map, "--name", "Posten", "--as-of", "2023-02-01", "--json"];
    bench.run(&args).exits(0).line()
}

/// The cells of a register's rows that the tests look at, by what the difference to an empty one says.
fn rows(bench: &Bench, file: &str, map: &str) -> Vec<[String; 3]> {
    let none = bench.write("none.csv", "seat,class,address\nNergens,none,none\n");
    let lines = bench.run(&["register", "diff", &none, file, "--map", map, "--json"]).exits(0).lines();
    let added = lines.iter().filter(|line| line["change"] == "added").map(|line| &line["after"]);
    let cell = |row: &Value, head: &str| row[head].as_str().unwrap_or_default().to_owned();
    let mut out: Vec<[String; 3]> =
        added.map(|row| ["seat", "class", "address"].map(|head| cell(row, head))).collect();
    out.sort();
    out
}

fn wanted() -> Vec<[String; 3]> {
    [
        ["Halvoort", "consulate", "Zilverpad 9"],
        ["Lissewold", "embassy", "Beukenlaan 3"],
        ["Orsewijk", "consulate", "Lampstraat 4"],
    ]
    .map(|row| row.map(str::to_owned))
    .to_vec()
}

#[test]
fn a_page_with_a_table_is_a_register_and_a_bad_row_is_said() {
    let bench = Bench::new();
    let case = bench.case("case");
    let (page, map) = (bench.write("posten.html", PAGE), bench.write("map.toml", MAP));
    let added = add(&bench, &case, &page, &map);
    assert_eq!(added["rows"], 3, "{added}");
    let said: Vec<&str> =
        added["complaints"].as_array().expect("a list").iter().filter_map(|c| c["what"].as_str()).collect();
    assert!(said.iter().any(|what| what.contains("3 cells")), "the cut row: {said:?}");
    assert!(said.iter().any(|what| what.contains("maandag")), "the other table: {said:?}");
    assert_eq!(rows(&bench, &page, &map), wanted());
    // The same at every run, also when all that is derived is made anew.
    let listed = || bench.run(&["register", "list", &case, "--json"]).exits(0).line();
    bench.run(&["run", &case]).exits(0);
    let before = listed();
    assert_eq!((&before["register"], &before["rows"]), (&added["register"], &json!(3)));
    std::fs::remove_dir_all(format!("{case}/derived")).expect("derived");
    bench.run(&["run", &case]).exits(0);
    assert_eq!(listed(), before);
}

#[test]
fn a_pdf_with_a_table_is_a_register_too() {
    if !on_path("pdftotext") {
        assert!(std::env::var_os("CI").is_none(), "pdftotext is not installed");
        eprintln!("NOT RUN: a_pdf_with_a_table_is_a_register_too: pdftotext is not installed");
        return;
    }
    let bench = Bench::new();
    let case = bench.case("case");
    let table = [
        ["Plaats", "Soort", "Adres"],
        ["Lissewold", "embassy", "Beukenlaan 3"],
        ["Halvoort", "consulate", "Zilverpad 9"],
        ["Orsewijk", "consulate", "Lampstraat 4"],
    ];
    let (pdf, map) = (bench.write("posten.pdf", pdf(&table)), bench.write("map.toml", MAP));
    let added = add(&bench, &case, &pdf, &map);
    assert_eq!(added["rows"], 3, "{added}");
    assert_eq!(rows(&bench, &pdf, &map), wanted());
}

#[test]
fn a_page_without_such_a_table_is_refused_and_leaves_nothing() {
    let bench = Bench::new();
    let case = bench.case("case");
    let map = bench.write("map.toml", MAP);
    let before = kept(&case);
    for (name, page) in [
        ("none.html", "<!doctype html><p>Er is geen lijst.</p>"),
        ("other.html", "<table><tr><th>Dag<th>Uur<tr><td>maandag<td>9<tr><td>dinsdag<td>10</table>"),
        ("cut.html", "<table><tr><th>Plaats<th>"),
        ("open.html", "<"),
        ("cut.pdf", "%PDF-1.4\nnothing more"),
    ] {
        let file = bench.write(name, page);
        let ran = bench.run(&["register", "add", &case, &file, "--map", &map]).exits(1);
        assert!(ran.err.starts_with(&format!("{name}, ")) && ran.err.contains("; "), "{}", ran.err);
    }
    assert!(kept(&case) == before);
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// A PDF of one page with a table in Helvetica.
fn pdf(table: &[[&str; 3]]) -> Vec<u8> {
    let mut stream = String::from("BT /F1 12 Tf ");
    for (row, cells) in table.iter().enumerate() {
        for (cell, x) in cells.iter().zip([72, 220, 360]) {
            stream.push_str(&format!("1 0 0 1 {x} {} Tm ({cell}) Tj ", 700 - 24 * row));
        }
    }
    stream.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let start = out.len();
    out.push_str("xref\n0 6\n0000000000 65535 f \n");
    places.iter().for_each(|place| out.push_str(&format!("{place:010} 00000 n \n")));
    out.push_str(&format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}
