//! What an update is going to write and print.

use std::path::PathBuf;

use generator::cli::diff::Report;
use generator::cli::messages::style_of;
use generator::diagnostics::Style;
use generator::diff::{self, Bump, Change, Origins, Side};
use generator::update::{self, Replacement, Words};
use generator::{Diagnostics, Output, ServiceConfig, Source};

use super::changelog::Entry;
use super::{Args, Input, sentences, worklist};
use crate::days;

/// Everything that an update writes and prints.
pub(super) struct Plan {
    pub(super) said: String,
    /// The files of the client.
    pub(super) files: Vec<Output>,
    pub(super) folder: PathBuf,
    /// Its change log, the table of services and the model.
    pub(super) others: Vec<(PathBuf, String)>,
}

impl Input<'_> {
    /// Prepares everything before anything is written; `None` if nothing changes.
    pub(super) fn plan(&self, args: &Args) -> Result<Option<Plan>, Diagnostics> {
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
