//! What a person may set for one run.

use crate::{Limits, Proxy};
use std::time::Duration;

/// The product token of our user agent; groups of a robots.txt that name it are for us.
pub(crate) const PRODUCT: &str = "Plainsight";

/// What a person may set for one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Who we say we are.
    pub user_agent: String,
    /// Between two requests to one host.
    pub pause: Duration,
    /// How much is taken of one answer.
    pub limits: Limits,
    /// Hosts that are allowed although they are not public, as an address has them, without port.
    pub allow_private: Vec<String>,
    /// The only way out, where there is one.
    pub proxy: Option<Proxy>,
    /// Fetch what robots.txt forbids; a person decided so, with a reason, and the decision is recorded.
    pub despite_robots: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            user_agent: format!(
                "{PRODUCT}/{} (archives single public pages as evidence)",
                env!("CARGO_PKG_VERSION")
            ),
            pause: Duration::from_secs(1),
            limits: Limits::default(),
            allow_private: Vec::new(),
            proxy: None,
            despite_robots: false,
        }
    }
}

/// Why settings cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not a user agent.
    #[error("the user agent must be one line of visible ASCII; “{0}” is not")]
    UserAgent(String),
    /// Not a host.
    #[error(
        "--allow-private takes a name or an IP address as the address has it, without port; “{0}” is neither"
    )]
    Host(String),
}

impl Settings {
    /// A line break in the user agent would write header fields of its own.
    pub(crate) fn check_user_agent(&self) -> Result<(), SettingsError> {
        let shown = self.user_agent.trim();
        if shown.is_empty() || !shown.bytes().all(|octet| octet == b' ' || octet.is_ascii_graphic()) {
            let printable = self.user_agent.chars().filter(|c| !c.is_control()).take(80).collect();
            return Err(SettingsError::UserAgent(printable));
        }
        Ok(())
    }

    /// The product tokens that robots.txt may name: ours always, and that of another user agent.
    pub(crate) fn products(&self) -> Vec<&str> {
        let own =
            self.user_agent.split(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_'))).next();
        std::iter::once(PRODUCT).chain(own.filter(|own| !own.is_empty())).collect()
    }
}
