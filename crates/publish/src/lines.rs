//! Claims and findings as JSON Lines.
//!
//! The keys are those of `plainsight claims` and `plainsight findings`, less
//! what is no part of a dossier: the grade over quotes that nobody has read,
//! the names of the people of the case, their reasons, the next step.

use crate::post::{asked, row_cells};
use crate::whitelist::{Post, Printed, about_a_person};
use crate::words::{grade, status};
use plainsight_case::views::{AgainstRow, ClaimRow, CountRow, EvidenceRow, NameRow, OriginRow, VerdictRow};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Claim<'a> {
    claim: &'a str,
    text: &'a str,
    subject: &'a str,
    predicate: &'a str,
    object: &'a str,
    valid: Option<&'a str>,
    count: Option<&'a CountRow>,
    grade: u8,
    grade_words: &'a str,
    trace: Vec<&'a str>,
    origins: &'a [OriginRow],
    against: Vec<&'a AgainstRow>,
    evidence: Vec<Evidence<'a>>,
    decision: Option<Decision<'a>>,
}

#[derive(Serialize)]
struct Evidence<'a> {
    quote: &'a str,
    document: &'a str,
    lang: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
    stance: &'a str,
    voice: &'a str,
    mode: &'a str,
    origin: Option<&'a str>,
    readers: usize,
    interested_denial: bool,
}

#[derive(Serialize)]
struct Decision<'a> {
    decision: &'a str,
    answer: &'a str,
    time: &'a str,
}

#[derive(Serialize)]
struct Finding<'a> {
    post: &'a str,
    names: &'a [NameRow],
    country: Option<&'a str>,
    country_code: Option<&'a str>,
    city: Option<&'a str>,
    city_code: Option<&'a str>,
    operator: Option<&'a str>,
    operator_ids: &'a [String],
    host_body: Option<&'a str>,
    address: Option<&'a str>,
    phone: Option<&'a str>,
    opened: Option<&'a str>,
    services: &'a [&'a str],
    statuses: Vec<Status<'a>>,
    verdicts: Vec<Verdict<'a>>,
    claims: Vec<&'a str>,
    evidence: Vec<Evidence<'a>>,
    grade: Option<u8>,
}

#[derive(Serialize)]
struct Status<'a> {
    word: String,
    date: Option<&'a str>,
    quote: &'a str,
}

#[derive(Serialize)]
struct Verdict<'a> {
    register: Option<&'a str>,
    name: Option<&'a str>,
    as_of: Option<&'a str>,
    outcome: &'a str,
    proof: Option<Proof<'a>>,
}

/// What shows a verdict, in the printed fields only.
#[derive(Serialize)]
#[serde(untagged)]
enum Proof<'a> {
    Miss { asked: Vec<&'a str>, snapshot: Option<&'a str>, rows: u64, day: Option<&'a str> },
    Quote { quote: &'a str },
    Row(BTreeMap<&'static str, String>),
}

/// A line a claim, by id.
pub(crate) fn claims(printed: &Printed<'_>) -> String {
    lines(printed.claims.iter().map(|claim| claim_line(claim, printed)))
}

/// A line a post, by id.
pub(crate) fn findings(printed: &Printed<'_>) -> String {
    let mut posts: Vec<&Post<'_>> = printed.posts.iter().collect();
    posts.sort_by_key(|post| &post.finding.post);
    lines(posts.into_iter().map(finding_line))
}

/// Puts each record on a line of its own.
pub(crate) fn lines(records: impl Iterator<Item = impl Serialize>) -> String {
    records
        // Records of strings and numbers always serialise.
        .filter_map(|record| serde_json::to_string(&record).ok())
        .fold(String::new(), |out, line| out + &line + "\n")
}

fn claim_line<'a>(claim: &'a ClaimRow, printed: &Printed<'_>) -> Claim<'a> {
    let open = printed.publication.draft || !about_a_person(claim);
    Claim {
        claim: &claim.claim,
        text: &claim.text,
        subject: &claim.subject,
        predicate: &claim.predicate,
        object: &claim.object,
        valid: claim.valid.as_deref(),
        count: claim.count.as_ref(),
        grade: claim.grade,
        grade_words: grade(claim.grade),
        // A dossier prints the grade over what a person has read; its trace stands after `read:`.
        trace: claim.trace.iter().map(String::as_str).skip_while(|line| *line != "read:").skip(1).collect(),
        origins: &claim.origins,
        against: claim.against.iter().filter(|row| open || printed.claim(&row.claim).is_some()).collect(),
        evidence: claim.evidence.iter().filter(|row| !row.rejected).map(evidence).collect(),
        decision: claim.decision.as_ref().map(|decision| Decision {
            decision: &decision.decision,
            answer: &decision.answer,
            time: &decision.time,
        }),
    }
}

fn evidence(row: &EvidenceRow) -> Evidence<'_> {
    Evidence {
        quote: &row.quote,
        document: &row.document,
        lang: &row.lang,
        start: row.start,
        end: row.end,
        text: &row.text,
        stance: &row.stance,
        voice: &row.voice,
        mode: &row.mode,
        origin: row.origin.as_deref(),
        readers: row.read_by.len(),
        interested_denial: row.interested_denial,
    }
}

fn finding_line<'a>(post: &'a Post<'_>) -> Finding<'a> {
    let f = post.finding;
    let mut quotes: BTreeMap<&str, &EvidenceRow> = BTreeMap::new();
    for row in
        post.claims.iter().flat_map(|claim| &claim.evidence).chain(post.statuses.iter().map(|(_, row)| *row))
    {
        if !row.rejected {
            quotes.entry(&row.quote).or_insert(row);
        }
    }
    let mut ids: Vec<&str> = post.claims.iter().map(|claim| claim.claim.as_str()).collect();
    ids.sort_unstable();
    Finding {
        post: &f.post,
        names: &f.names,
        country: f.country.as_deref(),
        country_code: f.country_code.as_deref(),
        city: f.city.as_deref(),
        city_code: f.city_code.as_deref(),
        operator: post.operator,
        operator_ids: if post.operator.is_some() { &f.operator_ids } else { &[] },
        host_body: post.host_body,
        address: post.address,
        phone: post.phone.map(|(phone, _)| phone),
        opened: post.opened,
        services: &post.services,
        statuses: post
            .statuses
            .iter()
            .map(|(row, _)| Status { word: status(&row.word), date: row.date.as_deref(), quote: &row.quote })
            .collect(),
        verdicts: f.verdicts.iter().map(|row| verdict(row, post)).collect(),
        claims: ids,
        evidence: quotes.into_values().map(evidence).collect(),
        grade: post.exists.map(|claim| claim.grade),
    }
}

fn verdict<'a>(row: &'a VerdictRow, post: &Post<'_>) -> Verdict<'a> {
    let proof = row.proof.as_ref().map(|proof| {
        let text = |key: &str| proof.get(key).and_then(serde_json::Value::as_str);
        if proof.get("asked").is_some() {
            Proof::Miss {
                asked: asked(proof, post).0,
                snapshot: text("snapshot"),
                rows: proof.get("rows").and_then(serde_json::Value::as_u64).unwrap_or(0),
                day: text("day"),
            }
        } else if let Some(quote) = text("quote") {
            Proof::Quote { quote }
        } else {
            Proof::Row(row_cells(proof).into_iter().collect())
        }
    });
    Verdict {
        register: row.register.as_deref(),
        name: row.name.as_deref(),
        as_of: row.as_of.as_deref(),
        outcome: &row.outcome,
        proof,
    }
}
