//! Tests that no text from a client contains anything sensitive.

use std::path::Path;

use workspace_tests::{hazards, partitions, scratch};

/// A program creates values, calls and errors of a client whose members are nearly all sensitive,
/// and searches what they print and log. `secrets/events.rs` ignores what the runtime logs before a
/// client can change it.
#[test]
fn nothing_sensitive_is_printed() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("secrets");
    let mut cases = hazards().into_iter();
    let case = cases.find(|case| case.name == "sensitive_everything");
    let case = case.expect("the model is among the others");
    let client = folder.join("client");
    let rendered = case.generate(&partitions());
    rendered
        .write(&client)
        .unwrap_or_else(|problems| panic!("{problems}"));
    let mut program = scratch::Program::new(&folder, "tests/secrets");
    program.calls(
        "sensitive-everything",
        &client,
        &["operations", "rt-tokio", "serde"],
    );
    for package in [
        "aws-smithy-http-client",
        "aws-smithy-runtime-api",
        "aws-smithy-types",
    ] {
        program.needs(package, &[]);
    }
    for package in ["http", "serde_json", "tracing"] {
        program.needs(package, &[]);
    }
    program.needs("tokio", &["rt"]);
    let said = program.run();
    assert!(said.ends_with(" texts\n"), "{said}");
}
