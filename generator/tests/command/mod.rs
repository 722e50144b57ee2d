//! Runs `smithy-client-gen`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the command to its end.
pub fn gen_client(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the command can be run")
}

/// The command with these arguments, in the folder of the package.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_smithy-client-gen"));
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    command.args(arguments).current_dir(package);
    command
}

/// The exit code.
pub fn code(output: &Output) -> i32 {
    output.status.code().expect("the command has ended")
}

/// What it has printed.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it writes UTF-8")
}

/// What it has complained of.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it writes UTF-8")
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("paths of tests are Unicode")
}
