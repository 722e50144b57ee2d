//! The state in git of the files that an update writes, and the command that restores them.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

use generator::Diagnostics;

/// Maximum number of files in messages.
const NAMED: usize = 8;

/// What an update writes, by paths relative to the workspace.
#[derive(Debug, Default)]
pub struct Written {
    /// Files that are new.
    pub added: BTreeSet<String>,
    /// Files that are changed or removed.
    pub changed: BTreeSet<String>,
    /// The client's folder.
    pub folder: String,
}

/// Uncommitted changes below some paths.
#[derive(Debug, Default)]
pub struct Worktree {
    /// Changed files that git tracks.
    modified: BTreeSet<String>,
    /// Files that git does not track.
    untracked: BTreeSet<String>,
    /// Files and folders that git ignores; folders end with a slash.
    ignored: BTreeSet<String>,
}

impl Worktree {
    /// Asks git about the paths; `None` if there is no repository.
    ///
    /// # Errors
    ///
    /// Fails if git does not answer although there may be a repository, because then it is unknown
    /// what would be overwritten.
    pub fn read(workspace: &Path, paths: &[&str]) -> Result<Option<Self>, Diagnostics> {
        let prefix = match git(workspace, &["rev-parse", "--show-prefix"]) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unknown(&error.to_string())),
            Ok(output) if output.status.success() => text(&output.stdout),
            Ok(output) => {
                let reason = text(&output.stderr);
                return match reason.contains("not a git repository") {
                    true => Ok(None),
                    false => Err(unknown(&reason)),
                };
            }
        };
        let options = ["status", "--porcelain=v1", "-z", "--untracked-files=all"];
        let rest = ["--no-renames", "--ignored=matching", "--"];
        let arguments = [&options[..], &rest, paths].concat();
        let output = git(workspace, &arguments).map_err(|error| unknown(&error.to_string()))?;
        match output.status.success() {
            true => Ok(Some(Self::of(&text(&output.stdout), &prefix))),
            false => Err(unknown(&text(&output.stderr))),
        }
    }

    /// Parses the output of `git status --porcelain=v1 -z --no-renames`. Its paths are relative to
    /// the repository, which may contain the workspace.
    fn of(status: &str, prefix: &str) -> Self {
        let mut worktree = Self::default();
        for entry in status.split('\0') {
            let Some((state, path)) = entry.split_at_checked(3) else {
                continue;
            };
            let path = path.strip_prefix(prefix).unwrap_or(path).to_owned();
            match state.trim() {
                "??" => worktree.untracked.insert(path),
                "!!" => worktree.ignored.insert(path),
                _ => worktree.modified.insert(path),
            };
        }
        worktree
    }

    /// The written files whose current text is not in git.
    pub fn uncommitted<'a>(&self, written: &'a Written) -> Vec<&'a str> {
        let is_ignored = |path: &str| {
            let mut ignored = self.ignored.iter();
            ignored.any(|it| it == path || (it.ends_with('/') && path.starts_with(it.as_str())))
        };
        let is_kept = |path: &str| !self.modified.contains(path) && !self.untracked.contains(path);
        let paths = written.changed.iter().chain(&written.added);
        let paths = paths.map(String::as_str);
        // New files overwrite nothing, unless somebody has removed a file that git still has.
        let found = paths
            .filter(|path| !is_kept(path) || (written.changed.contains(*path) && is_ignored(path)));
        found.collect()
    }

    /// The command that undoes what was written, and nothing else.
    pub fn undo(&self, written: &Written, workspace: &Path) -> String {
        let is_here = std::env::current_dir().is_ok_and(|folder| is_same(&folder, workspace));
        let git = match is_here {
            true => "git".to_owned(),
            false => format!("git -C {}", quoted(&workspace.to_string_lossy())),
        };
        let is_inside = |path: &str| is_below(path, &written.folder);
        let others = |known: &BTreeSet<String>| {
            let mut known = known.iter().filter(|path| is_inside(path));
            known.any(|path| !written.changed.contains(path) && !written.added.contains(path))
        };
        // Names the folder instead of its files if it contains no other changes.
        let named = |paths: &BTreeSet<String>, has_others: bool| -> String {
            let (inside, mut named): (Vec<&str>, Vec<&str>) = paths
                .iter()
                .map(String::as_str)
                .partition(|path| is_inside(path));
            match has_others {
                true => named.extend(inside),
                false if inside.is_empty() => {}
                false => named.push(&written.folder),
            }
            named
                .iter()
                .map(|path| format!(" {}", quoted(path)))
                .collect()
        };
        let mut commands = Vec::new();
        if !written.changed.is_empty() {
            let paths = named(&written.changed, others(&self.modified));
            commands.push(format!("{git} checkout --{paths}"));
        }
        if !written.added.is_empty() {
            let paths = named(&written.added, others(&self.untracked));
            commands.push(format!("{git} clean -fd --{paths}"));
        }
        commands.join(" && ")
    }
}

