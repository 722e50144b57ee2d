//! What the hand-written pages show of the command.

#[path = "../../xtask/tests/docs/pages.rs"]
mod pages;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use self::pages::{pages, root};

const PROGRAM: [&str; 1] = ["smithy-client-gen"];

fn run(arguments: &[String], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_smithy-client-gen"));
    command.args(arguments).current_dir(folder);
    command.stdin(Stdio::null()).output().unwrap()
}

#[test]
fn the_command_has_the_options_that_pages_show() {
    for page in pages() {
        for command in page.commands(&PROGRAM) {
            let arguments = [&command[PROGRAM.len()..], &["--help".to_owned()]].concat();
            let output = run(&arguments, &root());
            let problem = String::from_utf8_lossy(&output.stderr);
            let path = page.path.display();
            assert!(output.status.success(), "{path}: {command:?}: {problem}");
        }
    }
}

/// With the model of `examples/quick-start`, and others of `tests/cases/book`.
#[test]
fn pages_show_what_the_command_prints() {
    let folder = TempDir::new().unwrap();
    for model in [
        "examples/quick-start/weather.smithy",
        "tests/cases/book/next.smithy",
        "tests/cases/book/typo.smithy",
    ] {
        let path = root().join(model);
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    for page in pages() {
        page.compare_outputs(&PROGRAM, |words| run(words, folder.path()));
    }
}
