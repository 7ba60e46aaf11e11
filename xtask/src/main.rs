//! `cargo xtask …`: chores.
//!
//! In: the name of a chore. Out: its lines, and exit code 1 where something is
//! out of order. Never: sets `CI`, or changes a file without being asked.

use anyhow::{Context as _, bail};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask test [--no-install]     every check, as .ci/run does
       cargo xtask licences                 licences of crates and bundled data
       cargo xtask third-party --update     writes today's hashes into THIRD-PARTY.toml
       cargo xtask bench [NAME WORD…]       lists the measurements under bench/, or runs one
       cargo xtask fuzz [TARGET WORD…]      lists the fuzz targets, or runs one under libFuzzer
       cargo xtask eval [--faults]          what the lens finds in marked documents
       cargo xtask crash [RUNS]             kills the real binary at random moments (200 times)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["test"] => test(true),
        ["test", "--no-install"] => test(false),
        ["licences"] => licences(),
        ["third-party", "--update"] => update(),
        ["bench"] => bench(),
        ["bench", name, ref words @ ..] => xtask::bench::run(&xtask::root(), name, words),
        ["fuzz"] => fuzz(),
        ["fuzz", target, ref words @ ..] => xtask::fuzz::run(&xtask::root(), target, words),
        ["eval"] => xtask::eval::run(&xtask::root(), false),
        ["eval", "--faults"] => xtask::eval::run(&xtask::root(), true),
        ["crash"] => xtask::crash::run(&xtask::root(), xtask::crash::RUNS),
        ["crash", runs] => crash(runs),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why:#}");
            ExitCode::FAILURE
        }
    }
}

fn test(install: bool) -> anyhow::Result<()> {
    let root = xtask::root();
    let settings = xtask::run::Settings::from_environment(&root, install);
    xtask::run::test(&root, &settings, &mut std::io::stdout())
}

fn licences() -> anyhow::Result<()> {
    let root = xtask::root();
    let metadata = xtask::metadata(&root)?;
    let mut complaints = xtask::licences::check(&metadata);
    complaints.extend(xtask::third_party::check(&root)?);
    for complaint in &complaints {
        println!("{complaint}");
    }
    if !complaints.is_empty() {
        bail!("{} complaints", complaints.len());
    }
    println!("{} crates and all bundled data: nothing to complain about", metadata.packages.len());
    Ok(())
}

fn update() -> anyhow::Result<()> {
    let root = xtask::root();
    for line in xtask::third_party::update(&root)? {
        println!("{line}");
    }
    for complaint in xtask::third_party::check(&root)? {
        println!("{complaint}");
    }
    Ok(())
}

fn bench() -> anyhow::Result<()> {
    println!("bench/README.md says how each is run and what was measured:");
    for name in xtask::bench::list(&xtask::root()) {
        println!("  {name}");
    }
    Ok(())
}

fn fuzz() -> anyhow::Result<()> {
    println!("CONTRIBUTING.md says what each needs:");
    for name in xtask::fuzz::list(&xtask::root()) {
        println!("  {name}");
    }
    Ok(())
}

fn crash(runs: &str) -> anyhow::Result<()> {
    let number = runs.parse();
    let number = number.with_context(|| format!("RUNS has to be a number, not “{runs}”"))?;
    xtask::crash::run(&xtask::root(), number)
}
