//! Runs the language's compliance suite, which the published crate `jmespath` contains. The crate
//! is a dependency only for these files, which are read from its source in cargo's registry.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::search::{Failed, search};
use crate::jmespath::parse;

/// The files with the cases.
fn files() -> Vec<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .expect("cargo can be started");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let mut packages = packages.iter();
    let package = packages.find(|package| package["name"] == "jmespath");
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    let manifest = Path::new(manifest.expect("`jmespath` is a dependency"));
    let folder = manifest.with_file_name("tests").join("compliance");
    let files = folder.read_dir().expect("the crate has its cases");
    let mut files: Vec<_> = files.map(|it| it.expect("it can be read").path()).collect();
    files.sort();
    files
}

/// The results of all cases.
#[derive(Default)]
struct Tally {
    searched: usize,
    refused: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn case(&mut self, given: &Value, case: &Value) {
        let text = case["expression"].as_str().expect("it is a string");
        let is_refused = case["error"] == "syntax";
        let expr = match parse(text) {
            Ok(expr) if !is_refused => expr,
            Err(_) if is_refused => {
                self.refused += 1;
                return;
            }
            // Expressions that fail at evaluation may be rejected earlier.
            Err(_) if case.get("result").is_none() => return,
            other => {
                self.wrong.push(format!("{text}: {other:?}"));
                return;
            }
        };
        let Some(expected) = case.get("result") else {
            return;
        };
        match search(&expr, given) {
            Err(Failed::Function) => {}
            Ok(found) if found == *expected => self.searched += 1,
            found => self
                .wrong
                .push(format!("{text}: {found:?}, not {expected}")),
        }
    }
}

#[test]
fn all_cases_of_the_suite() {
    let mut tally = Tally::default();
    for file in files() {
        let text = std::fs::read_to_string(&file).expect("the file can be read");
        let suites: Vec<Value> = serde_json::from_str(&text).expect("the file is JSON");
        for suite in &suites {
            for case in suite["cases"].as_array().into_iter().flatten() {
                tally.case(&suite["given"], case);
            }
        }
    }
    assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n"));
    let (searched, refused) = (tally.searched, tally.refused);
    assert!(
        searched > 400 && refused > 60,
        "{searched} searched, {refused} refused"
    );
}
