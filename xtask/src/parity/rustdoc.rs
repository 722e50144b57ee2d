//! rustdoc's JSON of a crate.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use rustdoc_types::{Crate, FORMAT_VERSION};
use serde_json::value::RawValue;

/// Documents the library of `package` with this cargo command into `folder`, and returns the JSON
/// file.
pub(super) fn build(
    mut cargo: Command,
    package: &str,
    options: &[&str],
    folder: &Path,
) -> Result<PathBuf> {
    let status = cargo
        .args(["rustdoc", "--package", package, "--lib"])
        .args(options)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        // JSON output is unstable; the format's version is checked when it is read.
        .env("RUSTC_BOOTSTRAP", "1")
        .status()
        .context("cannot run cargo rustdoc")?;
    ensure!(status.success(), "cargo rustdoc failed for {package}");
    Ok(folder
        .join(package.replace('-', "_"))
        .with_extension("json"))
}

/// Reads a file that rustdoc has written.
pub(super) fn read(file: &Path) -> Result<Crate> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let keys: HashMap<String, &RawValue> =
        serde_json::from_slice(&text).with_context(|| format!("{} is not JSON", file.display()))?;
    let version = keys.get("format_version").map_or("", |it| it.get());
    ensure!(
        version == FORMAT_VERSION.to_string(),
        "{} has the format version {version}, but xtask reads version {FORMAT_VERSION}: \
         take the release of rustdoc-types that belongs to the toolchain",
        file.display(),
    );
    serde_json::from_slice(&text).with_context(|| format!("cannot understand {}", file.display()))
}
