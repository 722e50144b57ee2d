//! The hand-written pages: their links, the book's list of pages, and the commands that they show.

mod links;
mod names;
mod pages;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use self::pages::{pages, root};

const PROGRAM: [&str; 2] = ["cargo", "xtask"];

fn xtask(arguments: &[String], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).current_dir(folder);
    command.stdin(Stdio::null()).output().unwrap()
}

#[test]
fn commands_have_the_options_that_pages_show() {
    for page in pages() {
        for command in page.commands(&PROGRAM) {
            let arguments = [&command[PROGRAM.len()..], &["--help".to_owned()]].concat();
            let output = xtask(&arguments, &root());
            let problem = String::from_utf8_lossy(&output.stderr);
            let path = page.path.display();
            assert!(output.status.success(), "{path}: {command:?}: {problem}");
        }
    }
}

/// In a workspace with the client of `examples/quick-start`; its next model is in
/// `tests/cases/book`.
#[test]
fn pages_show_what_commands_print() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("models")).unwrap();
    let model = |path: &str, name: &str| {
        let source = generator::Source::load([root().join(path)]).unwrap();
        fs::write(folder.join(name), source.text()).unwrap();
    };
    model("examples/quick-start/weather.smithy", "models/weather.json");
    model("tests/cases/book/next.smithy", "new.json");
    let partitions = root().join("models/partitions.json");
    fs::copy(partitions, folder.join("models/partitions.json")).unwrap();
    let table = "[weather]\ncrate = \"client-weather\"\nversion = \"1.0.0\"\n";
    fs::write(folder.join("models/services.toml"), table).unwrap();
    let run = |words: &[String]| {
        let day = match words[0].as_str() {
            "update" => &["--date", "2026-12-01"][..],
            _ => &[],
        };
        let others = ["--workspace", "."].iter().chain(day);
        let others = others.map(|word| (*word).to_owned());
        let arguments: Vec<_> = words.iter().cloned().chain(others).collect();
        xtask(&arguments, folder)
    };
    let generated = run(&["codegen".to_owned()]);
    assert!(generated.status.success(), "{generated:?}");
    for page in pages() {
        page.compare_outputs(&PROGRAM, run);
    }
}
