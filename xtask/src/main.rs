//! The maintainer's commands: `cargo xtask --help`.

mod ci;
mod codegen;
mod conformance;
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
    /// Generate clients from their models.
    Codegen(codegen::Args),
    /// Run every check that has to hold before a change lands.
    Ci(ci::Args),
    /// Run Smithy's official test suites on generated clients.
    Conformance(conformance::Args),
    /// Format hand-written code, templates included.
    Format(format::Args),
    /// Compare the clients' public items with those of the official crates.
    Parity(parity::Args),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Codegen(args) => codegen::run(&args, &workspace()),
        Command::Ci(args) => ci::run(&args, &workspace()),
        Command::Conformance(args) => conformance::run(&args, &workspace()),
        Command::Format(args) => format::run(&args, &workspace()),
        Command::Parity(args) => parity::run(args, &workspace()),
    };
    result.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

/// The workspace's folder.
fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}
