//! Files of a client that come neither from its model nor from a template, such as examples.
//!
//! They are data of a service, like `models/services.toml`. Files below
//! `templates/services/<name>/` are copied into the client of that service; Rust files get the
//! header of generated files, all others are unchanged. Files below `templates/examples/` are
//! shared by all examples and copied into every client that has some.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::diagnostics::Diagnostics;
use crate::output::{Output, headed, header};

/// Reads all files below a folder, which may be empty or absent.
pub(crate) fn read(folder: &Path) -> Result<Vec<Output>, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let mut files = Vec::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                unreadable(&path, &error, &mut diagnostics);
                continue;
            }
        };
        match fs::read_to_string(entry.path()) {
            Ok(text) => files.push(Output {
                path: path_in_crate(folder, entry.path()),
                text,
            }),
            Err(error) => unreadable(entry.path(), &error, &mut diagnostics),
        }
    }
    diagnostics.into_result(files)
}

/// Where the files come from.
const ORIGIN: &str = "templates";

/// Where the examples of a client are.
const EXAMPLES: &str = "examples/";

/// The files of a service, with the shared files of examples if it has examples.
pub(crate) fn with_shared(mut files: Vec<Output>, shared: &[Output]) -> Vec<Output> {
    if files.iter().any(|file| file.path.starts_with(EXAMPLES)) {
        files.extend(shared.iter().map(|file| Output {
            path: format!("{EXAMPLES}{}", file.path),
            text: file.text.clone(),
        }));
    }
    files
}

/// The path below the crate's folder, with `/` on every platform.
fn path_in_crate(folder: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(folder).unwrap_or(file);
    let names: Vec<_> = relative
        .iter()
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.join("/")
}

fn unreadable(path: &Path, error: &impl std::fmt::Display, diagnostics: &mut Diagnostics) {
    diagnostics.file_error(
        path,
        format!("cannot read a file of the client: {error}"),
        "see to it that the file is UTF-8 text and can be read, or remove it",
    );
}

/// Adds files to those that were generated.
///
/// # Errors
///
/// Returns a diagnostic for each file whose path is taken.
pub(crate) fn add(
    generated: &mut Vec<Output>,
    extra: &[Output],
    made_by: &str,
) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    for file in extra {
        if generated.iter().any(|other| other.path == file.path) {
            diagnostics.file_error(
                Path::new(&file.path),
                "a file of the service has the place of a generated one",
                "rename or remove the file in the service's folder below templates/services",
            );
        }
    }
    diagnostics.into_result(())?;
    let header = header(made_by, ORIGIN);
    generated.extend(extra.iter().map(|file| {
        let text = match file.path.ends_with(".rs") {
            true => headed(&header, &file.text),
            false => file.text.clone(),
        };
        let path = file.path.clone();
        Output { path, text }
    }));
    Ok(())
}

/// The folders below `folder` whose names are not `known`.
pub(crate) fn strangers(folder: &Path, known: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut strangers: Vec<_> = entries
        .filter_map(Result::ok)
        .filter(|entry| !known(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect();
    strangers.sort();
    strangers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> Output {
        Output {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn files_are_found_at_any_depth_in_the_order_of_their_paths() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("examples/deep")).expect("a folder");
        for path in [
            "examples/two.rs",
            "examples/deep/main.rs",
            "examples/one.rs",
        ] {
            fs::write(folder.path().join(path), path).expect("a file");
        }
        let files = read(folder.path()).expect("all files can be read");
        assert_eq!(
            files,
            [
                "examples/deep/main.rs",
                "examples/one.rs",
                "examples/two.rs"
            ]
            .map(|path| file(path, path))
        );
        assert_eq!(read(&folder.path().join("none")).expect("no files"), []);
    }

    #[test]
    fn examples_get_what_all_of_them_share() {
        let shared = [file("program/mod.rs", "shared")];
        let examples = vec![file("examples/one.rs", "")];
        assert_eq!(
            with_shared(examples, &shared),
            [
                file("examples/one.rs", ""),
                file("examples/program/mod.rs", "shared")
            ]
        );
        let others = vec![file("NOTICE", "")];
        assert_eq!(with_shared(others.clone(), &shared), others);
    }

    #[test]
    fn a_file_that_is_no_text_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("picture"), [0xff, 0xfe]).expect("a file");
        let error = read(folder.path()).expect_err("it is no text").to_string();
        assert!(error.contains("picture"), "{error}");
    }

    #[test]
    fn a_generated_file_is_not_replaced() {
        let mut files = vec![file("README.md", "generated")];
        let extra = [file("examples/one.rs", ""), file("README.md", "extra")];
        let error = add(&mut files, &extra, "x").expect_err("its place is taken");
        assert_eq!(error.len(), 1);
        assert!(error.to_string().contains("README.md"), "{error}");
        assert_eq!(files, [file("README.md", "generated")]);
    }
}
