//! What `cargo xtask diff` says and returns.
//!
//! A case is a folder of `tests/cases/diff` with two models, and what is reported from the one to
//! the other and back. `UPDATE_EXPECTED=1 cargo test -p xtask --test diff` writes what is expected.
//! Read it before it is committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::diff::Kind;
use serde_json::Value;
use similar::TextDiff;

const EXPECTED: &str = "expected.txt";

#[test]
fn every_case_is_reported_as_expected_in_both_directions() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut failures = Vec::new();
    for folder in cases() {
        let found = format!(
            "{}\n{}",
            report(&folder, "old.json", "new.json"),
            report(&folder, "new.json", "old.json")
        );
        let path = folder.join(EXPECTED);
        if update {
            fs::write(&path, found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if found != expected {
            let diff = TextDiff::from_lines(&expected, &found);
            let diff = diff.unified_diff().header("expected", "found").to_string();
            failures.push(format!("{}:\n{diff}", folder.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_kind_of_change_has_a_case() {
    let expected: String = cases()
        .iter()
        .map(|folder| fs::read_to_string(folder.join(EXPECTED)).unwrap())
        .collect();
    let has_none = |kind: &&Kind| !expected.contains(&format!("\n  {} (", kind.what()));
    let lacking = Kind::ALL.iter().filter(has_none);
    assert_eq!(lacking.collect::<Vec<_>>(), Vec::<&Kind>::new());
}

#[test]
fn exit_codes() {
    let code = |case: &str, arguments: &[&str]| {
        let output = diff(&case_folder(case), arguments);
        output.status.code().unwrap()
    };
    let models = ["old.json", "new.json", "--exit-code"];
    let back = ["new.json", "old.json", "--exit-code"];
    assert_eq!(code("other_spelling_in_the_model", &models), 0);
    assert_eq!(code("status", &models), 0);
    assert_eq!(code("documentation", &models), 1);
    assert_eq!(code("operation_removed", &back), 1);
    assert_eq!(code("operation_removed", &models), 2);
    assert_eq!(code("uri", &models), 2);
    // Without the flag a difference is no failure; an error always is one.
    assert_eq!(code("uri", &models[..2]), 0);
    assert_eq!(code("uri", &["old.json", "missing.json", "--exit-code"]), 3);
    assert_eq!(code("uri", &["old.json", "expected.txt"]), 3);
    assert_eq!(code("uri", &["old.json"]), 3);
    assert_eq!(code("uri", &["--no-such-option"]), 3);
    assert_eq!(code("uri", &["ivs", "no-such-revision"]), 3);
    assert_eq!(code("uri", &["--help"]), 0);
}

#[test]
fn a_service_is_known_by_name_and_equals_itself() {
    let output = diff(&workspace(""), &["ivs", "models/ivs.json", "--exit-code"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("client-ivs: none\n"), "{text}");
}

#[test]
fn git_is_asked_for_revisions() {
    if !workspace(".git").exists() {
        eprintln!("left out: this is no clone");
        return;
    }
    let last = "HEAD:models/ivs.json";
    for arguments in [[last, last], ["ivs", "HEAD..HEAD"]] {
        let output = diff(&workspace("xtask"), &arguments);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.starts_with("client-ivs: none\n"), "{text}");
    }
}

#[test]
fn json_has_every_change_and_the_next_version() {
    let folder = case_folder("operation_removed");
    let arguments = [
        "old.json",
        "new.json",
        "--format",
        "json",
        "--version",
        "1.2.3",
    ];
    let output = diff(&folder, &arguments);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["bump"], "major");
    assert_eq!(report["next"], "2.0.0");
    assert_eq!(report["counts"]["compile"], 1);
    let change = &report["changes"][0];
    assert_eq!(change["kind"], "operation-removed");
    assert_eq!(change["severity"], "compile");
    assert_eq!(change["path"], "Client::drop_thing");
    assert_eq!(change["before"], Value::Null);
}

#[test]
fn problems_are_json_objects_for_programs() {
    let arguments = ["old.json", "expected.txt", "--message-format", "json"];
    let output = diff(&case_folder("uri"), &arguments);
    assert_eq!(output.status.code(), Some(3));
    let problem: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(problem["file"], "expected.txt");
    assert_eq!(problem["line"], 1);
    let output = diff(
        &case_folder("uri"),
        &["old.json", "--message-format", "json"],
    );
    let problem: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(problem["file"], Value::Null);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, "1 problem; nothing was compared\n");
}

#[test]
fn versions_before_the_first_are_raised_as_cargo_reads_them() {
    let folder = case_folder("operation_removed");
    let [breaking, adding] = [["old.json", "new.json"], ["new.json", "old.json"]];
    for (models, version, headline) in [
        (breaking, "0.3.1", "client-new: minor (0.3.1 -> 0.4.0)\n"),
        (breaking, "0.0.3", "client-new: patch (0.0.3 -> 0.0.4)\n"),
        (adding, "0.1.0", "client-old: patch (0.1.0 -> 0.1.1)\n"),
        (adding, "0.0.3", "client-old: patch (0.0.3 -> 0.0.4)\n"),
        (adding, "1.1.0", "client-old: minor (1.1.0 -> 1.2.0)\n"),
    ] {
        let output = diff(&folder, &[&models[..], &["--version", version]].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.starts_with(headline), "{text}");
    }
}

#[test]
fn two_services_are_not_compared() {
    let output = diff(
        &workspace(""),
        &["models/ivs.json", "models/ivschat.json", "--exit-code"],
    );
    assert_eq!(output.status.code(), Some(3));
    let problems = String::from_utf8_lossy(&output.stderr);
    for words in [
        "this is the model of `com.amazonaws.ivschat#AmazonInteractiveVideoServiceChat`",
        "not of `com.amazonaws.ivs#AmazonInteractiveVideoService`",
        "nothing was compared",
    ] {
        assert!(problems.contains(words), "`{words}` is not in:\n{problems}");
    }
}

#[test]
fn few_of_many_types_are_named_unless_all_are_asked_for() {
    let folder = case_folder("member_of_many_types");
    let text = |arguments: &[&str]| String::from_utf8(diff(&folder, arguments).stdout).unwrap();
    let some = text(&["old.json", "new.json"]);
    let line = "    name: Option<String> of 6 types: A, B, C, D and 2 more\n";
    assert!(some.contains(line), "{some}");
    let all = text(&["old.json", "new.json", "--all"]);
    assert!(all.contains("of 6 types: A, B, C, D, E, F\n"), "{all}");
}

#[test]
fn markdown_has_headings_and_lists() {
    let folder = case_folder("operation_removed");
    let output = diff(&folder, &["old.json", "new.json", "--format", "markdown"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("\n### Breaks code that uses the client (1)\n"),
        "{text}"
    );
    assert!(text.contains("\n- `Client::drop_thing`\n"), "{text}");
}

fn report(folder: &Path, old: &str, new: &str) -> String {
    let output = diff(folder, &[old, new, "--version", "1.0.0", "--all"]);
    let problems = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}:\n{problems}", folder.display());
    String::from_utf8(output.stdout).unwrap()
}

fn diff(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("diff")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(workspace("tests/cases/diff")).unwrap();
    let mut folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn case_folder(name: &str) -> PathBuf {
    workspace("tests/cases/diff").join(name)
}

fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}
