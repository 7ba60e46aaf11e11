//! `serve`: the interface on this machine.

use crate::commands::{author, config_folder, fetching, own_key};
use crate::exit::Exit;
use crate::out;
use anyhow::Result;
use clap::Args;
use plainsight_case::Case;
use plainsight_web::{CaseDesk, ServeOptions};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Serves a case's interface.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The case's folder.
    case: PathBuf,
    /// The port; else the one kept for this case.
    #[arg(long)]
    port: Option<u16>,
    /// Replaces the secret address, so that old bookmarks end.
    #[arg(long)]
    new_address: bool,
    /// A machine of your own that case.toml names as model or translator, as its address has it; a ledger entry once it is asked.
    #[arg(long, value_name = "HOST")]
    allow_private: Vec<String>,
    /// Starts a browser.
    #[arg(long)]
    open: bool,
}

/// Serves until Ctrl-C.
pub fn serve(args: &ServeArgs) -> Result<Exit> {
    serve_case(&args.case, args.port, args.new_address, &args.allow_private, args.open)
}

/// Serves a case and prints one address to click.
pub fn serve_case(
    dir: &Path,
    port: Option<u16>,
    new_address: bool,
    allow_private: &[String],
    open: bool,
) -> Result<Exit> {
    let id = Case::open_read_only(dir)?.id().to_owned();
    let address_file = config_folder().join("addresses").join(format!("{id}.json"));
    let options = ServeOptions { port, address_file, new_address, author: author() };
    let mut desk = CaseDesk::open(dir)?.with_key(own_key()?);
    match fetching::plain() {
        Ok(fetching) => desk = desk.fetching(fetching),
        Err(why) => eprintln!("addresses cannot be fetched: {why}"),
    }
    if let Ok(patient) = fetching::patient(allow_private) {
        desk = desk.asking_machines(patient);
    }
    let running = plainsight_web::serve(Arc::new(desk), options)?;
    if let Some(note) = &running.note {
        eprintln!("{note}");
    }
    out::say(&running.address);
    if open {
        start_browser(&running.one_time);
    }
    eprintln!("Ctrl-C ends it");
    while !crate::interrupt::asked() && !running.is_over() {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    running.stop();
    Ok(Exit::Done)
}

/// Hands the one-time address to a browser: a process list is public, and this address works once.
fn start_browser(address: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if std::process::Command::new(program).arg(address).spawn().is_err() {
        eprintln!("no browser could be started; open the address above by hand");
    }
}
