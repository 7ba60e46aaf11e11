//! A record's payload: what a reader of the page would have been given.
//!
//! For HTTP that is the body free of transfer and content coding; for
//! everything else the block. Digests of documents are over these bytes.

use crate::warc::coding::{self, Dechunk, Limits, MOST_CODED};
use crate::warc::fields::{Fields, header_end};
use crate::warc::head::Head;
use crate::warc::records::Records;
use std::io::Read;

/// A payload with what its HTTP header said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Payload {
    pub(crate) bytes: Vec<u8>,
    pub(crate) status: Option<u16>,
    pub(crate) media_type: Option<String>,
    pub(crate) complaints: Vec<String>,
}

/// Whether the block is an HTTP message.
pub(crate) fn is_http(head: &Head, first: &[u8]) -> bool {
    let media_type = head.fields.get("Content-Type").unwrap_or_default().to_ascii_lowercase();
    first.starts_with(b"HTTP/") || (!head.arc && media_type.starts_with("application/http"))
}

/// Takes the payload out of the record that `records` stands in.
pub(crate) fn payload(records: &mut Records, head: &Head, limits: &Limits) -> Result<Payload, String> {
    let mut payload =
        Payload { media_type: head.fields.get("Content-Type").map(str::to_owned), ..Payload::default() };
    let mut codings = String::new();
    let mut chunked = false;
    if head.is("response") && is_http(head, records.peek_block(5)) {
        let header = http_header(records);
        let first_line = header.split(|&byte| byte == b'\n').next().unwrap_or_default();
        payload.status = status(&String::from_utf8_lossy(first_line));
        let (fields, odd) = Fields::read(header.get(first_line.len()..).unwrap_or_default());
        payload.complaints.extend(odd.into_iter().map(|what| format!("HTTP: {what}")));
        payload.media_type = fields.get("Content-Type").map(str::to_owned);
        codings = fields.all("Content-Encoding").collect::<Vec<_>>().join(",");
        chunked =
            fields.all("Transfer-Encoding").any(|coding| coding.to_ascii_lowercase().contains("chunked"));
    }
    if head.fields.get("WARC-Truncated").is_some() {
        payload.complaints.push("incomplete: the record says WARC-Truncated".into());
    }
    let coded = codings.split(',').any(|coding| !matches!(coding.trim(), "" | "identity"));
    let room = if coded { Limits { output: limits.output.min(MOST_CODED), ..*limits } } else { *limits };
    payload.bytes = body(records, chunked, &room, &mut payload.complaints)?;
    if coded {
        let taken = records.raw_used();
        let body = std::mem::take(&mut payload.bytes);
        payload.bytes = coding::decode(body, &codings, limits, taken, &mut payload.complaints)?;
    }
    Ok(payload)
}

/// Everything up to and with the blank line of an HTTP header, bounded.
pub(crate) fn http_header(records: &mut Records) -> Vec<u8> {
    let mut header = Vec::new();
    while header.len() < Limits::HTTP_HEADER {
        let bytes = records.block();
        if bytes.is_empty() {
            break;
        }
        let (before, got) = (header.len(), bytes.len());
        header.extend_from_slice(bytes);
        if let Some(end) = header_end(&header) {
            header.truncate(end);
            records.consume_block(end - before);
            break;
        }
        records.consume_block(got);
    }
    header
}

fn status(line: &str) -> Option<u16> {
    line.split_whitespace().nth(1)?.parse().ok()
}

fn body(
    records: &mut Records,
    chunked: bool,
    limits: &Limits,
    complaints: &mut Vec<String>,
) -> Result<Vec<u8>, String> {
    let mut plain = Vec::new();
    let mut dechunk = Dechunk::default();
    // A header may say chunked although the archive's writer joined the chunks.
    let lies = chunked && {
        let first = records.peek_block(64);
        let line = first.split(|&byte| byte == b'\n').next().unwrap_or_default();
        !first.is_empty() && coding::chunk_size(line).is_none()
    };
    if lies {
        complaints.push("the header says chunked, the body is not: kept as it is".into());
    }
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(got) = records.read(&mut buffer) {
        if got == 0 {
            break;
        }
        if chunked && !lies {
            dechunk.push(&buffer[..got], &mut |bytes| plain.extend_from_slice(bytes));
        } else {
            plain.extend_from_slice(&buffer[..got]);
        }
        if let Some(why) = limits.refuse(plain.len() as u64, records.raw_used()) {
            return Err(why);
        }
    }
    if chunked && !lies && !dechunk.is_whole() {
        complaints.push("incomplete: the chunks of the body break off".into());
    }
    Ok(plain)
}
