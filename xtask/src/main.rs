//! The maintainer's commands: `cargo xtask --help`.

#![warn(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "`say!` and `complain!` know what to do when a stream cannot be written"
)]

#[macro_use]
mod say;

mod bench;
mod book;
mod ci;
mod codegen;
mod compare;
mod conformance;
mod counts;
mod days;
mod diff;
mod format;
mod packages;
mod parity;
mod reach;
mod tour;
mod update;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Generating mostly allocates tokens, which takes a fifth longer with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Generate clients from Smithy models, and check them.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    version,
    max_term_width = 100,
    after_help = "\
When AWS publishes a new model:

  cargo xtask update ivs new.json --dry-run

After a change of a model, a template or the generator:

  cargo xtask codegen && git diff generated

Before you commit:

  cargo xtask format && cargo xtask ci

docs/maintaining.md describes how to update a model and how to add a service."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Work in another folder with `models` and `generated`, as tests do.
    #[arg(long, global = true, hide = true, value_name = "DIR")]
    workspace: Option<PathBuf>,
}

// Their help is in the documentation of their arguments.
#[derive(Subcommand)]
enum Command {
    Bench(bench::Args),
    /// Print rows for `bench generate`, from a process that is compiled for speed.
    #[command(hide = true)]
    BenchGenerate {
        /// How often each model is generated.
        repeats: usize,
        /// Models of other services.
        models: Vec<PathBuf>,
    },
    Codegen(codegen::Args),
    Diff(diff::Args),
    Update(update::Args),
    Format(format::Args),
    Conformance(conformance::Args),
    Compare(compare::Args),
    Parity(parity::Args),
    Reach(reach::Args),
    Counts(counts::Args),
    Tour(tour::Args),
    Book(book::Args),
    Ci(ci::Args),
}

fn main() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|error| generator::cli::refuse(&error));
    let workspace = arguments.workspace.unwrap_or_else(workspace);
    let result = match arguments.command {
        Command::Bench(args) => bench::run(&args, &workspace),
        Command::BenchGenerate { repeats, models } => {
            bench::print_rows(&workspace, repeats, &models)
        }
        Command::Book(args) => book::run(&args, &workspace),
        Command::Codegen(args) => return codegen::run(&args, &workspace),
        Command::Ci(args) => ci::run(&args, &workspace),
        Command::Compare(args) => compare::run(&args, &workspace),
        Command::Conformance(args) => conformance::run(&args, &workspace),
        Command::Counts(args) => counts::run(&args, &workspace),
        Command::Diff(args) => return diff::run(&args, &workspace),
        Command::Format(args) => format::run(&args, &workspace),
        Command::Reach(args) => reach::run(&args, &workspace),
        Command::Parity(args) => parity::run(&args, &workspace),
        Command::Tour(args) => tour::run(&args, &workspace),
        Command::Update(args) => return update::run(&args, &workspace),
    };
    result.unwrap_or_else(|error| {
        complain!("{error:#}");
        ExitCode::FAILURE
    })
}

/// Cargo's target folder.
fn target(workspace: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR");
    workspace.join(target.unwrap_or_else(|| "target".into()))
}

/// The workspace's folder.
fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    /// Every command and every argument has a help text.
    #[test]
    fn help_is_complete() {
        let mut command = Arguments::command();
        command.build();
        for subcommand in command.get_subcommands().filter(|it| !it.is_hide_set()) {
            let name = subcommand.get_name();
            assert!(subcommand.get_about().is_some(), "`{name}` says nothing");
            for argument in subcommand.get_arguments() {
                let id = argument.get_id();
                assert!(argument.get_help().is_some(), "`{id}` of `{name}`");
            }
        }
    }
}
