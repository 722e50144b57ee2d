//! rustdoc's description of a crate.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use rustdoc_types::{Crate, FORMAT_VERSION};
use serde_json::Value;

/// Documents the library of `package` with its default features, and returns the JSON file.
///
/// The official lists were made with default features too.
pub(super) fn build(package: &str, workspace_root: &Path) -> Result<PathBuf> {
    // A folder of its own, because several build scripts run again whenever `RUSTC_BOOTSTRAP`
    // changes, and everything that depends on them is compiled again with them.
    let target = crate::target(workspace_root).join("parity");
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(workspace_root)
        .args(["rustdoc", "--package", package, "--lib", "--target-dir"])
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        // JSON output is unstable; the format's version is checked when it is read.
        .env("RUSTC_BOOTSTRAP", "1")
        .status()
        .context("cannot run cargo rustdoc")?;
    ensure!(status.success(), "cargo rustdoc failed for {package}");
    Ok(target
        .join("doc")
        .join(package.replace('-', "_"))
        .with_extension("json"))
}

/// Reads a file that rustdoc has written.
pub(super) fn read(file: &Path) -> Result<Crate> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let json: Value =
        serde_json::from_slice(&text).with_context(|| format!("{} is not JSON", file.display()))?;
    let version = json["format_version"].as_u64();
    ensure!(
        version == Some(FORMAT_VERSION.into()),
        "{} has the format version {}, but xtask reads version {FORMAT_VERSION}: \
         take the release of rustdoc-types that belongs to the toolchain",
        file.display(),
        json["format_version"],
    );
    serde_json::from_value(json).with_context(|| format!("cannot understand {}", file.display()))
}
