//! `cargo xtask codegen`: generates the clients of the workspace.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use generator::cli::generate::{Job, Models, NOTHING, Run};
use generator::cli::messages::Messages;
use generator::cli::model::ModelOptions;
use generator::{Diagnostics, Partitions, Services, Source};

use crate::update;

/// The command that generated files name.
const MADE_BY: &str = "cargo xtask codegen";

/// Generate the clients of models/services.toml.
///
/// All clients are generated before the first is written. If a model has problems, they are listed, each
/// with its place and what to do about it, and nothing is written. Otherwise the files that differ are
/// written, and generated files that a client no longer has are removed.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:

  cargo xtask codegen                           all clients
  cargo xtask codegen ivs client-ivschat        two of them
  cargo xtask codegen --check                   are they up to date?
  cargo xtask codegen --model polly.json --out ../client-polly
  cargo xtask codegen --model models/ivs.json --out ../small --only GetChannel,PutMetadata")]
pub struct Args {
    /// Generate only these services, by the names of their models or crates.
    #[arg(value_name = "SERVICE")]
    services: Vec<String>,
    /// Write nothing; list the files that are out of date, and fail if there are any.
    #[arg(long)]
    check: bool,
    /// Generate the client of this model instead, which need not be in the workspace.
    #[arg(
        help_heading = "Another model",
        long,
        value_name = "FILE",
        requires = "out",
        conflicts_with = "services"
    )]
    model: Option<PathBuf>,
    /// Write the client of `--model` to this folder.
    #[arg(
        help_heading = "Another model",
        long,
        value_name = "DIR",
        requires = "model"
    )]
    out: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Another model")]
    options: ModelOptions,
    /// List each file that is written.
    #[arg(help_heading = "Messages", short, long, conflicts_with = "quiet")]
    verbose: bool,
    #[command(flatten, next_help_heading = "Messages")]
    messages: Messages,
}

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> ExitCode {
    let found = unfinished(args, workspace).and_then(|()| jobs(args, workspace));
    let (jobs, partitions) = match found {
        Ok(found) => found,
        Err(problems) => return args.messages.refuse(&problems, NOTHING),
    };
    let run = Run {
        is_check: args.check,
        is_verbose: args.verbose,
        command: command(args),
        root: workspace,
        messages: args.messages,
    };
    run.all(&jobs, &partitions)
}

/// Finishes an interrupted update first, because models and table belong together.
fn unfinished(args: &Args, workspace: &Path) -> Result<(), Diagnostics> {
    if args.model.is_some() || !update::is_pending(workspace) {
        return Ok(());
    }
    if args.check {
        return update::refuse_pending(workspace);
    }
    args.messages.say(&update::finish(workspace)?);
    Ok(())
}

fn jobs(args: &Args, workspace: &Path) -> Result<(Vec<Job>, Partitions), Diagnostics> {
    if let (Some(model), Some(out)) = (&args.model, &args.out) {
        let mut config = args.options.config(model)?;
        config.made_by = MADE_BY.to_owned();
        let job = Job::of_models(std::slice::from_ref(model), out, config);
        return Ok((vec![job], args.options.partitions()?));
    }
    if let Some(option) = args.options.arguments().first() {
        return Err(Diagnostics::of(
            format!("`{option}` is about a model that no table of services.toml is about"),
            "name the model with `--model`, or set it in models/services.toml",
        ));
    }
    let partitions = Source::read(workspace.join("models/partitions.json"))?;
    let partitions = generator::partitions(&partitions)?;
    Ok((jobs_of_services(args, workspace)?, partitions))
}

fn jobs_of_services(args: &Args, workspace: &Path) -> Result<Vec<Job>, Diagnostics> {
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
        .map(|(name, config)| {
            let shown = model_of(workspace, name);
            Job {
                label: config.package.clone(),
                models: Models::Files(vec![workspace.join(&shown)]),
                shown,
                config: config.clone(),
                folder: workspace.join("generated").join(&config.package),
            }
        })
        .collect();
    diagnostics.into_result(jobs)
}

/// The model for a table of services.toml: a JSON AST, or else a `.smithy` file or a folder of
/// files.
pub fn model_of(workspace: &Path, service: &str) -> String {
    let json = format!("models/{service}.json");
    let others = [
        format!("models/{service}.smithy"),
        format!("models/{service}"),
    ];
    let exists = |path: &String| workspace.join(path).exists();
    let mut found = std::iter::once(json.clone()).chain(others);
    found.find(exists).unwrap_or(json)
}

/// The command that updates what `--check` reports.
fn command(args: &Args) -> String {
    let mut words = ["cargo", "xtask", "codegen"].map(str::to_owned).to_vec();
    for (option, path) in [("--model", &args.model), ("--out", &args.out)] {
        if let Some(path) = path {
            words.extend([option.to_owned(), path.display().to_string()]);
        }
    }
    words.extend(args.options.arguments());
    words.extend(args.services.iter().cloned());
    words.join(" ")
}
