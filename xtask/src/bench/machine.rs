//! Describes the machine and the date of a measurement.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result};

use crate::days::today;

/// A line with date, machine and versions.
pub fn about(workspace: &Path) -> Result<String> {
    let date = today();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let rustc = output(Command::new("rustc").arg("--version"))?;
    let commit = commit(workspace).unwrap_or_else(|_| "no commit".to_owned());
    Ok(format!(
        "Measured on {date} at {commit}: {}, {cores} cores, {rustc}.",
        processor()
    ))
}

/// The checked-out commit, and whether anything except documentation differs from it.
fn commit(workspace: &Path) -> Result<String> {
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        output(git.args(arguments).current_dir(workspace))
    };
    let commit = git(&["rev-parse", "--short", "HEAD"])?;
    let changes = git(&["status", "--porcelain", "--", ".", ":!*.md"])?;
    let dirty = if changes.is_empty() { "" } else { "-dirty" };
    Ok(format!("{commit}{dirty}"))
}

fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == "model name").then(|| value.trim().to_owned())
    });
    model.unwrap_or_else(|| std::env::consts::ARCH.to_owned())
}

/// What a command prints, without the line break at the end.
pub fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("cannot run `{name}`"))?;
    anyhow::ensure!(
        output.status.success(),
        "`{name}` fails: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
