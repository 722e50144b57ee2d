//! `cargo xtask update`: updates the model of a service, its client, version and change log.

mod changelog;
mod journal;
mod sentences;
mod worklist;
mod worktree;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use generator::cli::diff::Report;
use generator::cli::generate::NOTHING;
use generator::cli::messages::{Messages, style_of};
use generator::cli::progress::Progress;
use generator::diagnostics::Style;
use generator::diff::{self, Bump, Change, Origins, Side};
use generator::update::{self, Replacement, Words};
use generator::write::{self, Changes};
use generator::{Diagnostics, Output, ServiceConfig, Services, Source, counted};

use self::changelog::Entry;
use self::journal::{Journal, below};
pub use self::journal::{is_pending, refuse_pending};
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

/// Everything that an update writes and prints.
struct Plan {
    said: String,
    /// The files of the client.
    files: Vec<Output>,
    folder: PathBuf,
    /// Its change log, the table of services and the model.
    others: Vec<(PathBuf, String)>,
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

    /// Prepares everything before anything is written; `None` if nothing changes.
    fn plan(&self, args: &Args) -> Result<Option<Plan>, Diagnostics> {
        let partitions = Source::read(self.workspace.join("models/partitions.json"))
            .and_then(|source| generator::partitions(&source))?;
        let old = Side::read(&self.old, &self.config.of_predecessor(), &partitions)?;
        // Problems of the new model refer to its own file.
        let new = Side::read(&self.new, &self.config, &partitions)?;
        args.messages.warn(new.warnings());
        let by_hand = format!(
            "name another file, or put it into {} by hand",
            self.old.name()
        );
        old.same_service(&new, self.new.name(), &by_hand)?;
        let words = match args.take_documentation {
            true => Words::Theirs,
            false => Words::Ours,
        };
        let origins = Origins::of(&old, &new);
        let replacement = update::replace(&self.old, &self.new, words, origins)?;
        if replacement.is_same {
            return Ok(None);
        }
        let model = Source::new(self.old.name(), replacement.text.as_str());
        let new = Side::read(&model, &self.config, &partitions)?;
        let changes = diff::compare(&old, &new);
        let bump = Bump::of(changes.iter().map(Change::severity), &self.config.version);
        let version = self.version(args, bump)?;
        let entry = self.entry(args, version.as_deref(), &old, &changes)?;
        let config = ServiceConfig {
            version: version.clone().unwrap_or(self.config.version.clone()),
            ..self.config.clone()
        };
        let report = Report {
            package: &config.package,
            old: self.old.name(),
            new: self.new.name(),
            version: &self.config.version,
            bump,
            changes: &changes,
            left_out: new.left_out(),
            lists_all: args.all,
        };
        let mut said = vec![
            report.text(style_of(&std::io::stdout()) == Style::Coloured),
            self.about_version(version.as_deref(), entry.as_ref()),
            worklist::text(self.old.name(), &replacement.wanting(&old, &new)),
            about_words(&replacement),
        ];
        said.retain(|part| !part.is_empty());
        Ok(Some(Plan {
            said: said.join("\n"),
            files: generator::generate(&model, &config, &partitions)?.files,
            folder: self.folder(),
            others: self.others(version.as_deref(), entry, replacement.text),
        }))
    }

    /// The next version; `None` if the client does not change.
    fn version(&self, args: &Args, bump: Bump) -> Result<Option<String>, Diagnostics> {
        let (Some(version), present) = (&args.version, &self.config.version) else {
            return Ok(bump.apply(&self.config.version));
        };
        if generator::config::numbers(version) > generator::config::numbers(present) {
            return Ok(Some(version.clone()));
        }
        let mut diagnostics = Diagnostics::new();
        diagnostics.file_error(
            &self.workspace.join("models/services.toml"),
            format!("the version {version} does not come after {present}"),
            "choose a higher one, or omit `--version`",
        );
        Err(diagnostics)
    }

    /// The change log with an entry for the version.
    fn entry(
        &self,
        args: &Args,
        version: Option<&str>,
        old: &Side,
        changes: &[Change],
    ) -> Result<Option<Entry>, Diagnostics> {
        let Some(version) = version else {
            return Ok(None);
        };
        let date = args.date.clone().unwrap_or_else(days::today);
        let path = self.folder().join("CHANGELOG.md");
        let log = match path.exists() {
            true => Source::read(&path)?.text().to_owned(),
            false => old.begun_changelog(),
        };
        let body = sentences::body(changes);
        Entry::new(&log, version, &date, &body)
            .map(Some)
            .ok_or_else(|| {
                let mut diagnostics = Diagnostics::new();
                diagnostics.file_error(
                    &path,
                    format!("there is already a section `{version}`"),
                    "remove it, or choose another version with `--version`",
                );
                diagnostics
            })
    }

    fn folder(&self) -> PathBuf {
        self.workspace.join("generated").join(&self.config.package)
    }

    /// The files that do not follow from the client, which the journal contains during the update.
    fn others(
        &self,
        version: Option<&str>,
        entry: Option<Entry>,
        model: String,
    ) -> Vec<(PathBuf, String)> {
        let mut others = Vec::new();
        if let Some(entry) = entry {
            others.push((self.folder().join("CHANGELOG.md"), entry.log));
        }
        let models = self.workspace.join("models");
        if let Some(version) = version {
            let text = self.services.with_version(&self.service, version);
            others.push((models.join("services.toml"), text));
        }
        others.push((models.join(format!("{}.json", self.service)), model));
        others
    }

    fn about_version(&self, version: Option<&str>, entry: Option<&Entry>) -> String {
        let (Some(version), Some(entry)) = (version, entry) else {
            return format!("The version stays {}.\n", self.config.version);
        };
        format!(
            "generated/{}/CHANGELOG.md, for version {version}:\n\n{}",
            self.config.package, entry.section
        )
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

/// What happens to the new model's documentation.
fn about_words(replacement: &Replacement) -> String {
    match replacement.left_out {
        0 => String::new(),
        count => {
            let what = match count {
                1 => "1 shape or member".to_owned(),
                count => format!("{count} shapes and members"),
            };
            format!(
                "The new model's documentation of {what} is left out: that in models is the\n\
                 project's own. If the new one's is, too: --take-documentation\n"
            )
        }
    }
}

#[cfg(test)]
mod tests;
