//! The models and their clients.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use generator::cli::progress::Progress;
use generator::config::package_part;
use generator::ir::LeftOut;
use generator::{
    Diagnostics, Output, Partitions, ServiceConfig, Source, UnsupportedOperations, counted,
};
use walkdir::WalkDir;

use super::{Folder, Share};

/// The result for a model.
#[derive(Debug)]
pub struct Row {
    /// The folder and the file name without `.json`, the name in the table.
    pub name: String,
    /// The package of the client.
    pub package: String,
    /// The protocol, by the name of its trait.
    pub protocol: String,
    /// The number of operations in the client.
    pub operations: usize,
    /// The operations that were left out.
    pub left_out: Vec<LeftOut>,
    /// Why there is no client.
    pub refused: Option<Diagnostics>,
    /// The files of the client; empty if there is none.
    pub files: Vec<Output>,
    /// The time of generating, in seconds.
    pub seconds: f64,
    /// The result of the compiler, if the client was built.
    pub built: Option<Built>,
    /// Tests that passed and those that failed, if they were run.
    pub tested: Option<(usize, Vec<String>)>,
    /// Whether it passed in an earlier run.
    pub is_remembered: bool,
}

/// The messages of the compiler about a client.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// Errors and warnings, as printed.
    pub messages: Vec<String>,
}

impl Row {
    /// The number of operations in the model.
    pub fn all_operations(&self) -> usize {
        self.operations + self.left_out.len()
    }

    /// Lines of Rust.
    pub fn lines(&self) -> usize {
        let files = self.files.iter().filter(|it| it.path.ends_with(".rs"));
        files.map(|file| file.text.lines().count()).sum()
    }

    /// Whether there is a client without problems.
    pub fn is_sound(&self) -> bool {
        let is_quiet = self.built.as_ref().is_none_or(|it| it.messages.is_empty());
        let has_passed = self
            .tested
            .as_ref()
            .is_none_or(|(_, failed)| failed.is_empty());
        self.refused.is_none() && is_quiet && has_passed
    }

    /// Problems and left-out operations, for people.
    pub fn problems(&self) -> Vec<String> {
        let name = &self.name;
        let refused = self.refused.iter();
        let mut problems: Vec<_> = refused
            .map(|problems| format!("refused: {name}:\n{problems}"))
            .collect();
        let left_out = self.left_out.iter();
        problems.extend(
            left_out.map(|it| format!("left out: {name}: {}: {}", it.operation, it.reason)),
        );
        let built = self.built.iter().flat_map(|built| &built.messages);
        problems.extend(built.map(|message| format!("{name}:\n{message}")));
        let failed = self.tested.iter().flat_map(|(_, failed)| failed);
        problems.extend(failed.map(|test| format!("failed: {name}: {test}")));
        problems
    }

    /// A hash of the client's text.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for file in &self.files {
            (&file.path, &file.text).hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// A model.
pub(super) struct Found<'a> {
    path: PathBuf,
    partitions: &'a Partitions,
}

/// The models below these folders that have a service, sorted by path.
pub(super) fn find(folders: &[Folder], share: Share) -> Result<Vec<Found<'_>>> {
    let mut files = Vec::new();
    for Folder { path, partitions } in folders {
        if !path.exists() {
            bail!("there is no {}", path.display());
        }
        for entry in WalkDir::new(path).sort_by_file_name() {
            let path = entry.context("cannot list a folder")?.into_path();
            let kind = path.extension();
            if kind.is_some_and(|it| it == "json" || it == "smithy") && has_service(&path) {
                files.push(Found { path, partitions });
            }
        }
    }
    let parts = files.into_iter().enumerate();
    let part = parts.filter(|(index, _)| index % share.of == share.number - 1);
    Ok(part.map(|(_, file)| file).collect())
}

/// Whether a file looks like the model of a service. Files that cannot be read are reported later.
fn has_service(path: &Path) -> bool {
    match std::fs::read_to_string(path) {
        Ok(text) if path.extension().is_some_and(|it| it == "smithy") => {
            text.lines().any(|line| line.starts_with("service "))
        }
        Ok(text) => text.contains("\"smithy\"") && text.contains("\"service\""),
        Err(_) => true,
    }
}

/// Generates all clients, on all processors.
pub(super) fn generate(files: &[Found<'_>], progress: &Progress) -> Vec<Row> {
    let (next, rows) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(index) else {
                return;
            };
            let all = counted(files.len(), "model");
            let name = name(&file.path);
            progress.at(format!("generating {} of {all}: {name}", index + 1));
            let row = row(name, file);
            rows.lock().expect("no thread panicked").insert(index, row);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let rows = rows.into_inner().expect("no thread panicked");
    rows.into_values().collect()
}

/// The folder and the file name, because several folders may contain the same service.
fn name(file: &Path) -> String {
    let folder = file.parent().and_then(Path::file_name).unwrap_or_default();
    let stem = file.file_stem().unwrap_or_default();
    format!("{}/{}", folder.to_string_lossy(), stem.to_string_lossy())
}

fn row(name: String, file: &Found<'_>) -> Row {
    let start = Instant::now();
    // Folders may be hidden.
    let package = format!("client-{}", package_part(name.trim_start_matches('.')));
    let mut config = ServiceConfig::new(&package);
    config.unsupported = UnsupportedOperations::LeaveOut;
    let rendered =
        Source::read(&file.path).and_then(|it| generator::generate(&it, &config, file.partitions));
    let mut row = Row {
        name,
        package,
        protocol: String::new(),
        operations: 0,
        left_out: Vec::new(),
        refused: None,
        files: Vec::new(),
        seconds: start.elapsed().as_secs_f64(),
        built: None,
        tested: None,
        is_remembered: false,
    };
    match rendered {
        Ok(rendered) => {
            let client = rendered.client;
            row.protocol = client.service.protocol.protocol.name.to_owned();
            row.operations = client.operations.len();
            row.left_out = client.left_out;
            row.files = rendered.files;
        }
        Err(problems) => row.refused = Some(problems),
    }
    row
}
