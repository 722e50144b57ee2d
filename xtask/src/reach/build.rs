//! Compiles clients and runs their tests, in a workspace of the target folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, anyhow, bail};
use generator::cli::progress::Progress;
use generator::{counted, write};
use serde_json::Value;

use super::Args;
use super::memory::Memory;
use super::models::{Built, Row};

/// What cargo is asked for, and what the progress calls it.
const CLIPPY: (&str, &[&str]) = ("checked", &["clippy", "--lib"]);
const DOC: (&str, &[&str]) = ("documented", &["doc", "--no-deps"]);
const TEST: (&str, &[&str]) = ("tests of", &["test", "--lib", "--no-run"]);

/// Builds and tests the clients, as far as that is wanted and has not been done before.
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
        let new = take(rows, "test", &memory, |row| {
            row.tested = Some((0, Vec::new()))
        });
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

/// The packages of clients for which this is new; of the others, the result is set.
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

/// The workspace has the profiles and versions of ours, so that dependencies are compiled once.
fn write_workspace(
    rows: &[Row],
    packages: &BTreeSet<String>,
    workspace: &Path,
    folder: &Path,
) -> Result<()> {
    for row in rows.iter().filter(|row| packages.contains(&row.package)) {
        write::write(&row.files, &folder.join(&row.package))
            .map_err(|problems| anyhow!("{problems}"))?;
    }
    let manifest = fs::read_to_string(workspace.join("Cargo.toml"))?;
    let manifest: toml::Table = manifest.parse().context("Cargo.toml is no TOML")?;
    let members = packages.iter().map(|it| toml::Value::from(it.as_str()));
    let table = toml::Table::from_iter([
        ("members".to_owned(), toml::Value::Array(members.collect())),
        ("resolver".to_owned(), "3".into()),
    ]);
    let mut written = toml::Table::from_iter([("workspace".to_owned(), table.into())]);
    let profiles = manifest.get("profile").cloned();
    written.extend(profiles.map(|profiles| ("profile".to_owned(), profiles)));
    fs::write(folder.join("Cargo.toml"), written.to_string())?;
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// Cargo, in the workspace of the clients.
struct Cargo<'a> {
    folder: &'a Path,
    target: &'a Path,
    progress: &'a Progress,
}

impl Cargo<'_> {
    /// What the compiler says of each of the packages.
    fn messages(
        &self,
        packages: &BTreeSet<String>,
        (what, arguments): (&str, &[&str]),
    ) -> Result<BTreeMap<String, Vec<String>>> {
        let mut said: BTreeMap<_, Vec<_>> = BTreeMap::new();
        self.run(packages, what, arguments, |package, message| {
            if let Some(text) = message["message"]["rendered"].as_str() {
                said.entry(package).or_default().push(text.to_owned());
            }
        })?;
        Ok(said)
    }

    /// The programs of the packages' tests.
    fn programs(&self, packages: &BTreeSet<String>) -> Result<BTreeMap<String, PathBuf>> {
        let (what, arguments) = TEST;
        let mut programs = BTreeMap::new();
        self.run(packages, what, arguments, |package, message| {
            if let Some(executable) = message["executable"].as_str() {
                programs.insert(package, PathBuf::from(executable));
            }
        })?;
        Ok(programs)
    }

    /// Runs cargo for all packages, and hands over what it says of each.
    fn run(
        &self,
        packages: &BTreeSet<String>,
        what: &str,
        arguments: &[&str],
        mut take: impl FnMut(String, &Value),
    ) -> Result<()> {
        if packages.is_empty() {
            return Ok(());
        }
        let mut child = Command::new("cargo")
            .args(arguments)
            .args([
                "--workspace",
                "--keep-going",
                "--quiet",
                "--message-format=json",
            ])
            .current_dir(self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_BUILD_BUILD_DIR", self.target)
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
            let manifest = message["manifest_path"].as_str().unwrap_or_default();
            let folder = Path::new(manifest).parent().and_then(Path::file_name);
            let package = folder.unwrap_or_default().to_string_lossy().into_owned();
            if !packages.contains(&package) {
                continue;
            }
            if message["reason"] == "compiler-artifact" {
                done.insert(package.clone());
                let all = counted(packages.len(), "client");
                self.progress
                    .at(format!("{what} {} of {all}: {package}", done.len()));
            }
            take(package, &message);
        }
        let output = child.wait_with_output()?;
        // A client that does not compile is known by its messages.
        if !output.status.success() && done.is_empty() {
            bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }
}

/// How many tests of a program passed, and which failed.
fn run_tests(program: &Path) -> Result<(usize, Vec<String>)> {
    let output = Command::new(program)
        .env("RUST_BACKTRACE", "0")
        .output()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let outcomes = text.lines().filter_map(|line| {
        let (name, outcome) = line.strip_prefix("test ")?.split_once(" ... ")?;
        Some((name.to_owned(), outcome == "ok"))
    });
    let (passed, failed): (Vec<_>, Vec<_>) = outcomes.partition(|(_, passed)| *passed);
    let failed = failed.into_iter().map(|(name, _)| name).collect();
    Ok((passed.len(), failed))
}
