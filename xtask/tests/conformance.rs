//! `cargo xtask conformance` with models that have tests of one kind only.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The clients of suites are one workspace in the target folder, which one run at a time writes.
static TURN: Mutex<()> = Mutex::new(());

/// The crates of all of them compile without a warning, although none needs all that tests are run
/// with, and each test is run.
#[test]
fn suites_may_lack_kinds_of_tests() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let request = json!({ "smithy.test#httpRequestTests": [
        { "id": "Request", "protocol": PROTOCOL, "method": "GET", "uri": "/thing" },
    ] });
    let response = |id: &str, body: &str, params: Value| {
        json!({ "smithy.test#httpResponseTests": [
            { "id": id, "protocol": PROTOCOL, "code": 200, "body": body, "params": params },
        ] })
    };
    let error = json!({ "smithy.test#httpResponseTests": [{
        "id": "Error",
        "protocol": PROTOCOL,
        "code": 400,
        "headers": { "X-Amzn-Errortype": "Refused" },
        "body": "{\"reason\":\"why\"}",
        "params": { "reason": "why" },
    }] });
    let none = json!({});
    let text = member("smithy.api#String", &json!({}));
    let stream = member(
        "example#Stream",
        &json!({ "smithy.api#httpPayload": {}, "smithy.api#required": {} }),
    );
    let read = response("Read", "{\"value\":\"a\"}", json!({ "value": "a" }));
    let streamed = response("Streamed", "abc", json!({ "value": "abc" }));
    let empty = response("Empty", "", json!({}));
    let models = [
        ("requests/model.json", model(&request, &none, Some(&text))),
        ("responses/model.json", model(&read, &none, Some(&text))),
        ("errors (1).json", model(&none, &error, Some(&text))),
        ("streams.json", model(&streamed, &none, Some(&stream))),
        ("empty.json", model(&empty, &none, None)),
        ("none.json", model(&none, &none, None)),
    ];
    let folder = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("conformance");
    for (path, model) in models {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, model.to_string()).unwrap();
        command.arg(path);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let ran = command.current_dir(root).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    let problems = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}{problems}");
    assert_eq!(problems, "");
    let rows: Vec<Vec<&str>> = said
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    for row in [
        "model requests 1 0 0",
        "model responses 1 0 0",
        "errors (1) errors 1 0 0",
        "streams responses 1 0 0",
        "empty responses 1 0 0",
        "none compiles",
        "6 suites: 5 passed, 0 failed, 0 left out",
    ] {
        let row: Vec<_> = row.split(' ').collect();
        assert!(rows.contains(&row), "{row:?} is not in:\n{said}");
    }
}

/// One small suite for each protocol, for those who do not have the official ones: requests, responses
/// and errors, with names and forms that only one of them has; and one of endpoint rules as a decision
/// diagram.
#[test]
fn every_protocol_has_a_suite() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = root.join("tests/cases/suites");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let ran = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["conformance", "--verbose"])
        .args(&files)
        .current_dir(root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    let problems = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}{problems}");
    let summary = "8 suites: 57 passed, 0 failed, 0 left out\n";
    assert!(said.ends_with(summary), "{said}");
}

const PROTOCOL: &str = "aws.protocols#restJson1";

fn member(target: &str, traits: &Value) -> Value {
    json!({ "target": target, "traits": traits })
}

/// A service with one operation, its traits, and those of its error.
fn model(operation: &Value, error: &Value, value: Option<&Value>) -> Value {
    let mut operation = operation.clone();
    operation["smithy.api#http"] = json!({ "method": "GET", "uri": "/thing" });
    let mut error = error.clone();
    error["smithy.api#error"] = json!("client");
    let members = value.map_or(json!({}), |value| json!({ "value": value }));
    json!({ "smithy": "2.0", "shapes": {
        "example#Service": {
            "type": "service",
            "version": "2026-11-29",
            "operations": [{ "target": "example#GetThing" }],
            "traits": { PROTOCOL: {}, "smithy.api#title": "Things" },
        },
        "example#GetThing": {
            "type": "operation",
            "output": { "target": "example#GetThingOutput" },
            "errors": [{ "target": "example#Refused" }],
            "traits": operation,
        },
        "example#GetThingOutput": {
            "type": "structure",
            "members": members,
            "traits": { "smithy.api#output": {} },
        },
        "example#Refused": {
            "type": "structure",
            "members": { "reason": member("smithy.api#String", &json!({})) },
            "traits": error,
        },
        "example#Stream": {
            "type": "blob",
            "traits": { "smithy.api#streaming": {} },
        },
    } })
}
