//! `diff`: reports what a new model changes for users of the client. `cargo xtask diff` also reads models from git.

mod report;

use std::path::PathBuf;
use std::process::ExitCode;

pub use self::report::Report;
use super::messages::{DIFF_FAILED, Messages, output, style_of};
use super::model::ModelOptions;
use super::progress::Progress;
use crate::config::{ServiceConfig, UnsupportedOperations};
use crate::diagnostics::{Diagnostics, Source, Style};
use crate::diff::{self, Bump, Change, Severity, Side};
use crate::lower::Partitions;

/// Compare two models, and suggest the client's next version.
///
/// Reports what changes for users of the client: in Rust, on the wire and in documentation. Both models
/// are read with the same settings. Unsupported operations are not compared.
#[derive(clap::Args)]
pub struct Args {
    /// The old model.
    old: PathBuf,
    /// The new model.
    new: PathBuf,
    #[command(flatten)]
    report: ReportOptions,
    #[command(flatten)]
    options: ModelOptions,
    #[command(flatten)]
    messages: Messages,
}

/// Options of the report.
#[derive(Clone, Debug, clap::Args)]
pub struct ReportOptions {
    /// Format of the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with 0 if nothing has changed for users, 1 if nothing breaks, 2 if something does, 3 on an error.
    #[arg(long)]
    exit_code: bool,
    /// Version of the client of the old model [default: that of its settings].
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// List everything: constraints and documentation one by one, and long values in full.
    #[arg(short = 'v', long, visible_alias = "verbose")]
    all: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// Two models, and the settings of the client of both.
#[derive(Clone, Debug)]
pub struct Models {
    /// The old model.
    pub old: Source,
    /// The new model.
    pub new: Source,
    /// The settings.
    pub config: ServiceConfig,
    /// The partitions of AWS.
    pub partitions: Partitions,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    conclude(read(args), &args.report, args.messages)
}

fn read(args: &Args) -> Result<Models, Diagnostics> {
    let mut config = args.options.config(&args.new)?;
    config.unsupported = UnsupportedOperations::LeaveOut;
    Ok(Models {
        old: Source::load([&args.old])?,
        new: Source::load([&args.new])?,
        config,
        partitions: args.options.partitions()?,
    })
}

/// Compares the models, if both could be read, and prints the report.
pub fn conclude(
    models: Result<Models, Diagnostics>,
    options: &ReportOptions,
    messages: Messages,
) -> ExitCode {
    match models.and_then(|models| compare(&models, options, messages)) {
        Ok(code) => ExitCode::from(code),
        Err(problems) => {
            messages.refuse(&problems, "nothing was compared");
            ExitCode::from(DIFF_FAILED)
        }
    }
}

fn compare(
    models: &Models,
    options: &ReportOptions,
    messages: Messages,
) -> Result<u8, Diagnostics> {
    let Models {
        old,
        new,
        config,
        partitions,
    } = models;
    let progress = Progress::new(messages);
    progress.at(format!("comparing {} and {}", old.name(), new.name()));
    let (old_side, new_side) = both(
        Side::read(old, &config.of_predecessor(), partitions),
        Side::read(new, config, partitions),
    )?;
    for side in [&old_side, &new_side] {
        messages.warn(side.warnings());
    }
    old_side.same_service(&new_side, new.name(), "name two models of the same service")?;
    let changes = diff::compare(&old_side, &new_side);
    drop(progress);
    let version = options.version.as_ref().unwrap_or(&config.version);
    let report = Report {
        package: &config.package,
        old: old.name(),
        new: new.name(),
        version,
        bump: Bump::of(changes.iter().map(Change::severity), version),
        changes: &changes,
        left_out: new_side.left_out(),
        lists_all: options.all,
    };
    if !messages.quiet {
        output(&match options.format {
            Format::Text => report.text(style_of(&std::io::stdout()) == Style::Coloured),
            Format::Markdown => report.markdown(),
            Format::Json => report.json(),
        });
    }
    Ok(if options.exit_code { code(&changes) } else { 0 })
}

/// Lowers both models, or returns the problems of both.
fn both(
    old: Result<Side, Diagnostics>,
    new: Result<Side, Diagnostics>,
) -> Result<(Side, Side), Diagnostics> {
    match (old, new) {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (Err(mut old), Err(new)) => {
            old.merge(new);
            Err(old)
        }
        (Err(problems), Ok(_)) | (Ok(_), Err(problems)) => Err(problems),
    }
}

fn code(changes: &[Change]) -> u8 {
    if changes.iter().any(|change| change.severity().is_breaking()) {
        2
    } else {
        u8::from(
            changes
                .iter()
                .any(|change| change.severity() != Severity::Model),
        )
    }
}
