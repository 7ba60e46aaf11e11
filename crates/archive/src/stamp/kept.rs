//! Verifies with what the verifier brought: proofs in files of their own, and
//! those that a case keeps under `ledger/stamps/`.

use crate::error::ArchiveError;
use crate::input::sniff::{Container, sniff};
use crate::ledger::log::{CHAIN, Ledger};
use crate::package::verify::verify_package;
use crate::stamp::keep::{STAMPS, bodies, names};
use crate::stamp::ots::judge::verify_ots;
use crate::stamp::renewal::walk;
use crate::stamp::trust::Trust;
use crate::verify::proofs::{Judgement, read_proof, verify_other};
use crate::verify::verdict::{Fault, Verdict, Verified, verify};
use plainsight_model::Digest;
use std::path::Path;

/// Verifies a file or folder with what the verifier brought. A proof of time
/// is judged by it, and so are those of a case and of a signed package; all else as [`verify`] does.
pub fn verify_with(path: &Path, trust: &Trust) -> Verified {
    let container = if path.is_file() { sniff(path).ok() } else { None };
    let judged = match container {
        Some(Container::Gzip | Container::Other) => verify_other(path, trust),
        Some(Container::Wacz) => verify_package(path, &trust.roots),
        _ if trust.is_empty() => return verify(path),
        _ => return with_stamps(verify(path), path, trust),
    };
    let (verdict, faults) = judged.unwrap_or_else(unreadable);
    Verified { path: path.to_string_lossy().into_owned(), verdict, faults }
}

fn unreadable(error: ArchiveError) -> Judgement {
    let fault = Fault::new(".", "unreadable", error.to_string(), "nothing was checked");
    (Verdict::NotChecked, vec![fault])
}

/// Adds to what was found of a case what its stamps say; leaves everything
/// else alone. A forged or broken stamp makes the case `invalid`. One that
/// nobody vouches for is named and takes nothing from the case, unless the
/// verifier brought something and no stamp at all holds by it.
pub fn with_stamps(mut verified: Verified, path: &Path, trust: &Trust) -> Verified {
    let ledger = path.join("ledger");
    if !ledger.join(CHAIN).is_file() {
        return verified;
    }
    // What was said without anything brought is said anew.
    verified.faults.retain(|fault| !fault.place.starts_with(PLACE));
    // A ledger that cannot be read has been told of.
    let Ok(read) = Ledger::read(&ledger) else { return verified };
    let (verdict, faults) = judge(&ledger, &read, trust).unwrap_or_else(unreadable);
    verified.verdict = verified.verdict.max(verdict);
    verified.faults.extend(faults);
    verified
}

const PLACE: &str = "ledger/stamps/";
const RULE: &str = "ledger-stamp";
const LOST: &str = "when the case was as it is cannot be shown by it";

fn judge(folder: &Path, ledger: &Ledger, trust: &Trust) -> Result<Judgement, ArchiveError> {
    let stamps = folder.join(STAMPS);
    let (mut verdict, mut faults) = (Verdict::Valid, Vec::new());
    let mut wrong =
        |place: &str, what: String| faults.push(Fault::new(format!("{PLACE}{place}"), RULE, what, LOST));
    for name in names(&stamps, ".head")? {
        let text = read_proof(&stamps.join(&name))?;
        let text = String::from_utf8_lossy(&text).into_owned();
        let size =
            text.lines().nth(1).and_then(|size| size.parse().ok()).filter(|size| *size <= ledger.size());
        if size.is_none_or(|size| ledger.head_at(size).checkpoint() != text) {
            wrong(&name, "this is no head that the ledger ever had".into());
            verdict = Verdict::Invalid;
        }
    }
    let bodies = bodies(ledger);
    let proofs = [names(&stamps, ".tsr")?, names(&stamps, ".ots")?].concat();
    for (number, body) in &bodies {
        let Some(name) = body["file"].as_str().and_then(|file| file.strip_prefix("stamps/")) else {
            continue;
        };
        let digest = body["sha256"].as_str().and_then(Digest::from_hex);
        let found = if proofs.iter().any(|own| own == name) {
            Some(Digest::of(&read_proof(&stamps.join(name))?))
        } else {
            None
        };
        if found.is_none() || found != digest {
            let state = if found.is_some() { "was changed" } else { "is missing" };
            wrong(name, format!("{state}; entry {number} of the ledger names it"));
            verdict = Verdict::Invalid;
        }
    }
    for name in &proofs {
        let file = format!("stamps/{name}");
        if !bodies.iter().any(|(_, body)| body["file"] == *file) {
            wrong(name, "no entry of the ledger names it".into());
        }
    }
    let mut is_proved = false;
    // A case has stamps of many days; one of them has to lie in the span.
    let open = Trust { between: None, ..trust.clone() };
    for name in &proofs {
        let (judged, found) = judge_proof(&stamps.join(name), &open)?;
        is_proved |= judged == Verdict::Valid && lies_between(&stamps.join(name), trust)?;
        if judged > Verdict::NotChecked {
            verdict = Verdict::Invalid;
        }
        faults.extend(
            found
                .into_iter()
                .map(|fault| Fault { place: format!("{PLACE}{name}, {}", fault.place), ..fault }),
        );
    }
    if !trust.is_empty() && !is_proved {
        let what = "no stamp of this case holds by what was brought";
        faults.push(Fault::new(PLACE, "stamp", what, LOST));
        verdict = verdict.max(Verdict::NotChecked);
    }
    Ok((verdict, faults))
}

/// Judges a proof by its name: it lies where only proofs lie.
fn judge_proof(path: &Path, trust: &Trust) -> Result<Judgement, ArchiveError> {
    let raw = read_proof(path)?;
    match path.extension().is_some_and(|suffix| suffix == "ots") {
        true => verify_ots(path, &raw, trust),
        false => Ok(walk(path, &raw, trust)?.0),
    }
}

/// Whether a proof holds with the verifier's span as well.
fn lies_between(path: &Path, trust: &Trust) -> Result<bool, ArchiveError> {
    Ok(trust.between.is_none() || judge_proof(path, trust)?.0 == Verdict::Valid)
}
