//! Files on disk.
//!
//! Checking and writing share one comparison, so that they cannot disagree. Each file is written to
//! a temporary file beside its place and then moved: an interrupted run leaves every file old or
//! new, never half.

mod staged;
pub mod steps;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use self::staged::{Staged, is_staged, move_all, staged};
use self::steps::step;
use crate::diagnostics::Diagnostics;
use crate::output::{DEPENDENCIES, MARK, Output};

/// Files that are created with a crate and belong to its maintainers from then on.
const BEGUN: [&str; 2] = ["CHANGELOG.md", "LICENSE"];

/// A file that maintainers may replace with their own.
const README: &str = "README.md";

/// Entries of a crate's folder that are ignored: they can be large.
const KEPT: [&str; 3] = [".git", "target", LOCK];

/// The file that is locked on platforms where folders cannot be.
const LOCK: &str = ".codegen-lock";

/// Files that identify a folder as a generated client: a package, or a module of another crate.
const MARKED: [&str; 2] = ["Cargo.toml", DEPENDENCIES];

/// How a generated file begins: a comment in Rust, TOML or Markdown, with the text of
/// [`header`](crate::output::header).
const COMMENTS: [&str; 3] = ["// ", "# ", "<!-- "];

/// Number of bytes that are read to find out whether a file is generated.
const BEGINNING: u64 = 64;

/// What differs between a crate in memory and on disk.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Files that are new.
    pub added: Vec<PathBuf>,
    /// Files whose text differs.
    pub changed: Vec<PathBuf>,
    /// Generated files that the crate no longer has.
    pub removed: Vec<PathBuf>,
    /// Files of the user in place of generated ones, which are kept.
    pub kept: Vec<PathBuf>,
    /// Number of files that are up to date.
    pub unchanged: usize,
}

