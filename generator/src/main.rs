//! The command `smithy-client-gen`.

use std::process::ExitCode;

fn main() -> ExitCode {
    generator::cli::run()
}
