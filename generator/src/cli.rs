//! The command `smithy-client-gen`. `cargo xtask` shares parts of it.
//!
//! It requires the feature `cli`, which programs that only generate clients do not need.

#![warn(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "`messages` knows what to do when a stream cannot be written"
)]

pub mod ast;
pub mod check;
mod completions;
mod credentials;
pub mod diff;
pub mod generate;
pub mod inspect;
pub mod messages;
pub mod model;
pub mod progress;
mod stand_in;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

/// Generate Rust clients from Smithy models.
#[derive(Parser)]
#[command(
    name = "smithy-client-gen",
    version,
    max_term_width = 100,
    after_help = "\
A MODEL is a `.smithy` file, a JSON AST such as AWS publishes, a folder of such files, or a
smithy-build.json that names them. `-` is the standard input.

Examples:

  smithy-client-gen generate model/ --out client
  smithy-client-gen inspect polly.json
  smithy-client-gen generate polly.json --out client-polly
  smithy-client-gen diff polly.json new/polly.json
  smithy-client-gen credentials --out patches
  smithy-client-gen completions bash > ~/.local/share/bash-completion/completions/smithy-client-gen

Exit codes: 0 for success, 1 for problems and for clients that are out of date, 2 for wrong
arguments. `diff --exit-code` has codes of its own."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Generate(generate::Args),
    Credentials(credentials::Args),
    Check(check::Args),
    Diff(diff::Args),
    Inspect(inspect::Args),
    Ast(ast::Args),
    Completions(completions::Args),
}

/// Runs the command with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|error| refuse(&error));
    match arguments.command {
        Command::Generate(args) => generate::run(&args),
        Command::Credentials(args) => credentials::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Ast(args) => ast::run(&args),
        Command::Completions(args) => completions::run(&args, Arguments::command()),
    }
}

/// Ends a command whose arguments are wrong or ask for help.
pub fn refuse(error: &clap::Error) -> ! {
    let stream = if error.use_stderr() {
        "stderr"
    } else {
        "stdout"
    };
    let printed = error.print().and_then(|()| std::io::stdout().flush());
    if let Err(failed) = printed {
        messages::give_up(stream, &failed);
    }
    let code = match (error.exit_code(), messages::failure_code()) {
        // For `diff`, clap's exit code means something else.
        (2, messages::DIFF_FAILED) => i32::from(messages::DIFF_FAILED),
        (code, _) => code,
    };
    std::process::exit(code)
}
