//! `cargo xtask tour`: compiles `examples/aws-tour` with the official crates.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::packages::{cargo, write_manifest};

/// The manifest with the official crates.
const MANIFEST: &str = "examples/aws-tour/official/Cargo.toml";

/// Compile examples/aws-tour with the official crates.
///
/// The source is the same as with generated clients, and only the dependencies differ. They are those of
/// examples/aws-tour/official, in exactly the versions that are named there.
#[derive(clap::Args)]
pub struct Args {}

/// Runs the command.
pub fn run(_: &Args, workspace: &Path) -> Result<ExitCode> {
    let target = crate::target(workspace);
    let folder = target.join("tour");
    fs::create_dir_all(&folder)?;
    let manifest = fs::read_to_string(workspace.join(MANIFEST))?;
    let mut manifest: toml::Table = manifest
        .parse()
        .with_context(|| format!("{MANIFEST} is no TOML"))?;
    let source = workspace
        .join("examples/aws-tour/src/tour.rs")
        .canonicalize()?;
    manifest["bin"][0]["path"] = source.display().to_string().into();
    let dependencies = manifest["dependencies"].as_table_mut();
    for (name, dependency) in dependencies.into_iter().flatten() {
        if name.starts_with("aws-sdk-") {
            pin(dependency).with_context(|| format!("{MANIFEST}: {name} has no version"))?;
        }
    }
    write_manifest(manifest, Vec::new(), workspace, &folder)?;
    let checked = cargo(&folder, &target).arg("check").status();
    let checked = checked.context("cargo cannot be run")?;
    Ok(if checked.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Pins the exact version.
fn pin(dependency: &mut toml::Value) -> Option<()> {
    let version = dependency.get_mut("version")?;
    *version = format!("={}.0", version.as_str()?).into();
    Some(())
}
