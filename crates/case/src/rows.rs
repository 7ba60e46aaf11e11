//! From posts and claims to the rows that a case shows.

use crate::error::CaseError;
use crate::found::Found;
use crate::judge::Judging;
use crate::views::{
    AgainstRow, ClaimRow, CountRow, EvidenceRow, Finding, NameRow, OpenedConflict, OriginRow, PairRow,
    PairSide, ReasonRow, StatusRow, VerdictRow,
};
use plainsight_corroborate::{Input, PostInput};
use plainsight_model::{Claim, Evidence, Mode, Outcome, Predicate, Proof, Stance, Verdict};
use plainsight_resolve::{Post, PostFacts, Posts};
use plainsight_text::{Day, Edtf, ScriptOf, script_of};
use std::collections::{BTreeMap, BTreeSet};

/// Everything the rows are made from.
pub struct Rows<'a> {
    /// Lens, gazetteer, registers.
    pub judging: &'a Judging<'a>,
    /// Spellings and frames.
    pub found: &'a Found<'a>,
    /// Posts with suggestions.
    pub posts: &'a Posts,
    /// The same posts as claims know them.
    pub inputs: &'a [PostInput],
    /// What claims were made from.
    pub input: &'a Input<'a>,
}

impl Rows<'_> {
    /// Claims as rows.
    pub fn claims(&self, claims: &[Claim]) -> Vec<ClaimRow> {
        let objects: BTreeMap<_, _> = claims.iter().map(|c| (c.id, self.object(c))).collect();
        claims.iter().map(|claim| self.claim(claim, &objects)).collect()
    }

    fn claim(&self, claim: &Claim, objects: &BTreeMap<plainsight_model::ClaimId, String>) -> ClaimRow {
        let evidence: Vec<EvidenceRow> = claim.evidence.iter().map(|e| self.evidence(e)).collect();
        let counting: BTreeSet<&str> =
            evidence.iter().filter(|e| e.waits()).map(|e| e.quote.as_str()).collect();
        let object = self.object(claim);
        ClaimRow {
            claim: claim.id.to_string(),
            text: claim.text.replace(&claim.object, &object),
            subject: claim.subject.post.map_or_else(|| claim.subject.text.clone(), |post| post.to_string()),
            predicate: claim.predicate.as_str().to_owned(),
            object,
            valid: claim.valid.clone(),
            count: claim.count.as_ref().map(|c| CountRow {
                unit: c.unit.clone(),
                counter: c.counter.clone(),
                definition: c.definition.clone(),
                as_of: c.as_of.clone(),
            }),
            grade: claim.grade.number(),
            grade_if_read: claim.grade_if_read.number(),
            trace: claim.trace.clone(),
            origins: claim
                .origins
                .iter()
                .map(|o| OriginRow {
                    origin: o.id.to_string(),
                    documents: o.documents.iter().map(ToString::to_string).collect(),
                    how: o.how.as_str().to_owned(),
                    voice: o.voice.clone(),
                    mode: o.mode.as_str().to_owned(),
                    counts: o.counts,
                    letter: o.letter.to_string(),
                    group: o.group.clone(),
                    marks: o.marks.iter().map(|m| m.as_str().to_owned()).collect(),
                })
                .collect(),
            against: claim
                .against
                .iter()
                .map(|a| AgainstRow {
                    claim: a.claim.to_string(),
                    relation: a.relation.as_str().to_owned(),
                    object: objects.get(&a.claim).cloned().unwrap_or_default(),
                })
                .collect(),
            unread: counting.len(),
            evidence,
            decision: None,
            next_step: plainsight_corroborate::next_step(claim),
            grade_words: claim.grade.words().to_owned(),
            grade_if_read_words: claim.grade_if_read.words().to_owned(),
        }
    }

    /// A body is shown by its own name in its own script, whoever writes of it.
    fn object(&self, claim: &Claim) -> String {
        if claim.predicate == Predicate::OperatedBy && claim.object_key.contains('|') {
            self.found.body_name(&claim.object_key)
        } else {
            claim.object.clone()
        }
    }

    fn is_withdrawn(&self, document: &plainsight_model::DocumentId) -> bool {
        self.input.judgements.withdrawn.contains(document)
    }

    fn evidence(&self, evidence: &Evidence) -> EvidenceRow {
        let known = self.found.known(&evidence.quote.document);
        EvidenceRow {
            quote: evidence.quote.id.to_string(),
            document: evidence.quote.document.to_string(),
            lang: evidence.lang.clone(),
            start: evidence.quote.span.start,
            end: evidence.quote.span.end,
            text: evidence.quote.exact.clone(),
            stance: evidence.stance.as_str().to_owned(),
            voice: evidence.voice.clone(),
            read_by: evidence.read_by.clone(),
            mode: evidence.mode.as_str().to_owned(),
            origin: evidence.origin.map(|o| o.to_string()),
            rejected: evidence.rejected,
            interested_denial: evidence.interested_denial,
            withdrawn: self.is_withdrawn(&evidence.quote.document),
            proposed_by: self.found.proposed_by(&evidence.quote),
            weighed: self.found.weighed(&evidence.quote),
            title: known.and_then(|k| k.document.title.clone()),
            date: known.and_then(|k| k.document.date.clone()),
        }
    }

    /// Posts as rows: only those that somebody says to be there.
    pub fn findings(&self, claims: &[Claim], rows: &[ClaimRow]) -> Result<Vec<Finding>, CaseError> {
        let mut out = Vec::new();
        for (post, input) in self.posts.posts.iter().zip(self.inputs) {
            let mine: Vec<&Claim> = claims.iter().filter(|c| c.subject.post == Some(post.id)).collect();
            let exists = mine.iter().find(|c| c.predicate == Predicate::Exists);
            let said = exists.is_some_and(|c| c.evidence.iter().any(|e| e.stance == Stance::Supports));
            if !said {
                continue;
            }
            out.push(self.finding(post, input, &mine, rows)?);
        }
        Ok(out)
    }

    fn finding(
        &self,
        post: &Post,
        input: &PostInput,
        claims: &[&Claim],
        rows: &[ClaimRow],
    ) -> Result<Finding, CaseError> {
        let gazetteer = self.judging.gazetteer;
        let country = post.country.map(|p| gazetteer.get(p));
        let city = post.city.map(|p| gazetteer.get(p));
        let operator = best(claims, Predicate::OperatedBy);
        let opened = best(claims, Predicate::Opened);
        let exists = claims.iter().find(|c| c.predicate == Predicate::Exists);
        let mut evidence: BTreeMap<String, EvidenceRow> = BTreeMap::new();
        for row in rows.iter().filter(|r| r.subject == post.id.to_string()) {
            for e in &row.evidence {
                let kept = evidence.entry(e.quote.clone()).or_insert_with(|| e.clone());
                if row.predicate == "exists" {
                    *kept = e.clone();
                }
            }
        }
        let mut evidence: Vec<EvidenceRow> = evidence.into_values().collect();
        evidence.sort_by(|a, b| (&a.document, a.start, a.end).cmp(&(&b.document, b.start, b.end)));
        let ids: BTreeSet<String> = claims
            .iter()
            .filter(|c| c.predicate == Predicate::OperatedBy)
            .filter(|c| {
                operator
                    .is_some_and(|o| o.object_key == c.object_key || self.agree(&o.object_key, &c.object_key))
            })
            .filter_map(|c| c.object_key.split('|').next().map(str::to_owned))
            .filter(|code| !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit()))
            .collect();
        Ok(Finding {
            post: post.id.to_string(),
            names: self.names(post),
            country: country.map(|c| c.name.clone()),
            country_code: country.and_then(|c| c.country_code.clone().or_else(|| c.code.clone())),
            city: city.map(|c| c.name.clone()),
            city_code: city.and_then(|c| c.code.clone()),
            operator: operator.map(|o| self.found.body_name(&o.object_key)),
            operator_ids: ids.into_iter().collect(),
            operator_country: operator.and_then(|claim| self.state_of(&claim.object_key)),
            host_body: best(claims, Predicate::HostedBy).map(|c| c.object.clone()),
            address: best(claims, Predicate::LocatedAt).map(|c| c.object.clone()),
            phone: self.phone(post),
            opened: opened.map(|c| c.object.clone()),
            opened_conflicts: opened.map_or_else(Vec::new, |best| other_days(best, claims)),
            services: services(claims),
            statuses: plainsight_corroborate::statuses(self.input, input)
                .into_iter()
                .map(|s| StatusRow {
                    word: s.status.as_str().into(),
                    date: s.date,
                    withdrawn: self.is_withdrawn(&s.quote.document),
                    quote: s.quote.id.to_string(),
                })
                .collect(),
            verdicts: self.verdicts(post, opened)?,
            claims: claims.iter().map(|c| c.id.to_string()).collect(),
            evidence,
            origins: exists.map_or(0, |c| counting(c)),
            grade: exists.map_or(6, |c| c.grade.number()),
            grade_if_read: exists.map_or(6, |c| c.grade_if_read.number()),
            position: city.or(country).and_then(|p| p.lat.zip(p.lon)),
        })
    }

    /// The state that the place of a body lies in.
    fn state_of(&self, body: &str) -> Option<String> {
        let gazetteer = self.judging.gazetteer;
        let place = gazetteer.by_key(body.split('|').next().filter(|key| !key.is_empty())?)?;
        Some(gazetteer.get(gazetteer.country_of(place)?).name.clone())
    }

    fn agree(&self, a: &str, b: &str) -> bool {
        plainsight_resolve::compatible(a, b, self.judging.gazetteer)
    }

    /// Names as written in the post's own sentences, the longest of each
    /// script that hold another dropped.
    fn names(&self, post: &Post) -> Vec<NameRow> {
        let mut rows: BTreeSet<NameRow> = BTreeSet::new();
        for (known, slot) in self.found.slots(&post.frames, "name") {
            let lang = match script_of(&slot.text) {
                ScriptOf::Han | ScriptOf::Hans | ScriptOf::Hant => "zh".to_owned(),
                _ => known.document.lang.clone(),
            };
            rows.insert(NameRow { text: slot.text.clone(), lang });
        }
        // The name that the operator gives it stands before those that others use.
        let mut rows: Vec<NameRow> = rows.into_iter().collect();
        rows.sort_by_key(|row| (row.lang != "zh", row.text.clone(), row.lang.clone()));
        rows
    }

    fn phone(&self, post: &Post) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = post.phones.iter().map(|p| (p.as_str(), 0)).collect();
        for (_, slot) in self.found.slots(&post.frames, "phone") {
            if let Some(count) = counts.get_mut(slot.key.as_str()) {
                *count += 1;
            }
        }
        counts
            .into_iter()
            .max_by_key(|(phone, count)| (*count, std::cmp::Reverse(*phone)))
            .map(|(p, _)| p.to_owned())
    }

    fn verdicts(&self, post: &Post, opened: Option<&Claim>) -> Result<Vec<VerdictRow>, CaseError> {
        let addresses: BTreeSet<String> =
            self.found.slots(&post.frames, "address").into_iter().map(|(_, s)| s.text.clone()).collect();
        let class_words: BTreeSet<String> = post
            .frames
            .iter()
            .filter_map(|(document, number)| {
                self.found.known(document).zip(self.found.frame(document, *number))
            })
            .flat_map(|(known, frame)| {
                known
                    .findings
                    .mentions
                    .iter()
                    .filter(|m| frame.span.contains(&m.span))
                    .filter_map(|m| m.term.as_ref())
                    .filter(|t| t.kind.starts_with("post_name"))
                    .flat_map(|t| [t.term.clone(), t.meaning.clone()])
            })
            .collect();
        let day = opened
            .and_then(|c| Edtf::parse(&c.object).ok())
            .and_then(|e| e.first)
            .or_else(|| self.first_report(post));
        let facts = PostFacts {
            country: post.country,
            city: post.city,
            addresses: addresses.into_iter().collect(),
            names: self.names(post).into_iter().map(|n| n.text).collect(),
            class_words: class_words.into_iter().collect(),
            day,
            // A post that closed before the list was drawn up is asked all the
            // same: the answer says the day it is about.
            closed: None,
        };
        let Judging { registers, register_rows, gazetteer, .. } = self.judging;
        let verdicts = plainsight_resolve::ask(&facts, registers, *register_rows, gazetteer)?;
        Ok(verdicts.iter().map(verdict).collect())
    }

    fn first_report(&self, post: &Post) -> Option<Day> {
        post.frames.iter().filter_map(|(document, _)| self.found.known(document)?.day()).min()
    }

    /// What a post has in a slot, as its sources write it and not as it is keyed.
    fn slot_value(&self, post: &plainsight_model::PostId, slot: &str, keys: &str) -> String {
        let post = self.posts.posts.iter().find(|p| p.id == *post);
        let spelled = |keys: &[String]| {
            let names: BTreeSet<String> = keys.iter().map(|key| self.found.body_name(key)).collect();
            names.into_iter().collect::<Vec<_>>().join(", ")
        };
        let place = |place: plainsight_lens::PlaceRef| self.judging.gazetteer.get(place).name.clone();
        match (slot, post) {
            ("operator", Some(post)) => spelled(&post.operators),
            ("address", Some(post)) => spelled(&post.addresses),
            ("name", Some(post)) => post.names.join(", "),
            ("place", Some(post)) => {
                let parts: Vec<String> = [post.city, post.country].into_iter().flatten().map(place).collect();
                if parts.is_empty() { keys.to_owned() } else { parts.join(", ") }
            }
            _ => keys.to_owned(),
        }
    }

    /// The quote that names a post; where its id is of no quote alone, the smallest.
    fn own_quote(&self, post: &Post) -> plainsight_model::QuoteId {
        let of =
            |(document, number): &(_, usize)| self.found.known(document)?.quotes.get(*number).map(|q| q.id);
        let quotes: BTreeSet<_> = post.frames.iter().filter_map(of).collect();
        let own = post.id.quote();
        if quotes.contains(&own) { own } else { quotes.first().copied().unwrap_or(own) }
    }

    /// The queue of suggestions.
    pub fn pairs(&self) -> Vec<PairRow> {
        let side = |id: &plainsight_model::PostId| {
            let input = self.inputs.iter().find(|p| p.id == *id);
            let post = self.posts.posts.iter().find(|p| p.id == *id);
            PairSide {
                id: id.to_string(),
                text: input.map_or_else(String::new, |p| p.text.clone()),
                lang: post
                    .and_then(|p| self.names(p).first().map(|n| n.lang.clone()))
                    .unwrap_or_else(|| "und".into()),
                quote: post.map_or_else(|| id.quote(), |p| self.own_quote(p)).to_string(),
            }
        };
        self.posts
            .pairs
            .iter()
            .map(|pair| PairRow {
                pair: pair.id.to_string(),
                a: side(&pair.a),
                b: side(&pair.b),
                score: pair.score,
                verdict: pair.verdict.as_str().to_owned(),
                reasons: pair
                    .reasons
                    .iter()
                    .map(|r| ReasonRow {
                        slot: r.slot.to_string(),
                        a: self.slot_value(&pair.a, &r.slot, r.a.as_deref().unwrap_or_default()),
                        b: self.slot_value(&pair.b, &r.slot, r.b.as_deref().unwrap_or_default()),
                        effect: r.effect.as_str().to_owned(),
                        sentence: r.sentence.clone(),
                    })
                    .collect(),
                would_merge: vec![pair.a.to_string(), pair.b.to_string()],
                kind: "post".to_owned(),
            })
            .collect()
    }
}

