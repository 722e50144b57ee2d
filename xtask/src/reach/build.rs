//! Compiles clients and runs their tests, in a workspace of the target folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use generator::cli::progress::Progress;
use generator::counted;
use serde_json::Value;

use super::Args;
use super::memory::Memory;
use super::models::{Built, Row};
use crate::packages;

/// The arguments of cargo, which continues after failures, and the name in the progress.
const CLIPPY: (&str, &[&str]) = ("checked", &["clippy", "--lib", "--keep-going"]);
const DOC: (&str, &[&str]) = ("documented", &["doc", "--no-deps", "--keep-going"]);
const TEST: (&str, &[&str]) = ("tests of", &["test", "--lib", "--no-run", "--no-fail-fast"]);

/// Builds and tests the clients, if requested and not done in an earlier run.
pub(super) fn build(
    rows: &mut [Row],
    args: &Args,
    workspace: &Path,
    progress: &Progress,
) -> Result<()> {
    let target = crate::target(workspace);
    let folder = target.join("reach");
    fs::create_dir_all(&folder)?;
    let lock = fs::read_to_string(workspace.join("Cargo.lock"))?;
    let mut memory = Memory::read(&folder, &lock);
    let cargo = Cargo {
        folder: &folder,
        target: &target,
        progress,
    };
    if args.build {
        let new = take(rows, "build", &memory, |row| {
            row.built = Some(Built::default())
        });
        write_workspace(rows, &new, workspace, &folder)?;
        let mut said = cargo.messages(&new, CLIPPY)?;
        for (package, messages) in cargo.messages(&new, DOC)? {
            said.entry(package).or_default().extend(messages);
        }
        for row in rows.iter_mut().filter(|row| new.contains(&row.package)) {
            let messages = said.remove(&row.package).unwrap_or_default();
            if messages.is_empty() {
                memory.keep("build", row)?;
            }
            row.built = Some(Built { messages });
        }
    }
    if args.test {
        let new = take(rows, "test", &memory, |_| ());
        write_workspace(rows, &new, workspace, &folder)?;
        let programs = cargo.programs(&new)?;
        for row in rows.iter_mut().filter(|row| new.contains(&row.package)) {
            let outcome = match programs.get(&row.package) {
                Some(program) => run_tests(program)?,
                None => (0, vec!["its tests do not compile".to_owned()]),
            };
            if outcome.1.is_empty() {
                memory.keep("test", row)?;
            }
            row.tested = Some(outcome);
        }
    }
    Ok(())
}

/// The packages of clients for which this has not been done; sets the result of the others.
fn take(
    rows: &mut [Row],
    what: &str,
    memory: &Memory,
    pass: impl Fn(&mut Row),
) -> BTreeSet<String> {
    let mut new = BTreeSet::new();
    for row in rows.iter_mut().filter(|row| row.refused.is_none()) {
        if memory.knows(what, row) {
            pass(row);
            row.is_remembered = true;
        } else {
            new.insert(row.package.clone());
        }
    }
    new
}

/// Writes the workspace of these clients.
fn write_workspace(
    rows: &[Row],
    chosen: &BTreeSet<String>,
    workspace: &Path,
    folder: &Path,
) -> Result<()> {
    let clients = rows.iter().filter(|row| chosen.contains(&row.package));
    let clients = clients.map(|row| (row.package.as_str(), row.files.as_slice()));
    packages::write_workspace(clients, workspace, folder)
}

/// Cargo in the workspace of the clients.
struct Cargo<'a> {
    folder: &'a Path,
    target: &'a Path,
    progress: &'a Progress,
}

impl Cargo<'_> {
    /// The compiler's messages by package.
    fn messages(
        &self,
        clients: &BTreeSet<String>,
        (what, arguments): (&str, &[&str]),
    ) -> Result<BTreeMap<String, Vec<String>>> {
        let mut said: BTreeMap<_, Vec<_>> = BTreeMap::new();
        self.run(clients, what, arguments, |package, message| {
            if let Some(text) = message["message"]["rendered"].as_str() {
                said.entry(package).or_default().push(text.to_owned());
            }
        })?;
        Ok(said)
    }

    /// The test programs of the packages.
    fn programs(&self, clients: &BTreeSet<String>) -> Result<BTreeMap<String, PathBuf>> {
        let (what, arguments) = TEST;
        let mut programs = BTreeMap::new();
        self.run(clients, what, arguments, |package, message| {
            if let Some(executable) = message["executable"].as_str() {
                programs.insert(package, PathBuf::from(executable));
            }
        })?;
        Ok(programs)
    }

    /// Runs cargo for all packages, and passes on its messages for each.
    fn run(
        &self,
        clients: &BTreeSet<String>,
        what: &str,
        arguments: &[&str],
        mut take: impl FnMut(String, &Value),
    ) -> Result<()> {
        if clients.is_empty() {
            return Ok(());
        }
        let mut child = packages::cargo(self.folder, self.target)
            .args(arguments)
            .args(["--workspace", "--quiet", "--message-format=json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cargo cannot be run")?;
        let output = child.stdout.take().context("cargo says nothing")?;
        let mut done = BTreeSet::new();
        for line in BufReader::new(output).lines() {
            let Ok(message) = serde_json::from_str::<Value>(&line?) else {
                continue;
            };
            let package = packages::package_of(&message);
            if !clients.contains(&package) {
                continue;
            }
            if message["reason"] == "compiler-artifact" {
                done.insert(package.clone());
                let all = counted(clients.len(), "client");
                self.progress
                    .at(format!("{what} {} of {all}: {package}", done.len()));
            }
            take(package, &message);
        }
        let output = child.wait_with_output()?;
        // A client that does not compile has messages.
        if !output.status.success() && done.is_empty() {
            bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }
}

/// The number of tests that passed, and the names of those that failed.
fn run_tests(program: &Path) -> Result<(usize, Vec<String>)> {
    let outcomes = packages::outcomes(&packages::execute(program)?);
    let (passed, failed): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(|(_, passed)| *passed);
    let failed = failed.into_iter().map(|(name, _)| name).collect();
    Ok((passed.len(), failed))
}
