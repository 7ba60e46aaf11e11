//! What a person may set for fetching addresses.

use clap::Args;
use plainsight_case::{Fetching, SystemClock};
use plainsight_collect::{Collector, Proxy, Roots, Settings, SystemResolver};
use std::sync::Arc;
use std::time::Duration;

/// How long a language model may take over one question, unless said otherwise.
const PATIENCE: Duration = Duration::from_secs(120);
/// Octets that its answer may have.
const LONGEST_ANSWER: usize = 1 << 20;

/// Options of whatever reaches the network.
#[derive(Debug, Args)]
pub struct WireArgs {
    /// A host that may be asked although it is not public, as the address has it; a ledger entry.
    #[arg(long, value_name = "HOST")]
    allow_private: Vec<String>,
    /// Seconds that one address may take.
    #[arg(long, value_name = "S")]
    max_seconds: Option<f64>,
    /// The only way out: `http://HOST:PORT` (CONNECT) or `socks5h://HOST:PORT`.
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// Who we say we are.
    #[arg(long, value_name = "S")]
    user_agent: Option<String>,
}

/// Options of `add` for addresses.
#[derive(Debug, Args)]
pub struct FetchArgs {
    #[command(flatten)]
    wire: WireArgs,
    /// Keeps the pictures, style sheets and frames that a page names beside it.
    #[arg(long)]
    with_parts: bool,
    /// Fetches what robots.txt forbids; asks for --reason and is a ledger entry.
    #[arg(long, requires = "reason")]
    despite_robots: bool,
    /// Why, for --despite-robots.
    #[arg(long)]
    reason: Option<String>,
    /// Seconds between two requests to one host.
    #[arg(long, default_value_t = 1.0, value_name = "S")]
    pause: f64,
    /// Bytes that one body may have.
    #[arg(long, value_name = "N")]
    max_bytes: Option<usize>,
    /// Redirects that are followed.
    #[arg(long, value_name = "N")]
    max_redirects: Option<usize>,
}

fn seconds(name: &str, value: f64) -> Result<Duration, String> {
    Duration::try_from_secs_f64(value).map_err(|_| format!("{name} takes seconds, not {value}"))
}

impl WireArgs {
    /// What fetches; a sentence where an option is not what it has to be.
    pub fn fetching(&self) -> Result<Fetching, String> {
        self.fetching_by(Settings::default())
    }

    /// What asks a service that thinks before it answers: a minute or two pass without an octet, and what
    /// comes then is short.
    fn patient(&self) -> Result<Fetching, String> {
        let most = self.max_seconds.map_or(Ok(PATIENCE), |most| seconds("--max-seconds", most))?;
        self.fetching_by(thinking(most))
    }

    /// The same; where an option is not what it has to be, it is said on stderr.
    pub fn patient_or_said(&self) -> Option<Fetching> {
        self.patient().inspect_err(|what| eprintln!("{what}")).ok()
    }

    fn fetching_by(&self, mut settings: Settings) -> Result<Fetching, String> {
        if let Some(most) = self.max_seconds {
            settings.limits.total = seconds("--max-seconds", most)?;
            settings.limits.stall = settings.limits.stall.min(settings.limits.total);
        }
        settings.allow_private.clone_from(&self.allow_private);
        if let Some(user_agent) = &self.user_agent {
            settings.user_agent.clone_from(user_agent);
        }
        if let Some(proxy) = &self.proxy {
            settings.proxy = Some(Proxy::typed(proxy).map_err(|why| why.to_string())?);
        }
        fetching(settings)
    }
}

impl FetchArgs {
    /// What fetches; a sentence where an option is not what it has to be.
    pub fn fetching(&self) -> Result<Fetching, String> {
        let mut settings = Settings { despite_robots: self.despite_robots, ..Settings::default() };
        settings.pause = seconds("--pause", self.pause)?;
        settings.limits.body = self.max_bytes.unwrap_or(settings.limits.body);
        settings.limits.redirects = self.max_redirects.unwrap_or(settings.limits.redirects);
        let (robots_reason, with_parts) = (self.reason.clone(), self.with_parts);
        Ok(Fetching { robots_reason, with_parts, ..self.wire.fetching_by(settings)? })
    }
}

fn fetching(settings: Settings) -> Result<Fetching, String> {
    let allow_private = settings.allow_private.clone();
    let collector = Collector::new(settings, Arc::new(SystemResolver), roots(), Arc::new(SystemClock));
    let collector = Arc::new(collector.map_err(|why| why.to_string())?);
    Ok(Fetching { collector, robots_reason: None, allow_private, with_parts: false })
}

/// Settings for a service that may take so long over an answer, which is short.
fn thinking(most: Duration) -> Settings {
    let mut settings = Settings::default();
    (settings.limits.total, settings.limits.stall) = (most, most);
    settings.limits.body = LONGEST_ANSWER;
    settings
}

/// What asks the machines of `case.toml` for the interface.
pub fn patient(allow_private: &[String]) -> Result<Fetching, String> {
    fetching(Settings { allow_private: allow_private.to_vec(), ..thinking(PATIENCE) })
}

/// What fetches without any option: what the interface does with a pasted address.
pub fn plain() -> Result<Fetching, String> {
    fetching(Settings::default())
}

/// The certificates that this machine trusts to speak for hosts. Where there
/// are none, https says so host by host.
fn roots() -> Roots {
    let found = rustls_native_certs::load_native_certs();
    Roots::of(found.certs.into_iter().map(|certificate| certificate.to_vec())).0
}
