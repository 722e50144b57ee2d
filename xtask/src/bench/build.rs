//! Measures compiling clients alone and programs with them.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::alone::{self, Alone};
use super::packages::Bench;
use super::program::Program;
use super::report::{self, Section};

/// client-ivs with all operations and with three, and the official crate.
fn of_ivs() -> [Alone; 3] {
    let path = "path = \"WORKSPACE/generated/client-ivs\"";
    let ours = |name, features: &[&str]| Alone::new(name, "client-ivs", path, features);
    let three = ["create-channel", "get-channel", "put-metadata", "rt-tokio"];
    [
        ours("alone-ours", &["rt-tokio"]),
        ours("alone-three", &three),
        Alone::new(
            "alone-official",
            "aws-sdk-ivs",
            "version = \"1\"",
            &["rt-tokio"],
        ),
    ]
}

/// Compiles the crates alone.
pub fn crates(bench: &Bench<'_>, runs: usize) -> Result<Section> {
    let mut rows = Vec::new();
    let subjects = of_ivs();
    for (what, arguments) in [
        ("debug", &["build"][..]),
        ("release", &["build", "--release"]),
        ("`cargo check`", &["check"]),
    ] {
        let turns = subjects.each_ref().map(|it| (it, runs));
        let times = Alone::compile(&turns, bench, arguments)?;
        rows.push(row(what, &times[0], &times[2]));
        let three = format!("{what}, three operations");
        rows.push(row(&three, &times[1], &times[2]));
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

/// Rows of measurements of programs, which take turns: ours compared with the official one, and
/// with other ones of ours.
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

/// A row: what is compiled, ours, the official one, and the ratio.
pub fn row(what: &str, ours: &[f64], official: &[f64]) -> Vec<String> {
    let mut row = vec![what.to_owned(), report::spread(ours)];
    row.extend(row_end(ours, official));
    row
}

/// The cells of another side and the ratio.
fn row_end(ours: &[f64], other: &[f64]) -> [String; 2] {
    let ratio = report::ratio(report::median(ours), report::median(other));
    [report::spread(other), ratio]
}

/// Compiles a program from scratch, and again after its own file was touched.
fn debug(bench: &Bench<'_>, program: Program) -> Result<[f64; 4]> {
    let folder = program.lay_out(bench)?;
    let cost = bench.cargo(&folder, &["build", "--timings"])?;
    program.check(&cost.messages)?;
    let crates = u32::try_from(alone::compiled(&cost.messages).count())?;
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
