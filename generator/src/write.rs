//! Stage 5: files on disk.
//!
//! Checking and writing share one comparison, so that they cannot disagree.
//! A crate is written into a folder beside its place and then moved there, file
//! by file: an interrupted run leaves each file old or new, never half.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::Output;
use crate::diagnostics::Diagnostics;

/// Files below a crate that are not the generator's.
const KEPT: [&str; 3] = ["CHANGELOG.md", "Cargo.lock", "target"];

/// What differs between a crate in memory and on disk.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Files that are new.
    pub added: Vec<PathBuf>,
    /// Files with another text.
    pub changed: Vec<PathBuf>,
    /// Files that the crate no longer has.
    pub removed: Vec<PathBuf>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

impl Changes {
    /// Whether everything is as it should be.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// Compares a crate's files with the folder that it lives in.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn compare(files: &[Output], folder: &Path) -> Result<Changes, Diagnostics> {
    let mut changes = Changes::default();
    for file in files {
        let path = folder.join(&file.path);
        match fs::read(&path) {
            Ok(text) if text == file.text.as_bytes() => changes.unchanged += 1,
            Ok(_) => changes.changed.push(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => changes.added.push(path),
            Err(error) => return Err(failed(&path, "read", &error)),
        }
    }
    let expected: BTreeSet<_> = files.iter().map(|file| folder.join(&file.path)).collect();
    changes.removed = existing(folder)?
        .into_iter()
        .filter(|path| !expected.contains(path))
        .collect();
    Ok(changes)
}

/// Makes a folder hold exactly a crate's files, and says what that changed.
///
/// Files that are as they should be are left alone. Other files are removed, but for those that
/// are not the generator's to remove: the change log and what cargo makes.
///
/// # Errors
///
/// When the folder cannot be read or written. What has been written then is whole, and a second
/// run completes it.
pub fn write(files: &[Output], folder: &Path) -> Result<Changes, Diagnostics> {
    fs::create_dir_all(folder).map_err(|error| failed(folder, "create", &error))?;
    let _lock = lock(folder)?;
    let changes = compare(files, folder)?;
    let written: BTreeSet<_> = changes.added.iter().chain(&changes.changed).collect();
    let staged = stage(files, folder, &written)?;
    for (temporary, path) in staged {
        temporary
            .persist(&path)
            .map_err(|error| failed(&path, "write", &error.error))?;
    }
    for path in &changes.removed {
        fs::remove_file(path).map_err(|error| failed(path, "remove", &error))?;
        remove_empty_folders(path, folder);
    }
    Ok(changes)
}

/// Writes everything that is new beside its place: a full disk is noticed before anything changes.
fn stage(
    files: &[Output],
    folder: &Path,
    written: &BTreeSet<&PathBuf>,
) -> Result<Vec<(tempfile::NamedTempFile, PathBuf)>, Diagnostics> {
    let mut staged = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        if !written.contains(&path) {
            continue;
        }
        let parent = path.parent().unwrap_or(folder);
        let temporary = fs::create_dir_all(parent)
            .and_then(|()| {
                tempfile::Builder::new()
                    .prefix(".codegen-")
                    .tempfile_in(parent)
            })
            .and_then(|mut temporary| {
                temporary.write_all(file.text.as_bytes())?;
                make_readable(temporary.as_file())?;
                Ok(temporary)
            })
            .map_err(|error| failed(&path, "write", &error))?;
        staged.push((temporary, path));
    }
    Ok(staged)
}

/// Temporary files are for their owner alone; generated ones are for everybody.
#[cfg(unix)]
fn make_readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_: &File) -> io::Result<()> {
    Ok(())
}

/// Keeps two runs from writing the same crate at once: the second waits for the first.
fn lock(folder: &Path) -> Result<File, Diagnostics> {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".codegen-lock");
    let path = std::env::temp_dir().join(format!(
        "{}-{:016x}",
        name.to_string_lossy(),
        folder_id(folder)
    ));
    let file = File::create(&path).map_err(|error| failed(&path, "create", &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            file.lock().map_err(|error| failed(&path, "lock", &error))?;
            Ok(file)
        }
        Err(TryLockError::Error(error)) => Err(failed(&path, "lock", &error)),
    }
}

/// A number for a folder that is the same in every process.
fn folder_id(folder: &Path) -> u64 {
    let path = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The generated files that a folder has.
fn existing(folder: &Path) -> Result<Vec<PathBuf>, Diagnostics> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let kept = |path: &Path| KEPT.iter().any(|name| path == folder.join(name));
    let mut files = Vec::new();
    for entry in WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !kept(entry.path()))
    {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            failed(&path, "read", &error.into())
        })?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn remove_empty_folders(path: &Path, folder: &Path) {
    for parent in path
        .ancestors()
        .skip(1)
        .take_while(|parent| *parent != folder)
    {
        // A folder that is not empty is not removed, and that is all there is to it.
        if fs::remove_dir(parent).is_err() {
            return;
        }
    }
}

fn failed(path: &Path, what: &str, error: &io::Error) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    diagnostics.file_error(
        path,
        format!("cannot {what} `{}`: {error}", path.display()),
        "see to it that the folder exists, is writable and has room, then run the command again",
    );
    diagnostics
}
