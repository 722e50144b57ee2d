//! `cargo xtask update`: updates the model of a service, its client, version and change log.

mod changelog;
mod journal;
mod plan;
mod sentences;
mod worklist;
mod worktree;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use generator::cli::generate::NOTHING;
use generator::cli::messages::Messages;
use generator::cli::progress::Progress;
use generator::write::{self, Changes};
use generator::{Diagnostics, ServiceConfig, Services, Source, counted};

use self::journal::{Journal, below};
pub use self::journal::{is_pending, refuse_pending};
use self::plan::Plan;
use self::worktree::{Worktree, Written, listed};
use crate::codegen::model_of;
use crate::days;

/// Update the model of a service, its client, its version and its change log.
///
/// The documentation in `models` is the project's own. It is kept for everything that still exists; what
/// is new has none and is listed. A model with problems changes nothing, and neither does one without
/// changes.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:

  cargo xtask update ivs new.json --dry-run     what would change?
  cargo xtask update ivs new.json
  cargo xtask update ivs new.json --version 1.140.0

Everything is written, or nothing; if an update is killed, the next one finishes it. The last line of the \
output is the git command that undoes the update. So that it can, files with uncommitted changes are \
not overwritten.")]
pub struct Args {
    /// The service, by the name of its model or its crate.
    service: String,
    /// The new model.
    #[arg(value_name = "NEW.json")]
    model: PathBuf,
    /// Print what would change, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Next version of the client [default: from the changes].
    #[arg(long, value_name = "VERSION", value_parser = version)]
    version: Option<String>,
    /// Date of the version in the change log [default: today].
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = days::day)]
    date: Option<String>,
    /// Take over the documentation of the new model, because it is the project's own as well.
    #[arg(long)]
    take_documentation: bool,
    /// Overwrite files with uncommitted changes, which git cannot restore.
    #[arg(long)]
    allow_dirty: bool,
    /// List everything that has changed, as `cargo xtask diff --all` does.
    #[arg(short = 'v', long, visible_alias = "verbose")]
    all: bool,
    #[command(flatten, next_help_heading = "Messages")]
    messages: Messages,
}

fn version(text: &str) -> Result<String, String> {
    match generator::config::numbers(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("a version has three numbers, such as `1.2.0`".to_owned()),
    }
}

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> ExitCode {
    let finished = match args.dry_run {
        true => Ok(String::new()),
        false => finish(workspace),
    };
    match finished {
        Ok(said) => args.messages.say(&said),
        Err(problems) => return args.messages.refuse(&problems, NOTHING),
    }
    let progress = Progress::new(args.messages);
    progress.at(format!("updating {}", args.service));
    let updated = update(args, workspace);
    drop(progress);
    match updated {
        Ok(said) => {
            args.messages.say(&said);
            ExitCode::SUCCESS
        }
        Err(problems) => args.messages.refuse(&problems, NOTHING),
    }
}

/// Runs the update, and returns the text to print.
fn update(args: &Args, workspace: &Path) -> Result<String, Diagnostics> {
    // All services share one table, which is read and written.
    let _lock = write::lock(&workspace.join("models"))?;
    journal::refuse_pending(workspace)?;
    let input = Input::read(args, workspace)?;
    let Some(plan) = input.plan(args)? else {
        return Ok(format!(
            "models/{}.json already contains everything in {}: nothing to do\n",
            input.service,
            input.new.name()
        ));
    };
    if args.dry_run {
        return Ok(format!("{}\nnothing was written (--dry-run)\n", plan.said));
    }
    let takes_back = input.look_before(&plan, args)?;
    let changes = input.write(&plan, &takes_back)?;
    let done = input.done(&plan, &changes);
    Ok(format!("{}\n{done}\n{takes_back}\n", plan.said))
}

/// Finishes an interrupted update, if there is one, and returns the text to print.
///
/// # Errors
///
/// Fails if it cannot be finished.
pub fn finish(workspace: &Path) -> Result<String, Diagnostics> {
    let _lock = write::lock(&workspace.join("models"))?;
    journal::finish(workspace)
}

