//! Shared code of the workspace's tests.

mod items;
mod models;
mod outline;
pub mod scratch;

use std::path::{Path, PathBuf};

pub use items::items_about;
pub use models::{Case, hazards, partitions, real_services};
pub use outline::outline;

/// The code of the project's pages and of the clients' READMEs.
#[cfg(doctest)]
mod readmes {
    #[doc = include_str!("../../README.md")]
    pub struct Project;

    #[doc = include_str!("../../docs/quick-start.md")]
    pub struct QuickStart;

    #[doc = include_str!("../../docs/using.md")]
    pub struct Using;

    #[doc = include_str!("../../docs/testing.md")]
    pub struct Testing;

    #[doc = include_str!("../../docs/build-scripts.md")]
    pub struct BuildScripts;

    #[doc = include_str!("../../generated/client-ivs/README.md")]
    pub struct Ivs;

    #[doc = include_str!("../../generated/client-ivs-realtime/README.md")]
    pub struct Realtime;

    #[doc = include_str!("../../generated/client-ivschat/README.md")]
    pub struct Chat;
}

/// A path in the workspace.
pub fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The folders in a folder, in the order of their names.
///
/// # Panics
///
/// Panics if the folder cannot be read.
pub fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
    let mut folders: Vec<_> = entries
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// The name of a file or folder.
pub fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(std::ffi::OsStr::to_str)
        .unwrap_or_default()
}
