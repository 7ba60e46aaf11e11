//! Licence expressions: which of the offered choices may be taken.
//!
//! SPDX 2.3, annex D: `WITH` binds tightest, then `AND`, then `OR`; the old
//! `/` of crates.io is an `OR`.

/// Licences that may be taken. MPL-2.0 is judged apart ([`MPL`]).
pub const ALLOWED: [&str; 13] = [
    "MIT",
    "Apache-2.0",
    "0BSD",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "CC0-1.0",
    "Unlicense",
    "CC0",
];

/// Allowed for a dependency that is used unchanged.
pub const MPL: &str = "MPL-2.0";

/// Tells whether an expression offers a choice in which every licence that
/// applies is allowed. An exception (`WITH`) only adds permissions.
///
/// ```
/// let allowed = |expression| xtask::spdx::offers(expression, &|licence| licence == "MIT");
/// assert_eq!(allowed("GPL-3.0 OR MIT"), Ok(true));
/// assert_eq!(allowed("GPL-3.0 AND MIT"), Ok(false));
/// ```
pub fn offers(expression: &str, allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut values: Vec<bool> = Vec::new();
    let mut waiting: Vec<Sign> = Vec::new();
    let mut value_expected = true;
    for token in tokens(expression) {
        match (sign(&token), value_expected) {
            (Some(Sign::Open), true) => waiting.push(Sign::Open),
            (Some(Sign::Close), false) => {
                while waiting.last().is_some_and(|sign| *sign != Sign::Open) {
                    apply(&mut values, waiting.pop());
                }
                waiting
                    .pop()
                    .ok_or_else(|| format!("“{expression}” closes a parenthesis that it never opened"))?;
            }
            (Some(operator @ (Sign::Or | Sign::And | Sign::With)), false) => {
                while waiting.last().is_some_and(|sign| *sign != Sign::Open && *sign >= operator) {
                    apply(&mut values, waiting.pop());
                }
                waiting.push(operator);
                value_expected = true;
            }
            (None, true) => {
                let exception = waiting.last() == Some(&Sign::With);
                values.push(exception || allowed(token.trim_end_matches('+')));
                value_expected = false;
            }
            _ => return Err(format!("“{expression}” is no licence expression, at “{token}”")),
        }
    }
    if value_expected || waiting.contains(&Sign::Open) {
        return Err(format!("“{expression}” is no licence expression: it ends too early"));
    }
    while let Some(sign) = waiting.pop() {
        apply(&mut values, Some(sign));
    }
    Ok(values == [true])
}

/// In the order of binding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Open,
    Or,
    And,
    With,
    Close,
}

fn sign(token: &str) -> Option<Sign> {
    Some(match token {
        "(" => Sign::Open,
        ")" => Sign::Close,
        "/" => Sign::Or,
        _ if token.eq_ignore_ascii_case("or") => Sign::Or,
        _ if token.eq_ignore_ascii_case("and") => Sign::And,
        _ if token.eq_ignore_ascii_case("with") => Sign::With,
        _ => return None,
    })
}

fn tokens(expression: &str) -> Vec<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " / ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

fn apply(values: &mut Vec<bool>, sign: Option<Sign>) {
    if let (Some(b), Some(a)) = (values.pop(), values.pop()) {
        values.push(if sign == Some(Sign::Or) { a || b } else { a && b });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_by_example() {
        let judge = |expression| offers(expression, &|licence| ALLOWED.contains(&licence));
        for (expression, allowed) in [
            ("MIT", true),
            ("MIT/Apache-2.0", true),
            ("Apache-2.0 / MIT / MPL-2.0", true),
            ("GPL-3.0-only", false),
            ("MIT OR Apache-2.0 OR LGPL-2.1-or-later", true),
            ("LGPL-2.1-or-later AND MIT", false),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR GPL-2.0) AND AGPL-3.0", false),
            ("GPL-2.0 OR MIT AND AGPL-3.0", false),
            ("GPL-2.0 AND AGPL-3.0 OR MIT", true),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("GPL-2.0 WITH Classpath-exception-2.0", false),
            ("GPL-2.0 WITH Classpath-exception-2.0 OR MIT", true),
            ("BSD-3-Clause AND BSD-2-Clause", true),
            ("((((MIT))))", true),
        ] {
            assert_eq!(judge(expression), Ok(allowed), "{expression}");
        }
        for wrong in ["", "MIT OR", "OR MIT", "(MIT", "MIT)", "MIT MIT", "()", "MIT AND OR MIT"] {
            assert!(judge(wrong).is_err(), "{wrong}");
        }
        let deep = "(".repeat(100_000) + "MIT" + &")".repeat(100_000);
        assert_eq!(judge(&deep), Ok(true));
    }
}
