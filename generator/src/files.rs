//! Finds and reads the files of a model.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use serde::Deserialize;
use walkdir::WalkDir;

use crate::diagnostics::{Diagnostics, Files, Source};
use crate::smithy::idl;

/// The name of the file that lists the models of a project for Smithy's own tools.
const BUILD: &str = "smithy-build.json";

/// The path that means the standard input.
const STDIN: &str = "-";

impl Source {
    /// Reads a model: a file of the IDL or with a JSON AST, a folder of such files, or a
    /// `smithy-build.json` that names them. `-` is the standard input.
    ///
    /// The text of the source is a JSON AST, whatever the model is read from.
    ///
    /// # Errors
    ///
    /// Returns all problems of the files: those that cannot be read, and what Smithy's grammar forbids.
    pub fn load<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Self, Diagnostics> {
        load(paths).map(|loaded| loaded.source)
    }

    /// A model from a text in the IDL or a JSON AST.
    ///
    /// # Errors
    ///
    /// Returns what the grammar of the IDL forbids.
    pub fn parse(name: impl Into<String>, text: impl Into<String>) -> Result<Self, Diagnostics> {
        let (name, text) = (name.into(), text.into());
        if idl::is_json(&text) {
            return Ok(Self::new(name, text));
        }
        let mut files = Files::default();
        files.push(&*name, text);
        idl::assemble(&name, files)
    }

    /// Reads a file. One whose name ends in `.smithy` is a [model](Self::load).
    ///
    /// # Errors
    ///
    /// Returns one problem if the file cannot be read or is not UTF-8, or those of [`load`](Self::load).
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Diagnostics> {
        let path = path.as_ref();
        match path.extension() {
            Some(extension) if extension == "smithy" => Self::load([path]),
            _ => Self::read_text(path),
        }
    }

    /// Reads a file without parsing it.
    pub(crate) fn read_text(path: &Path) -> Result<Self, Diagnostics> {
        let (problem, remedy) = match std::fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => {
                // Some editors begin a file with a byte order mark.
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                return Ok(Self::new(path.display().to_string(), text));
            }
            Ok(Err(error)) => (not_utf8(&error), "save the file as UTF-8"),
            Err(error) => (format!("cannot read the file: {error}"), "check the path"),
        };
        let mut diagnostics = Diagnostics::new();
        diagnostics.file_error(path, problem, remedy);
        Err(diagnostics)
    }
}

fn not_utf8(error: &FromUtf8Error) -> String {
    let (sound, rest) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
    let line = sound.iter().filter(|byte| **byte == b'\n').count() + 1;
    let byte = rest.first().copied().unwrap_or_default();
    format!("the file is not UTF-8: there is the byte 0x{byte:02X} in line {line}")
}

/// A model, and what it was read from.
pub(crate) struct Loaded {
    pub(crate) source: Source,
    /// Files and folders that change the model when they change.
    pub(crate) read: Vec<PathBuf>,
}

/// The part of a `smithy-build.json` that is about the model.
#[derive(Deserialize)]
struct Build {
    #[serde(default)]
    sources: Vec<PathBuf>,
    #[serde(default)]
    imports: Vec<PathBuf>,
}

/// The files that were found, in order, each once.
#[derive(Default)]
struct Found {
    models: Vec<PathBuf>,
    seen: BTreeSet<PathBuf>,
    read: Vec<PathBuf>,
    problems: Diagnostics,
}

