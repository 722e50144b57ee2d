//! Compiling: the clients alone, and programs with them.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::packages::Bench;
use super::program::Program;
use super::report::{self, Section};

/// A crate without the rest of a program, and which of its features.
struct Alone {
    name: &'static str,
    package: &'static str,
    dependency: &'static str,
}

const OURS: Alone = Alone {
    name: "alone-ours",
    package: "client-ivs",
    dependency: "client-ivs = { path = \"WORKSPACE/generated/client-ivs\", default-features = false, features = [\"rt-tokio\"] }\n",
};

const THREE: Alone = Alone {
    name: "alone-three",
    package: "client-ivs",
    dependency: "client-ivs = { path = \"WORKSPACE/generated/client-ivs\", default-features = false, features = [\"create-channel\", \"get-channel\", \"put-metadata\", \"rt-tokio\"] }\n",
};

const OFFICIAL: Alone = Alone {
    name: "alone-official",
    package: "aws-sdk-ivs",
    dependency: "aws-sdk-ivs = { version = \"1\", default-features = false, features = [\"rt-tokio\"] }\n",
};

/// Compiles the crates alone.
pub fn crates(bench: &Bench<'_>, runs: usize) -> Result<Section> {
    let mut rows = Vec::new();
    for (what, arguments) in [
        ("debug", &["build"][..]),
        ("release", &["build", "--release"]),
        ("`cargo check`", &["check"]),
    ] {
        let [ours, three, official] = alone(bench, arguments, runs)?;
        rows.push(row(what, &ours, &official));
        rows.push(row(&format!("{what}, three operations"), &three, &official));
    }
    Ok(Section {
        title: "Compiling a client",
        notes: "CPU seconds (user and system, median with minimum and maximum) for compiling \
                client-ivs or aws-sdk-ivs alone,\nwithout their dependencies and their default \
                HTTPS clients, from scratch and not incremental. The three operations\nare \
                `create-channel`, `get-channel` and `put-metadata`; the official crate always \
                has all."
            .to_owned(),
        columns: vec!["build", "ours", "official", "ratio"],
        rows,
    })
}

/// Compiles programs with everything they depend on, in debug.
pub fn programs(bench: &Bench<'_>, runs: usize) -> Result<Section> {
    Ok(Section {
        title: "Compiling a program",
        notes: "Compiling a program and everything it depends on from scratch, not incremental; \
                after `main.rs` was touched,\nincremental. The programs take turns, and the \
                median is shown if there were several runs. The program lists channels,\nwith \
                credentials from aws-config, single sign-on included. The official crates are \
                measured with their default\nfeatures, and in the leanest configuration that works. \
                The last columns are ours with generated clients below\naws-config as well, those of \
                `smithy-client-gen credentials`."
            .to_owned(),
        columns: vec![
            "debug",
            "ours",
            "official",
            "ratio",
            "leanest",
            "ratio",
            "ours, credentials too",
            "to official",
            "to leanest",
        ],
        rows: beside(
            runs,
            &[Program::OursThroughout],
            ["CPU s", "crates", "MB", "CPU s, main.rs touched"],
            |program| debug(bench, program),
        )?,
    })
}

/// The same in release.
pub fn releases(bench: &Bench<'_>, runs: usize) -> Result<Section> {
    Ok(Section {
        title: "Compiling a program in release",
        notes: "The same programs, optimized and without symbols.".to_owned(),
        columns: vec!["release", "ours", "official", "ratio", "leanest", "ratio"],
        rows: beside(runs, &[], ["CPU s", "MB"], |program| {
            release(bench, program)
        })?,
    })
}

