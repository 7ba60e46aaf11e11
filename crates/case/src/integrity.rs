//! What a stranger asks of a case: the ledger, the quotes, the bytes; and what this machine lacks.

use crate::case::Case;
use crate::catalog::Kept;
use crate::error::CaseError;
use crate::views::{CheckRow, CitedDocument, DoctorRow, LogRow, Publication};
use plainsight_archive::{EntryKind, PublicKey, Verified};
use plainsight_corroborate::GateVerdict;
use plainsight_model::{Digest, DocumentId, Quote, QuoteId};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

impl Case {
    /// The ledger, entry by entry.
    pub fn log(&self) -> Result<Vec<LogRow>, CaseError> {
        let ledger = self.chain.seen();
        Ok(ledger
            .entries()
            .iter()
            .map(|entry| LogRow {
                number: entry.line.number,
                time: entry.line.time.clone(),
                author: entry.line.author.clone(),
                kind: entry.line.kind.as_str().to_owned(),
                hash: entry.hash.to_string(),
                body: ledger.body(entry.line.number),
            })
            .collect())
    }

    /// The number of entries and the root hash over them.
    pub fn head(&self) -> Result<(u64, String), CaseError> {
        let head = self.chain.seen().head();
        Ok((head.size, head.root.to_string()))
    }

    /// Verifies archive, received files and ledger.
    pub fn verify(&self) -> Result<Verified, CaseError> {
        Ok(plainsight_archive::verify(self.dir()))
    }

    /// Cuts every quote again from the archived bytes.
    pub fn check(&self) -> Result<Vec<CheckRow>, CaseError> {
        let mut rows: BTreeMap<String, CheckRow> = BTreeMap::new();
        let mut texts: BTreeMap<String, Option<String>> = BTreeMap::new();
        for claim in self.claims()? {
            for e in &claim.evidence {
                if rows.contains_key(&e.quote) {
                    continue;
                }
                if !texts.contains_key(&e.document) {
                    texts.insert(e.document.clone(), self.read_again(&e.document));
                }
                let verdict = match texts.get(&e.document) {
                    Some(Some(text)) => self.check_one(text, e),
                    _ => "missing",
                };
                rows.insert(e.quote.clone(), CheckRow { quote: e.quote.clone(), verdict: verdict.into() });
            }
        }
        Ok(rows.into_values().collect())
    }

