//! Who may be asked: the tables `[model]` and `[translation]` of `case.toml`.

use crate::error::CaseError;
use plainsight_collect::Address;
use serde::{Deserialize, Serialize};

/// A service that a person wrote into `case.toml`; without the table nobody is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Where it listens, such as `https://models.zilverhaven.org/v1`: what stands before `/chat/completions`.
    pub address: String,
    /// The model's name as the service knows it.
    pub name: String,
    /// The name of the environment variable that holds the key, never the key itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

impl Service {
    /// Checks that the service may be asked. What is sent must not be read on the way, so that plain http is
    /// for hosts alone that a person allowed by name (`--allow-private`), such as this machine. `table` is its table of `case.toml`.
    ///
    /// # Errors
    /// A sentence with the line of `case.toml` to correct.
    pub fn check(&self, table: &str, allowed: &[String]) -> Result<(), CaseError> {
        let wrong = |why: String| Err(CaseError::Wrong(format!("case.toml, [{table}]: {why}")));
        let address = match Address::typed(&self.address) {
            Ok(address) => address,
            Err(why) => return wrong(format!("address: {why}")),
        };
        if address.as_str().starts_with("http://") && !allowed.iter().any(|host| host == address.host()) {
            return wrong(format!(
                "address: {} is plain http, which others can read on the way; give an https address, or say --allow-private {} if it is a machine of your own",
                self.address,
                address.host()
            ));
        }
        if self.name.trim().is_empty() || self.name.chars().any(char::is_control) {
            return wrong("name: give the model's name as the service knows it".into());
        }
        match &self.key {
            Some(key) if !is_variable(key) => wrong(
                "key: give the NAME of an environment variable, such as PLAINSIGHT_MODEL_KEY; the key itself never stands in this file"
                    .into(),
            ),
            _ => Ok(()),
        }
    }

    /// The key, out of the environment variable that `case.toml` names; none where it names none.
    ///
    /// # Errors
    /// A sentence with the variable to set.
    pub fn secret(&self) -> Result<Option<String>, CaseError> {
        let Some(name) = &self.key else { return Ok(None) };
        match std::env::var(name) {
            Ok(key) if !key.trim().is_empty() => Ok(Some(key.trim().to_owned())),
            _ => Err(CaseError::Wrong(format!(
                "the environment variable {name}, which case.toml names for the key, is not set; set it, or take the line key = out"
            ))),
        }
    }

    /// The host, for people and the ledger.
    pub fn host(&self) -> String {
        Address::typed(&self.address).map(|address| address.host().to_owned()).unwrap_or_default()
    }
}

/// Keys have small letters, hyphens or points in them, names of variables as a rule do not.
fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 100
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_be_asked() {
        let service = |address: &str, key: Option<&str>| Service {
            address: address.into(),
            name: "small-1".into(),
            key: key.map(str::to_owned),
        };
        let here = ["127.0.0.1".to_owned()];
        for (address, key, allowed, may) in [
            ("https://models.zilverhaven.org/v1", Some("MODEL_KEY"), &[][..], true),
            ("https://models.zilverhaven.org/v1", None, &[], true),
            ("http://models.zilverhaven.org/v1", None, &[], false),
            ("http://models.zilverhaven.org/v1", None, &here, false),
            ("http://127.0.0.1:11434/v1", None, &here, true),
            ("https://models.zilverhaven.org/v1", Some("sk-abc123"), &[], false),
            ("https://models.zilverhaven.org/v1", Some(""), &[], false),
            ("https://jan:geheim@models.zilverhaven.org/v1", None, &[], false),
            ("models.zilverhaven.org", None, &[], false),
            ("", None, &[], false),
        ] {
            let checked = service(address, key).check("model", allowed);
            assert_eq!(checked.is_ok(), may, "{address} {key:?}: {checked:?}");
            let told = checked.map_or_else(|why| why.to_string(), |()| String::new());
            assert!(!told.contains("sk-abc123") && !told.contains("geheim"), "{told}");
        }
    }
}
