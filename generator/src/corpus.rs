//! Published models beside the project, for tests that try real ones.

use std::path::{Path, PathBuf};
use std::thread;

/// A test run tries one of this many models of the corpus.
const SHARE: usize = 12;

/// The JSON files below these folders of the workspace, ordered by path. A folder may be absent.
///
/// The corpus is 235 models and 86 MB. A run tries a share of them, which is always the same, or
/// all with `CORPUS=all`.
pub(crate) fn published(folders: &[&str]) -> Vec<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in folders {
        let folder = workspace.join(folder);
        if !folder.is_dir() {
            println!("left out: there is no folder {}", folder.display());
            continue;
        }
        let entries = walkdir::WalkDir::new(&folder).sort_by_file_name();
        let paths = entries
            .into_iter()
            .map(|entry| entry.expect("it can be listed").into_path());
        files.extend(paths.filter(|path| path.extension().is_some_and(|it| it == "json")));
    }
    let is_all = std::env::var_os("CORPUS").is_some_and(|which| which == "all");
    let mut number = 0;
    files.retain(|path| {
        let is_corpus = path.components().any(|part| part.as_os_str() == "corpus");
        number += usize::from(is_corpus);
        is_all || !is_corpus || number % SHARE == 0
    });
    files
}

/// Runs a check on all values, with a thread for each processor, and returns what it finds.
pub(crate) fn find<T: Sync, R: Send>(all: &[T], check: impl Fn(&T) -> Option<R> + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let found = thread::scope(|scope| {
        let start = |number| {
            let every = all.iter().skip(number).step_by(threads);
            scope.spawn(|| every.filter_map(&check).collect::<Vec<_>>())
        };
        let threads: Vec<_> = (0..threads).map(start).collect();
        let found = threads
            .into_iter()
            .map(|it| it.join().expect("no check panics"));
        found.collect::<Vec<_>>()
    });
    found.into_iter().flatten().collect()
}
