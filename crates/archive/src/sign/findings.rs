//! What the judging of a proof brings to light, the worst of it as verdict.

use crate::sign::der::NoDer;
use crate::verify::verdict::{Fault, Verdict};

/// Faults with the verdict that follows from them.
#[derive(Clone, Debug)]
pub(crate) struct Findings {
    pub(crate) verdict: Verdict,
    pub(crate) faults: Vec<Fault>,
}

impl Default for Findings {
    fn default() -> Self {
        Self { verdict: Verdict::Valid, faults: Vec::new() }
    }
}

/// What follows from something that does not agree.
pub(crate) const WRONG: &str = "it proves nothing";

/// A proof file is small, but a hostile one may be wrong in many places.
const MOST: usize = 200;

impl Findings {
    fn add(&mut self, verdict: Verdict, at: usize, rule: &str, what: String, consequence: &str) {
        self.verdict = self.verdict.max(verdict);
        if self.faults.len() < MOST {
            self.faults.push(Fault::new(format!("byte {at}"), rule, what, consequence));
        }
    }

    /// Something does not agree: the proof is `invalid`.
    pub(crate) fn wrong(&mut self, at: usize, rule: &str, what: impl Into<String>) {
        self.add(Verdict::Invalid, at, rule, what.into(), WRONG);
    }

    /// Something may be sound, but is not judged here: `not checked`.
    pub(crate) fn beyond(&mut self, at: usize, rule: &str, what: impl Into<String>) {
        self.add(
            Verdict::NotChecked,
            at,
            rule,
            what.into(),
            "whether it proves anything is for another tool to say",
        );
    }

    /// Something is missing that the verifier has to bring: `not checked`.
    pub(crate) fn missing(&mut self, at: usize, rule: &str, what: impl Into<String>) {
        self.add(Verdict::NotChecked, at, rule, what.into(), "it is not proved as long as that is missing");
    }

    /// Something to know that takes nothing away.
    pub(crate) fn note(&mut self, at: usize, rule: &str, what: impl Into<String>) {
        self.add(Verdict::Valid, at, rule, what.into(), "none: it is what was found");
    }

    /// Bytes that cannot be read.
    pub(crate) fn no_der(&mut self, rule: &str, why: NoDer) {
        match why {
            NoDer::Broken(at, what) => self.wrong(at, rule, what),
            NoDer::Ber(at) => {
                self.beyond(at, rule, "encoded by the rules of BER and not of DER, which is not read here");
            }
        }
    }
}
