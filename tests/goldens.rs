//! The clients of difficult models compile without a warning, and so does their documentation.
//!
//! They become the packages of a workspace in the target folder, which shares what the runtime
//! crates are compiled to with everything else. What has not changed is not compiled again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use generator::write;
use serde_json::Value;
use workspace_tests::{Case, hazards, name, partitions, scratch};

/// How many messages of a package are shown: the first says most.
const SHOWN: usize = 4;

/// How many `allow`s a client may have.
const ALLOWED: usize = 5;

#[test]
fn clients_of_difficult_models_are_free_of_warnings() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("goldens");
    let cases = hazards();
    write_workspace(&folder, &cases);
    let runs: [&[&str]; 4] = [
        &["clippy", "--all-targets"],
        &["clippy", "--no-default-features"],
        &["doc", "--no-deps"],
        &["doc", "--no-deps", "--no-default-features"],
    ];
    for arguments in runs {
        let found = messages(&run_cargo(&folder, arguments));
        assert!(
            found.is_empty(),
            "`cargo {}` is not silent about {} of {} clients:\n{}",
            arguments.join(" "),
            found.len(),
            cases.len(),
            shown(&found)
        );
    }
}

#[test]
fn lints_are_seldom_silenced() {
    let partitions = partitions();
    for case in hazards() {
        let files = case.generate(&partitions).files;
        let allows: Vec<_> = files
            .iter()
            .flat_map(|file| {
                file.text
                    .lines()
                    .map(|line| (&file.path, line.trim_start()))
            })
            .filter(|(_, line)| line.starts_with("#[allow(") || line.starts_with("#![allow("))
            .collect();
        assert!(allows.len() <= ALLOWED, "`{}` has {allows:#?}", case.name);
    }
}

/// A package for each case, and no others.
fn write_workspace(folder: &Path, cases: &[Case]) {
    let partitions = partitions();
    let mut members = Vec::new();
    for case in cases {
        let files = case.generate(&partitions).files;
        write::write(&files, &folder.join(&case.config.package))
            .unwrap_or_else(|problems| panic!("{problems}"));
        members.push(toml::Value::from(case.config.package.as_str()));
    }
    let mut manifest = scratch::profiles();
    let workspace = [
        ("members".to_owned(), toml::Value::Array(members)),
        ("resolver".to_owned(), "3".into()),
    ];
    manifest.insert(
        "workspace".to_owned(),
        toml::Table::from_iter(workspace).into(),
    );
    fs::write(folder.join("Cargo.toml"), manifest.to_string()).expect("the folder can be written");
    scratch::lock(folder);
}

/// Runs cargo, and returns its messages, one JSON object per line.
fn run_cargo(folder: &Path, arguments: &[&str]) -> String {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let target = target.expect("it is in the target folder");
    let all = ["--workspace", "--keep-going", "--message-format=json"];
    let output = scratch::cargo(folder, target, &[arguments, &all].concat());
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    let ran = messages.contains(r#""reason":"build-finished""#);
    let command = arguments.join(" ");
    assert!(ran, "`cargo {command}` does not run:\n{errors}");
    messages
}

/// Warnings and errors, by the package that they are about.
fn messages(output: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in output.lines() {
        let Ok(line) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        // The last messages only count the others.
        let spans = line["message"]["spans"].as_array();
        if line["reason"] != "compiler-message" || spans.is_none_or(Vec::is_empty) {
            continue;
        }
        let manifest = Path::new(line["manifest_path"].as_str().unwrap_or_default());
        let package = manifest.parent().map(name).unwrap_or_default();
        let rendered = line["message"]["rendered"].as_str().unwrap_or_default();
        let messages = found.entry(package.to_owned()).or_default();
        // What is said of a library is said of it as its own test too.
        if !messages.iter().any(|message| message == rendered) {
            messages.push(rendered.to_owned());
        }
    }
    found
}

fn shown(found: &BTreeMap<String, Vec<String>>) -> String {
    let mut text = String::new();
    for (package, messages) in found {
        let _ = writeln!(text, "=== {package}: {} messages", messages.len());
        for message in messages.iter().take(SHOWN) {
            let _ = writeln!(text, "{message}");
        }
    }
    text
}
