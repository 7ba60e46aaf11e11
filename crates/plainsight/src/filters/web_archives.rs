//! `warc ls` and `verify`.

use crate::bars::while_reading;
use crate::commands::id::PACKAGE_KEY;
use crate::exit::Exit;
use crate::filters::method::method;
use crate::out;
use clap::{Args, Subcommand};
use plainsight_archive::{
    Check, Checkpoint, Demands, End, PublicKey, Trust, TrustError, Verdict, verify_for, verify_with,
    with_stamps,
};
use std::path::{Path, PathBuf};

/// Looks into web archives.
#[derive(Debug, Args)]
pub struct WarcArgs {
    #[command(subcommand)]
    what: Warc,
}

#[derive(Debug, Subcommand)]
enum Warc {
    /// Lists the records with what their digests say.
    Ls {
        /// WARC or ARC, plain or packed.
        file: String,
        /// Computes no digest: every state is `unchecked`.
        #[arg(long)]
        no_digests: bool,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
}

/// Verifies files, packages, cases, dossiers.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// What to verify.
    #[arg(required = true)]
    paths: Vec<String>,
    /// Exit 0 also for what is sound but carries no signature.
    #[arg(long)]
    allow_unsigned: bool,
    /// Exit 0 also for what is sound but carries no digest.
    #[arg(long)]
    allow_no_digest: bool,
    /// A file with a public key, which has to have signed the whole case or dossier.
    #[arg(long, value_name = "FILE", conflicts_with = "allow_unsigned")]
    key: Option<PathBuf>,
    /// A head that you kept of the case's ledger (`ledger/head.txt`): the case has to extend it.
    #[arg(long, value_name = "FILE")]
    head: Option<PathBuf>,
    /// Certificates (PEM or DER) of time stamp authorities that you believe.
    #[arg(long, value_name = "FILE")]
    roots: Option<PathBuf>,
    /// The days or moments between which a stamp has to have been made, both included.
    #[arg(long, num_args = 2, value_names = ["FROM", "UNTIL"])]
    between: Option<Vec<String>>,
    /// Headers of Bitcoin blocks, for OpenTimestamps proofs.
    #[arg(long, value_name = "FILE")]
    headers: Option<PathBuf>,
    /// Also prints how to check each path with other people's tools.
    #[arg(long)]
    method: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Lists a web archive.
pub fn warc(args: &WarcArgs) -> Exit {
    let Warc::Ls { file, no_digests, json } = &args.what;
    let check = if *no_digests { Check::NoDigests } else { Check::Digests };
    let terminal = !json && std::io::IsTerminal::is_terminal(&std::io::stdout());
    let listing = plainsight_archive::list(Path::new(file), check, &mut |row| {
        if terminal {
            let word = |w: &Option<String>| w.clone().unwrap_or_default();
            out::say(&format!(
                "{:>10} {:>9} {:<9} {} {}",
                row.offset,
                row.length,
                word(&row.kind),
                word(&row.date),
                word(&row.uri)
            ));
        } else {
            out::line(&row);
        }
    });
    match listing {
        Ok(listing) => {
            for complaint in &listing.complaints {
                eprintln!("{file}: {} ({})", complaint.what, complaint.place);
            }
            if matches!(listing.end, End::Whole) { Exit::Done } else { Exit::Undone }
        }
        Err(why) => {
            eprintln!("{file}: {why}");
            Exit::Undone
        }
    }
}

/// Verifies each path.
pub fn verify(args: &VerifyArgs) -> Exit {
    let brought =
        demands(args).and_then(|demands| Ok((demands, trust(args).map_err(|why| why.to_string())?)));
    let (demands, trust) = match brought {
        Ok(brought) => brought,
        Err(why) => {
            eprintln!("{why}");
            return Exit::Undone;
        }
    };
    let mut exit = Exit::Done;
    for path in &args.paths {
        let path = Path::new(path);
        let verified = while_reading(path, || match demands.key.is_some() || demands.head.is_some() {
            true => with_stamps(verify_for(path, &demands), path, &trust),
            false => verify_with(path, &trust),
        });
        let fine = match verified.verdict {
            Verdict::Valid => true,
            Verdict::Unsigned => args.allow_unsigned,
            Verdict::NoDigest => args.allow_no_digest,
            _ => false,
        };
        if !fine {
            exit = Exit::Undone;
        }
        if args.json || !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
            out::line(&verified);
        } else {
            out::say(&format!("{}: {}", path.display(), verified.verdict.word()));
            for f in &verified.faults {
                out::say(&format!(
                    "  {} {}: {}; {}",
                    f.place,
                    f.record.as_deref().unwrap_or(""),
                    f.what,
                    f.consequence
                ));
            }
        }
        if args.method {
            // Beside JSON it is a message, not a result.
            let text = method(path);
            if args.json { eprint!("{text}") } else { out::say(text.trim_end()) }
        }
    }
    exit
}

fn trust(args: &VerifyArgs) -> Result<Trust, TrustError> {
    let mut trust = Trust::default();
    if let Some(roots) = &args.roots {
        trust = trust.with_roots(roots)?;
    }
    if let Some([from, until]) = args.between.as_deref() {
        trust = trust.with_between(from, until)?;
    }
    if let Some(headers) = &args.headers {
        trust = trust.with_headers(headers)?;
    }
    Ok(trust)
}

fn demands(args: &VerifyArgs) -> Result<Demands, String> {
    let read = |path: &PathBuf| {
        std::fs::read(path).map_err(|why| format!("{} cannot be read: {why}", path.display()))
    };
    let key = |path: &PathBuf| {
        let bytes = read(path)?;
        let text = String::from_utf8_lossy(&bytes);
        let key = PublicKey::read(text.lines().next().unwrap_or_default()).map_err(|why| {
            format!("{} holds no public key as `plainsight id show` prints it: {why}", path.display())
        })?;
        let package_key = text.lines().find_map(|line| line.strip_prefix(PACKAGE_KEY));
        Ok::<_, String>((key, package_key.map(|key| key.trim().to_owned())))
    };
    let head = |path: &PathBuf| {
        Checkpoint::read(&read(path)?)
            .map_err(|why| format!("{} is no head of a ledger: {why}", path.display()))
    };
    let (key, package_key) = args.key.as_ref().map(key).transpose()?.unzip();
    Ok(Demands { key, package_key: package_key.flatten(), head: args.head.as_ref().map(head).transpose()? })
}
