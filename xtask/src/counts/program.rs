//! Counts what calls cost, with the probe of `tests/benches` without the official crates.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::table::Table;
use crate::bench::machine::output;

/// Number of repetitions in two runs; their difference excludes what happens only once.
const REPEATS: [u64; 2] = [10, 40];

/// Counts the allocations of calls, and the instructions of calls and parsing.
pub fn count(workspace: &Path, table: &mut Table) -> Result<()> {
    let arguments = [
        "build",
        "--quiet",
        "--release",
        "--package=client-benches",
        "--no-default-features",
        "--bin=probe",
    ];
    output(Command::new("cargo").args(arguments).current_dir(workspace))?;
    let probe = crate::target(workspace).join("release/probe");
    let mut names = vec!["parse".to_owned()];
    for line in output(Command::new(&probe).arg("allocations"))?.lines() {
        let words: Vec<_> = line.split(' ').collect();
        let [_, call, allocations] = words[..] else {
            anyhow::bail!("the probe prints side, call and number, not `{line}`");
        };
        table.set("allocations", call, allocations.parse()?);
        names.push(call.to_owned());
    }
    if !can_count_instructions() {
        say!("there is no valgrind: instructions are not counted");
        return Ok(());
    }
    for name in &names {
        table.set("instructions", name, instructions(&probe, "ours", name)?);
    }
    Ok(())
}

/// Whether valgrind is installed.
pub fn can_count_instructions() -> bool {
    let version = Command::new("valgrind").arg("--version").output();
    version.is_ok_and(|it| it.status.success())
}

/// The number of instructions of a call or of parsing.
pub fn instructions(probe: &Path, side: &str, call: &str) -> Result<u64> {
    per_repetition(|repeats| {
        let mut valgrind = under_valgrind(probe);
        valgrind.args([side, call, &repeats.to_string()]);
        valgrind
    })
}

/// A program whose instructions valgrind counts.
pub fn under_valgrind(program: &Path) -> Command {
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program);
    valgrind
}

/// The number of instructions of one repetition. The function returns the command that repeats so
/// often.
pub fn per_repetition(command: impl Fn(u64) -> Command) -> Result<u64> {
    let [few, many] = REPEATS.map(|repeats| of_run(command(repeats)));
    Ok((many? - few?) / (REPEATS[1] - REPEATS[0]))
}

/// The number of instructions of a command with valgrind.
fn of_run(mut command: Command) -> Result<u64> {
    let run = command.output().context("cannot run valgrind")?;
    let said = String::from_utf8_lossy(&run.stderr);
    anyhow::ensure!(run.status.success(), "valgrind fails:\n{said}");
    let collected = said
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, count) = collected.with_context(|| format!("valgrind has not counted:\n{said}"))?;
    Ok(count.trim().parse()?)
}
