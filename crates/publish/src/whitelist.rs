//! What is printed: built up from the publication, never cut down from the case.
//!
//! A finding of the case knows more than a dossier may say: its operator, its
//! day or its statuses can rest on claims that nobody confirmed. So a post is
//! put together again here from the claims that are printed.

use crate::PublishError;
use plainsight_case::views::{
    CitedDocument, ClaimRow, EvidenceRow, Finding, OriginRow, Publication, ReplyRow, StatusRow, VerdictRow,
};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that a dossier or an export may hold.
pub(crate) struct Printed<'a> {
    /// Where the case's name, head and day come from.
    pub publication: &'a Publication,
    /// All printed claims, by id.
    pub claims: Vec<&'a ClaimRow>,
    /// The posts with at least one printed claim, by place and id.
    pub posts: Vec<Post<'a>>,
    /// Claims about numbers of posts, by id.
    pub counts: Vec<&'a ClaimRow>,
    /// Claims about neither a post nor a number.
    pub others: Vec<&'a ClaimRow>,
    /// Cited documents by id.
    pub documents: BTreeMap<&'a str, &'a CitedDocument>,
    /// Documents that their publisher took back.
    pub withdrawn: BTreeSet<&'a str>,
    /// Claims about named persons that nobody marked for publication.
    pub persons_held_back: usize,
}

/// A post by the claims that are printed.
pub(crate) struct Post<'a> {
    /// The finding; only its names, place and register answers are used as they are.
    pub finding: &'a Finding,
    /// Its printed claims.
    pub claims: Vec<&'a ClaimRow>,
    /// The claim that it exists, where printed.
    pub exists: Option<&'a ClaimRow>,
    /// The operating body.
    pub operator: Option<&'a str>,
    /// The body said to host it.
    pub host_body: Option<&'a str>,
    /// The street address.
    pub address: Option<&'a str>,
    /// E.164, only where a printed quote shows it.
    pub phone: Option<(&'a str, &'a EvidenceRow)>,
    /// The opening day, EDTF.
    pub opened: Option<&'a str>,
    /// What it offers.
    pub services: Vec<&'a str>,
    /// Statuses with the quote that says so.
    pub statuses: Vec<(&'a StatusRow, &'a EvidenceRow)>,
    /// Objects of person claims that stay unprinted: they are taken out of register proofs too.
    pub unnamed: BTreeSet<&'a str>,
}

impl<'a> Printed<'a> {
    /// Chooses what is printed. Fails where that is nothing, unless it is a draft.
    pub(crate) fn choose(publication: &'a Publication) -> Result<Self, PublishError> {
        let (mut claims, held_back): (Vec<_>, Vec<_>) =
            publication.claims.iter().partition(|claim| may_print(publication, claim));
        claims.sort_by(|a, b| a.claim.cmp(&b.claim));
        if claims.is_empty() && !publication.draft {
            let waiting = publication.left_out + held_back.len();
            return Err(PublishError::NothingConfirmed { waiting });
        }
        let mut posts: Vec<Post<'a>> = publication
            .findings
            .iter()
            .filter_map(|finding| Post::build(publication, finding, &claims, &held_back))
            .collect();
        posts.sort_by_key(|post| {
            let f = post.finding;
            (f.country.is_none(), f.country.clone(), f.city.is_none(), f.city.clone(), f.post.clone())
        });
        let of_posts: BTreeSet<&str> =
            posts.iter().flat_map(|p| p.claims.iter().map(|c| c.claim.as_str())).collect();
        let is_count = |claim: &ClaimRow| claim.predicate == "count" || claim.count.is_some();
        let rest: Vec<_> =
            claims.iter().copied().filter(|claim| !of_posts.contains(claim.claim.as_str())).collect();
        let (counts, others) = rest.into_iter().partition(|claim| is_count(claim));
        let marked = claims
            .iter()
            .flat_map(|claim| &claim.origins)
            .filter(|origin| origin.marks.iter().any(|mark| mark == "withdrawn"))
            .flat_map(|origin| origin.documents.iter().map(String::as_str));
        let rows = claims.iter().flat_map(|claim| &claim.evidence).filter(|row| row.withdrawn);
        let withdrawn = marked.chain(rows.map(|row| row.document.as_str())).collect();
        Ok(Self {
            documents: publication.documents.iter().map(|d| (d.document.as_str(), d)).collect(),
            persons_held_back: held_back.len(),
            publication,
            claims,
            posts,
            counts,
            others,
            withdrawn,
        })
    }

