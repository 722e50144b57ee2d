//! Measures generating clients.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};
use generator::{Diagnostics, Partitions, ServiceConfig, Services, Source};

use super::packages::{self, Bench};
use super::report::{self, Section};

/// Number of repetitions for each run of builds.
const REPEATS: usize = 7;

/// A model with its configuration.
struct Subject {
    name: String,
    source: Source,
    config: ServiceConfig,
}

/// Measures the pipeline in a separate, optimized process.
pub fn measure(bench: &Bench<'_>, models: &[PathBuf], runs: usize) -> Result<Section> {
    bench.in_workspace(&["build", "--quiet", "--profile=dist", "--package=xtask"])?;
    let xtask = bench.target.join("dist/xtask");
    let mut command = Command::new(&xtask);
    command.current_dir(bench.workspace).arg("bench-generate");
    command.arg((runs * REPEATS).to_string()).args(models);
    let rows = super::machine::output(&mut command)?;
    let rows = rows
        .lines()
        .map(|row| row.split('\t').map(str::to_owned).collect());
    Ok(Section {
        title: "Generation",
        notes: "Milliseconds from the text of a model to the files of its client in memory \
                (median with minimum and maximum), compiled\nas it is when you install the \
                generator (profile `dist`), on one core. `all, at the same time` is what\n`cargo \
                xtask codegen` does. Memory is the maximum of the process so far."
            .to_owned(),
        columns: vec![
            "model",
            "KB",
            "read and lower",
            "in all",
            "lines",
            "lines/s",
            "peak MB",
        ],
        rows: rows.collect(),
    })
}

/// The measured process: prints a row for each model.
pub fn print_rows(workspace: &Path, repeats: usize, models: &[PathBuf]) -> Result<()> {
    let folder = workspace.join("models");
    let services =
        Services::read(&folder.join("services.toml")).map_err(|it| failed("services.toml", &it))?;
    let partitions = Source::read(folder.join("partitions.json"))
        .and_then(|source| generator::partitions(&source))
        .map_err(|it| failed("partitions.json", &it))?;
    let mut subjects = Vec::new();
    for (name, config) in services.iter() {
        let path = folder.join(format!("{name}.json"));
        subjects.push(subject(name, &path, config.clone())?);
    }
    let own = subjects.len();
    for path in models {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut config = ServiceConfig::new("client");
        config.unsupported = generator::UnsupportedOperations::LeaveOut;
        subjects.push(subject(&name, path, config)?);
    }
    for subject in &subjects[..own] {
        print_row(subject, repeats, &partitions)?;
    }
    print_all(&subjects[..own], repeats, &partitions)?;
    for subject in &subjects[own..] {
        print_row(subject, repeats, &partitions)?;
    }
    Ok(())
}

fn subject(name: &str, path: &Path, config: ServiceConfig) -> Result<Subject> {
    Ok(Subject {
        name: name.to_owned(),
        source: Source::read(path).map_err(|it| failed(name, &it))?,
        config,
    })
}

fn failed(name: &str, diagnostics: &Diagnostics) -> anyhow::Error {
    anyhow::anyhow!("{name}: {diagnostics}")
}

fn print_row(subject: &Subject, repeats: usize, partitions: &Partitions) -> Result<()> {
    let Subject {
        name,
        source,
        config,
    } = subject;
    let lines = lines(subject, partitions)?;
    let lowered = times(repeats, || {
        generator::lower(source, config, partitions).is_ok()
    });
    let generated = times(repeats, || {
        generator::generate(source, config, partitions).is_ok()
    });
    print(name, source.text().len(), &lowered, &generated, lines)
}

fn print_all(subjects: &[Subject], repeats: usize, partitions: &Partitions) -> Result<()> {
    let mut all = 0;
    for subject in subjects {
        all += lines(subject, partitions)?;
    }
    let bytes = subjects.iter().map(|it| it.source.text().len()).sum();
    let together = times(repeats, || {
        std::thread::scope(|scope| {
            for Subject { source, config, .. } in subjects {
                scope.spawn(|| generator::generate(source, config, partitions).is_ok());
            }
        });
        true
    });
    print("all, at the same time", bytes, &[], &together, all)
}

fn lines(subject: &Subject, partitions: &Partitions) -> Result<usize> {
    let rendered = generator::generate(&subject.source, &subject.config, partitions)
        .map_err(|it| failed(&subject.name, &it))?;
    let files = rendered.files.iter().filter(|it| it.path.ends_with(".rs"));
    Ok(files.map(|file| file.text.lines().count()).sum())
}

/// Milliseconds of each repetition.
fn times(repeats: usize, run: impl Fn() -> bool) -> Vec<f64> {
    (0..repeats)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect()
}

fn print(name: &str, bytes: usize, lowered: &[f64], generated: &[f64], lines: usize) -> Result<()> {
    let lines = u64::try_from(lines).context("lines are few")?;
    let bytes = u64::try_from(bytes).context("models are small")?;
    #[expect(clippy::cast_precision_loss, reason = "lines are few")]
    let speed = lines as f64 / (report::median(generated) / 1e3);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is rounded for people"
    )]
    let speed = (speed / 1e3).round() as u64 * 1_000;
    let lowered = match lowered {
        [] => String::new(),
        lowered => report::spread(lowered),
    };
    say!(
        "{name}\t{}\t{lowered}\t{}\t{}\t{}\t{:.0}",
        report::number(bytes / 1024),
        report::spread(generated),
        report::number(lines),
        report::number(speed),
        packages::peak_of_process()?,
    );
    Ok(())
}
