//! Measures compiling the client of a service.

use anyhow::Result;

use super::pair::Pair;
use crate::bench::alone::Alone;
use crate::bench::packages::Bench;
use crate::bench::report::Section;
use crate::bench::{Args, build};

const NOTES: &str = "\
CPU seconds (user and system, median with minimum and maximum, one figure if it was compiled once) for compiling a
client or the official crate alone, as above: without dependencies and HTTPS clients, from scratch and not
incremental. The official crate always has all operations. `by features` is the client of the whole model,
compiled with the features of these operations; `--only` is a client that was generated with nothing else. Each
row is written by `cargo xtask bench build --model FILE --official CRATE@VERSION --write`, and all of them by
`cargo xtask bench build --others --write`.";

/// Compiles both crates alone, and passes on the rows of each kind of build when they are finished.
pub(super) fn measure(
    pair: &Pair,
    args: &Args,
    bench: &Bench<'_>,
    take: &mut impl FnMut(&Section) -> Result<()>,
) -> Result<()> {
    let operations = pair.client.operations.len();
    let mut subjects = vec![(format!("all {operations} operations"), &pair.ours)];
    for some in &pair.some {
        subjects.push((format!("{}, by features", some.names), &some.by_features));
        subjects.push((format!("{}, `--only`", some.names), &some.only));
    }
    let mut kinds = vec![
        ("debug", &["build"][..], &subjects[..]),
        ("`cargo check`", &["check"], &subjects[..1]),
    ];
    if args.others.release {
        kinds.push(("release", &["build", "--release"], &subjects[..]));
    }
    for (kind, arguments, subjects) in kinds {
        take(&Section {
            title: "Compiling clients of other services",
            notes: NOTES.to_owned(),
            columns: vec![
                "official crate",
                "build",
                "ours",
                "official",
                "ratio",
                "version",
                "model",
            ],
            rows: rows(pair, args, bench, (kind, arguments), subjects)?,
        })?;
    }
    Ok(())
}

/// A row for each of our crates, all of which take turns with the official one.
fn rows(
    pair: &Pair,
    args: &Args,
    bench: &Bench<'_>,
    (kind, arguments): (&str, &[&str]),
    subjects: &[(String, &Alone)],
) -> Result<Vec<Vec<String>>> {
    let official_runs = args.others.official_runs.unwrap_or(args.runs);
    let ours = subjects.iter().map(|(_, alone)| (*alone, args.runs));
    let turns: Vec<_> = ours.chain([(&pair.official, official_runs)]).collect();
    let mut times = Alone::compile(&turns, bench, arguments)?;
    let official = times.pop().unwrap_or_default();
    let rows = subjects.iter().zip(&times).map(|((what, _), ours)| {
        let measured = build::row(&format!("{kind}: {what}"), ours, &official);
        [vec![pair.name.clone()], measured, pair.cells().to_vec()].concat()
    });
    Ok(rows.collect())
}
