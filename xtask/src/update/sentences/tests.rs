use std::fs;
use std::path::{Path, PathBuf};

use generator::diff::Side;
use generator::{ServiceConfig, Source, UnsupportedOperations};
use similar::TextDiff;

use super::*;

#[test]
fn lists() {
    let list = |names: &[&str]| list(&names.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(list(&["a"]), "a");
    assert_eq!(list(&["a", "b"]), "a and b");
    assert_eq!(list(&["a", "b", "c"]), "a, b and c");
}

#[test]
fn lines_end_between_words_and_code_is_one() {
    let text = format!("{} `a b` c", "x".repeat(94));
    let expected = format!("- {}\n  `a b` c", "x".repeat(94));
    assert_eq!(item(&text), expected);
}

/// The sentences for every kind of change, from the cases of `cargo xtask diff` in both directions.
/// `UPDATE_EXPECTED=1 cargo test -p xtask sentences` writes the expected output.
#[test]
fn every_kind_of_change_has_a_sentence() {
    let partitions = Source::read(workspace("models/partitions.json"))
        .and_then(|source| generator::partitions(&source))
        .unwrap_or_else(|problems| panic!("{problems}"));
    let side = |folder: &Path, file: &str| {
        let source = Source::read(folder.join(file)).expect("the model can be read");
        let mut config = ServiceConfig::new("client");
        config.unsupported = UnsupportedOperations::LeaveOut;
        Side::read(&source, &config, &partitions).unwrap_or_else(|problems| panic!("{problems}"))
    };
    let entries = fs::read_dir(workspace("tests/cases/diff")).expect("there are cases");
    let mut folders: Vec<_> = entries.map(|entry| entry.expect("a case").path()).collect();
    folders.sort();
    let mut found = String::new();
    for folder in folders {
        let name = folder.file_name().expect("it has a name").to_string_lossy();
        let (old, new) = (side(&folder, "old.json"), side(&folder, "new.json"));
        let there = body(&generator::diff::compare(&old, &new));
        let back = body(&generator::diff::compare(&new, &old));
        found += &format!("# {name}\n\n{there}\n## And back\n\n{back}\n");
    }
    let path = workspace("tests/cases/update/sentences.md");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, &found).expect("it can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let diff = TextDiff::from_lines(&expected, &found);
    let diff = diff.unified_diff().header("expected", "found").to_string();
    assert!(diff.is_empty(), "{diff}");
}

fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}