/// Lists files, up to a maximum number.
pub fn listed(paths: &[&str]) -> String {
    let names = paths[..paths.len().min(NAMED)].join(", ");
    match paths.len().saturating_sub(NAMED) {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Quotes a word for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |character: char| {
        character.is_ascii_alphanumeric() || matches!(character, '/' | '.' | '_' | '-' | ':')
    };
    match word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

fn git(workspace: &Path, arguments: &[&str]) -> io::Result<Output> {
    let mut git = Command::new("git");
    // Git's messages are compared, so the locale is fixed. The index is not written.
    git.env("LC_ALL", "C").arg("--no-optional-locks");
    git.arg("--literal-pathspecs")
        .arg("-C")
        .arg(workspace)
        .args(arguments)
        .output()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .trim_end_matches('\n')
        .to_owned()
}

fn unknown(reason: &str) -> Diagnostics {
    Diagnostics::of(
        format!("cannot read the state of git: {}", reason.trim()),
        "fix that, or overwrite the files with `--allow-dirty`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(paths: &[&str]) -> BTreeSet<String> {
        paths.iter().map(ToString::to_string).collect()
    }

    fn written() -> Written {
        Written {
            added: set(&["generated/c/src/new.rs"]),
            changed: set(&["generated/c/a.rs", "models/m.json"]),
            folder: "generated/c".to_owned(),
        }
    }

    fn undo(status: &str) -> String {
        let here = std::env::current_dir().expect("there is a folder");
        Worktree::of(status, "sub/").undo(&written(), &here)
    }

    #[test]
    fn the_folder_stands_for_its_files() {
        let expected = "git checkout -- models/m.json generated/c && git clean -fd -- generated/c";
        assert_eq!(undo(""), expected);
        // Files elsewhere and ignored files do not matter.
        assert_eq!(
            undo("?? sub/generated/cc/x\0!! sub/generated/c/x\0 M sub/models/n.json\0"),
            expected
        );
    }

    #[test]
    fn nothing_else_is_taken_back() {
        assert_eq!(
            undo(" M sub/generated/c/Cargo.lock\0?? sub/generated/c/notes.txt\0"),
            "git checkout -- models/m.json generated/c/a.rs && git clean -fd -- generated/c/src/new.rs"
        );
    }

    #[test]
    fn what_is_written_and_not_committed_is_found() {
        let written = written();
        for (status, expected) in [
            ("", &[][..]),
            (" M sub/models/m.json\0", &["models/m.json"]),
            (
                "M  sub/models/m.json\0D  sub/models/n.json\0",
                &["models/m.json"],
            ),
            ("?? sub/models/m.json\0", &["models/m.json"]),
            ("!! sub/generated/\0", &["generated/c/a.rs"]),
            (
                " D sub/generated/c/src/new.rs\0",
                &["generated/c/src/new.rs"],
            ),
            (" M sub/generated/c/b.rs\0", &[]),
        ] {
            let worktree = Worktree::of(status, "sub/");
            assert_eq!(worktree.uncommitted(&written), expected, "{status}");
        }
    }

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("models/m.json"), "models/m.json");
        assert_eq!(quoted("a b's"), r"'a b'\''s'");
    }
}
