//! `add` of an address: fetched through the collector's guard, kept as it went
//! over the wire, and told in the ledger.
//!
//! An address is acknowledged once its records are on disk and its ledger
//! entry stands: whatever falls before that is fetched again.

use crate::add::Adding;
use crate::came_back::what_came_back;
use crate::case::Case;
use crate::error::CaseError;
use crate::journal::Journal;
use crate::url_list::published;
use plainsight_archive::{EntryKind, Exchange as Kept, Revisited};
use plainsight_collect::{
    Address, Collector, Conditions, Exchange, Failure, Fetched, MOST_PARTS, Manners, RobotsAnswer, Stop,
    parts, parts_of_sheet, without_secrets,
};
use plainsight_model::{Capture, CaptureId, Complaint, ComplaintKind, Digest, DocumentId, How, RecordPlace};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// How addresses are fetched.
#[derive(Clone)]
pub struct Fetching {
    /// What fetches, with its settings.
    pub collector: Arc<Collector>,
    /// Why a page is fetched that robots.txt forbids; the collector's settings say whether.
    pub robots_reason: Option<String>,
    /// Hosts that a person allowed although they are not public.
    pub allow_private: Vec<String>,
    /// The pictures, style sheets and frames that a page names are kept beside it.
    pub with_parts: bool,
}

impl std::fmt::Debug for Fetching {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fetching")
            .field("robots_reason", &self.robots_reason)
            .field("allow_private", &self.allow_private)
            .finish_non_exhaustive()
    }
}

/// What is known of addresses before some are fetched.
#[derive(Default)]
pub(crate) struct Earlier {
    /// The latest capture of each address as it was asked for.
    captures: BTreeMap<String, Capture>,
    /// What an `add` that was interrupted had done already.
    journal: Journal,
    /// What this `add` asked for: named twice, it is fetched once.
    asked: BTreeSet<String>,
    /// The allowed hosts stand in the ledger.
    told: bool,
    /// The robots.txt that are not there and of which the ledger knows.
    without_robots: BTreeSet<String>,
}

impl Earlier {
    /// Looks up what is known.
    fn of(case: &Case, inputs: &[String]) -> Result<Self, CaseError> {
        let mut captures: BTreeMap<String, Capture> = BTreeMap::new();
        for capture in case.catalog.captures()?.into_iter().filter(|c| c.how == How::Fetched) {
            let latest = captures.entry(capture.source.clone()).or_insert_with(|| capture.clone());
            if latest.date < capture.date {
                *latest = capture;
            }
        }
        Ok(Self { captures, journal: Journal::open(case, inputs)?, ..Self::default() })
    }

    /// Everything was done.
    pub(crate) fn finish(&self) {
        self.journal.finish();
    }
}

impl Case {
    /// Fetches one address into the row. Gives what it names, where it is a sitemap or a feed.
    /// What nobody typed but a sitemap names opens no port of its own.
    pub(crate) fn add_address(
        &mut self,
        input: &str,
        typed: bool,
        row: usize,
        adding: &mut Adding<'_>,
    ) -> Result<Option<Vec<String>>, CaseError> {
        let shown = without_secrets(input);
        let Some(fetching) = adding.options.fetching.clone() else {
            let what = "addresses are not fetched from here; use `plainsight add` in a terminal, or save the page and add the file";
            adding.refuse_address(row, &shown, what.to_owned());
            return Ok(None);
        };
        let checked = Address::typed(input).and_then(|address| {
            if typed {
                fetching.collector.check(&address)?;
            }
            Ok(address)
        });
        let address = match checked {
            Ok(address) => address,
            Err(refusal) => {
                adding.refuse_address(row, &shown, refusal.to_string());
                return Ok(None);
            }
        };
        let asked = address.as_str().to_owned();
        if adding.options.dry_run {
            adding.rows[row].status = "added".into();
            return Ok(None);
        }
        let earlier = match &mut adding.earlier {
            Some(earlier) => earlier,
            none => none.insert(Earlier::of(self, &adding.inputs)?),
        };
        if let Some(capture) = earlier.captures.get(&asked).filter(|_| earlier.asked.contains(&asked)) {
            let (capture, document) = (capture.id.to_string(), capture.document.to_string());
            adding.know(row, capture, document);
            return Ok(None);
        }
        earlier.asked.insert(asked.clone());
        if let Some((capture, document)) = earlier.journal.done(&asked) {
            // An interruption may have come in the middle of what it names.
            let place = earlier.captures.get(&asked).map(|capture| capture.place.clone());
            let payload = place.and_then(|place| self.reader.payload(&place).ok());
            adding.know(row, capture, document);
            return Ok(payload.and_then(|payload| published(&payload)));
        }
        let before = earlier.captures.get(&asked).cloned();
        self.tell_allowed(&fetching, adding)?;
        let conditions = before
            .as_ref()
            .filter(|old| old.uri == asked)
            .map(|old| self.conditions(old))
            .unwrap_or_default();
        let fetched = match typed {
            true => fetching.collector.fetch_again(&address, &conditions),
            false => fetching.collector.fetch_named(&address),
        };
        self.tell_robots(&fetched, &fetching, adding)?;
        let named = self.keep(&asked, &fetched, before, row, adding)?;
        if fetching.with_parts && adding.rows[row].status == "added" {
            self.keep_parts(&asked, &fetched, &fetching, row, adding)?;
        }
        Ok(named)
    }

