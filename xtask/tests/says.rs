//! What commands return when they cannot say or write what they have to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A full disk, and a reader that has seen enough.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_said_is_a_failure() {
    let workspace = workspace();
    let cases: [(&[&str], i32); 7] = [
        (&["codegen"], 1),
        (&["codegen", "--check"], 1),
        (&["diff", "one", "models/one.json"], 3),
        (&["ci", "--list"], 1),
        (&["format", "--check"], 1),
        (&["--help"], 1),
        (&["--version"], 1),
    ];
    fs::create_dir_all(workspace.path().join("templates")).unwrap();
    for folder in ["examples", "generator", "tests", "xtask"] {
        fs::create_dir(workspace.path().join(folder)).unwrap();
    }
    fs::write(workspace.path().join("tests/a.rs"), "fn  a ( ) { }").unwrap();
    for (arguments, expected) in cases {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = xtask(&workspace, arguments);
        let failed = command.stdout(full).output().unwrap();
        assert_eq!(failed.status.code(), Some(expected), "{arguments:?}");
        assert_eq!(
            stderr(&failed),
            "error: cannot write to stdout: No space left on device (os error 28)\n",
            "{arguments:?}"
        );
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let closed = xtask(&workspace, arguments).stdout(writer).output();
        let closed = closed.unwrap();
        assert_eq!(closed.status.code(), Some(141), "{arguments:?}");
        assert_eq!(stderr(&closed), "", "{arguments:?}");
    }
    // All clients were written before the first was spoken of.
    for client in ["one", "two"] {
        let library = format!("generated/client-{client}/src/lib.rs");
        assert!(workspace.path().join(library).exists());
    }
}

/// A link that leads nowhere can be compared with, like a folder that does not exist, but no folder
/// can be made in its place.
#[cfg(unix)]
#[test]
fn not_all_was_written_is_said_when_something_was() {
    let cases = [
        ("one", "nothing was written"),
        ("two", "not all was written"),
    ];
    for (occupied, outcome) in cases {
        let workspace = workspace();
        let folder = workspace.path().join("generated");
        fs::create_dir(&folder).unwrap();
        let link = folder.join(format!("client-{occupied}"));
        std::os::unix::fs::symlink("nowhere", link).unwrap();
        let failed = xtask(&workspace, &["codegen"]).output().unwrap();
        assert_eq!(failed.status.code(), Some(1), "{outcome}");
        let said = stderr(&failed);
        assert!(said.ends_with(&format!("1 problem; {outcome}\n")), "{said}");
        let is_written = folder.join("client-one/src/lib.rs").exists();
        assert_eq!(is_written, occupied == "two");
    }
}

#[test]
fn a_version_is_told() {
    let said = xtask(&workspace(), &["--version"]).output().unwrap();
    let expected = format!("cargo xtask {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(String::from_utf8_lossy(&said.stdout), expected);
}

/// A workspace with two services.
fn workspace() -> TempDir {
    let workspace = TempDir::new().unwrap();
    let models = workspace.path().join("models");
    fs::create_dir(&models).unwrap();
    let mut table = String::new();
    for service in ["one", "two"] {
        let model = root().join("tests/cases/models/recursive_union/model.json");
        fs::copy(model, models.join(format!("{service}.json"))).unwrap();
        table += &format!("[{service}]\ncrate = \"client-{service}\"\nversion = \"1.0.0\"\n");
    }
    fs::write(models.join("services.toml"), table).unwrap();
    let partitions = root().join("models/partitions.json");
    fs::copy(partitions, models.join("partitions.json")).unwrap();
    workspace
}

fn xtask(workspace: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .args(arguments)
        .arg("--workspace")
        .arg(workspace.path())
        .current_dir(workspace.path());
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it writes UTF-8")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
