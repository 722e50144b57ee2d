//! Finds the models of `diff`.

use std::path::{Path, PathBuf};
use std::process::Command;

use generator::cli::diff::Models;
use generator::config::package_part;
use generator::{Diagnostics, ServiceConfig, Services, Source, UnsupportedOperations};

use crate::codegen::model_of;

/// Finds the models for the arguments.
///
/// # Errors
///
/// Fails if a file cannot be read, git does not have it, or nothing has the name.
pub fn find(old: &str, new: Option<&str>, workspace: &Path) -> Result<Models, Diagnostics> {
    let services = Services::read(&workspace.join("models/services.toml"))?;
    let partitions = Source::read(workspace.join("models/partitions.json"))?;
    let finder = Finder {
        services: &services,
        workspace,
    };
    let (old, new) = match (finder.service(old), new) {
        (Some(service), new) => finder.of_service(service, new.unwrap_or("HEAD"))?,
        (None, Some(new)) => (finder.model(old)?, finder.model(new)?),
        (None, None) => {
            return Err(Diagnostics::of(
                format!("`{old}` is the old model, and there is no new one"),
                "name the new model, or a service of models/services.toml: see `--help`",
            ));
        }
    };
    let config = [&new, &old].map(|model| finder.config(model.name()));
    let config = config.into_iter().flatten().next();
    Ok(Models {
        config: config.unwrap_or_else(|| config_of(new.name())),
        partitions: generator::partitions(&partitions)?,
        old,
        new,
    })
}

struct Finder<'a> {
    services: &'a Services,
    workspace: &'a Path,
}

impl Finder<'_> {
    /// The service with this name or package, unless a file has the name.
    fn service(&self, name: &str) -> Option<&str> {
        let mut services = self.services.iter();
        let (service, _) = services.find(|(it, config)| *it == name || config.package == name)?;
        (!Path::new(name).is_file()).then_some(service)
    }

    /// The model of a service, and the one to compare it with.
    fn of_service(&self, service: &str, other: &str) -> Result<(Source, Source), Diagnostics> {
        let path = model_of(self.workspace, service);
        if Path::new(other).is_file() || self.service(other).is_some() || other.contains(':') {
            return Ok((self.model(service)?, self.model(other)?));
        }
        if let Some((from, to)) = other.split_once("..") {
            return Ok((self.at(from, &path)?, self.at(to, &path)?));
        }
        if !self.is_revision(other) {
            return Err(Diagnostics::of(
                format!("`{other}` is no file, no service and no revision of git"),
                "name a file, or what `git rev-parse` knows, such as `HEAD~3`",
            ));
        }
        Ok((self.at(other, &path)?, self.model(service)?))
    }

    /// A file, a service, or a file at a revision.
    fn model(&self, name: &str) -> Result<Source, Diagnostics> {
        let path = match self.service(name) {
            Some(service) => self.workspace.join(model_of(self.workspace, service)),
            None => PathBuf::from(name),
        };
        if let Some((revision, path)) = name.split_once(':').filter(|_| !path.is_file()) {
            return self.at(revision, path);
        }
        let shown = path.strip_prefix(self.workspace).unwrap_or(&path);
        Ok(Source::load([&path])?.named(shown.display().to_string()))
    }

    /// A file of the workspace at a revision in git, by default the last one.
    fn at(&self, revision: &str, path: &str) -> Result<Source, Diagnostics> {
        let revision = if revision.is_empty() {
            "HEAD"
        } else {
            revision
        };
        if self.workspace.join(path).is_dir() {
            return Err(Diagnostics::of(
                format!("{path} is a folder, which is not read at a revision"),
                "check the revision out with `git worktree`, and name the folder there",
            ));
        }
        let name = format!("{revision}:{path}");
        let output = self.git(&["show", "--end-of-options", &name]);
        let output = output.map_err(|error| {
            let message = format!("git cannot be run: {error}");
            Diagnostics::of(message, "install git, or name files instead of revisions")
        })?;
        match String::from_utf8(output.stdout) {
            Ok(text) if output.status.success() => Source::parse(name, text),
            Ok(_) => {
                let reason = String::from_utf8_lossy(&output.stderr);
                let message = format!("git does not have the model {name}: {}", reason.trim());
                Err(Diagnostics::of(
                    message,
                    "check the revision, and the path in it",
                ))
            }
            Err(_) => Err(Diagnostics::of(
                format!("{name} is no text"),
                "models are UTF-8 text files",
            )),
        }
    }

    fn is_revision(&self, name: &str) -> bool {
        let commit = format!("{name}^{{commit}}");
        let output = self.git(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ]);
        output.is_ok_and(|output| output.status.success())
    }

    fn git(&self, arguments: &[&str]) -> std::io::Result<std::process::Output> {
        let mut git = Command::new("git");
        git.arg("-C").arg(self.workspace).args(arguments).output()
    }

    /// The settings of the service whose model has the same file name.
    fn config(&self, name: &str) -> Option<ServiceConfig> {
        let mut services = self.services.iter();
        let (_, config) = services.find(|(service, _)| *service == stem(name))?;
        Some(config.clone())
    }
}

/// Settings for a model without a table. Unsupported operations are left out.
fn config_of(name: &str) -> ServiceConfig {
    let mut config = ServiceConfig::new(format!("client-{}", package_part(stem(name))));
    config.unsupported = UnsupportedOperations::LeaveOut;
    config
}

/// The file's name without `.json`.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', ':', '\\']).next().unwrap_or(name);
    file.strip_suffix(".json").unwrap_or(file)
}
