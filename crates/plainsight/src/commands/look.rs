//! `search`, `findings`, `claims`, `names`, `check`, `log`, `doctor`.

use crate::exit::Exit;
use crate::out;
use anyhow::Result;
use clap::Args;
use plainsight_case::Case;
use plainsight_case::views::{DoctorRow, Finding, SearchAsk};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Lists something of a case.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The case's folder.
    case: PathBuf,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Finds words in a case.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// The case's folder.
    case: PathBuf,
    /// The words, in any script; Han is a phrase.
    query: String,
    /// Joins the hits inside other words.
    #[arg(long)]
    substring: bool,
    /// How many hits.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Opens a case to look at.
pub fn open(dir: &Path) -> Result<Case> {
    Ok(Case::open_read_only(dir)?)
}

/// Finds words.
pub fn search(args: &SearchArgs) -> Result<Exit> {
    let case = open(&args.case)?;
    let ask = SearchAsk {
        text: args.query.clone(),
        substring: args.substring,
        limit: args.limit,
        ..SearchAsk::default()
    };
    let answer = case.search(&ask)?;
    let folded = |group: &str| group == "inside" && !args.substring;
    if args.json {
        for hit in &answer.hits {
            let quotes: Vec<Value> =
                hit.quotes.iter().map(|q| json!({"start": q.start, "end": q.end, "text": q.text})).collect();
            out::line(&json!({
                "document": hit.document, "title": hit.title, "lang": hit.lang, "date": hit.date, "url": hit.url,
                "group": hit.group, "quotes": quotes,
            }));
        }
        return Ok(Exit::Done);
    }
    for hit in answer.hits.iter().filter(|h| !folded(&h.group)) {
        out::say(&format!(
            "{}  {}  {}",
            hit.document,
            hit.lang,
            hit.title.as_deref().unwrap_or("(no title)")
        ));
        out::say(&format!("    …{}…", hit.passage.1.replace('\n', " ")));
    }
    if answer.total_inside > 0 && !args.substring {
        out::say(&format!(
            "and {} documents where it stands inside another word (--substring)",
            answer.total_inside
        ));
    }
    if answer.total_word + answer.total_inside == 0 {
        out::say("nothing found");
    }
    Ok(Exit::Done)
}

/// The posts.
pub fn findings(args: &ListArgs) -> Result<Exit> {
    let findings = open(&args.case)?.findings()?;
    if args.json {
        for f in &findings {
            out::line(&finding_line(f));
        }
    } else {
        show_findings(&findings);
    }
    Ok(Exit::Done)
}

/// A line of `findings`: the evidence without what only a screen needs.
fn finding_line(finding: &Finding) -> Value {
    let mut line = serde_json::to_value(finding).unwrap_or(Value::Null);
    if let Some(object) = line.as_object_mut() {
        object.remove("position");
    }
    line
}

/// The posts as a table.
pub fn show_findings(findings: &[Finding]) {
    if findings.is_empty() {
        out::say("no post found");
        return;
    }
    let rows: Vec<Vec<String>> = findings
        .iter()
        .map(|f| {
            let or = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
            let name = f.names.first().map_or_else(|| "(no name)".to_owned(), |n| n.text.clone());
            let verdicts: Vec<&str> = f.verdicts.iter().map(|v| v.outcome.as_str()).collect();
            let grade = if f.grade == f.grade_if_read {
                words(f.grade).to_owned()
            } else {
                format!("{}; {} if read", words(f.grade), words(f.grade_if_read))
            };
            vec![
                name,
                format!("{}, {}", or(&f.city), or(&f.country)),
                or(&f.operator),
                or(&f.opened),
                if verdicts.is_empty() { "–".to_owned() } else { verdicts.join(", ") },
                f.origins.to_string(),
                grade,
            ]
        })
        .collect();
    out::table(&["post", "place", "operator", "opened", "register", "origins", "grade"], &rows);
}

fn words(grade: u8) -> &'static str {
    plainsight_model::Grade::from_number(grade).map_or("cannot be judged", |g| g.words())
}

