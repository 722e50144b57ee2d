//! Counts lines, files and items, and measures the size of a program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::packages::Bench;
use super::program::Program;
use super::report::{self, Section};
use crate::parity;

/// Counts the content of the crates.
pub fn measure(bench: &Bench<'_>) -> Result<Section> {
    let mut rows = Vec::new();
    for (ours, official) in clients(bench)? {
        let name = ours.name.clone();
        let counts = [count(&ours.folder)?, count(&official.folder)?];
        let whats = ["lines of Rust", "files", "bytes"];
        for (what, (ours, official)) in whats.iter().zip(counts[0].iter().zip(counts[1])) {
            rows.push(row(&format!("{name}: {what}"), *ours, official));
        }
        let items = parity::count(&name, bench.workspace)?;
        let official = parity::count_official(&name, bench.workspace)?;
        rows.push(row(&format!("{name}: public items"), items, official));
    }
    let [ours, official] = [Program::Ours, Program::OfficialLean].map(|program| {
        let folder = bench.package(program.name(), program.dependencies(), &program.main())?;
        bench.cargo(&folder, &["build", "--release"])?;
        let path = folder.join("target/release").join(program.name());
        let bytes = fs::metadata(&path).with_context(|| format!("there is no {path:?}"))?;
        anyhow::Ok(bytes.len())
    });
    rows.push(row("smallest program, stripped: bytes", ours?, official?));
    Ok(Section {
        title: "Size",
        notes: "The `src` folders of the crates, and a release build of a program that lists \
                channels: ours with its own HTTPS client,\nthe official one in its leanest \
                configuration."
            .to_owned(),
        columns: vec!["what", "ours", "official", "ratio"],
        rows,
    })
}

/// A row: what is counted, ours, the official one, and the ratio.
pub fn row(what: &str, ours: u64, official: u64) -> Vec<String> {
    #[expect(clippy::cast_precision_loss, reason = "it is rounded for people")]
    let ratio = report::ratio(ours as f64, official as f64);
    vec![
        what.to_owned(),
        report::number(ours),
        report::number(official),
        ratio,
    ]
}

/// A package and its folder.
struct Package {
    name: String,
    folder: PathBuf,
}

/// Each client with the official crate that it replaces.
fn clients(bench: &Bench<'_>) -> Result<Vec<(Package, Package)>> {
    let metadata = super::machine::output(
        Command::new("cargo")
            .args(["metadata", "--format-version=1"])
            .current_dir(bench.workspace),
    )?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array();
    let packages = packages.context("cargo lists packages")?;
    let folder = |name: &str| {
        let package = packages.iter().find(|it| it["name"] == name)?;
        let manifest = Path::new(package["manifest_path"].as_str()?);
        Some(Package {
            name: name.to_owned(),
            folder: manifest.parent()?.join("src"),
        })
    };
    let services = super::services(bench.workspace)?;
    let pairs = services.iter().filter_map(|(_, config)| {
        let official = config.replaces.as_deref()?;
        Some((folder(&config.package)?, folder(official)?))
    });
    Ok(pairs.collect())
}

/// Lines, files and bytes of Rust.
pub fn count(folder: &Path) -> Result<[u64; 3]> {
    let mut counts = [0; 3];
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.path().extension().is_none_or(|it| it != "rs") {
            continue;
        }
        let text = fs::read_to_string(entry.path())?;
        counts[0] += u64::try_from(text.lines().count())?;
        counts[1] += 1;
        counts[2] += u64::try_from(text.len())?;
    }
    Ok(counts)
}
