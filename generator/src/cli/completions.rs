//! `completions`: prints completion scripts for shells.

use std::process::ExitCode;

use clap_complete::Shell;

use super::messages::output;

/// Print a completion script for a shell.
#[derive(clap::Args)]
pub struct Args {
    /// The shell.
    shell: Shell,
}

/// Runs the command; `of` is the command that is completed.
pub fn run(args: &Args, mut of: clap::Command) -> ExitCode {
    let name = of.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut of, name, &mut script);
    output(&String::from_utf8_lossy(&script));
    ExitCode::SUCCESS
}
