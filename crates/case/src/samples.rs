//! Rows for the tests of views: the least that a row needs. All names are invented.

use crate::views::{AgainstRow, ClaimRow, DecisionRow, EvidenceRow, Finding, NameRow, OriginRow, StatusRow};

/// A claim that one primary origin supports with the quote `quo-` + id; its sentence is its id.
pub fn claim(id: &str, subject: &str, predicate: &str, object: &str) -> ClaimRow {
    ClaimRow {
        claim: id.into(),
        text: id.into(),
        subject: subject.into(),
        predicate: predicate.into(),
        object: object.into(),
        valid: None,
        count: None,
        grade: 6,
        grade_if_read: 3,
        trace: Vec::new(),
        origins: vec![OriginRow {
            origin: "ori-1".into(),
            documents: vec!["doc-1".into()],
            how: "self".into(),
            voice: "the document itself".into(),
            mode: "primary".into(),
            counts: true,
            letter: "F".into(),
            group: None,
            marks: Vec::new(),
        }],
        against: Vec::new(),
        evidence: vec![evidence(&format!("quo-{id}"))],
        decision: None,
        next_step: String::new(),
        grade_words: "cannot be judged".into(),
        grade_if_read_words: "possibly true".into(),
        unread: 1,
    }
}

/// A quote that supports and that nobody has read.
pub fn evidence(quote: &str) -> EvidenceRow {
    EvidenceRow {
        quote: quote.into(),
        document: "doc-1".into(),
        lang: "nl".into(),
        start: 0,
        end: 4,
        text: "zin.".into(),
        stance: "supports".into(),
        voice: "the document itself".into(),
        read_by: Vec::new(),
        mode: "primary".into(),
        origin: Some("ori-1".into()),
        rejected: false,
        interested_denial: false,
        withdrawn: false,
        proposed_by: None,
        weighed: false,
        title: None,
        date: None,
    }
}

/// How another claim stands to one.
pub fn against(claim: &str, relation: &str) -> AgainstRow {
    AgainstRow { claim: claim.into(), relation: relation.into(), object: "2017".into() }
}

/// A decision of Ida Brandt, who does not exist.
pub fn decision(answer: &str) -> DecisionRow {
    DecisionRow {
        decision: format!("dec-{answer}"),
        answer: answer.into(),
        reason: String::new(),
        author: "Ida Brandt".into(),
        time: "2026-10-02T08:41:07Z".into(),
    }
}

/// A post in an invented town of Kelvarra.
pub fn finding(id: &str, city: &str) -> Finding {
    Finding {
        post: id.into(),
        names: vec![NameRow { text: "警民服务站".into(), lang: "zh".into() }],
        country: Some("Kelvarra".into()),
        city: Some(city.into()),
        origins: 1,
        grade: 6,
        grade_if_read: 3,
        ..Finding::default()
    }
}

/// A status by its quote.
pub fn status(word: &str, date: Option<&str>, quote: &str) -> StatusRow {
    StatusRow { word: word.into(), date: date.map(Into::into), quote: quote.into(), withdrawn: false }
}
