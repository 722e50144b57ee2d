//! Tests calls that are signed with the credentials of sessions.
//!
//! A program calls the client of `cases/models/sessions`. The test checks its signatures.

use std::path::Path;

use serde_json::Value;
use workspace_tests::{hazards, partitions, scratch};

#[path = "end_to_end/checked.rs"]
mod checked;
#[path = "end_to_end/python.rs"]
mod python;

#[test]
fn calls_are_signed_in_sessions() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sessions");
    let mut program = scratch::Program::new(&folder, "tests/sessions/program");
    let case = hazards().into_iter().find(|case| case.name == "sessions");
    let case = case.expect("the model is there");
    let path = folder.join("client");
    let written = case.generate(&partitions()).write(&path);
    written.unwrap_or_else(|problems| panic!("{problems}"));
    let features = ["default-https-client", "rt-tokio", "test-util"];
    program.calls(&case.config.package, &path, &features);
    program.needs("aws-credential-types", &[]);
    program.needs("aws-smithy-async", &["test-util"]);
    program.needs("aws-smithy-runtime-api", &[]);
    program.needs("aws-smithy-types", &[]);
    program.needs("aws-types", &[]);
    program.needs("serde_json", &[]);
    program.needs("tokio", &["macros", "rt"]);
    let signed: Vec<Value> = serde_json::from_str(&program.run()).expect("it prints JSON");
    assert_eq!(signed.len(), 5);
    if let Some(python) = python::or_left_out(python::python()) {
        checked::assert_right(&python, &signed);
    }
}
