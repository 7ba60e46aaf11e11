//! The binary: commands, progress, wiring.
//!
//! In: what a person types. Out: results on stdout, messages and progress on
//! stderr, an exit code (COMMANDS.md). Never: judges, reads or stores anything
//! itself.

mod bars;
mod commands;
mod exit;
mod filters;
mod input;
mod interrupt;
mod out;

use clap::{Parser, Subcommand};
use exit::Exit;
use std::path::PathBuf;
use std::process::ExitCode;

/// The system's allocator keeps holes where small records outlive the large
/// buffers around them: 1,000 fetched pages grew to 117 MiB, of which 27 were in
/// use (bench/collect).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// An investigation workbench: public pages go in, a case comes out that a stranger can check.
#[derive(Debug, Parser)]
#[command(name = "plainsight", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes the bundled example, runs it, prints the findings, serves.
    Demo(commands::DemoArgs),
    /// Makes a case.
    New(commands::NewArgs),
    /// Your key, which signs the ledger's head and dossiers.
    Id(commands::IdArgs),
    /// Adds addresses, files, folders, WARC, ARC, WACZ, ZIP.
    Add(commands::AddArgs),
    /// Reads, finds, judges, indexes what changed.
    Run(commands::RunArgs),
    /// Finds words in a case.
    Search(commands::SearchArgs),
    /// Lists the posts.
    Findings(commands::ListArgs),
    /// Lists the claims.
    Claims(commands::ListArgs),
    /// Lists the pairs that may be one.
    Names(commands::ListArgs),
    /// Decides about claims, quotes, pairs, posts, sources.
    Decide(commands::DecideArgs),
    /// Lists the quotes that wait for a reader of their language, or writes them on a sheet.
    ToRead(commands::ToReadArgs),
    /// Has a language model read documents along; proposals wait for a person.
    Propose(commands::ProposeArgs),
    /// Lists what a language model proposed.
    Proposals(commands::ProposalsArgs),
    /// Has quotes translated by machine, to be read beside them.
    Translate(commands::TranslateArgs),
    /// Who was asked to answer, and what they answered.
    Reply(commands::ReplyArgs),
    /// Registers of accredited posts.
    Register(commands::RegisterArgs),
    /// Places that a case adds.
    Gazetteer(commands::GazetteerArgs),
    /// Compares a list of names with the entities of a case.
    Xref(commands::XrefArgs),
    /// Imports entities that others made.
    Import(commands::ImportArgs),
    /// The footnote of a capture.
    Cite(commands::CiteArgs),
    /// Marks a source as withdrawn.
    Withdraw(commands::WithdrawArgs),
    /// Forgets captures for good.
    Forget(commands::ForgetArgs),
    /// Cuts every quote again from the archived bytes.
    Check(commands::ListArgs),
    /// Shows the ledger.
    Log(commands::ListArgs),
    /// Has others say when the case was as it is.
    Stamp(commands::StampArgs),
    /// Writes a dossier.
    Publish(commands::PublishArgs),
    /// Writes an export.
    Export(commands::ExportArgs),
    /// Serves the interface on this machine.
    Serve(commands::ServeArgs),
    /// Says what is missing on this machine, and in a case.
    Doctor {
        /// The case's folder.
        case: Option<PathBuf>,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Reads files to JSON lines.
    Read(filters::ReadArgs),
    /// Finds mentions and frames.
    Find(filters::FindArgs),
    /// Checks and tries a lens.
    Lens(filters::LensArgs),
    /// Finds date expressions.
    Dates(filters::Files),
    /// Tells the language of texts.
    Lang(filters::Files),
    /// Cuts texts into words.
    Words(filters::Files),
    /// Tells whether quotes stand in texts.
    Quote(filters::Files),
    /// Tells whether two names may be one's.
    Match(filters::Files),
    /// Tells the place of a name.
    Places(filters::Files),
    /// Cleans values as FollowTheMoney does.
    Values(filters::Files),
    /// Finds copies among texts.
    Copies(filters::CopiesArgs),
    /// Looks into web archives.
    Warc(filters::WarcArgs),
    /// Verifies files, packages, cases, dossiers.
    Verify(filters::VerifyArgs),
    /// Reads one document, shut off from everything; for this program itself.
    #[command(hide = true)]
    ReadWorker {
        /// Tries what must be refused, and says how that went.
        #[arg(long)]
        probe: bool,
    },
    /// Becomes a program that reading uses, shut off from everything else; for this program itself.
    #[command(hide = true)]
    ReadTool {
        /// The program and its arguments.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Whatever else there will be.
    #[command(external_subcommand)]
    Later(Vec<String>),
}

/// Commands of later versions (COMMANDS.md).
const LATER: [&str; 3] = ["watch", "tips", "vault"];

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() };
        }
    };
    match &cli.command {
        // They shut themselves off first; nothing may run beside that.
        Command::ReadWorker { probe } => return plainsight_read::work(*probe),
        Command::ReadTool { arguments } => return plainsight_read::run_tool(arguments),
        _ => {}
    }
    if let Ok(program) = std::env::current_exe() {
        plainsight_read::isolate(program);
    }
    interrupt::listen();
    match dispatch(&cli.command) {
        Ok(_) if interrupt::asked() && !matches!(cli.command, Command::Serve(_) | Command::Demo(_)) => {
            Exit::Interrupted.into()
        }
        Ok(exit) => exit.into(),
        Err(why) => {
            eprintln!("{why:#}");
            Exit::Undone.into()
        }
    }
}

