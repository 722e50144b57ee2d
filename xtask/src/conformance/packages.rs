//! The clients of suites as the packages of a workspace in the target folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use generator::cli::messages::{self, note};
use generator::write;
use serde_json::Value;

use super::Outcomes;
use super::suite::Suite;

/// Writes, compiles and runs the suites' crates; outcomes by package.
pub fn test(
    suites: &[Suite],
    workspace: &Path,
    verbose: bool,
) -> Result<BTreeMap<String, Outcomes>> {
    let target = crate::target(workspace);
    let folder = target.join("conformance");
    write_workspace(suites, workspace, &folder)?;
    let mut outcomes = BTreeMap::new();
    for (package, executable) in compile(&folder, &target)? {
        outcomes.insert(package, execute(&executable, verbose)?);
    }
    Ok(outcomes)
}

/// The workspace has the profiles and versions of ours, so that dependencies are compiled once.
fn write_workspace(suites: &[Suite], workspace: &Path, folder: &Path) -> Result<()> {
    let manifest = fs::read_to_string(workspace.join("Cargo.toml"))?;
    let manifest: toml::Table = manifest.parse().context("Cargo.toml is no TOML")?;
    let profiles = manifest.get("profile").cloned();
    let mut members = Vec::new();
    for suite in suites {
        write::write(&suite.files, &folder.join(&suite.package))
            .map_err(|diagnostics| anyhow::anyhow!("{diagnostics}"))?;
        members.push(toml::Value::from(suite.package.as_str()));
    }
    let table = toml::Table::from_iter([
        ("members".to_owned(), toml::Value::Array(members)),
        ("resolver".to_owned(), "3".into()),
    ]);
    let mut manifest = toml::Table::from_iter([("workspace".to_owned(), table.into())]);
    manifest.extend(profiles.map(|profiles| ("profile".to_owned(), profiles)));
    fs::write(folder.join("Cargo.toml"), manifest.to_string())?;
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// Compiles the tests, and returns the programs.
fn compile(folder: &Path, target: &Path) -> Result<Vec<(String, PathBuf)>> {
    let output = Command::new("cargo")
        .args([
            "test",
            "--workspace",
            "--lib",
            "--no-run",
            "--message-format=json",
        ])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_BUILD_BUILD_DIR", target)
        .output()
        .context("cargo cannot be run")?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let (mut programs, mut silent) = (Vec::new(), true);
    for message in messages {
        if let Some(text) = message["message"]["rendered"].as_str() {
            note(text);
            silent = false;
        }
        if let Some(executable) = message["executable"].as_str() {
            let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
            let package = manifest
                .parent()
                .and_then(Path::file_name)
                .unwrap_or_default();
            programs.push((package.to_string_lossy().into_owned(), executable.into()));
        }
    }
    if !output.status.success() {
        bail!(
            "the clients of the suites do not compile: see above\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    if !silent {
        bail!("the clients of the suites do not compile without a warning: see above");
    }
    Ok(programs)
}

/// Runs a program of tests.
fn execute(executable: &Path, verbose: bool) -> Result<Outcomes> {
    let output = Command::new(executable)
        .env("RUST_BACKTRACE", "0")
        .output()
        .with_context(|| format!("cannot run {}", executable.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if verbose && !output.status.success() {
        messages::output(&text);
    }
    Ok(text.lines().filter_map(outcome).collect())
}

/// A line such as `test config::tests::works ... ok`.
fn outcome(line: &str) -> Option<(String, bool)> {
    let (name, result) = line.strip_prefix("test ")?.split_once(" ... ")?;
    Some((name.to_owned(), result == "ok"))
}
