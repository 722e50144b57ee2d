//! `check`: can clients be generated?

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use super::messages::Messages;
use super::model::ModelOptions;
use super::progress::Progress;
use crate::ir::LeftOut;
use crate::{Diagnostics, Partitions, Source, counted};

/// Says whether clients of models can be generated, and what is in the way.
///
/// All problems of all models are listed, each with its place and what helps against it. Nothing
/// is written.
#[derive(clap::Args)]
pub struct Args {
    /// The models: files with their JSON AST.
    #[arg(required = true, value_name = "MODEL")]
    models: Vec<PathBuf>,
    #[command(flatten)]
    options: ModelOptions,
    #[command(flatten)]
    messages: Messages,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let Args {
        models,
        options,
        messages,
    } = args;
    let partitions = match options.partitions() {
        Ok(partitions) => partitions,
        Err(problems) => return messages.refuse(&problems, "no model was checked"),
    };
    let mut problems = Diagnostics::new();
    let start = Instant::now();
    for model in models {
        let progress = Progress::since(start, *messages);
        progress.at(format!("checking {}", model.display()));
        let checked = check(model, options, &partitions);
        drop(progress);
        match checked {
            Ok(text) => messages.say(&text),
            Err(more) => problems.merge(more),
        }
    }
    if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        messages.refuse(&problems, "no client can be generated of these models")
    }
}

/// What a client would have.
fn check(
    model: &Path,
    options: &ModelOptions,
    partitions: &Partitions,
) -> Result<String, Diagnostics> {
    let source = Source::read(model)?;
    let client = crate::lower(&source, &options.config(model)?, partitions)?;
    let operations = counted(client.operations.len(), "operation");
    let mut text = format!(
        "{}: a client can be generated, {operations}\n",
        source.name()
    );
    for LeftOut { operation, reason } in &client.left_out {
        let _ = writeln!(text, "  left out: {operation}: {reason}");
    }
    Ok(text)
}
