//! The maintainer's commands: `cargo xtask --help`.

mod bench;
mod ci;
mod codegen;
mod conformance;
mod diff;
mod format;
mod parity;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Generates the clients from their models, and checks them.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure the generator and the clients beside the official crates.
    Bench(bench::Args),
    /// Prints rows for `bench generate`, from a process that is compiled for speed.
    #[command(hide = true)]
    BenchGenerate {
        repeats: usize,
        models: Vec<PathBuf>,
    },
    /// Generate clients from their models.
    Codegen(codegen::Args),
    /// Run every check that has to hold before a change lands.
    Ci(ci::Args),
    /// Run Smithy's official test suites on generated clients.
    Conformance(conformance::Args),
    /// Compare two models, and suggest the client's next version.
    Diff(diff::Args),
    /// Format hand-written code, templates included.
    Format(format::Args),
    /// Compare the clients' public items with those of the official crates.
    Parity(parity::Args),
}

fn main() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|error| refuse(&error));
    let result = match arguments.command {
        Command::Bench(args) => bench::run(&args, &workspace()),
        Command::BenchGenerate { repeats, models } => {
            bench::print_rows(&workspace(), repeats, &models)
        }
        Command::Codegen(args) => codegen::run(&args, &workspace()),
        Command::Ci(args) => ci::run(&args, &workspace()),
        Command::Conformance(args) => conformance::run(&args, &workspace()),
        Command::Diff(args) => return diff::run(&args, &workspace()),
        Command::Format(args) => format::run(&args, &workspace()),
        Command::Parity(args) => parity::run(args, &workspace()),
    };
    result.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

/// Ends the command with what is wrong about its arguments, or with the help that they ask for.
fn refuse(error: &clap::Error) -> ! {
    let _ = error.print();
    // `diff` has another meaning for the code that clap returns.
    let is_diff = std::env::args().nth(1).is_some_and(|name| name == "diff");
    let code = if is_diff && error.use_stderr() {
        i32::from(diff::FAILED)
    } else {
        error.exit_code()
    };
    std::process::exit(code)
}

/// Where cargo puts what it compiles.
fn target(workspace: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR");
    workspace.join(target.unwrap_or_else(|| "target".into()))
}

/// The workspace's folder.
fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}