/// The input of an update.
struct Input<'a> {
    workspace: &'a Path,
    services: Services,
    service: String,
    config: ServiceConfig,
    old: Source,
    new: Source,
}

impl<'a> Input<'a> {
    fn read(args: &Args, workspace: &'a Path) -> Result<Self, Diagnostics> {
        let mut services = Services::read(&workspace.join("models/services.toml"))?;
        services.read_extra_files(&workspace.join("templates"))?;
        let (service, config) = services.find(&args.service)?;
        let (service, config) = (service.to_owned(), config.clone());
        let shown = model_of(workspace, &service);
        if !shown.ends_with(".json") {
            return Err(Diagnostics::of(
                format!("{shown} is a `.smithy` file, which cannot be replaced"),
                "change it by hand, and run `cargo xtask codegen`",
            ));
        }
        let old = Source::read(workspace.join(&shown))?;
        Ok(Self {
            old: Source::new(shown, old.text()),
            new: Source::load([&args.model])?,
            workspace,
            services,
            service,
            config,
        })
    }

    /// Refuses to overwrite what git could not restore, and returns the command that undoes the
    /// update.
    fn look_before(&self, plan: &Plan, args: &Args) -> Result<String, Diagnostics> {
        let written = self.written(plan)?;
        let paths = [&written.folder, "models/services.toml", self.old.name()];
        let worktree = match Worktree::read(self.workspace, &paths) {
            Err(_) if args.allow_dirty => None,
            found => found?,
        };
        let Some(worktree) = worktree else {
            return Ok("It is not in git, so it cannot be undone.".to_owned());
        };
        let uncommitted = worktree.uncommitted(&written);
        match (uncommitted.is_empty(), args.allow_dirty) {
            (true, _) => Ok(format!(
                "To undo it: {}",
                worktree.undo(&written, self.workspace)
            )),
            (false, true) => Ok(format!(
                "git cannot undo it, because there were uncommitted changes: {}",
                listed(&uncommitted)
            )),
            (false, false) => Err(Diagnostics::of(
                format!(
                    "files have uncommitted changes that would be lost: {}",
                    listed(&uncommitted)
                ),
                "commit them or put them aside with `git stash`, or write over them with \
                 `--allow-dirty`",
            )),
        }
    }

    /// The files that will be written.
    fn written(&self, plan: &Plan) -> Result<Written, Diagnostics> {
        let changes = write::compare(&plan.files, &plan.folder)?;
        let others = plan.others.iter().map(|(path, _)| path);
        let (changed, added): (Vec<_>, Vec<_>) = others.partition(|path| path.exists());
        let paths = |some: Vec<PathBuf>, others: Vec<&PathBuf>| {
            let paths = some.iter().chain(others);
            paths.map(|path| below(self.workspace, path)).collect()
        };
        Ok(Written {
            added: paths(changes.added, added),
            changed: paths([changes.changed, changes.removed].concat(), changed),
            folder: below(self.workspace, &plan.folder),
        })
    }

    /// Writes everything or nothing, even if the run is interrupted.
    fn write(&self, plan: &Plan, takes_back: &str) -> Result<Changes, Diagnostics> {
        let client = (self.service.as_str(), plan.folder.as_path());
        let journal = Journal::begin(client, &plan.others, takes_back, self.workspace)?;
        let changes = write::write_with(&plan.files, &plan.folder, &plan.others);
        journal.end(changes.is_ok(), self.workspace)?;
        changes
    }

    /// The summary of what was written.
    fn done(&self, plan: &Plan, changes: &Changes) -> String {
        let mut text = String::new();
        let package = &self.config.package;
        let written = changes.added.len() + changes.changed.len();
        let _ = writeln!(
            text,
            "generated/{package}: {} written, {} removed, {} unchanged",
            counted(written, "file"),
            changes.removed.len(),
            changes.unchanged
        );
        for path in &changes.removed {
            let shown = path.strip_prefix(self.workspace).unwrap_or(path);
            let _ = writeln!(text, "  removed: {}", shown.display());
        }
        for (path, _) in &plan.others {
            let _ = writeln!(text, "{}: written", below(self.workspace, path));
        }
        text
    }
}

#[cfg(test)]
mod tests;
