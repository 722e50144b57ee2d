//! `cargo xtask diff`: what a new model means for users of the client.

mod models;
mod render;

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use generator::diff::{self, Bump, Change, Side};
use generator::{Partitions, ServiceConfig, Source};

use self::models::Model;
pub use self::render::Report;

/// What the command returns if it cannot compare.
pub const FAILED: u8 = 3;

/// Compare two models: what does the difference mean for users of the client?
///
/// Both are lowered with the same settings and the same partitions, and only what differs in Rust,
/// on the wire or in words is reported. The version that comes next is suggested.
#[derive(clap::Args)]
#[command(after_help = "\
A MODEL is a file, the name of a service in models/services.toml, or REVISION:PATH for a file as \
git has it.

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
    /// How the report is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Return 0 if nothing has changed, 1 if nothing breaks, 2 if something does, 3 on an error.
    #[arg(long)]
    exit_code: bool,
    /// The version of the client that has the old model; that of the service otherwise.
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// Name everything: constraints and documentation one by one, and all types of a line.
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> ExitCode {
    compare(args, workspace).unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::from(FAILED)
    })
}

fn compare(args: &Args, workspace: &Path) -> Result<ExitCode> {
    let models = models::find(&args.old, args.new.as_deref(), workspace)?;
    let partitions = Source::read(&workspace.join("models/partitions.json"))
        .and_then(|source| generator::partitions(&source))
        .map_err(|problems| anyhow!("{problems}"))?;
    let old = read(&models.old, &models.config.of_predecessor(), &partitions)?;
    let new = read(&models.new, &models.config, &partitions)?;
    let changes = diff::compare(&old, &new);
    let version = args.version.as_ref().unwrap_or(&models.config.version);
    let report = Report {
        package: &models.config.package,
        old: &models.old.name,
        new: &models.new.name,
        version,
        bump: Bump::of(changes.iter().map(Change::severity), version),
        changes: &changes,
        left_out: new.left_out(),
        lists_all: args.all,
    };
    let text = match args.format {
        Format::Text => report.text(is_coloured()),
        Format::Markdown => report.markdown(),
        Format::Json => report.json(),
    };
    // Whoever does not read to the end still gets the exit code.
    let _ = std::io::stdout().write_all(text.as_bytes());
    let code = if args.exit_code { code(&changes) } else { 0 };
    Ok(ExitCode::from(code))
}

fn read(model: &Model, config: &ServiceConfig, partitions: &Partitions) -> Result<Side> {
    let source = Source::new(&model.name, &model.text);
    Side::read(&source, config, partitions)
        .map_err(|problems| anyhow!("{problems}"))
        .with_context(|| format!("{} cannot be compared", model.name))
}

fn code(changes: &[Change]) -> u8 {
    if changes.iter().any(|change| change.severity().is_breaking()) {
        2
    } else {
        u8::from(!changes.is_empty())
    }
}

/// Colours are for people; see <https://no-color.org>.
pub fn is_coloured() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    std::io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}
