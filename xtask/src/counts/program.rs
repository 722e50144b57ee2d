//! What a program does that makes calls: the probe of `tests/benches`, without the official crates.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::table::Table;
use crate::bench::machine::output;

/// How often something is done, in two runs whose difference does not have what is done once.
const REPEATS: [u64; 2] = [10, 40];

/// Counts what the calls allocate, and how many instructions they and parsing take.
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
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("there is no valgrind: instructions are not counted");
        return Ok(());
    }
    for name in &names {
        let [few, many] = REPEATS.map(|repeats| instructions(&probe, name, repeats));
        let of_one = (many? - few?) / (REPEATS[1] - REPEATS[0]);
        table.set("instructions", name, of_one);
    }
    Ok(())
}

/// The instructions of a run of the probe.
fn instructions(probe: &Path, call: &str, repeats: u64) -> Result<u64> {
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(probe)
        .args(["ours", call, &repeats.to_string()])
        .output()
        .context("cannot run valgrind")?;
    let said = String::from_utf8_lossy(&run.stderr);
    anyhow::ensure!(run.status.success(), "valgrind fails:\n{said}");
    let collected = said
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, count) = collected.with_context(|| format!("valgrind has not counted:\n{said}"))?;
    Ok(count.trim().parse()?)
}
