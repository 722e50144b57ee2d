//! Compiles the clients of suites and runs their tests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use generator::cli::messages::{self, note};
use serde_json::Value;

use super::Outcomes;
use super::suite::Suite;
use crate::packages;

/// Writes, compiles and runs the suites' crates, and returns the results by package.
pub fn test(
    suites: &[Suite],
    workspace: &Path,
    verbose: bool,
) -> Result<BTreeMap<String, Outcomes>> {
    let target = crate::target(workspace);
    let folder = target.join("conformance");
    let clients = suites.iter();
    let clients = clients.map(|suite| (suite.package.as_str(), suite.files.as_slice()));
    packages::write_workspace(clients, workspace, &folder)?;
    let mut outcomes = BTreeMap::new();
    for (package, executable) in compile(&folder, &target)? {
        outcomes.insert(package, execute(&executable, verbose)?);
    }
    Ok(outcomes)
}

/// Compiles the tests, and returns the programs.
fn compile(folder: &Path, target: &Path) -> Result<Vec<(String, PathBuf)>> {
    let output = packages::cargo(folder, target)
        .args([
            "test",
            "--workspace",
            "--lib",
            "--no-run",
            "--message-format=json",
        ])
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
            programs.push((packages::package_of(&message), executable.into()));
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

/// Runs a test program.
fn execute(executable: &Path, verbose: bool) -> Result<Outcomes> {
    let output = packages::execute(executable)?;
    if verbose && !output.status.success() {
        messages::output(&String::from_utf8_lossy(&output.stdout));
    }
    Ok(packages::outcomes(&output).into_iter().collect())
}
