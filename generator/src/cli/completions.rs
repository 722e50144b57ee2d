//! `completions`: what makes a shell complete the command.

use std::process::ExitCode;

use clap_complete::Shell;

use super::messages::output;

/// Prints what makes a shell complete this command: a script, to be put where the shell looks for
/// such ones.
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