    fn check_one(&self, text: &str, e: &crate::views::EvidenceRow) -> &'static str {
        let Ok(document) = e.document.parse::<DocumentId>() else { return "missing" };
        let stands = (0..1000)
            .find(|n| QuoteId::of(&document, &e.text, *n).to_string() == e.quote)
            .and_then(|number| Quote::find(document, text, &e.text, number))
            .is_some();
        if stands {
            return "exact";
        }
        match plainsight_corroborate::quote_gate(text, &e.text).verdict {
            GateVerdict::Exact | GateVerdict::Folded => "folded",
            GateVerdict::Missing => "missing",
        }
    }

    /// Reads a document anew from the archive; `None` where its bytes are gone or not its own any more.
    fn read_again(&self, document: &str) -> Option<String> {
        let id: DocumentId = document.parse().ok()?;
        let capture = self.catalog.captures_of(&id).ok()?.into_iter().next()?;
        let bytes = self.reader.payload(&capture.place).ok()?;
        (Digest::of(&bytes) == capture.payload).then(|| self.read_bytes(&capture, &bytes))
    }

    /// What this machine and this case lack, and how to get it.
    pub fn doctor(&self) -> Result<Vec<DoctorRow>, CaseError> {
        let mut rows = programs();
        let waiting = self.catalog.count(Kept::Waiting)?;
        rows.push(DoctorRow {
            what: "decisions to look at again".into(),
            ok: waiting == 0,
            found: format!("{waiting} decisions rest on words that no longer stand where they stood"),
            cure: (waiting > 0).then(|| "open them under Overview and decide anew".into()),
        });
        let stale = self.stale()?;
        rows.push(DoctorRow {
            what: "what was derived".into(),
            ok: !stale,
            found: if stale { "something came in after the last run" } else { "up to date" }.into(),
            cure: stale.then(|| format!("plainsight run {}", self.dir().display())),
        });
        Ok(rows)
    }

    /// All that a dossier may be built from.
    pub fn publication(&self, draft: bool) -> Result<Publication, CaseError> {
        let all = self.claims()?;
        let answer = |claim: &crate::views::ClaimRow| claim.decision.as_ref().map(|d| d.answer.clone());
        let confirmed =
            |claim: &crate::views::ClaimRow| matches!(answer(claim).as_deref(), Some("confirm" | "publish"));
        let claims: Vec<_> = all.iter().filter(|c| draft || confirmed(c)).cloned().collect();
        let inside: BTreeSet<&str> = claims.iter().map(|c| c.subject.as_str()).collect();
        let findings: Vec<_> =
            self.findings()?.into_iter().filter(|f| inside.contains(f.post.as_str())).collect();
        let cited: BTreeSet<&str> =
            claims.iter().flat_map(|c| &c.evidence).map(|e| e.document.as_str()).collect();
        let mut documents = Vec::new();
        for id in cited {
            let Ok(id) = id.parse::<DocumentId>() else { continue };
            let Some((document, _)) = self.catalog.document(&id)? else { continue };
            documents.push(CitedDocument {
                document: id.to_string(),
                title: document.title,
                author: document.author,
                site_name: document.site_name,
                url: document.url,
                date: document.date,
                lang: document.lang,
                script: document.script.map(|s| s.as_str().to_owned()),
                kind: document.kind.as_str().to_owned(),
                captures: self.catalog.captures_of(&id)?.iter().map(crate::look::capture_row).collect(),
            });
        }
        let size = self.chain.last_number_but(&[EntryKind::Publication]);
        let ledger = self.chain.seen();
        let day = ledger
            .entries()
            .iter()
            .find(|e| e.line.number == size)
            .map(|e| e.line.time.get(..10).unwrap_or(""));
        Ok(Publication {
            name: self.name().to_owned(),
            case_id: self.id().to_owned(),
            lens: format!("{} {}", self.lens.settings.name, self.lens.settings.version),
            draft,
            head_number: size,
            head: ledger.head_at(size).root.to_string(),
            day: day.unwrap_or("").to_owned(),
            left_out: all.len() - claims.len(),
            named: all
                .iter()
                .filter(|c| answer(c).as_deref() == Some("publish"))
                .map(|c| c.claim.clone())
                .collect(),
            findings,
            documents,
            registers: self.registers()?,
            unread: self.complaints()?,
            claims,
        })
    }

    /// Writes a publication into the ledger, with the public key that signed it where there is one;
    /// the same content again adds no entry.
    pub fn published(
        &mut self,
        manifest: &Digest,
        draft: bool,
        key: Option<&PublicKey>,
        author: &str,
    ) -> Result<(), CaseError> {
        let mut body = json!({"manifest": manifest.to_string(), "draft": draft});
        if let Some(key) = key {
            body["signed_by"] = json!(key.to_string());
        }
        if self.chain.bodies(EntryKind::Publication)?.iter().any(|(_, old)| *old == body) {
            return Ok(());
        }
        let now = self.clock.now();
        self.chain.append(EntryKind::Publication, author, &now, &body)?;
        Ok(())
    }
}

/// What this machine has of the programs that reading calls, and whether it can shut off the readers of
/// hostile formats.
pub fn programs() -> Vec<DoctorRow> {
    let programs = plainsight_read::programs()
        .into_iter()
        .map(|program| DoctorRow {
            what: program.name.to_string(),
            ok: program.version.is_some(),
            found: match &program.version {
                Some(version) if program.languages.is_empty() => version.clone(),
                Some(version) => format!("{version}; languages: {}", program.languages.join(", ")),
                None => "missing".to_owned(),
            },
            cure: program.version.is_none().then(|| program.install.to_string()),
        })
        .collect::<Vec<_>>();
    programs.into_iter().chain([isolation()]).collect()
}

/// What a worker that tried to reach a network, a file and a program was refused.
fn isolation() -> DoctorRow {
    let tried = plainsight_read::isolation();
    let by = |there: bool, name: &'static str| there.then_some(name);
    let (ok, found) = match &tried {
        None => (false, "documents are read in this process: no worker could be started".to_owned()),
        Some(found) => {
            let refused = [
                by(found.network_refused, "network"),
                by(found.files_refused, "files"),
                by(found.programs_refused, "programs"),
            ];
            let means =
                [by(found.limits, "limits"), by(found.landlock, "Landlock"), by(found.seccomp, "seccomp")];
            let list = |words: [Option<&str>; 3]| words.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let shut = list(refused);
            let shut = if shut.is_empty() { "nothing".to_owned() } else { shut };
            (
                found.is_whole(),
                format!("PDF, office, mail and pictures are read without {shut} ({})", list(means)),
            )
        }
    };
    DoctorRow {
        what: "reading apart".to_owned(),
        ok,
        found,
        cure: (!ok).then(|| {
            "only Linux with seccomp (kernel 3.17 or newer, Landlock from 5.13) shuts readers off; elsewhere add no files that you do not trust".to_owned()
        }),
    }
}