/// A row for each thing that is measured of the programs, which take turns: ours beside the official
/// ones, and other ones of ours.
fn beside<const N: usize>(
    runs: usize,
    others: &[Program],
    whats: [&str; N],
    measure: impl Fn(Program) -> Result<[f64; N]>,
) -> Result<Vec<Vec<String>>> {
    let programs = [
        Program::Ours,
        Program::OfficialDefault,
        Program::OfficialLean,
    ];
    let mut rounds = Vec::new();
    for _ in 0..runs {
        let round = programs.iter().chain(others).copied().map(&measure);
        rounds.push(round.collect::<Result<Vec<_>>>()?);
    }
    let rows = whats.iter().enumerate().map(|(index, what)| {
        let of = |program: usize| -> Vec<f64> {
            rounds.iter().map(|round| round[program][index]).collect()
        };
        let [ours, official, lean] = [of(0), of(1), of(2)];
        let mut row = row(what, &ours, &official);
        row.extend(row_end(&ours, &lean));
        for other in (programs.len()..).take(others.len()).map(of) {
            row.push(report::spread(&other));
            row.extend([&official, &lean].map(|it| row_end(&other, it)[1].clone()));
        }
        row
    });
    Ok(rows.collect())
}

fn row(what: &str, ours: &[f64], official: &[f64]) -> Vec<String> {
    let mut row = vec![what.to_owned(), report::spread(ours)];
    row.extend(row_end(ours, official));
    row
}

/// What is measured of another side, and how much of it is ours.
fn row_end(ours: &[f64], other: &[f64]) -> [String; 2] {
    let ratio = report::ratio(report::median(ours), report::median(other));
    [report::spread(other), ratio]
}

/// Compiles the crates alone in turn; their dependencies are there already.
fn alone(bench: &Bench<'_>, arguments: &[&str], runs: usize) -> Result<[Vec<f64>; 3]> {
    let mut all = [Vec::new(), Vec::new(), Vec::new()];
    let mut folders = Vec::new();
    for Alone {
        name, dependency, ..
    } in [&OURS, &THREE, &OFFICIAL]
    {
        let folder = bench.package(name, dependency, "fn main() {}\n")?;
        bench.cargo(&folder, arguments)?;
        folders.push(folder);
    }
    for _ in 0..runs {
        let subjects = [&OURS, &THREE, &OFFICIAL].into_iter().zip(&folders);
        for (times, (subject, folder)) in all.iter_mut().zip(subjects) {
            let package = format!("--package={}", subject.package);
            let profile = arguments.iter().filter(|it| it.starts_with("--"));
            let clean: Vec<_> = ["clean", &package]
                .into_iter()
                .chain(profile.copied())
                .collect();
            bench.cargo(folder, &clean)?;
            let build: Vec<_> = arguments.iter().copied().chain([&*package]).collect();
            times.push(bench.cargo(folder, &build)?.cpu);
        }
    }
    Ok(all)
}

/// Compiles a program from nothing, and once more when its own file was touched.
fn debug(bench: &Bench<'_>, program: Program) -> Result<[f64; 4]> {
    let folder = program.lay_out(bench)?;
    let cost = bench.cargo(&folder, &["build", "--timings"])?;
    program.check(&cost.messages)?;
    let crates = cost.messages.lines();
    let crates = crates.filter(|line| line.trim_start().starts_with("Compiling"));
    let crates = u32::try_from(crates.count())?;
    bench.cargo_incremental(&folder, &["build"])?;
    fs::write(folder.join("src/main.rs"), program.main() + "\n")?;
    let again = bench.cargo_incremental(&folder, &["build"])?;
    let size = megabytes(&folder.join("target/debug").join(program.name()))?;
    Ok([cost.cpu, crates.into(), size, again.cpu])
}

fn release(bench: &Bench<'_>, program: Program) -> Result<[f64; 2]> {
    let folder = program.lay_out(bench)?;
    let cost = bench.cargo(&folder, &["build", "--release"])?;
    let size = megabytes(&folder.join("target/release").join(program.name()))?;
    Ok([cost.cpu, size])
}

fn megabytes(path: &Path) -> Result<f64> {
    #[expect(clippy::cast_precision_loss, reason = "it is rounded for people")]
    let bytes = fs::metadata(path)?.len() as f64;
    Ok(bytes / 1e6)
}