    /// The name of a file; a draft says so in every one.
    pub(crate) fn file(&self, name: &str) -> String {
        if self.publication.draft { format!("DRAFT-{name}") } else { name.to_owned() }
    }

    /// The printed claim of an id.
    pub(crate) fn claim(&self, id: &str) -> Option<&'a ClaimRow> {
        let at = self.claims.binary_search_by(|claim| claim.claim.as_str().cmp(id)).ok()?;
        Some(self.claims[at])
    }
}

/// A claim about a named person needs a mark of its own beside its confirmation.
fn may_print(publication: &Publication, claim: &ClaimRow) -> bool {
    let stands = claim
        .decision
        .as_ref()
        .is_some_and(|decision| !matches!(decision.answer.as_str(), "reject" | "unsure"));
    let named = !about_a_person(claim) || publication.named.contains(&claim.claim);
    publication.draft || (stands && named)
}

/// Whether the object of a claim is a person's name.
pub(crate) fn about_a_person(claim: &ClaimRow) -> bool {
    matches!(claim.predicate.as_str(), "headed_by" | "attended_by")
}

/// The quotes of a claim that nobody set aside, of one stance, in order.
pub(crate) fn quotes<'a>(claim: &'a ClaimRow, stance: &'a str) -> impl Iterator<Item = &'a EvidenceRow> {
    claim.evidence.iter().filter(move |row| row.stance == stance && !row.rejected)
}

/// The independent origins of a claim: those that count.
pub(crate) fn counting(claim: &ClaimRow) -> impl Iterator<Item = &OriginRow> {
    claim.origins.iter().filter(|origin| origin.counts)
}

impl<'a> Post<'a> {
    fn build(
        publication: &'a Publication,
        finding: &'a Finding,
        printed: &[&'a ClaimRow],
        held_back: &[&'a ClaimRow],
    ) -> Option<Self> {
        let is_of = |claim: &ClaimRow| claim.subject == finding.post || finding.claims.contains(&claim.claim);
        let mut claims: Vec<&'a ClaimRow> = printed.iter().copied().filter(|claim| is_of(claim)).collect();
        if claims.is_empty() {
            return None;
        }
        claims.sort_by_key(|claim| (predicate_order(&claim.predicate), claim.grade, claim.claim.clone()));
        let slot = |predicate: &str, best: Option<&'a str>| match objects(&claims, predicate).is_empty() {
            true => None,
            false if publication.draft && best.is_some() => best,
            false => best_object(&claims, predicate, best),
        };
        let unnamed = held_back.iter().filter(|c| is_of(c)).map(|c| c.object.as_str()).collect();
        Some(Self {
            finding,
            exists: claims.iter().copied().find(|claim| claim.predicate == "exists"),
            operator: slot("operated_by", finding.operator.as_deref()),
            host_body: slot("hosted_by", finding.host_body.as_deref()),
            // A dwelling has no address here, whatever a claim may say.
            address: finding.address.as_deref().and_then(|address| slot("located_at", Some(address))),
            phone: finding.phone.as_deref().and_then(|phone| Some((phone, shows_phone(&claims, phone)?))),
            opened: slot("opened", finding.opened.as_deref()),
            services: objects(&claims, "offers"),
            statuses: statuses(publication, finding, &claims),
            claims,
            unnamed,
        })
    }

    /// Who was asked about it or about a printed claim of it.
    pub(crate) fn replies(&self, publication: &'a Publication) -> impl Iterator<Item = &'a ReplyRow> {
        let ids: BTreeSet<&str> = std::iter::once(self.finding.post.as_str())
            .chain(self.claims.iter().map(|claim| claim.claim.as_str()))
            .collect();
        publication.replies.iter().filter(move |r| r.about.as_deref().is_some_and(|id| ids.contains(id)))
    }

    /// What a post is called in one line: its city and state, else its first name.
    pub(crate) fn title(&self) -> String {
        let place: Vec<&str> =
            [&self.finding.city, &self.finding.country].into_iter().flatten().map(String::as_str).collect();
        match (place.is_empty(), self.finding.names.first()) {
            (false, _) => place.join(", "),
            (true, Some(name)) => name.text.clone(),
            (true, None) => "A post without a known place".to_owned(),
        }
    }

    /// The quote of an id, from its printed claims or from what the case found about it.
    pub(crate) fn quote(&self, id: &str) -> Option<&'a EvidenceRow> {
        let printed = self.claims.iter().flat_map(|claim| &claim.evidence);
        printed.chain(&self.finding.evidence).find(|row| row.quote == id && !row.rejected)
    }

    /// The verdict shown where there is room for one: the one that says most.
    pub(crate) fn verdict(&self) -> Option<&'a VerdictRow> {
        let weight = |row: &&VerdictRow| match row.outcome.as_str() {
            "listed" => 0,
            "not listed" => 1,
            "host state says" => 2,
            _ => 3,
        };
        self.finding.verdicts.iter().min_by_key(weight)
    }
}

