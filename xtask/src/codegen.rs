//! `cargo xtask codegen`: from models to clients.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use generator::ir::LeftOut;
use generator::write::{self, Changes};
use generator::{
    Diagnostics, Operations, Output, Partitions, ServiceConfig, Services, Source,
    UnsupportedOperations,
};
use similar::TextDiff;

/// How many lines of a file's differences are shown.
const DIFF_LINES: usize = 12;

/// Generate a client for each table of models/services.toml.
///
/// All of them are generated before the first is written: a model with problems changes nothing,
/// and its problems are listed, each with its place and a remedy. Then what differs is written, and
/// what a client has no more is removed.
#[derive(clap::Args)]
#[command(after_help = "\
For instance:

  cargo xtask codegen                           all clients
  cargo xtask codegen ivs client-ivschat        two of them
  cargo xtask codegen --check                   are they what the models say?
  cargo xtask codegen --model polly.json --out ../client-polly
  cargo xtask codegen --model models/ivs.json --out ../small --only GetChannel,PutMetadata")]
pub struct Args {
    /// Services to generate, by the names of their models or crates; all if there are none.
    #[arg(value_name = "SERVICE")]
    services: Vec<String>,
    /// Write nothing: list what is out of date, and fail if there is any.
    #[arg(long)]
    check: bool,
    /// Generate a client of this model instead, which need not be in the workspace.
    #[arg(
        help_heading = "Another model",
        long,
        value_name = "FILE",
        requires = "out",
        conflicts_with = "services"
    )]
    model: Option<PathBuf>,
    /// The folder for its client. It is emptied of anything else.
    #[arg(
        help_heading = "Another model",
        long,
        value_name = "DIR",
        requires = "model"
    )]
    out: Option<PathBuf>,
    /// Package name of its client; made from the file's name otherwise.
    #[arg(
        help_heading = "Another model",
        long,
        value_name = "CRATE",
        requires = "model"
    )]
    name: Option<String>,
    /// Shape id of the service to take from it, if it has several.
    #[arg(
        help_heading = "Another model",
        long,
        value_name = "ID",
        requires = "model"
    )]
    service: Option<String>,
    /// The operations that its client has, by their names in the model; all otherwise.
    #[arg(
        help_heading = "Another model",
        long,
        value_name = "OPERATION",
        requires = "model",
        value_delimiter = ','
    )]
    only: Vec<String>,
    /// Make its client without operations that are not supported, and list them.
    #[arg(help_heading = "Another model", long, requires = "model")]
    leave_out_unsupported: bool,
}

/// A client to generate.
struct Job {
    /// What the client is called in messages.
    label: String,
    /// The model's file, and how messages name it.
    model: PathBuf,
    shown: String,
    config: ServiceConfig,
    folder: PathBuf,
}

/// What became of a job.
struct Report {
    label: String,
    folder: PathBuf,
    files: Vec<Output>,
    changes: Changes,
    left_out: Vec<LeftOut>,
    lines: usize,
    seconds: f64,
}

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> Result<ExitCode> {
    let jobs = match jobs(args, workspace) {
        Ok(jobs) => jobs,
        Err(diagnostics) => return Ok(refuse(&[diagnostics])),
    };
    let partitions = Source::read(&workspace.join("models/partitions.json"))
        .and_then(|source| generator::partitions(&source));
    let partitions = match partitions {
        Ok(partitions) => partitions,
        Err(diagnostics) => return Ok(refuse(&[diagnostics])),
    };
    // Everything is generated before anything is written: a broken model changes nothing.
    let results: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = jobs
            .iter()
            .map(|job| scope.spawn(|| generate(job, &partitions)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("the generator panicked"))
            .collect()
    });
    let mut reports = Vec::new();
    let mut problems = Vec::new();
    for result in results {
        match result {
            Ok(report) => reports.push(report),
            Err(diagnostics) => problems.push(diagnostics),
        }
    }
    if !problems.is_empty() {
        return Ok(refuse(&problems));
    }
    if args.check {
        Ok(check(&reports, workspace, args))
    } else {
        write_all(reports)
    }
}

/// Says what is wrong, and that this is all that has happened.
pub fn refuse(problems: &[Diagnostics]) -> ExitCode {
    for diagnostics in problems {
        eprintln!("{diagnostics}");
    }
    let count: usize = problems.iter().map(Diagnostics::len).sum();
    let problems = if count == 1 {
        "1 problem"
    } else {
        &format!("{count} problems")
    };
    eprintln!("{problems}; nothing was written");
    ExitCode::FAILURE
}

fn jobs(args: &Args, workspace: &Path) -> Result<Vec<Job>, Diagnostics> {
    if let (Some(model), Some(out)) = (&args.model, &args.out) {
        return job_of_model(args, model, out).map(|job| vec![job]);
    }
    let path = workspace.join("models/services.toml");
    let mut services = Services::read(&path)?;
    services.read_extra_files(&workspace.join("templates"))?;
    let mut diagnostics = Diagnostics::new();
    let mut wanted = Vec::new();
    for name in &args.services {
        match services.find(name) {
            Ok((service, _)) => wanted.push(service),
            Err(unknown) => diagnostics.merge(unknown),
        }
    }
    let jobs = services
        .iter()
        .filter(|(name, _)| args.services.is_empty() || wanted.contains(name))
        .map(|(name, config)| Job {
            label: config.package.clone(),
            shown: format!("models/{name}.json"),
            model: workspace.join(format!("models/{name}.json")),
            config: config.clone(),
            folder: workspace.join("generated").join(&config.package),
        })
        .collect();
    diagnostics.into_result(jobs)
}