    /// Keeps the pictures, style sheets and frames that a page names, so that the
    /// archived page can be looked at. They are records beside the page, no captures of their own.
    fn keep_parts(
        &mut self,
        asked: &str,
        fetched: &Fetched,
        fetching: &Fetching,
        row: usize,
        adding: &mut Adding<'_>,
    ) -> Result<(), CaseError> {
        let Some(hop) = fetched.answers().last() else { return Ok(()) };
        let is = |hop: &Exchange, kind: &str| {
            let said = hop.head.as_ref().and_then(|head| head.text("Content-Type")).unwrap_or_default();
            said.to_ascii_lowercase().contains(kind)
        };
        let (Ok(page), true) = (Address::typed(&hop.uri), is(hop, "html")) else { return Ok(()) };
        let capture = adding.earlier.as_ref().and_then(|earlier| earlier.captures.get(asked));
        let Some(place) = capture.map(|capture| capture.place.clone()) else { return Ok(()) };
        let markup = self.characters(&place);
        let mut waiting: VecDeque<Address> = parts(&page, &markup).into();
        let mut seen: BTreeSet<String> = waiting.iter().map(|address| address.as_str().to_owned()).collect();
        let (mut kept, mut missed) = (Vec::new(), Vec::new());
        while let Some(address) = waiting.pop_front() {
            let part = fetching.collector.fetch_named(&address);
            self.tell_robots(&part, fetching, adding)?;
            let records: Vec<Kept> = part
                .robots
                .iter()
                .flat_map(|manners| &manners.hops)
                .chain(&part.hops)
                .map(exchange_of)
                .collect();
            let places = self.archive()?.put_exchanges(&records)?;
            let answer = part.answers().last().filter(|_| part.stopped.is_none());
            match answer {
                Some(answer) => {
                    kept.push(json!({"uri": answer.uri, "status": answer.status(), "records": ids(&places)}));
                    let place = places.iter().filter_map(|kept| kept.response.as_ref()).next_back();
                    if let Some(place) = place.filter(|_| is(answer, "css")) {
                        let named = parts_of_sheet(&address, &self.characters(place)).into_iter();
                        let fresh = named
                            .filter(|part| seen.len() < MOST_PARTS && seen.insert(part.as_str().to_owned()));
                        waiting.extend(fresh);
                    }
                }
                None => {
                    let why =
                        part.stopped.as_ref().map_or_else(|| "nothing came".to_owned(), Stop::to_string);
                    missed.push(json!({"uri": address.as_str(), "why": why, "records": ids(&places)}));
                }
            }
        }
        if kept.is_empty() && missed.is_empty() {
            return Ok(());
        }
        let told = &mut adding.rows[row];
        let what =
            format!("{} parts of the page kept beside it, {} could not be had", kept.len(), missed.len());
        told.complaints.push(Complaint::new(ComplaintKind::Note, what, told.input.clone()));
        let body = json!({"parts": {"capture": told.captures.last(), "kept": kept, "missed": missed}});
        let now = self.clock.now();
        self.chain.append(EntryKind::Capture, &adding.options.author, &now, &body)?;
        Ok(())
    }

    /// Which private hosts a person allowed is told once an `add`.
    fn tell_allowed(&mut self, fetching: &Fetching, adding: &mut Adding<'_>) -> Result<(), CaseError> {
        let told = adding.earlier.as_mut().is_none_or(|earlier| std::mem::replace(&mut earlier.told, true));
        if told { Ok(()) } else { self.allow_private(fetching, &adding.options.author) }
    }

    /// Writes into the ledger which private hosts a person allowed; nothing where there is none.
    pub fn allow_private(&mut self, fetching: &Fetching, author: &str) -> Result<(), CaseError> {
        if fetching.allow_private.is_empty() {
            return Ok(());
        }
        let bodies: Vec<Value> = fetching.allow_private.iter().map(|host| json!({"host": host})).collect();
        let now = self.clock.now();
        self.chain.append_all(EntryKind::AllowPrivate, author, &now, &bodies)
    }

