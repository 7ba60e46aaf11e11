//! The first lines of what may be a mail: told from prose, and from pages that browsers save as mail.

use std::collections::BTreeMap;

/// Bytes and lines that are looked at.
const LOOKED_AT: usize = 8192;
const LINES: usize = 60;

/// Header lines at the very start; the first of a name counts.
#[derive(Debug, Default)]
pub(crate) struct Head {
    names: BTreeMap<String, String>,
    is_mailbox: bool,
}

impl Head {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]);
        let mut out = Self { is_mailbox: text.starts_with("From "), ..Self::default() };
        for line in text.lines().skip_while(|l| l.starts_with("From ")).take(LINES) {
            if line.is_empty() {
                break;
            }
            if line.starts_with([' ', '\t']) {
                continue;
            }
            // The first line that is no header ends the matter: prose may speak of "From:" later.
            let Some((name, value)) = line.split_once(':') else { break };
            out.names.entry(name.to_ascii_lowercase()).or_insert_with(|| value.trim().to_owned());
        }
        out
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// A sender, and something that only mails have beside it.
    pub(crate) fn is_mail(&self) -> bool {
        self.has("from")
            && !self.is_mhtml()
            && (self.has("message-id")
                || self.has("received")
                || self.has("mime-version")
                || (self.has("to") && (self.has("subject") || self.has("date"))))
    }

    /// A page with its parts: it went to nobody and came from no server.
    pub(crate) fn is_mhtml(&self) -> bool {
        let kind = self.names.get("content-type").map(|v| v.to_ascii_lowercase()).unwrap_or_default();
        let saved = self.has("snapshot-content-location")
            || self.names.get("from").is_none_or(|f| f.starts_with("<Saved by"));
        let sent = ["to", "received", "message-id", "cc", "bcc"].into_iter().any(|name| self.has(name));
        kind.starts_with("multipart/related") && saved && !sent && !self.is_mailbox
    }
}
