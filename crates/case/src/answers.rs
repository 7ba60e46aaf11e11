//! The words of `decide --as`, both ways.

use plainsight_model::{Answer, Letter};

/// The word of `--as`.
pub fn answer_word(answer: &Answer) -> String {
    match answer {
        Answer::Same => "same".into(),
        Answer::Different => "different".into(),
        Answer::Unsure => "unsure".into(),
        Answer::Confirm => "confirm".into(),
        Answer::Reject => "reject".into(),
        Answer::Read => "read".into(),
        Answer::Independent => "independent".into(),
        Answer::Dependent => "dependent".into(),
        Answer::Disputed => "disputed".into(),
        Answer::Undisputed => "undisputed".into(),
        Answer::OwnInterest => "own-interest".into(),
        Answer::PublicRole => "public-role".into(),
        Answer::Publish => "publish".into(),
        Answer::Letter(letter) => format!("letter={letter}"),
        Answer::Grade(number) => format!("grade={number}"),
        Answer::Translation(text) => format!("translation={text}"),
        Answer::Reader(name) => format!("reader={name}"),
        Answer::Charset(name) => format!("charset={name}"),
        Answer::Withdraw => "withdraw".into(),
        Answer::Asked(_) => "asked to reply".into(),
        Answer::Answered(_) => "answered".into(),
    }
}

/// Reads the word of `--as`.
pub fn parse_answer(word: &str) -> Result<Answer, String> {
    let value =
        |name: &str| word.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')).map(str::to_owned);
    if let Some(letter) = value("letter") {
        return Ok(Answer::Letter(match letter.as_str() {
            "A" => Letter::A,
            "B" => Letter::B,
            "C" => Letter::C,
            "D" => Letter::D,
            "E" => Letter::E,
            "F" => Letter::F,
            other => return Err(format!("letter={other} is no letter from A to F")),
        }));
    }
    if let Some(number) = value("grade") {
        return match number.parse() {
            Ok(n) if (1..=6).contains(&n) => Ok(Answer::Grade(n)),
            _ => Err(format!("grade={number} is no number from 1 to 6")),
        };
    }
    if let Some(text) = value("translation") {
        return Ok(Answer::Translation(text));
    }
    if let Some(name) = value("reader") {
        return Ok(Answer::Reader(name));
    }
    if let Some(name) = value("charset") {
        return Ok(Answer::Charset(name));
    }
    Ok(match word {
        "same" => Answer::Same,
        "different" => Answer::Different,
        "unsure" => Answer::Unsure,
        "confirm" => Answer::Confirm,
        "reject" => Answer::Reject,
        "read" => Answer::Read,
        "independent" => Answer::Independent,
        "dependent" => Answer::Dependent,
        "disputed" => Answer::Disputed,
        "undisputed" => Answer::Undisputed,
        "own-interest" => Answer::OwnInterest,
        "public-role" => Answer::PublicRole,
        "publish" => Answer::Publish,
        other => {
            return Err(format!(
                "“{other}” is no answer; use same, different, unsure, confirm, reject, read, independent, dependent, \
                 disputed, undisputed, own-interest, public-role, publish, letter=A..F, grade=1..6, translation=TEXT, \
                 reader=NAME or charset=NAME"
            ));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_back_as_it_was_written() {
        for word in ["same", "confirm", "letter=B", "grade=4", "translation=the centre", "own-interest"] {
            assert_eq!(answer_word(&parse_answer(word).expect(word)), word);
        }
        for word in ["letter=G", "grade=7", "yes"] {
            assert!(parse_answer(word).is_err(), "{word}");
        }
    }
}