    /// What robots.txt said of each address on the way. That a host has none is told once an `add`.
    fn tell_robots(
        &mut self,
        fetched: &Fetched,
        fetching: &Fetching,
        adding: &mut Adding<'_>,
    ) -> Result<(), CaseError> {
        let body = |manners: &Manners| {
            let (decision, line) = match &manners.answer {
                RobotsAnswer::Allowed(line) => ("allowed", line.clone()),
                RobotsAnswer::NoFile => ("no file", None),
                RobotsAnswer::Forbidden(line) => ("forbidden", Some(line.clone())),
                RobotsAnswer::Unreachable(why) => ("unreachable", Some(why.clone())),
            };
            let reason = fetching.robots_reason.as_ref().filter(|_| manners.despite);
            json!({
                "uri": manners.uri, "robots": manners.robots, "decision": decision, "line": line,
                "despite": manners.despite, "reason": reason,
            })
        };
        let fresh = |manners: &&Manners| {
            manners.answer != RobotsAnswer::NoFile
                || adding
                    .earlier
                    .as_mut()
                    .is_none_or(|earlier| earlier.without_robots.insert(manners.robots.clone()))
        };
        let bodies: Vec<Value> = fetched.robots.iter().filter(fresh).map(body).collect();
        if bodies.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        self.chain.append_all(EntryKind::Robots, &adding.options.author, &now, &bodies)
    }

    /// Writes the records, then the ledger entry; only then is the row told.
    fn keep(
        &mut self,
        asked: &str,
        fetched: &Fetched,
        before: Option<Capture>,
        row: usize,
        adding: &mut Adding<'_>,
    ) -> Result<Option<Vec<String>>, CaseError> {
        let unchanged = fetched.is_unchanged().then_some(before.as_ref()).flatten();
        let robots = fetched.robots.iter().flat_map(|manners| &manners.hops);
        let mut records: Vec<Kept> = robots.chain(&fetched.hops).map(exchange_of).collect();
        if let (Some(old), Some(last)) = (unchanged, records.last_mut()) {
            last.revisit = Some(Revisited {
                record_id: old.place.record_id.clone(),
                uri: old.uri.clone(),
                date: old.date.clone(),
            });
        }
        if let Some(Stop::Failed(failure)) = &fetched.stopped {
            // In front, since what was answered is looked for from the end.
            records.splice(0..0, failed(asked, failure, &self.clock.now()));
        }
        let places = self.archive()?.put_exchanges(&records)?;
        let first_hop = places.len() - fetched.hops.len();
        let answered = fetched.hops.iter().zip(&places[first_hop..]).rev();
        let answer = answered.filter_map(|(hop, kept)| Some((hop, kept.response.clone()?))).next();
        let now = self.clock.now();
        let author = adding.options.author.clone();
        let said = |what: String| {
            let kind =
                if what.starts_with("incomplete") { ComplaintKind::Damaged } else { ComplaintKind::Note };
            Complaint::new(kind, what, asked)
        };
        let complaints: Vec<Complaint> = fetched.complaints().into_iter().map(said).collect();
        let Some((hop, place)) = answer.filter(|_| !matches!(fetched.stopped, Some(Stop::Robots(_)))) else {
            let why = fetched.stopped.as_ref().map_or_else(|| "nothing came".to_owned(), Stop::to_string);
            adding.refuse_address(row, asked, why);
            if let Some(refusal) = adding.refusals.last_mut().filter(|_| !places.is_empty()) {
                refusal["records"] = json!(ids(&places));
            }
            return Ok(None);
        };
        if let Some(old) = unchanged {
            let body = json!({"revisit": {
                "capture": old.id.to_string(), "document": old.document.to_string(), "asked": asked,
                "date": hop.started, "place": place, "records": ids(&places),
            }});
            self.chain.append(EntryKind::Capture, &author, &now, &body)?;
            let what =
                format!("unchanged since {}: the server said so, and it is kept as a revisit", old.date);
            adding.rows[row].complaints.extend(complaints);
            adding.rows[row].complaints.push(Complaint::new(ComplaintKind::Note, what, asked));
            adding.know(row, old.id.to_string(), old.document.to_string());
            return Ok(None);
        }
        let (payload, broken) = self.payload_of(asked, hop, &place);
        let document = DocumentId::of_payload(&payload);
        let capture = Capture {
            id: CaptureId::of(&document, &hop.uri, &hop.started),
            document,
            payload: Digest::of(&payload),
            length: payload.len() as u64,
            uri: hop.uri.clone(),
            date: hop.started.clone(),
            media_type: hop.head.as_ref().and_then(|head| head.text("Content-Type")),
            how: How::Fetched,
            source: asked.to_owned(),
            site: adding.options.site.clone(),
            place,
        };
        let mut noticed: Vec<Complaint> = broken.into_iter().collect();
        noticed.extend(what_came_back(&self.reading, asked, hop, &capture, &payload));
        let mut body = serde_json::to_value(&capture)?;
        body["wire"] = json!({
            "started": hop.started, "finished": hop.finished, "server_date": hop.server_date,
            "clock_difference": hop.clock_difference, "hops": fetched.hops.len(),
            "records": ids(&places),
        });
        self.chain.append(EntryKind::Capture, &author, &now, &body)?;
        if let Some(old) = &before {
            let what = match old.document == capture.document {
                true => format!("the same bytes as on {}", old.date),
                false => format!("changed since {}: the Document page shows both", old.date),
            };
            noticed.push(Complaint::new(ComplaintKind::Note, what, asked));
        }
        let row = &mut adding.rows[row];
        row.complaints.extend(complaints);
        row.complaints.append(&mut noticed);
        row.captures.push(capture.id.to_string());
        row.documents.push(capture.document.to_string());
        row.status = "added".into();
        if let Some(earlier) = &mut adding.earlier {
            earlier.captures.insert(asked.to_owned(), capture);
        }
        adding.done += 1;
        Ok(published(&payload))
    }

