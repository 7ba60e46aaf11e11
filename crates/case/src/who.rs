//! The entities that claims speak of, one row a value and source.
//!
//! Pure: findings and claims in, entities out. A person is one only as the
//! object of a claim, which the lens makes only beside a public role.

use crate::views::{ClaimRow, EntityClaim, EntityRow, EvidenceRow, Finding, NameRow, StatementRow};
use plainsight_model::{Digest, EntityId, QuoteId};
use plainsight_text::{ScriptOf, script_of};
use std::collections::{BTreeMap, BTreeSet};

/// The predicates whose objects are bodies or persons: predicate, slot, schema, kind.
const NAMING: [(&str, &str, &str, &str); 4] = [
    ("operated_by", "operator", "PublicBody", "agency"),
    ("hosted_by", "host_body", "Organization", "organisation"),
    ("headed_by", "head", "Person", "person"),
    ("attended_by", "attended", "Person", "person"),
];

/// The slot of a frame that a predicate's objects come from.
pub(crate) fn slot_of(predicate: &str) -> Option<&'static str> {
    NAMING.iter().find(|(named, ..)| *named == predicate).map(|(_, slot, ..)| *slot)
}

/// A body or a person under one name, before anybody joined it with another.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The name as claims have it.
    pub name: String,
    /// Its schema in FollowTheMoney.
    pub schema: &'static str,
    /// `agency`, `organisation`, `person`.
    pub kind: &'static str,
    /// The quotes that name it.
    pub quotes: BTreeSet<QuoteId>,
    /// One row a quote.
    pub statements: Vec<StatementRow>,
    /// The claims it stands in.
    pub claims: Vec<EntityClaim>,
}

impl Node {
    /// A person is never a body.
    pub fn is_person(&self) -> bool {
        self.kind == "person"
    }
}

/// Bodies and persons by name: a body that operates here and hosts there is one.
pub(crate) fn nodes(claims: &[ClaimRow]) -> Vec<Node> {
    let mut out: BTreeMap<(bool, &str), Node> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| stands(claim)) {
        let Some((_, _, schema, kind)) = NAMING.iter().find(|(named, ..)| *named == claim.predicate) else {
            continue;
        };
        let node = out.entry((*kind == "person", claim.object.as_str())).or_insert_with(|| Node {
            name: claim.object.clone(),
            schema,
            kind,
            quotes: BTreeSet::new(),
            statements: Vec::new(),
            claims: Vec::new(),
        });
        if *kind == "agency" {
            (node.schema, node.kind) = (schema, kind);
        }
        node.quotes.extend(supporting(claim).filter_map(|e| e.quote.parse::<QuoteId>().ok()));
        node.statements.extend(supporting(claim).map(|e| statement("name", &claim.object, claim, e)));
        node.claims.push(entity_claim(claim));
    }
    out.into_values().collect()
}

/// Gives bodies and persons their ids: the smallest quote that names them alone; where every quote
/// names another one too, what tells them apart beside the smallest.
pub(crate) fn ids<'n>(all: &[(&'n BTreeSet<QuoteId>, &'n str)]) -> Vec<String> {
    let mut uses: BTreeMap<&QuoteId, usize> = BTreeMap::new();
    for quote in all.iter().flat_map(|(quotes, _)| quotes.iter()) {
        *uses.entry(quote).or_default() += 1;
    }
    let id = |(quotes, name): &(&BTreeSet<QuoteId>, &str)| {
        let alone = quotes.iter().find(|quote| uses.get(quote) == Some(&1));
        match alone {
            Some(quote) => EntityId::from_quote(quote),
            None => {
                let first = quotes.first().map(QuoteId::to_string).unwrap_or_default();
                EntityId::from_digest(&Digest::of_parts(&[first.as_bytes(), name.as_bytes()]))
            }
        }
    };
    all.iter().map(|one| id(one).to_string()).collect()
}

/// Posts as entities: every claim about a post is a value of it.
pub(crate) fn posts(findings: &[Finding], claims: &[ClaimRow]) -> Vec<EntityRow> {
    let mut about: BTreeMap<&str, Vec<&ClaimRow>> = BTreeMap::new();
    for claim in claims {
        about.entry(claim.subject.as_str()).or_default().push(claim);
    }
    let row = |finding: &Finding| {
        let mine = about.get(finding.post.as_str()).cloned().unwrap_or_default();
        let kept = |claim: &&&ClaimRow| claim.decision.as_ref().is_none_or(|d| d.answer != "reject");
        let standing: Vec<&ClaimRow> = mine.iter().filter(kept).copied().collect();
        let property = |claim: &ClaimRow| match claim.predicate.as_str() {
            "exists" => "name".to_owned(),
            other => other.to_owned(),
        };
        let named = finding.names.first().map_or("", |name| name.text.as_str());
        let statements = standing.iter().flat_map(|claim| {
            let value = if claim.predicate == "exists" { named } else { claim.object.as_str() };
            supporting(claim).map(|e| statement(&property(claim), value, claim, e)).collect::<Vec<_>>()
        });
        EntityRow {
            entity: finding.post.clone(),
            kind: "post".into(),
            schema: "Organization".into(),
            names: finding.names.clone(),
            statements: statements.collect(),
            claims: standing.iter().map(|claim| entity_claim(claim)).collect(),
            joined: Vec::new(),
            received: false,
        }
    };
    findings.iter().map(row).collect()
}

/// A name with its language, as far as its script tells.
pub(crate) fn name_row(text: &str, lang: &str) -> NameRow {
    let lang = match script_of(text) {
        ScriptOf::Han | ScriptOf::Hans | ScriptOf::Hant => "zh",
        // A name in Latin letters that a Chinese page gives is in no language that is known.
        _ if lang == "zh" => "und",
        _ => lang,
    };
    NameRow { text: text.to_owned(), lang: lang.to_owned() }
}

fn statement(property: &str, value: &str, claim: &ClaimRow, e: &EvidenceRow) -> StatementRow {
    StatementRow {
        property: property.to_owned(),
        value: value.to_owned(),
        lang: name_row(value, &e.lang).lang,
        claim: Some(claim.claim.clone()),
        quote: e.quote.clone(),
        document: e.document.clone(),
        title: e.title.clone(),
        date: e.date.clone(),
        start: e.start,
        end: e.end,
        text: e.text.clone(),
        of_lang: e.lang.clone(),
        voice: e.voice.clone(),
        read_by: e.read_by.clone(),
        withdrawn: e.withdrawn,
    }
}

fn entity_claim(claim: &ClaimRow) -> EntityClaim {
    EntityClaim {
        claim: claim.claim.clone(),
        text: claim.text.clone(),
        predicate: claim.predicate.clone(),
        post: claim.subject.starts_with("pos-").then(|| claim.subject.clone()),
        grade: claim.grade,
        grade_if_read: claim.grade_if_read,
    }
}

/// A claim that nobody rejected and that a quote still supports.
fn stands(claim: &ClaimRow) -> bool {
    let rejected = claim.decision.as_ref().is_some_and(|d| d.answer == "reject");
    !rejected && supporting(claim).next().is_some()
}

fn supporting(claim: &ClaimRow) -> impl Iterator<Item = &EvidenceRow> {
    claim.evidence.iter().filter(|e| e.stance == "supports" && !e.rejected)
}
