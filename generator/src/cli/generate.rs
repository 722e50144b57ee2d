//! `generate`: generates the client of a model. `cargo xtask codegen` does the same for several.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use similar::TextDiff;

use super::messages::Messages;
use super::model::ModelOptions;
use super::progress::Progress;
use super::stand_in::{StandIn, patch};
use crate::ir::LeftOut;
use crate::write::{self, Changes};
use crate::{Diagnostics, Output, Partitions, ServiceConfig, Source};

/// Maximum number of lines that are shown of a file's differences.
const DIFF_LINES: usize = 12;

/// Generate the client of a model.
///
/// The client is a package. If the folder contains an earlier client, its generated files, which say
/// so in their first line, are replaced or removed. All other files are kept, and so are CHANGELOG.md
/// and LICENSE. A folder that contains other files but no client is refused.
#[derive(clap::Args)]
pub struct Args {
    /// The model: files, folders or a smithy-build.json.
    #[arg(required = true, value_name = "MODEL")]
    models: Vec<PathBuf>,
    /// Write the client to this folder.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Give the client the name and the version of an official crate, such as `aws-sdk-sts@1.124.0`,
    /// so that it can replace that crate with `[patch.crates-io]`.
    #[arg(
        long = "as",
        value_name = "CRATE@VERSION",
        value_parser = StandIn::parse,
        conflicts_with = "name"
    )]
    stand_in: Option<StandIn>,
    /// Write nothing; list the files that are out of date, and fail if there are any.
    #[arg(long)]
    check: bool,
    /// List each file that is written.
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
    #[command(flatten)]
    options: ModelOptions,
    #[command(flatten)]
    messages: Messages,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let Args {
        models,
        out,
        stand_in,
        check,
        verbose,
        options,
        messages,
    } = args;
    let job = options.config(&models[0]).map(|mut config| {
        if let Some(stand_in) = stand_in {
            stand_in.configure(&mut config);
        }
        Job::of_models(models, out, config)
    });
    let (job, partitions) = match (job, options.partitions()) {
        (Ok(job), Ok(partitions)) => (job, partitions),
        (Err(problems), _) | (_, Err(problems)) => {
            return messages.refuse(&problems, NOTHING);
        }
    };
    let arguments = [
        models.iter().map(|it| it.display().to_string()).collect(),
        vec!["--out".to_owned(), out.display().to_string()],
        stand_in.iter().flat_map(StandIn::arguments).collect(),
        options.arguments(),
    ];
    let run = Run {
        is_check: *check,
        is_verbose: *verbose,
        command: format!(
            "smithy-client-gen generate {}",
            arguments.concat().join(" ")
        ),
        root: Path::new(""),
        messages: *messages,
    };
    let code = run.all(&[job], &partitions);
    if let Some(stand_in) = stand_in
        && code == ExitCode::SUCCESS
        && !check
    {
        messages.say(&how_to(stand_in, out));
    }
    code
}

/// Instructions for replacing the crate with the client.
fn how_to(stand_in: &StandIn, out: &Path) -> String {
    let StandIn { name, .. } = stand_in;
    let patch = patch([(&**name, out)]);
    format!("\nto replace {name}, add to the manifest of your workspace:\n\n{patch}")
}

/// Follows the number of problems.
pub const NOTHING: &str = "nothing was written";

/// Follows it if some files have been written.
const NOT_ALL: &str = "not all was written";

/// A client to generate.
#[derive(Clone, Debug)]
pub struct Job {
    /// The name of the client in messages.
    pub label: String,
    /// The model.
    pub models: Models,
    /// How files and messages name the model.
    pub shown: String,
    /// How the client is generated.
    pub config: ServiceConfig,
    /// The client's folder.
    pub folder: PathBuf,
}

/// Where the model of a client is.
#[derive(Clone, Debug)]
pub enum Models {
    /// In files and folders.
    Files(Vec<PathBuf>),
    /// Built in.
    Text(Source),
}

impl Job {
    /// A client of a model with any path.
    pub fn of_models(models: &[PathBuf], folder: &Path, config: ServiceConfig) -> Self {
        let names = models.iter().map(|model| {
            let name = model.file_name().unwrap_or(OsStr::new("model"));
            name.to_string_lossy()
        });
        Self {
            label: config.package.clone(),
            models: Models::Files(models.to_owned()),
            shown: names.collect::<Vec<_>>().join(", "),
            config,
            folder: folder.to_owned(),
        }
    }

    fn generate(&self, partitions: &Partitions) -> Result<Report, Diagnostics> {
        let start = Instant::now();
        let source = match &self.models {
            Models::Files(paths) => self.config.read_models(paths)?.named(&self.shown),
            Models::Text(source) => source.clone(),
        };
        let rendered = crate::generate(&source, &self.config, partitions)?;
        let changes = write::compare(&rendered.files, &self.folder)?;
        let lines = rendered.files.iter().map(|file| file.text.lines().count());
        Ok(Report {
            label: self.label.clone(),
            folder: self.folder.clone(),
            lines: lines.sum(),
            files: rendered.files,
            warnings: rendered.warnings,
            left_out: rendered.client.left_out,
            changes,
            seconds: start.elapsed().as_secs_f64(),
        })
    }
}

/// Options of a run that generates clients.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// Write nothing and report what is out of date.
    pub is_check: bool,
    /// List each file that is written.
    pub is_verbose: bool,
    /// The command that brings clients up to date.
    pub command: String,
    /// The folder that paths are shown from.
    pub root: &'a Path,
    /// Options for messages.
    pub messages: Messages,
}