fn dispatch(command: &Command) -> anyhow::Result<Exit> {
    use commands as on_case;
    match command {
        Command::Demo(args) => on_case::demo(args),
        Command::New(args) => on_case::new(args),
        Command::Id(args) => on_case::id(args),
        Command::Add(args) => on_case::add(args),
        Command::Run(args) => on_case::run(args),
        Command::Search(args) => on_case::search(args),
        Command::Findings(args) => on_case::findings(args),
        Command::Claims(args) => on_case::claims(args),
        Command::Names(args) => on_case::names(args),
        Command::Decide(args) => on_case::decide(args),
        Command::ToRead(args) => on_case::to_read(args),
        Command::Propose(args) => on_case::propose(args),
        Command::Proposals(args) => on_case::proposals(args),
        Command::Translate(args) => on_case::translate(args),
        Command::Reply(args) => on_case::reply(args),
        Command::Register(args) => on_case::register(args),
        Command::Gazetteer(args) => on_case::gazetteer(args),
        Command::Xref(args) => on_case::xref(args),
        Command::Import(args) => on_case::import(args),
        Command::Cite(args) => on_case::cite(args),
        Command::Withdraw(args) => on_case::withdraw(args),
        Command::Forget(args) => on_case::forget(args),
        Command::Check(args) => on_case::check(args),
        Command::Log(args) => on_case::log(args),
        Command::Stamp(args) => on_case::stamp(args),
        Command::Publish(args) => on_case::publish(args),
        Command::Export(args) => on_case::export(args),
        Command::Serve(args) => on_case::serve(args),
        Command::Doctor { case, json } => on_case::doctor(case.as_deref(), *json),
        Command::Read(args) => Ok(filters::read(args)),
        Command::Find(args) => filters::find(args),
        Command::Lens(args) => filters::lens(args),
        Command::Dates(files) => Ok(filters::dates(files)),
        Command::Lang(files) => Ok(filters::lang(files)),
        Command::Words(files) => Ok(filters::words(files)),
        Command::Quote(files) => Ok(filters::quote(files)),
        Command::Match(files) => Ok(filters::match_names(files)),
        Command::Places(files) => Ok(filters::places(files)),
        Command::Values(files) => Ok(filters::values(files)),
        Command::Copies(args) => Ok(filters::copies(args)),
        Command::Warc(args) => Ok(filters::warc(args)),
        Command::Verify(args) => Ok(filters::verify(args)),
        // Answered in `main`.
        Command::ReadWorker { .. } | Command::ReadTool { .. } => Ok(Exit::Usage),
        Command::Later(words) => {
            let word = words.first().map_or("", String::as_str);
            if LATER.contains(&word) {
                eprintln!("{word}: not in this version");
            } else {
                eprintln!("there is no command “{word}”; `plainsight help` lists them");
            }
            Ok(Exit::Usage)
        }
    }
}
