//! A claim as one English sentence.

use plainsight_model::{CountOf, Predicate};

/// Says a claim. `subject` begins with a small letter where it is a description (`the post of …`).
pub(crate) fn sentence(subject: &str, predicate: Predicate, object: &str, count: Option<&CountOf>) -> String {
    let no = object == "no";
    let text = match predicate {
        Predicate::Exists => format!("{subject} exists"),
        Predicate::OperatedBy => format!("{subject} is run by {object}"),
        Predicate::HostedBy => format!("{subject} is hosted by {object}"),
        Predicate::LocatedAt => format!("{subject} is at {object}"),
        Predicate::Opened => format!("{subject} opened {}", when(object)),
        Predicate::Closed => format!("{subject} closed {}", when(object)),
        Predicate::Offers => format!("{subject} offers {object}"),
        Predicate::HeadedBy => format!("{subject} is headed by {object}"),
        Predicate::Awarded => format!("{subject} was honoured: {object}"),
        Predicate::Notified if no => format!("The host state was not told of {subject}"),
        Predicate::Notified => format!("The host state was told of {subject}"),
        Predicate::Consented if no => format!("The host state did not agree to {subject}"),
        Predicate::Consented => format!("The host state agreed to {subject}"),
        Predicate::ListedInRegister => match object.strip_prefix("not ") {
            Some(register) => format!("{subject} does not stand in the register {register}"),
            None => format!("{subject} stands in the register {object}"),
        },
        Predicate::PressureBy => format!("{subject} is said to have put pressure on persons: {object}"),
        Predicate::AttendedBy => format!("An event of {subject} was attended by {object}"),
        Predicate::Count => counted(object, count),
    };
    let mut chars = text.chars();
    let head: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{head}{}.", chars.as_str())
}

fn counted(object: &str, count: Option<&CountOf>) -> String {
    let unit = count.map_or("", |c| c.unit.as_str());
    let counter = count.and_then(|c| c.counter.as_deref()).unwrap_or("Somebody who is not named");
    let number = match object.split_at_checked(2) {
        Some((">=", n)) => format!("at least {n}"),
        Some(("<=", n)) => format!("at most {n}"),
        _ => object.to_owned(),
    };
    let as_of = count.and_then(|c| c.as_of.as_deref()).map_or(String::new(), |d| format!(" as of {d}"));
    format!("{counter} counts {number} {unit}{as_of}")
}

fn when(date: &str) -> String {
    let is_day = date.len() == 10 && date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match date.split_once('/') {
        Some(("" | "..", last)) => format!("by {last}"),
        Some((first, "" | "..")) => format!("{first} or later"),
        Some((first, last)) => format!("between {first} and {last}"),
        None if is_day => format!("on {date}"),
        None => format!("in {date}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_in_words() {
        let post = "the post of the Sandmark police in Port Elm";
        for (predicate, object, text) in [
            (Predicate::Exists, "yes", "The post of the Sandmark police in Port Elm exists."),
            (Predicate::Opened, "2018-06", "The post of the Sandmark police in Port Elm opened in 2018-06."),
            (
                Predicate::Closed,
                "2022-11-01",
                "The post of the Sandmark police in Port Elm closed on 2022-11-01.",
            ),
            (
                Predicate::Notified,
                "no",
                "The host state was not told of the post of the Sandmark police in Port Elm.",
            ),
        ] {
            assert_eq!(sentence(post, predicate, object, None), text);
        }
        let of = CountOf {
            unit: "posts".into(),
            counter: Some("An NGO".into()),
            definition: None,
            as_of: Some("2022".into()),
        };
        assert_eq!(
            sentence("", Predicate::Count, ">=46", Some(&of)),
            "An NGO counts at least 46 posts as of 2022."
        );
    }
}