/// Reads a model from files, folders and `smithy-build.json`.
pub(crate) fn load<P: AsRef<Path>>(
    paths: impl IntoIterator<Item = P>,
) -> Result<Loaded, Diagnostics> {
    let paths: Vec<PathBuf> = paths.into_iter().map(|it| it.as_ref().to_owned()).collect();
    let mut found = Found::default();
    for path in &paths {
        found.take(path);
    }
    let name = paths
        .iter()
        .map(|it| shown(it))
        .collect::<Vec<_>>()
        .join(" ");
    let Found {
        models,
        read,
        mut problems,
        ..
    } = found;
    if problems.is_empty() && models.is_empty() {
        let message = format!("there is no model in {name}");
        problems = Diagnostics::of(message, "name a folder with `.smithy` or `.json` files");
    }
    let mut sources = Vec::new();
    for model in &models {
        match text_of(model) {
            Ok(source) => sources.push(source),
            Err(more) => problems.merge(more),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let source = match <[Source; 1]>::try_from(sources) {
        // A single JSON file is used as it is, so that diagnostics refer to its own text.
        Ok([only]) if !idl::is_idl(&only) => only,
        Ok([only]) => assemble(&name, vec![only])?,
        Err(sources) => assemble(&name, sources)?,
    };
    Ok(Loaded { source, read })
}

fn assemble(name: &str, sources: Vec<Source>) -> Result<Source, Diagnostics> {
    let mut files = Files::default();
    for source in sources {
        files.push(source.name(), source.text());
    }
    idl::assemble(name, files)
}

fn text_of(path: &Path) -> Result<Source, Diagnostics> {
    if path != Path::new(STDIN) {
        return Source::read_text(path);
    }
    let mut text = String::new();
    match std::io::stdin().read_to_string(&mut text) {
        Ok(_) => Ok(Source::new(shown(path), text)),
        Err(error) => Err(Diagnostics::of(
            format!("cannot read the standard input: {error}"),
            "pipe a model into the command",
        )),
    }
}

fn shown(path: &Path) -> String {
    match path == Path::new(STDIN) {
        true => "standard input".to_owned(),
        false => path.display().to_string(),
    }
}

impl Found {
    fn take(&mut self, path: &Path) {
        let build = path.join(BUILD);
        if path == Path::new(STDIN) {
            self.add(path);
        } else if path.file_name().is_some_and(|it| it == BUILD) {
            self.take_build(path);
        } else if build.is_file() {
            self.take_build(&build);
        } else if path.is_dir() {
            self.take_folder(path);
        } else {
            self.read.push(path.to_owned());
            self.add(path);
        }
    }

    fn add(&mut self, path: &Path) {
        let key = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if self.seen.insert(key) {
            self.models.push(path.to_owned());
        }
    }

    /// Takes the models of a folder and of its subfolders, in the order of their paths.
    fn take_folder(&mut self, folder: &Path) {
        self.read.push(folder.to_owned());
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let message = format!("cannot read the folder: {error}");
                    self.problems.file_error(folder, message, "check the path");
                    continue;
                }
            };
            let path = entry.path();
            if entry.file_type().is_file() && is_model(path) {
                self.read.push(path.to_owned());
                self.add(path);
            }
        }
    }

    fn take_build(&mut self, path: &Path) {
        self.read.push(path.to_owned());
        let source = match Source::read_text(path) {
            Ok(source) => source,
            Err(problems) => return self.problems.merge(problems),
        };
        let build: Build = match serde_json::from_str(source.text()) {
            Ok(build) => build,
            Err(error) => {
                let message = format!("this is not a {BUILD}: {error}");
                let remedy = "`sources` and `imports` are lists of files and folders";
                return self.problems.file_error(path, message, remedy);
            }
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let named = build.imports.len() + build.sources.len();
        for part in build.sources.iter().chain(&build.imports) {
            self.take_part(&folder.join(part));
        }
        if named == 0 {
            let conventional = folder.join("model");
            if conventional.is_dir() {
                self.take_folder(&conventional);
            }
        }
    }

    /// Takes a file that a `smithy-build.json` names, which cannot be another `smithy-build.json`.
    fn take_part(&mut self, path: &Path) {
        if path.is_dir() {
            self.take_folder(path);
        } else {
            self.read.push(path.to_owned());
            self.add(path);
        }
    }
}

/// Whether a file in a folder is a model: the folder may contain other JSON as well.
fn is_model(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str());
    match extension {
        Some("smithy") => true,
        Some("json") if path.file_name().is_some_and(|it| it != BUILD) => {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            text.contains("\"smithy\"")
        }
        _ => false,
    }
}
