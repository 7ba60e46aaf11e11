//! What went over the wire becomes records: `request` and `response` as sent
//! and received, byte for byte, and a `metadata` record that says how it came.

use crate::case::folder::{Archive, Fresh};
use crate::error::ArchiveError;
use crate::warc::fields::header_end;
use crate::warc::write::{NewRecord, plain};
use plainsight_model::RecordPlace;
use sha2::{Digest as _, Sha256};

/// One request and what came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    /// The address that was asked, without name and password.
    pub uri: String,
    /// The moment the request was sent, RFC 3339 with `Z`.
    pub date: String,
    /// The address that was dialled; none where a proxy looked the name up.
    pub ip: Option<String>,
    /// As it was sent; empty where nothing was.
    pub request: Vec<u8>,
    /// As it came, the transfer coding included; empty where nothing came.
    pub response: Vec<u8>,
    /// Why the response ends early: `length`, `time`, `disconnect` or `unspecified`
    /// (WARC 1.1, 5.13); none where it is whole.
    pub truncated: Option<&'static str>,
    /// What else is known, as the block of the `metadata` record: `name: value` lines
    /// (`application/warc-fields`).
    pub facts: String,
    /// The capture that this one repeats: the server said that nothing changed.
    pub revisit: Option<Revisited>,
}

/// The capture that a revisit repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revisited {
    /// Its `WARC-Record-ID`.
    pub record_id: String,
    /// Its address.
    pub uri: String,
    /// Its `WARC-Date`.
    pub date: String,
}

/// Where the records of an exchange stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The `response` or `revisit`; none where nothing came back.
    pub response: Option<RecordPlace>,
    /// The `request`; none where nothing was sent.
    pub request: Option<RecordPlace>,
    /// The `metadata`.
    pub metadata: RecordPlace,
}

/// The profile of a revisit after 304 (WARC 1.1, 6.7.3).
const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

impl Archive {
    /// Keeps what went over the wire with one wait for the disk; all of it is
    /// safe when this returns. The records of an exchange follow each other:
    /// response, request, metadata, each naming the first.
    ///
    /// The payload digest is over the body as it came, chunks included, as
    /// common tools check it; the caller's facts may hold the other reading.
    pub fn put_exchanges(&mut self, exchanges: &[Exchange]) -> Result<Vec<Kept>, ArchiveError> {
        let mut fresh = Vec::new();
        let mut parts = Vec::new();
        for exchange in exchanges {
            let records = self.records_of(exchange)?;
            parts.push([!exchange.response.is_empty(), !exchange.request.is_empty()]);
            fresh.push(Fresh { date: exchange.date.clone(), records });
        }
        let mut places = self.keep(fresh)?.into_iter();
        let mut kept = Vec::new();
        for [has_response, has_request] in parts {
            let mut next = || places.next().expect("a place a record");
            let response = has_response.then(&mut next);
            let request = has_request.then(&mut next);
            kept.push(Kept { response, request, metadata: next() });
        }
        Ok(kept)
    }

    /// The exchange's records with their ids.
    fn records_of(&mut self, exchange: &Exchange) -> Result<Vec<(String, Vec<u8>)>, ArchiveError> {
        let mut records: Vec<(String, Vec<u8>)> = Vec::new();
        let base = |kind, id: &str, media_type, more, block| {
            let id = id.to_owned();
            plain(&NewRecord {
                kind,
                id,
                date: &exchange.date,
                uri: Some(&exchange.uri),
                media_type: Some(media_type),
                more,
                block,
            })
        };
        let with_ip = || exchange.ip.iter().map(|ip| ("WARC-IP-Address", ip.clone())).collect::<Vec<_>>();
        if !exchange.response.is_empty() {
            let id = self.new_id()?;
            let mut more = with_ip();
            let mut kind = "response";
            if let Some(original) = &exchange.revisit {
                kind = "revisit";
                more.push(("WARC-Profile", NOT_MODIFIED.to_owned()));
                more.push(("WARC-Refers-To", original.record_id.clone()));
                more.push(("WARC-Refers-To-Target-URI", original.uri.clone()));
                more.push(("WARC-Refers-To-Date", original.date.clone()));
            } else {
                let body = header_end(&exchange.response).unwrap_or(exchange.response.len());
                let digest = Sha256::digest(&exchange.response[body..]);
                let digest = data_encoding::BASE32.encode(digest.as_slice());
                more.push(("WARC-Payload-Digest", format!("sha256:{digest}")));
            }
            more.extend(exchange.truncated.map(|why| ("WARC-Truncated", why.to_owned())));
            let media_type = "application/http; msgtype=response";
            let record = base(kind, &id, media_type, more, &exchange.response)?;
            records.push((id, record));
        }
        if !exchange.request.is_empty() {
            let id = self.new_id()?;
            let mut more = with_ip();
            more.extend(records.first().map(|(id, _)| ("WARC-Concurrent-To", id.clone())));
            let record = base("request", &id, "application/http; msgtype=request", more, &exchange.request)?;
            records.push((id, record));
        }
        let id = self.new_id()?;
        let more = records.first().map(|(id, _)| ("WARC-Concurrent-To", id.clone()));
        let more = more.into_iter().collect();
        let record = base("metadata", &id, "application/warc-fields", more, exchange.facts.as_bytes())?;
        records.push((id, record));
        Ok(records)
    }
}
