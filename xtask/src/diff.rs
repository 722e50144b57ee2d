//! `cargo xtask diff`: reports what a new model changes for users of the client.

mod models;

use std::path::Path;
use std::process::ExitCode;

use generator::cli::diff::{ReportOptions, conclude};
use generator::cli::messages::Messages;

/// Compare two models, and suggest the client's next version.
///
/// Reports what changes for users of the client: in Rust, on the wire and in documentation. Both models
/// are read with the same settings and the same partitions.
#[derive(clap::Args)]
#[command(after_help = "\
OLD and NEW are files, or REVISION:PATH for a file in git. SERVICE is a name in models/services.toml.

  cargo xtask diff ivs                          the last commit and the working tree
  cargo xtask diff ivs HEAD~3                   a revision and the working tree
  cargo xtask diff ivs v1..v2                   two revisions
  cargo xtask diff ivs ../new/ivs.json          the working tree and a file
  cargo xtask diff HEAD:models/ivs.json new.json")]
pub struct Args {
    /// The old model, or a service.
    #[arg(value_name = "OLD|SERVICE")]
    old: String,
    /// The new model; after a service, a revision of git or another model [default: HEAD].
    #[arg(value_name = "NEW|REVISION")]
    new: Option<String>,
    #[command(flatten)]
    report: ReportOptions,
    #[command(flatten)]
    messages: Messages,
}

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> ExitCode {
    let models = models::find(&args.old, args.new.as_deref(), workspace);
    conclude(models, &args.report, args.messages)
}
