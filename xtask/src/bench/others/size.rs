//! Counts the content of a service's client.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::pair::Pair;
use super::program;
use crate::bench::packages::Bench;
use crate::bench::report::Section;
use crate::bench::{Args, size};

const NOTES: &str = "\
The `src` folders of the crates. An official crate is often made of another version of the model, with other
operations. Each row is written by `cargo xtask bench size --model FILE --official CRATE@VERSION --write`, and all
of them by `cargo xtask bench size --others --write`. The smallest program, with `--program`, makes one call with
credentials from aws-config, single sign-on included, and prints what comes of it. It is built in release: ours
with its own HTTPS client, the official one in its leanest configuration.";

/// Counts both crates.
pub(super) fn measure(pair: &Pair, args: &Args, bench: &Bench<'_>) -> Result<Section> {
    let [ours, official] = pair.folders.each_ref().map(|it| it.join("src"));
    let [ours, official] = [size::count(&ours)?, size::count(&official)?];
    let operations = [
        u64::try_from(pair.client.operations.len())?,
        operations(&pair.folders[1].join("src/operation"))?,
    ];
    let mut counts = vec![("operations", operations)];
    for (index, what) in ["lines of Rust", "files", "bytes"].into_iter().enumerate() {
        counts.push((what, [ours[index], official[index]]));
    }
    let [lines, of_official] = [ours[0] / operations[0], official[0] / operations[1]];
    counts.push(("lines of Rust per operation", [lines, of_official]));
    if args.others.program {
        let sizes = program::sizes(pair, bench)?;
        counts.push(("smallest program, stripped: bytes", sizes));
    }
    let rows = counts.iter().map(|(what, [ours, official])| {
        let counted = size::row(what, *ours, *official);
        [vec![pair.name.clone()], counted, pair.cells().to_vec()].concat()
    });
    Ok(Section {
        title: "Size of clients of other services",
        notes: NOTES.to_owned(),
        columns: vec![
            "official crate",
            "what",
            "ours",
            "official",
            "ratio",
            "version",
            "model",
        ],
        rows: rows.collect(),
    })
}

/// The number of operations in an official crate, each of which has a file.
fn operations(folder: &Path) -> Result<u64> {
    let files = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    let mut count = 0;
    for file in files {
        count += u64::from(file?.path().extension().is_some_and(|it| it == "rs"));
    }
    anyhow::ensure!(count > 0, "{} has no operations", folder.display());
    Ok(count)
}