/// The client of a model that the workspace does not know.
fn job_of_model(args: &Args, model: &Path, out: &Path) -> Result<Job, Diagnostics> {
    let of = |name: Option<&OsStr>| name.unwrap_or_default().to_string_lossy().into_owned();
    let name = args.name.clone().unwrap_or_else(|| {
        let stem = of(model.file_stem()).to_lowercase();
        format!("client-{}", stem.replace(['.', ' '], "-"))
    });
    if !generator::config::is_package(&name) {
        let mut diagnostics = Diagnostics::new();
        diagnostics.file_error(
            model,
            format!("`{name}` is no name for a package"),
            "give one with `--name`: it begins with a letter and has letters, digits, `-` and `_`",
        );
        return Err(diagnostics);
    }
    let mut config = ServiceConfig::new(&name);
    config.service.clone_from(&args.service);
    if !args.only.is_empty() {
        let only = args.only.iter().map(|name| name.as_str().into());
        config.operations = Operations::Only(only.collect());
    }
    if args.leave_out_unsupported {
        config.unsupported = UnsupportedOperations::LeaveOut;
    }
    Ok(Job {
        label: name,
        shown: of(model.file_name()),
        model: model.to_owned(),
        config,
        folder: out.to_owned(),
    })
}

fn generate(job: &Job, partitions: &Partitions) -> Result<Report, Diagnostics> {
    let start = Instant::now();
    let text = Source::read(&job.model)?;
    let source = Source::new(&job.shown, text.text());
    let rendered = generator::generate(&source, &job.config, partitions)?;
    let changes = write::compare(&rendered.files, &job.folder)?;
    let lines = rendered
        .files
        .iter()
        .map(|file| file.text.lines().count())
        .sum();
    Ok(Report {
        label: job.label.clone(),
        folder: job.folder.clone(),
        files: rendered.files,
        left_out: rendered.client.left_out,
        changes,
        lines,
        seconds: start.elapsed().as_secs_f64(),
    })
}

fn write_all(reports: Vec<Report>) -> Result<ExitCode> {
    let mut text = String::new();
    for report in reports {
        let changes = match write::write(&report.files, &report.folder) {
            Ok(changes) => changes,
            Err(diagnostics) => return Ok(refuse(&[diagnostics])),
        };
        let _ = writeln!(text, "{}", summary(&report, &changes, "written"));
    }
    print(&text);
    Ok(ExitCode::SUCCESS)
}

/// Prints after everything is done, and does not mind if nobody reads it to the end.
pub fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// One line about a client.
fn summary(report: &Report, changes: &Changes, verb: &str) -> String {
    let Report {
        label,
        files,
        lines,
        seconds,
        ..
    } = report;
    let written = changes.added.len() + changes.changed.len();
    let mut text = format!(
        "{label:<20} {:>4} files, {lines:>6} lines: {written} {verb}, {} removed, {} unchanged \
         ({:.0} ms)",
        files.len(),
        changes.removed.len(),
        changes.unchanged,
        seconds * 1000.0
    );
    for LeftOut { operation, reason } in &report.left_out {
        let _ = write!(text, "\n  left out: {operation}: {reason}");
    }
    text
}

/// Says what is out of date, and how to mend it.
fn check(reports: &[Report], workspace: &Path, args: &Args) -> ExitCode {
    let mut text = String::new();
    for report in reports {
        let _ = writeln!(text, "{}", summary(report, &report.changes, "out of date"));
        text.push_str(&differences(report, workspace));
    }
    let stale = reports.iter().any(|report| !report.changes.is_empty());
    if stale {
        let command = command(args);
        let _ = writeln!(text, "\ngenerated code is out of date; run: {command}");
    }
    print(&text);
    if stale {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// The command that brings up to date what `--check` has looked at.
fn command(args: &Args) -> String {
    let mut command = "cargo xtask codegen".to_owned();
    let shown = |path: &PathBuf| path.display().to_string();
    let options = [
        ("--model", args.model.as_ref().map(shown)),
        ("--out", args.out.as_ref().map(shown)),
        ("--name", args.name.clone()),
        ("--service", args.service.clone()),
        (
            "--only",
            (!args.only.is_empty()).then(|| args.only.join(",")),
        ),
    ];
    for (option, value) in options {
        if let Some(value) = value {
            let _ = write!(command, " {option} {value}");
        }
    }
    if args.leave_out_unsupported {
        command.push_str(" --leave-out-unsupported");
    }
    for service in &args.services {
        let _ = write!(command, " {service}");
    }
    command
}

fn differences(report: &Report, workspace: &Path) -> String {
    let mut text = String::new();
    let shown = |path: &Path| {
        path.strip_prefix(workspace)
            .unwrap_or(path)
            .display()
            .to_string()
    };
    for path in &report.changes.added {
        let _ = writeln!(text, "  missing: {}", shown(path));
    }
    for path in &report.changes.removed {
        let _ = writeln!(text, "  left over: {}", shown(path));
    }
    for path in &report.changes.changed {
        let _ = writeln!(text, "  differs: {}", shown(path));
        let old = std::fs::read_to_string(path).unwrap_or_default();
        let new = report
            .files
            .iter()
            .find(|file| report.folder.join(&file.path) == *path);
        let diff = TextDiff::from_lines(old.as_str(), new.map_or("", |file| file.text.as_str()));
        let unified = diff.unified_diff().context_radius(1).to_string();
        for line in unified.lines().take(DIFF_LINES) {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}
