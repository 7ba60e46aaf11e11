//! What would raise a grade, in one sentence.

use plainsight_model::{Claim, Grade, Letter, Mark, Mode, Relation, Stance};

/// Says what would raise the grade, following the lines of rule G1.
pub fn next_step(claim: &Claim) -> String {
    let unread = (claim.evidence.iter())
        .filter(|e| e.stance == Stance::Supports && !e.rejected && e.read_by.is_empty() && e.origin.is_some())
        .count();
    if claim.grade == Grade::CannotBeJudged && claim.grade_if_read != Grade::CannotBeJudged {
        let quotes = if unread == 1 {
            "one quote holds: read it".to_owned()
        } else {
            format!("{unread} quotes hold: read them")
        };
        return format!("It cannot be judged yet; it would be {} if {quotes}.", claim.grade_if_read.number());
    }
    let supporting: Vec<_> = claim
        .origins
        .iter()
        .filter(|o| {
            o.counts && claim.evidence.iter().any(|e| e.stance == Stance::Supports && e.origin == Some(o.id))
        })
        .collect();
    let best = |letter: Letter| matches!(letter, Letter::A | Letter::B | Letter::C);
    match claim.grade {
        Grade::CannotBeJudged => "A quote that can be followed to its origin would let it be judged.".to_owned(),
        Grade::Improbable => "Only an origin that was not withdrawn, or an error shown in the record against it, would raise it.".to_owned(),
        Grade::Doubtful if supporting.iter().all(|o| o.marks.contains(&Mark::Disputed)) && !supporting.is_empty() => {
            "A second origin that does not rest on the disputed witness would raise it.".to_owned()
        }
        Grade::Doubtful => {
            let others = claim.against.iter().filter(|a| a.relation == Relation::Conflict).count();
            let values = if others == 1 { "one other value".to_owned() } else { format!("{others} other values") };
            format!("It stands against {values}: a further independent origin for it, or a reason why the other does not hold, would raise it.")
        }
        Grade::PossiblyTrue => match supporting.first() {
            Some(origin) if supporting.len() == 1 => format!(
                "A second origin that does not rest on {} would make it 2; 1 if one of the two is primary and one has a letter A to C.",
                origin.voice
            ),
            _ => "An explanation of the contradicting origins would raise it.".to_owned(),
        },
        Grade::ProbablyTrue if supporting.len() < 2 => {
            "A second independent origin would make it 1 if one of the two has a letter A to C.".to_owned()
        }
        Grade::ProbablyTrue if !supporting.iter().any(|o| o.mode == Mode::Primary) => {
            "An origin that speaks of its own act or record would make it 1 if one origin has a letter A to C.".to_owned()
        }
        Grade::ProbablyTrue if !supporting.iter().any(|o| best(o.letter)) => {
            "A letter A to C for one of its origins would make it 1.".to_owned()
        }
        Grade::ProbablyTrue => "An origin of another control group would make it 1.".to_owned(),
        Grade::Confirmed => "Nothing more is needed; a withdrawn source or a contradiction would lower it.".to_owned(),
    }
}
