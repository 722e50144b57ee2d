//! Files that are written beside their places and then moved there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failed;
use super::steps::step;
use crate::diagnostics::Diagnostics;

/// The prefix of temporary files, until they are moved to their place.
const STAGED: &str = ".codegen-";

/// A complete temporary file beside its place, so that a full disk is noticed before anything
/// changes.
pub(super) struct Staged {
    new: NamedTempFile,
    path: PathBuf,
    /// The current content of its place; `None` if there is none.
    old: Option<Vec<u8>>,
}

impl Staged {
    pub(super) fn new(path: PathBuf, text: &str) -> Result<Self, Diagnostics> {
        let old = match fs::read(&path) {
            Ok(old) => Some(old),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(&path, "replace", &error)),
        };
        match temporary(&path, text.as_bytes()) {
            Ok(new) => Ok(Self { new, path, old }),
            Err(error) => Err(failed(&path, "write", &error)),
        }
    }
}

/// A file beside `path`.
fn temporary(path: &Path, text: &[u8]) -> io::Result<NamedTempFile> {
    let parent = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(parent)?;
    step();
    let mut temporary = tempfile::Builder::new()
        .prefix(STAGED)
        .tempfile_in(parent)?;
    temporary.write_all(text)?;
    make_readable(temporary.as_file())?;
    Ok(temporary)
}

/// Moves files to their places. If one cannot be moved, restores those before it.
pub(super) fn move_all(staged: Vec<Staged>) -> Result<(), Diagnostics> {
    let mut moved: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
    for Staged { new, path, old } in staged {
        step();
        match new.persist(&path) {
            Ok(_) => moved.push((path, old)),
            Err(error) => {
                for (path, old) in moved.iter().rev() {
                    restore(path, old.as_deref());
                }
                return Err(failed(&path, "write", &error.error));
            }
        }
    }
    Ok(())
}

/// Restores a file. Errors are ignored: they are unlikely, as the file has just been written, and
/// the first error is the one to report.
fn restore(path: &Path, old: Option<&[u8]>) {
    let _ = match old {
        Some(text) => temporary(path, text).and_then(|file| Ok(file.persist(path).map(drop)?)),
        None => fs::remove_file(path),
    };
}

/// Makes a temporary file readable by everybody: by default only its owner can read it.
#[cfg(unix)]
fn make_readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_: &File) -> io::Result<()> {
    Ok(())
}

/// Stages files with these texts.
pub(super) fn staged(files: &[(PathBuf, String)]) -> Result<Vec<Staged>, Diagnostics> {
    let files = files.iter();
    let staged = files.map(|(path, text)| Staged::new(path.clone(), text));
    staged.collect()
}

/// Whether a file is a temporary one, by its name.
pub(super) fn is_staged(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with(STAGED)
}