fn counting(claim: &Claim) -> usize {
    let supports: BTreeSet<_> =
        claim.evidence.iter().filter(|e| e.stance == Stance::Supports).filter_map(|e| e.origin).collect();
    claim.origins.iter().filter(|o| o.counts && supports.contains(&o.id)).count()
}

/// The best supported claim of a predicate: most origins, then a primary one,
/// then the finer day, then the object.
fn best<'c>(claims: &[&'c Claim], predicate: Predicate) -> Option<&'c Claim> {
    claims
        .iter()
        .copied()
        .filter(|c| c.predicate == predicate && c.evidence.iter().any(|e| e.stance == Stance::Supports))
        .max_by_key(|c| {
            let primary = c.origins.iter().any(|o| o.counts && o.mode == Mode::Primary);
            let fine = Edtf::parse(&c.object).ok().and_then(|e| e.days()).map_or(0, |days| -days);
            (counting(c), primary, fine, std::cmp::Reverse(c.object.clone()))
        })
}

fn other_days(best: &Claim, claims: &[&Claim]) -> Vec<OpenedConflict> {
    let mut out: Vec<OpenedConflict> = claims
        .iter()
        .filter(|c| c.predicate == Predicate::Opened && c.id != best.id)
        .filter(|c| c.evidence.iter().any(|e| e.stance == Stance::Supports))
        .map(|c| OpenedConflict {
            value: c.object.clone(),
            origins: counting(c),
            relation: best
                .against
                .iter()
                .find(|a| a.claim == c.id)
                .map_or_else(|| "compatible".to_owned(), |a| a.relation.as_str().to_owned()),
        })
        .collect();
    out.sort_by(|a, b| a.value.cmp(&b.value));
    out
}

fn services(claims: &[&Claim]) -> Vec<String> {
    let all: BTreeSet<String> =
        claims.iter().filter(|c| c.predicate == Predicate::Offers).map(|c| c.object.clone()).collect();
    all.into_iter().collect()
}

fn verdict(verdict: &Verdict) -> VerdictRow {
    let proof = match (&verdict.outcome, &verdict.proof) {
        (Outcome::NotListed, Some(Proof::Miss { asked, snapshot, day })) => Some(serde_json::json!({
            "asked": asked, "snapshot": snapshot.hex(), "rows": 0, "day": day
        })),
        (Outcome::Listed, Some(Proof::Row(row))) => {
            Some(serde_json::json!({"row": row.number, "cells": row.cells}))
        }
        (Outcome::HostStateSays, Some(Proof::Quote(quote))) => {
            Some(serde_json::json!({"quote": quote.id.to_string(), "text": quote.exact}))
        }
        _ => None,
    };
    VerdictRow {
        register: verdict.register.map(|r| r.to_string()),
        name: verdict.name.clone(),
        as_of: verdict.as_of.clone(),
        outcome: verdict.outcome.as_str().to_owned(),
        proof,
        why: verdict.why.clone(),
    }
}
