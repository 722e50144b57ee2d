//! Tests with the project's own cases and models.

use std::path::Path;

use serde_json::Value;

use super::{ast_of, cases, files, plain, printer};
use crate::diagnostics::Source;
use crate::{Partitions, ServiceConfig};

#[test]
fn own_files_are_read_as_the_json_beside_them() {
    for path in files(&cases("valid"), "smithy") {
        let source = Source::load([&path]).unwrap_or_else(|problems| panic!("{problems}"));
        let json = std::fs::read_to_string(path.with_extension("json")).unwrap();
        let expected = plain(serde_json::from_str(&json).unwrap());
        assert_eq!(ast_of(&source).unwrap(), expected, "{}", path.display());
    }
}

/// `UPDATE_EXPECTED=1` writes the expected output. Read it before you commit it.
#[test]
fn every_problem_of_a_file_is_reported_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let folder = cases("broken");
    for path in files(&folder, "smithy") {
        let config = ServiceConfig::new("client-example");
        let lowered = Source::load([&path])
            .and_then(|source| crate::lower(&source, &config, &Partitions::aws()));
        let mut found = lowered.expect_err("it is broken").to_string();
        found = found.replace(&format!("{}/", folder.display()), "");
        let expected = path.with_extension("txt");
        if update {
            std::fs::write(&expected, &found).unwrap();
        }
        assert_eq!(
            found,
            std::fs::read_to_string(&expected).unwrap(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn models_are_unchanged_when_they_are_printed_and_read_again() {
    for path in files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../models"),
        "json",
    ) {
        let json: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        if json.get("smithy").is_none() {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        for (namespace, text) in printer::print(&json) {
            std::fs::write(folder.path().join(format!("{namespace}.smithy")), text).unwrap();
        }
        let source = Source::load([folder.path()]).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(ast_of(&source).unwrap(), plain(json), "{}", path.display());
    }
}