impl Changes {
    /// Whether everything is up to date.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// Compares a crate's files with its folder.
///
/// # Errors
///
/// Fails if the folder cannot be read, contains anything other than a generated crate, or has
/// symbolic links in place of files of the crate.
pub fn compare(files: &[Output], folder: &Path) -> Result<Changes, Diagnostics> {
    refuse_foreign(folder)?;
    refuse_links(files, folder)?;
    let mut changes = Changes::default();
    for file in files {
        let path = folder.join(&file.path);
        if can_be_a_link(&file.path) && path.is_symlink() {
            changes.unchanged += 1;
            continue;
        }
        match fs::read(&path) {
            Ok(text) if text == file.text.as_bytes() => changes.unchanged += 1,
            Ok(_) if is_begun(&file.path) => changes.unchanged += 1,
            Ok(text) if file.path == README && !is_marked(&text) => changes.kept.push(path),
            Ok(_) => changes.changed.push(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => changes.added.push(path),
            Err(error) => return Err(failed(&path, "read", &error)),
        }
    }
    let expected: BTreeSet<_> = files.iter().map(|file| folder.join(&file.path)).collect();
    for path in existing(folder)? {
        if !expected.contains(&path) && (is_staged(&path) || is_generated(&path)?) {
            changes.removed.push(path);
        }
    }
    Ok(changes)
}

/// Writes a crate's files to a folder, and returns what has changed.
///
/// Files that are up to date are not touched. Generated files that the crate no longer has, which say so in
/// their first line, are removed. All other files are kept. The change log, the license and a README
/// without that line are created if they do not exist, and never replaced.
///
/// # Errors
///
/// Fails if the folder cannot be read or written, contains anything other than a generated crate,
/// or has symbolic links in place of files of the crate: nothing is written through a link. Each
/// file that was written until then is complete, and a second run writes the rest.
pub fn write(files: &[Output], folder: &Path) -> Result<Changes, Diagnostics> {
    write_with(files, folder, &[])
}

/// The same as [`write()`], together with other files: either all of them are written, or none.
///
/// The other files are written first, in their order, and replace existing ones: as long as none of
/// them has changed, nothing has.
///
/// # Errors
///
/// The same as [`write()`]. In that case nothing has changed, unless an obsolete file cannot be
/// removed.
pub fn write_with(
    files: &[Output],
    folder: &Path,
    others: &[(PathBuf, String)],
) -> Result<Changes, Diagnostics> {
    fs::create_dir_all(folder).map_err(|error| failed(folder, "create", &error))?;
    let _lock = lock(folder)?;
    let changes = compare(files, folder)?;
    let written: BTreeSet<_> = changes.added.iter().chain(&changes.changed).collect();
    let mut staged = staged(others)?;
    for file in files {
        let path = folder.join(&file.path);
        if written.contains(&path) {
            staged.push(Staged::new(path, &file.text)?);
        }
    }
    move_all(staged)?;
    for path in &changes.removed {
        step();
        fs::remove_file(path).map_err(|error| failed(path, "remove", &error))?;
        remove_empty_folders(path, folder);
    }
    Ok(changes)
}

/// Writes files and replaces what exists: either all of them, or none.
///
/// # Errors
///
/// Fails if one of them cannot be written.
pub fn write_all(files: &[(PathBuf, String)]) -> Result<(), Diagnostics> {
    move_all(staged(files)?)
}

/// Removes the staged files of a run that was killed, down to some depth. The caller has the [`lock`] of
/// the folder, so that there is no other run.
///
/// # Errors
///
/// Fails if a file cannot be removed.
pub fn sweep(folder: &Path, depth: usize) -> Result<(), Diagnostics> {
    if !folder.exists() {
        return Ok(());
    }
    for path in existing_to(folder, depth)? {
        if is_staged(&path) {
            step();
            fs::remove_file(&path).map_err(|error| failed(&path, "remove", &error))?;
        }
    }
    Ok(())
}

fn is_begun(path: &str) -> bool {
    BEGUN.contains(&path)
}

/// Whether this path may be a symbolic link of the user, which is kept.
fn can_be_a_link(path: &str) -> bool {
    is_begun(path) || path == README
}

/// Whether a file begins with the header of generated files.
fn is_marked(text: &[u8]) -> bool {
    COMMENTS.iter().any(|comment| {
        let rest = text.strip_prefix(comment.as_bytes());
        rest.is_some_and(|rest| rest.starts_with(MARK.as_bytes()))
    })
}

fn is_generated(path: &Path) -> Result<bool, Diagnostics> {
    let mut text = Vec::new();
    File::open(path)
        .and_then(|file| file.take(BEGINNING).read_to_end(&mut text))
        .map_err(|error| failed(path, "read", &error))?;
    Ok(is_marked(&text))
}

/// Locks a folder, so that two runs do not write it at once: the second waits until the first drops the
/// returned value.
///
/// The folder itself is locked, so no file has to be created for it.
///
/// # Errors
///
/// Fails if the folder cannot be opened.
pub fn lock(folder: &Path) -> Result<File, Diagnostics> {
    let file = open_to_lock(folder).map_err(|error| failed(folder, "open", &error))?;
    loop {
        match file.lock() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // Some file systems, such as network ones, have no locks.
            Ok(()) | Err(_) => return Ok(file),
        }
    }
}

#[cfg(unix)]
fn open_to_lock(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

#[cfg(not(unix))]
fn open_to_lock(folder: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    options.open(folder.join(LOCK))
}

/// Refuses a folder with other content, which was probably named by mistake.
fn refuse_foreign(folder: &Path) -> Result<(), Diagnostics> {
    let is_marked = |file: &str| {
        let text = fs::read(folder.join(file));
        text.is_ok_and(|text| is_marked(&text))
    };
    // A killed run may have left only temporary files.
    if MARKED.iter().any(|file| is_marked(file))
        || existing(folder)?.iter().all(|path| is_staged(path))
    {
        return Ok(());
    }
    let mut diagnostics = Diagnostics::new();
    diagnostics.file_error(
        folder,
        "the folder has files in it and is not a generated crate",
        "name a folder that is empty or does not exist: files of the client would replace those \
         of the same name",
    );
    Err(diagnostics)
}

/// Refuses symbolic links: what they point to belongs to somebody else.
fn refuse_links(files: &[Output], folder: &Path) -> Result<(), Diagnostics> {
    let mut links = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for file in files {
        let below = Path::new(&file.path).ancestors();
        for path in below.filter(|path| !path.as_os_str().is_empty()) {
            if !seen.insert(path) || can_be_a_link(&file.path) {
                continue;
            }
            let path = folder.join(path);
            if path.is_symlink() {
                links.insert(path);
            }
        }
    }
    let mut diagnostics = Diagnostics::new();
    for link in &links {
        diagnostics.file_error(
            link,
            "a symbolic link is in the place of a generated file or folder",
            "remove the link, or name another folder: nothing is written through links",
        );
    }
    diagnostics.into_result(())
}

/// All files of a folder, generated or not.
fn existing(folder: &Path) -> Result<Vec<PathBuf>, Diagnostics> {
    existing_to(folder, usize::MAX)
}

fn existing_to(folder: &Path, depth: usize) -> Result<Vec<PathBuf>, Diagnostics> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let kept = |path: &Path| KEPT.iter().any(|name| path == folder.join(name));
    let mut files = Vec::new();
    for entry in WalkDir::new(folder)
        .max_depth(depth)
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
        // Folders that are not empty cannot be removed, which is intended.
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
        "make sure that the folder exists, is writable and has enough space, then run the command again",
    );
    diagnostics
}