/// Existence first, then what it is, consent and pressure last: the order of the page.
fn predicate_order(predicate: &str) -> usize {
    const ORDER: [&str; 14] = [
        "exists",
        "operated_by",
        "hosted_by",
        "located_at",
        "opened",
        "closed",
        "offers",
        "awarded",
        "headed_by",
        "attended_by",
        "notified",
        "consented",
        "listed_in_register",
        "pressure_by",
    ];
    ORDER.iter().position(|word| *word == predicate).unwrap_or(ORDER.len())
}

fn objects<'a>(claims: &[&'a ClaimRow], predicate: &str) -> Vec<&'a str> {
    claims.iter().filter(|claim| claim.predicate == predicate).map(|claim| claim.object.as_str()).collect()
}

/// The finding's own value where a printed claim gives it, else the best printed one.
fn best_object<'a>(claims: &[&'a ClaimRow], predicate: &str, best: Option<&str>) -> Option<&'a str> {
    let all = objects(claims, predicate);
    all.iter().copied().find(|object| Some(*object) == best).or_else(|| all.first().copied())
}

/// A telephone has no claim of its own; it is printed where a printed quote shows its last digits.
fn shows_phone<'a>(claims: &[&'a ClaimRow], phone: &str) -> Option<&'a EvidenceRow> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let own = digits(phone);
    let tail = own.get(own.len().saturating_sub(6)..).filter(|tail| tail.len() == 6)?.to_owned();
    claims
        .iter()
        .flat_map(|claim| &claim.evidence)
        .filter(|row| !row.rejected)
        .find(|row| digits(&row.text).contains(&tail))
}

/// The statuses that may be printed, each with its quote.
///
/// A status without a quote that can be shown is no statement. What clears
/// somebody (a denial, a withdrawal, an inquiry that ended) stands wherever
/// the claim stands; `charged` and `convicted` need a reader.
fn statuses<'a>(
    publication: &Publication,
    finding: &'a Finding,
    claims: &[&'a ClaimRow],
) -> Vec<(&'a StatusRow, &'a EvidenceRow)> {
    let of_claims: BTreeMap<&str, &'a EvidenceRow> =
        claims.iter().flat_map(|claim| &claim.evidence).map(|row| (row.quote.as_str(), row)).collect();
    let known = |quote: &str| {
        of_claims.get(quote).copied().or_else(|| finding.evidence.iter().find(|row| row.quote == quote))
    };
    let mut rows: Vec<_> = finding
        .statuses
        .iter()
        .filter_map(|status| Some((status, known(&status.quote)?)))
        .filter(|(status, row)| {
            let read = !row.read_by.is_empty();
            let may = match status.word.as_str() {
                "charged" | "convicted" => read,
                "denied by host body"
                | "denied by sending state"
                | "inquiry ended without charges"
                | "withdrawn" => true,
                _ => read || of_claims.contains_key(status.quote.as_str()),
            };
            !row.rejected && (publication.draft || may)
        })
        .collect();
    rows.sort_by_key(|(status, _)| (status.date.clone(), status.word.clone(), status.quote.clone()));
    rows.dedup();
    rows
}
