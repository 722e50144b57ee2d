//! A journal of what an update is about to write, so that the next run can finish one that was killed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use generator::write::{self, steps};
use generator::{Diagnostics, Services, Source};
use serde_json::{Value, json};

/// Its path. All services share one table, so there is only one update at a time.
const PATH: &str = "models/.update.json";

/// An update that is being written.
pub struct Journal {
    /// The service, by the name of its model.
    service: String,
    /// The client's folder, relative to the workspace.
    folder: String,
    /// The command that undoes the update.
    takes_back: String,
    /// The files from which the client is generated, and the change log.
    files: Vec<File>,
}

struct File {
    /// Relative to the workspace.
    path: String,
    before: Option<String>,
    after: String,
}

/// How much of an update has been written.
enum Progress {
    /// Nothing, or everything was undone.
    None,
    /// Something.
    Some,
    /// Somebody else has changed a file since then.
    Lost(String),
}

impl Journal {
    /// Writes a journal for the client of a service, in its folder, and other files.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be read, or the journal cannot be written.
    pub fn begin(
        (service, folder): (&str, &Path),
        files: &[(PathBuf, String)],
        takes_back: &str,
        workspace: &Path,
    ) -> Result<Self, Diagnostics> {
        let file = |(path, after): &(PathBuf, String)| -> Result<File, Diagnostics> {
            Ok(File {
                path: below(workspace, path),
                before: read(path)?,
                after: after.clone(),
            })
        };
        let files: Result<Vec<_>, _> = files.iter().map(file).collect();
        let journal = Self {
            service: service.to_owned(),
            folder: below(workspace, folder),
            takes_back: takes_back.to_owned(),
            files: files?,
        };
        let text = journal.to_json().to_string();
        write::write_all(&[(workspace.join(PATH), text)])?;
        Ok(journal)
    }

    /// Removes the journal after the update was written completely or not at all. A partial update
    /// is left for [`finish`].
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be read, or the journal cannot be removed.
    pub fn end(&self, is_written: bool, workspace: &Path) -> Result<(), Diagnostics> {
        if !is_written && !matches!(self.progress(workspace)?, Progress::None) {
            return Ok(());
        }
        let path = workspace.join(PATH);
        steps::step();
        fs::remove_file(&path).map_err(|error| failed(&path, "removed", &error))
    }

    fn progress(&self, workspace: &Path) -> Result<Progress, Diagnostics> {
        let mut is_begun = false;
        for file in &self.files {
            let text = read(&workspace.join(&file.path))?;
            if text.as_ref() == Some(&file.after) {
                is_begun |= text != file.before;
            } else if text != file.before {
                return Ok(Progress::Lost(file.path.clone()));
            }
        }
        Ok(if is_begun {
            Progress::Some
        } else {
            Progress::None
        })
    }

    /// Writes what is missing.
    fn complete(&self, workspace: &Path) -> Result<String, Diagnostics> {
        let files = self.files.iter();
        let files = files.map(|file| (workspace.join(&file.path), file.after.clone()));
        write::write_all(&files.collect::<Vec<_>>())?;
        let mut services = Services::read(&workspace.join("models/services.toml"))?;
        services.read_extra_files(&workspace.join("templates"))?;
        let (service, config) = services.find(&self.service)?;
        let shown = format!("models/{service}.json");
        let model = Source::read(workspace.join(&shown))?;
        let partitions = Source::read(workspace.join("models/partitions.json"))
            .and_then(|source| generator::partitions(&source))?;
        let model = Source::new(shown, model.text());
        let client = generator::generate(&model, config, &partitions)?;
        let package = &config.package;
        write::write(&client.files, &workspace.join(&self.folder))?;
        Ok(format!(
            "the update of {package} to {} was interrupted and is finished now\n\n{}\n\n",
            config.version, self.takes_back
        ))
    }

    fn to_json(&self) -> Value {
        let files = self
            .files
            .iter()
            .map(|file| json!({"path": file.path, "before": file.before, "after": file.after}));
        json!({
            "service": self.service,
            "folder": self.folder,
            "takes_back": self.takes_back,
            "files": files.collect::<Vec<_>>(),
        })
    }

    fn from_json(value: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let files = value["files"].as_array()?.iter().map(|file| {
            Some(File {
                path: text(&file["path"])?,
                before: text(&file["before"]),
                after: text(&file["after"])?,
            })
        });
        Some(Self {
            service: text(&value["service"])?,
            folder: text(&value["folder"])?,
            takes_back: text(&value["takes_back"])?,
            files: files.collect::<Option<_>>()?,
        })
    }
}

/// Finishes an interrupted update, if there is one, and returns a message. The caller holds the
/// lock of the models.
///
/// # Errors
///
/// Fails if somebody has changed the files since then, or they cannot be written.
pub fn finish(workspace: &Path) -> Result<String, Diagnostics> {
    let said = match pending(workspace)? {
        Some(journal) => conclude(&journal, workspace)?,
        None => String::new(),
    };
    write::sweep(&workspace.join("models"), 1)?;
    Ok(said)
}

fn conclude(journal: &Journal, workspace: &Path) -> Result<String, Diagnostics> {
    let said = match journal.progress(workspace)? {
        Progress::None => {
            let folder = workspace.join(&journal.folder);
            let _lock = write::lock(&folder)?;
            write::sweep(&folder, usize::MAX)?;
            String::new()
        }
        Progress::Some => journal.complete(workspace)?,
        Progress::Lost(path) => {
            let mut diagnostics = Diagnostics::new();
            diagnostics.file_error(
                &workspace.join(&path),
                "an update was interrupted, and this file has been changed since then",
                format!(
                    "take back what the update has written, as `git status` shows it, and remove \
                     {PATH}; then update again"
                ),
            );
            return Err(diagnostics);
        }
    };
    journal.end(true, workspace)?;
    Ok(said)
}

/// Refuses to continue after an interrupted update.
///
/// # Errors
///
/// Fails if there is one.
pub fn refuse_pending(workspace: &Path) -> Result<(), Diagnostics> {
    match pending(workspace)? {
        None => Ok(()),
        Some(Journal { service, .. }) => Err(Diagnostics::of(
            format!("an update of models/{service}.json was interrupted"),
            format!("`cargo xtask codegen {service}` finishes it"),
        )),
    }
}

/// Whether an update was interrupted.
pub fn is_pending(workspace: &Path) -> bool {
    workspace.join(PATH).exists()
}

fn pending(workspace: &Path) -> Result<Option<Journal>, Diagnostics> {
    let path = workspace.join(PATH);
    let Some(text) = read(&path)? else {
        return Ok(None);
    };
    let value = serde_json::from_str(&text).unwrap_or_default();
    match Journal::from_json(&value) {
        Some(journal) => Ok(Some(journal)),
        None => {
            let mut diagnostics = Diagnostics::new();
            diagnostics.file_error(
                &path,
                "this is not the journal of an interrupted update",
                "take back what the update has written, as `git status` shows it, and remove this \
                 file",
            );
            Err(diagnostics)
        }
    }
}

/// A path relative to the workspace with `/`, as in the journal and in git.
pub fn below(workspace: &Path, path: &Path) -> String {
    let path = path.strip_prefix(workspace).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

/// The text of a file; `None` if there is none.
fn read(path: &Path) -> Result<Option<String>, Diagnostics> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, "read", &error)),
    }
}

fn failed(path: &Path, what: &str, error: &io::Error) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    diagnostics.file_error(
        path,
        format!("the file cannot be {what}: {error}"),
        "make the file readable and writable, then run the command again",
    );
    diagnostics
}