    /// What a reader of the page would have been given; as it came where that cannot be decoded.
    fn payload_of(&self, asked: &str, hop: &Exchange, place: &RecordPlace) -> (Vec<u8>, Option<Complaint>) {
        match self.reader.payload(place) {
            Ok(payload) => (payload, None),
            Err(why) => {
                let what = format!("incomplete: its content cannot be decoded: {why}");
                (hop.body().to_vec(), Some(Complaint::new(ComplaintKind::Damaged, what, asked)))
            }
        }
    }

    /// What a record holds as characters, as far as looking for addresses needs them.
    fn characters(&self, place: &RecordPlace) -> String {
        let bytes = self.reader.payload(place).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// What the server marked an earlier capture with.
    fn conditions(&self, old: &Capture) -> Conditions {
        let Ok(record) = self.reader.record(&old.place) else { return Conditions::default() };
        let head = String::from_utf8_lossy(&record.block[..record.block.len().min(MOST_HEAD)]).into_owned();
        let field = |name: &str| {
            let lines = head.lines().take_while(|line| !line.trim().is_empty());
            let mut named = lines.filter_map(|line| line.split_once(':'));
            named.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
        };
        Conditions { etag: field("ETag"), last_modified: field("Last-Modified") }
    }
}

/// Bytes in which an archived header is looked for.
const MOST_HEAD: usize = 256 << 10;

impl Adding<'_> {
    /// Tells that an address was had before.
    fn know(&mut self, row: usize, capture: String, document: String) {
        let row = &mut self.rows[row];
        row.captures.push(capture);
        row.documents.push(document);
        row.status = "known".into();
    }

    /// Refuses an address: unlike a private file it leaves a trace, who asked and why it was refused.
    fn refuse_address(&mut self, row: usize, shown: &str, why: String) {
        self.refusals.push(json!({"input": shown, "why": why}));
        self.rows[row].status = "refused".into();
        self.rows[row].complaints.push(Complaint::new(ComplaintKind::NoReader, why, shown));
    }
}

/// That a host gave no answer, as a record: why, and the certificates that it showed. What
/// was refused before anybody was asked leaves none.
fn failed(asked: &str, failure: &Failure, now: &str) -> Option<Kept> {
    if matches!(failure, Failure::Refused(_)) {
        return None;
    }
    let mut facts = format!("software: plainsight/{}\r\nfailure: {failure}\r\n", env!("CARGO_PKG_VERSION"));
    if let Failure::Certificate { chain, .. } = failure {
        for certificate in chain {
            facts.push_str(&format!("tls-certificate: {}\r\n", data_encoding::BASE64.encode(certificate)));
        }
    }
    Some(Kept { uri: asked.to_owned(), date: now.to_owned(), facts, ..Kept::default() })
}

/// The ids of all records of some exchanges.
fn ids(places: &[plainsight_archive::Kept]) -> Vec<&str> {
    let all = places
        .iter()
        .flat_map(|kept| kept.response.iter().chain(&kept.request).chain(std::iter::once(&kept.metadata)));
    all.map(|place| place.record_id.as_str()).collect()
}

/// What went over the wire as the archive keeps it.
fn exchange_of(hop: &Exchange) -> Kept {
    Kept {
        uri: hop.uri.clone(),
        date: hop.started.clone(),
        ip: hop.route.ip.map(|ip| ip.to_string()),
        request: hop.request.clone(),
        response: hop.response.clone(),
        truncated: hop.cut.map(|cut| cut.word()),
        facts: format!("software: plainsight/{}\r\n{}", env!("CARGO_PKG_VERSION"), hop.facts()),
        revisit: None,
    }
}
