//! Posts, bodies, addresses and claims as FollowTheMoney entities, a JSON line each.
//!
//! Schemata and properties are those of FollowTheMoney's model: a post is an
//! `Organization` without a topic, its address an `Address`, its operator and
//! host body are `PublicBody` and `Organization`, bound by `UnknownLink`; a
//! claim is a `Note`. All values are lists of strings.

use crate::whitelist::{Post, Printed};
use crate::words::{grade, sentence, status};
use plainsight_case::ftm::{Entity, to_lines, to_statements};
use plainsight_case::views::ClaimRow;
use plainsight_model::Digest;
use std::collections::{BTreeMap, BTreeSet};

/// What the case says as entities, a JSON line each.
pub(crate) fn entities(printed: &Printed<'_>) -> String {
    to_lines(said(printed).values())
}

/// The same and what was imported as entities, which is in a draft only: others said it.
pub(crate) fn with_received(printed: &Printed<'_>) -> String {
    to_lines(all(printed).values())
}

/// All these with a statement a value (CSV).
pub(crate) fn statements(printed: &Printed<'_>) -> String {
    to_statements(all(printed).values(), &format!("plainsight_{}", printed.publication.case_id))
}

fn all(printed: &Printed<'_>) -> BTreeMap<String, Entity> {
    let mut all = said(printed);
    for entity in &printed.publication.received {
        all.entry(entity.id.clone()).or_insert_with(|| entity.clone());
    }
    all
}

/// What the case says, by id.
fn said(printed: &Printed<'_>) -> BTreeMap<String, Entity> {
    let mut all: BTreeMap<String, Entity> = BTreeMap::new();
    for post in &printed.posts {
        for entity in of_post(post, printed) {
            all.entry(entity.id.clone()).or_insert(entity);
        }
    }
    let about: BTreeMap<&str, &str> = printed
        .posts
        .iter()
        .flat_map(|post| post.claims.iter().map(|claim| (claim.claim.as_str(), post.finding.post.as_str())))
        .collect();
    for claim in &printed.claims {
        let note = note(claim, about.get(claim.claim.as_str()).copied(), printed);
        all.entry(note.id.clone()).or_insert(note);
    }
    all
}

fn of_post(post: &Post<'_>, printed: &Printed<'_>) -> Vec<Entity> {
    let f = post.finding;
    let address_id = format!("{}-address", f.post);
    let statuses: Vec<String> = post.statuses.iter().map(|(row, _)| status(&row.word)).collect();
    let title = post.title();
    let name = f.names.first().map_or(title.as_str(), |name| name.text.as_str());
    let mut organization = Entity::new(f.post.clone(), "Organization")
        .with("name", [name])
        .with("alias", f.names.iter().skip(1).map(|name| name.text.as_str()))
        .with("address", post.address)
        .with("phone", post.phone.map(|(phone, _)| phone))
        .with("country", country(f.country_code.as_deref()))
        .with("status", statuses.iter().map(String::as_str))
        .with("sourceUrl", addresses(&post.claims, printed));
    let mut out = Vec::new();
    if let Some(full) = post.address {
        organization = organization.with("addressEntity", [address_id.as_str()]);
        out.push(
            Entity::new(address_id, "Address")
                .with("name", [full])
                .with("full", [full])
                .with("city", f.city.as_deref())
                .with("country", country(f.country_code.as_deref())),
        );
    }
    out.push(organization);
    for (name, schema, role) in
        [(post.operator, "PublicBody", "said to operate"), (post.host_body, "Organization", "said to host")]
    {
        if let Some(name) = name {
            let body = body_id(name);
            out.push(
                Entity::new(format!("{}-{}", f.post, body), "UnknownLink")
                    .with("subject", [body.as_str()])
                    .with("object", [f.post.as_str()])
                    .with("role", [role]),
            );
            out.push(Entity::new(body, schema).with("name", [name]));
        }
    }
    out
}

/// A body's id: `body-` and 32 hex digits of its name as printed.
pub(crate) fn body_id(name: &str) -> String {
    format!("body-{}", &Digest::of(name.as_bytes()).hex()[..32])
}

/// A code that FollowTheMoney can know; an invented state has none.
fn country(code: Option<&str>) -> Option<&str> {
    code.filter(|code| code.len() == 2 && code.chars().all(|c| c.is_ascii_lowercase()))
}

/// The web addresses that claims rest on.
fn addresses<'a>(claims: &[&ClaimRow], printed: &Printed<'a>) -> BTreeSet<&'a str> {
    claims
        .iter()
        .flat_map(|claim| &claim.evidence)
        .filter(|row| !row.rejected)
        .filter_map(|row| printed.documents.get(row.document.as_str())?.url.as_deref())
        .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
        .collect()
}

fn note(claim: &ClaimRow, about: Option<&str>, printed: &Printed<'_>) -> Entity {
    let said = sentence(&claim.text);
    let outlets: BTreeSet<&str> = claim
        .evidence
        .iter()
        .filter(|row| !row.rejected)
        .filter_map(|row| printed.documents.get(row.document.as_str()))
        .filter_map(|document| document.site_name.as_deref())
        .collect();
    Entity::new(claim.claim.clone(), "Note")
        .with("name", [said.as_str()])
        .with("entity", about)
        .with("summary", [format!("Grade {}: {}", claim.grade, grade(claim.grade)).as_str()])
        .with("description", claim.evidence.iter().filter(|row| !row.rejected).map(|row| row.text.as_str()))
        .with("publisher", outlets)
        .with("sourceUrl", addresses(&[claim], printed))
}
