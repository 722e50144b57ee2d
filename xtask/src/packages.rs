//! Clients as the packages of a workspace in the target folder.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context as _, Result, anyhow};
use generator::{Output as File, write};

/// Writes a workspace of these packages. It has the profiles and versions of ours, so that
/// dependencies are compiled once.
pub fn write_workspace<'a>(
    packages: impl IntoIterator<Item = (&'a str, &'a [File])>,
    workspace: &Path,
    folder: &Path,
) -> Result<()> {
    let manifest = fs::read_to_string(workspace.join("Cargo.toml"))?;
    let manifest: toml::Table = manifest.parse().context("Cargo.toml is no TOML")?;
    let profiles = manifest.get("profile").cloned();
    let mut members = Vec::new();
    for (package, files) in packages {
        write::write(files, &folder.join(package)).map_err(|problems| anyhow!("{problems}"))?;
        members.push(toml::Value::from(package));
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

/// Cargo in such a workspace, whose dependencies are compiled in our target folder.
pub fn cargo(folder: &Path, target: &Path) -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_BUILD_BUILD_DIR", target);
    command
}

/// The package that a message of cargo's is about: the name of its folder.
pub fn package_of(message: &serde_json::Value) -> String {
    let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
    let folder = manifest.parent().and_then(Path::file_name);
    folder.unwrap_or_default().to_string_lossy().into_owned()
}

/// Runs a program of tests.
pub fn execute(executable: &Path) -> Result<Output> {
    Command::new(executable)
        .env("RUST_BACKTRACE", "0")
        .output()
        .with_context(|| format!("cannot run {}", executable.display()))
}

/// The tests that a program has run, and whether they passed.
pub fn outcomes(output: &Output) -> Vec<(String, bool)> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter_map(outcome).collect()
}

/// A line such as `test config::tests::works ... ok`.
fn outcome(line: &str) -> Option<(String, bool)> {
    let (name, result) = line.strip_prefix("test ")?.split_once(" ... ")?;
    Some((name.to_owned(), result == "ok"))
}
