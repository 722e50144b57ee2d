//! Generates code from a rule set that uses all features of the rules engine.
//!
//! The environment variable `UPDATE_EXPECTED` accepts the actual result.

use crate::{Partitions, ServiceConfig, Source};

/// The partitions, only some of which are like those of AWS.
fn partitions() -> Partitions {
    let source = Source::new("partitions.json", include_str!("tests/partitions.json"));
    crate::partitions(&source).unwrap_or_else(|problems| panic!("{problems}"))
}

/// `let` chains require edition 2024, and the crate around a module may have an older one.
#[test]
fn modules_have_no_chains_of_let() {
    let source = Source::new("rules.json", include_str!("tests/rules.json"));
    let config = ServiceConfig::module("crate::client");
    let rendered = crate::generate(&source, &config, &partitions())
        .unwrap_or_else(|problems| panic!("{problems}"));
    for file in &rendered.files {
        let lines = file.text.lines().map(str::trim_start);
        let mut is_let = false;
        for line in lines {
            let is_chain = line.contains("&& let ") || is_let && line.contains("&& ");
            assert!(!is_chain, "{}: {line}", file.path);
            is_let = line.starts_with("if let ") && !line.ends_with('{');
        }
    }
    let rules = rendered
        .files
        .iter()
        .find(|file| file.path.ends_with("rules.rs"));
    let rules = &rules.expect("there are rules").text;
    let nested = "if p.supports_fips {\n            if let Some(start) = ";
    assert!(rules.contains(nested), "{rules}");
}

#[test]
fn rules_become_the_expected_code() {
    let source = Source::new("rules.json", include_str!("tests/rules.json"));
    let rendered = crate::generate(&source, &ServiceConfig::new("client-test"), &partitions())
        .unwrap_or_else(|problems| panic!("{problems}"));
    for (path, name, expected) in [
        (
            "src/config/endpoint.rs",
            "endpoint.txt",
            include_str!("tests/endpoint.txt"),
        ),
        (
            "src/config/endpoint/rules.rs",
            "rules.txt",
            include_str!("tests/rules.txt"),
        ),
        (
            "src/config/endpoint/partitions.rs",
            "partitions.txt",
            include_str!("tests/partitions.txt"),
        ),
    ] {
        let file = rendered.files.iter().find(|file| file.path == path);
        let found = file.map_or("", |file| file.text.as_str());
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/emit/endpoints/tests");
            let updated = std::fs::write(format!("{folder}/{name}"), found);
            updated.unwrap_or_else(|error| panic!("{name}: {error}"));
        } else {
            assert!(
                found == expected,
                "{path} is not as expected: set UPDATE_EXPECTED and look at what changes"
            );
        }
    }
}
