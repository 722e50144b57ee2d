//! `check`: checks whether clients can be generated.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use super::messages::{Messages, counts};
use super::model::ModelOptions;
use super::progress::Progress;
use crate::ir::LeftOut;
use crate::{Diagnostics, Lowered, Partitions, Source, counted};

/// Check whether clients of models can be generated.
///
/// For a single model, all problems are shown, each with its place and what to do about it. For several
/// models, one line is shown for each, with its first problem, and then how many of them are accepted.
/// Nothing is written. The exit code is 1 if a model is refused.
#[derive(clap::Args)]
pub struct Args {
    /// The models, each a file, a folder or a smithy-build.json.
    #[arg(required = true, value_name = "MODEL")]
    models: Vec<PathBuf>,
    /// Show every problem and warning of every model.
    #[arg(short, long)]
    verbose: bool,
    #[command(flatten)]
    options: ModelOptions,
    #[command(flatten)]
    messages: Messages,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let partitions = match args.options.partitions() {
        Ok(partitions) => partitions,
        Err(problems) => return args.messages.refuse(&problems, "no model was checked"),
    };
    let start = Instant::now();
    let checked = args.models.iter().map(|model| {
        let progress = Progress::since(start, args.messages);
        progress.at(format!("checking {}", model.display()));
        let checked = Checked::of(model, &args.options, &partitions);
        drop(progress);
        checked.say(args);
        checked
    });
    let accepted = checked.filter(|checked| checked.client.is_some()).count();
    let all = args.models.len();
    if all > 1 {
        let summary = format!("{accepted} of {all} clients can be generated\n");
        match accepted == all {
            true => args.messages.say(&summary),
            false => args.messages.conclude(&summary),
        }
    }
    if accepted == all {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The result for one model.
struct Checked {
    name: String,
    /// The operations of its client.
    client: Option<Operations>,
    /// Only warnings, if a client can be generated.
    problems: Diagnostics,
}

struct Operations {
    count: usize,
    left_out: Vec<LeftOut>,
}

impl Checked {
    fn of(model: &Path, options: &ModelOptions, partitions: &Partitions) -> Self {
        let (client, problems) = match lower(model, options, partitions) {
            Ok(Lowered {
                client, warnings, ..
            }) => {
                let operations = Operations {
                    count: client.operations.len(),
                    left_out: client.left_out,
                };
                (Some(operations), warnings)
            }
            Err(problems) => (None, problems),
        };
        Self {
            name: model.display().to_string(),
            client,
            problems,
        }
    }

    fn say(&self, args: &Args) {
        let Args {
            models,
            verbose,
            messages,
            ..
        } = args;
        let is_alone = models.len() == 1;
        if *verbose {
            messages.report_all(&self.problems);
        } else if is_alone {
            messages.warn(&self.problems);
        } else {
            // Programs get every problem, people the line below.
            messages.report_to_programs(&self.problems);
        }
        let mut text = self.line(is_alone);
        if *verbose || is_alone {
            let left_out = self.client.iter().flat_map(|client| &client.left_out);
            for LeftOut { operation, reason } in left_out {
                let _ = writeln!(text, "  left out: {operation}: {reason}");
            }
        }
        match self.client {
            Some(_) => messages.say(&text),
            None => messages.conclude(&text),
        }
    }

    fn line(&self, is_alone: bool) -> String {
        let Self {
            name,
            client,
            problems,
        } = self;
        let Some(Operations { count, left_out }) = client else {
            let counted = counts(problems);
            let first = problems.iter().next();
            return match first.filter(|_| !is_alone) {
                Some(first) => format!("{name}: {counted}: {}\n", first.summary()),
                None => format!("{name}: {counted}; no client can be generated\n"),
            };
        };
        let operations = counted(*count, "operation");
        let mut text = format!("{name}: a client can be generated, {operations}");
        if !left_out.is_empty() {
            let _ = write!(text, ", {} left out", left_out.len());
        }
        if !problems.is_empty() {
            let _ = write!(text, ", {}", counts(problems));
        }
        text + "\n"
    }
}

fn lower(
    model: &Path,
    options: &ModelOptions,
    partitions: &Partitions,
) -> Result<Lowered, Diagnostics> {
    let source = Source::load([model])?;
    crate::lower(&source, &options.config(model)?, partitions)
}