/// The claims.
pub fn claims(args: &ListArgs) -> Result<Exit> {
    let claims = open(&args.case)?.claims()?;
    for claim in &claims {
        if args.json {
            out::line(claim);
            continue;
        }
        let origins = claim.origins.iter().filter(|o| o.counts).count();
        let decided =
            claim.decision.as_ref().map(|d| format!(", {} by {}", d.answer, d.author)).unwrap_or_default();
        out::say(&format!("{}  {}", claim.claim, claim.text));
        if claim.grade == claim.grade_if_read {
            out::say(&format!("    {} · {origins} origins{decided}", claim.grade_words));
        } else {
            out::say(&format!(
                "    {}; would be {} if {} quotes hold · {origins} origins{decided}",
                claim.grade_words, claim.grade_if_read_words, claim.unread
            ));
        }
    }
    if claims.is_empty() && !args.json {
        out::say("no claim; add material and run the case");
    }
    Ok(Exit::Done)
}

/// The queue of names.
pub fn names(args: &ListArgs) -> Result<Exit> {
    let pairs = open(&args.case)?.names()?;
    for pair in &pairs {
        if args.json {
            out::line(pair);
            continue;
        }
        out::say(&format!("{}  {:.2} {}", pair.pair, pair.score, pair.verdict));
        out::say(&format!("    {}\n    {}", pair.a.text, pair.b.text));
        for reason in &pair.reasons {
            out::say(&format!("      {}", reason.sentence));
        }
    }
    if pairs.is_empty() && !args.json {
        out::say("no pair waits for a person");
    }
    Ok(Exit::Done)
}

/// Every quote cut again from the archived bytes.
pub fn check(args: &ListArgs) -> Result<Exit> {
    let rows = open(&args.case)?.check()?;
    let missing = rows.iter().filter(|r| r.verdict == "missing").count();
    if args.json {
        rows.iter().for_each(out::line);
    } else {
        out::say(&format!("{} quotes checked against the archived bytes, {missing} missing", rows.len()));
        for row in rows.iter().filter(|r| r.verdict == "missing") {
            out::say(&format!("    {}", row.quote));
        }
    }
    Ok(if missing == 0 { Exit::Done } else { Exit::Undone })
}

/// The ledger.
pub fn log(args: &ListArgs) -> Result<Exit> {
    for row in open(&args.case)?.log()? {
        if args.json {
            out::line(&row);
        } else {
            let body = row.body.map_or_else(|| "(forgotten)".to_owned(), |b| b.to_string());
            let short: String = body.chars().take(100).collect();
            out::say(&format!("{:>5} {} {:<11} {:<12} {short}", row.number, row.time, row.kind, row.author));
        }
    }
    Ok(Exit::Done)
}

/// What is missing on this machine, and in a case.
pub fn doctor(case: Option<&Path>, json: bool) -> Result<Exit> {
    let mut rows = match case {
        Some(dir) => open(dir)?.doctor()?,
        None => plainsight_case::programs(),
    };
    let (found, cure) = plainsight_publish::Fonts::installed().found();
    let what = "fonts for a dossier as PDF".to_owned();
    rows.push(DoctorRow { what, ok: cure.is_none(), found, cure: cure.map(str::to_owned) });
    for row in &rows {
        if json {
            out::line(row);
            continue;
        }
        out::say(&format!("{} {}: {}", if row.ok { "ok     " } else { "missing" }, row.what, row.found));
        if let Some(cure) = &row.cure {
            out::say(&format!("          {cure}"));
        }
    }
    if let (Some(dir), false) = (case, json) {
        show_complaints(&open(dir)?)?;
    }
    Ok(Exit::Done)
}

/// What was left unread, and why.
pub fn show_complaints(case: &Case) -> Result<()> {
    for group in case.complaints()? {
        let count = group.items.len();
        out::say(&format!("{count} × {}", group.what));
        for item in group.items.iter().take(3) {
            out::say(&format!("      {}: {} ({})", item.name, item.what, item.place));
        }
        if count > 3 {
            out::say(&format!("      and {} more", count - 3));
        }
        if let Some(cure) = &group.cure {
            out::say(&format!("      cure: {cure}"));
        }
    }
    Ok(())
}