impl Run<'_> {
    /// Generates all clients before it writes the first: a broken model changes nothing.
    pub fn all(&self, jobs: &[Job], partitions: &Partitions) -> ExitCode {
        let progress = Progress::new(self.messages);
        let generate = |job: &Job| {
            progress.at(format!("generating {}", job.label));
            job.generate(partitions)
        };
        let results: Vec<_> = std::thread::scope(|scope| {
            let threads = jobs.iter().map(|job| scope.spawn(|| generate(job)));
            let threads: Vec<_> = threads.collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("the generator panicked"))
                .collect()
        });
        drop(progress);
        let mut reports = Vec::new();
        let mut problems = Diagnostics::new();
        for result in results {
            match result {
                Ok(report) => reports.push(report),
                Err(more) => problems.merge(more),
            }
        }
        for report in &reports {
            self.messages.warn(&report.warnings);
        }
        if !problems.is_empty() {
            return self.messages.refuse(&problems, NOTHING);
        }
        if self.is_check {
            self.check(&reports)
        } else {
            self.write(&reports)
        }
    }

    /// Writes all clients and reports what was written.
    fn write(&self, reports: &[Report]) -> ExitCode {
        let mut said = String::new();
        let mut has_written = false;
        for report in reports {
            match write::write(&report.files, &report.folder) {
                Ok(changes) => {
                    has_written |= !changes.is_empty();
                    said.push_str(&report.summary(&changes, "written"));
                    said.push_str(&self.files(&changes));
                }
                Err(problems) => {
                    has_written |= report.has_begun();
                    self.messages.say(&said);
                    let outcome = if has_written { NOT_ALL } else { NOTHING };
                    return self.messages.refuse(&problems, outcome);
                }
            }
        }
        self.messages.say(&said);
        ExitCode::SUCCESS
    }

    /// Lists the files that were removed, and with `--verbose` all that were written.
    fn files(&self, changes: &Changes) -> String {
        let mut text = String::new();
        let mut list = |what: &str, paths: &[PathBuf]| {
            for path in paths {
                let _ = writeln!(text, "  {what}: {}", self.shown(path));
            }
        };
        if self.is_verbose {
            list("new", &changes.added);
            list("changed", &changes.changed);
        }
        list("removed", &changes.removed);
        list("kept, as it is not generated", &changes.kept);
        text
    }

    fn shown(&self, path: &Path) -> String {
        let path = path.strip_prefix(self.root).unwrap_or(path);
        path.display().to_string()
    }

    /// Reports what is out of date, and how to update it.
    fn check(&self, reports: &[Report]) -> ExitCode {
        let mut text = String::new();
        for report in reports {
            text.push_str(&report.summary(&report.changes, "out of date"));
            text.push_str(&report.differences(self));
        }
        let is_stale = reports.iter().any(|report| !report.changes.is_empty());
        self.messages.say(&text);
        if is_stale {
            let command = &self.command;
            let text = format!("\ngenerated code is out of date; run: {command}\n");
            self.messages.conclude(&text);
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// The result of a job.
struct Report {
    label: String,
    folder: PathBuf,
    files: Vec<Output>,
    warnings: Diagnostics,
    changes: Changes,
    left_out: Vec<LeftOut>,
    lines: usize,
    seconds: f64,
}

impl Report {
    /// A line about the client, and one for each operation that was left out.
    fn summary(&self, changes: &Changes, verb: &str) -> String {
        let Self {
            label,
            files,
            lines,
            seconds,
            ..
        } = self;
        let written = changes.added.len() + changes.changed.len();
        let mut text = format!(
            "{label:<20} {:>4} files, {lines:>6} lines: {written} {verb}, {} removed, {} \
             unchanged ({:.0} ms)\n",
            files.len(),
            changes.removed.len(),
            changes.unchanged,
            seconds * 1000.0
        );
        for LeftOut { operation, reason } in &self.left_out {
            let _ = writeln!(text, "  left out: {operation}: {reason}");
        }
        text
    }

    /// Whether a failed run has written some files.
    fn has_begun(&self) -> bool {
        let left =
            |changes: &Changes| changes.added.len() + changes.changed.len() + changes.removed.len();
        let now = write::compare(&self.files, &self.folder);
        now.is_ok_and(|now| left(&now) < left(&self.changes))
    }

    fn differences(&self, run: &Run<'_>) -> String {
        let mut text = String::new();
        let shown = |path: &Path| run.shown(path);
        for path in &self.changes.added {
            let _ = writeln!(text, "  missing: {}", shown(path));
        }
        for path in &self.changes.removed {
            let _ = writeln!(text, "  left over: {}", shown(path));
        }
        for path in &self.changes.changed {
            let _ = writeln!(text, "  differs: {}", shown(path));
            let old = std::fs::read_to_string(path).unwrap_or_default();
            let mut files = self.files.iter();
            let new = files.find(|file| self.folder.join(&file.path) == *path);
            let new = new.map_or("", |file| file.text.as_str());
            let diff = TextDiff::from_lines(old.as_str(), new);
            let unified = diff.unified_diff().context_radius(1).to_string();
            for line in unified.lines().take(DIFF_LINES) {
                let _ = writeln!(text, "    {line}");
            }
        }
        text
    }
}
