//! `cargo xtask conformance` with models that have tests of one kind only.

use std::fs;
use std::path::{Path, PathBuf};
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
    let said = run(&models, &[]);
    assert_rows(
        &said,
        &[
            "model requests 1 0 0",
            "model responses 1 0 0",
            "errors (1) errors 1 0 0",
            "streams responses 1 0 0",
            "empty responses 1 0 0",
            "none compiles",
            "6 suites: 5 passed, 0 failed, 0 left out",
        ],
    );
}

/// The same for formats that need other things to compare bodies.
#[test]
fn suites_of_other_formats_may_lack_kinds_of_tests() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut models = Vec::new();
    for protocol in ["aws_query", "rpc_v2_cbor"] {
        let path = workspace().join(format!("tests/cases/suites/{protocol}.json"));
        let suite: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for kept in ["requests", "outputs", "errors", "nothing"] {
            models.push((format!("{protocol}_{kept}.json"), with_only(kept, &suite)));
        }
    }
    let said = run(&models, &[]);
    assert_rows(
        &said,
        &[
            "aws_query_requests requests 3 0 0",
            "aws_query_outputs responses 3 0 0",
            "aws_query_errors errors 1 0 0",
            "aws_query_nothing compiles",
            "rpc_v2_cbor_requests requests 3 0 0",
            "rpc_v2_cbor_outputs responses 3 0 0",
            "rpc_v2_cbor_errors errors 1 0 0",
            "rpc_v2_cbor_nothing compiles",
            "8 suites: 14 passed, 0 failed, 0 left out",
        ],
    );
}

/// A suite without the tests of other kinds.
fn with_only(kept: &str, suite: &Value) -> Value {
    let mut suite = suite.clone();
    for (_, shape) in suite["shapes"].as_object_mut().unwrap() {
        let is_operation = shape["type"] == "operation";
        let Some(traits) = shape.get_mut("traits").and_then(Value::as_object_mut) else {
            continue;
        };
        traits.retain(|id, _| match id.as_str() {
            "smithy.test#httpRequestTests" => kept == "requests",
            "smithy.test#httpResponseTests" if is_operation => kept == "outputs",
            "smithy.test#httpResponseTests" => kept == "errors",
            _ => true,
        });
    }
    suite
}

/// What a client does not speak is not tested, and not forgotten either.
#[test]
fn tests_of_other_protocols_are_counted_and_not_run() {
    const OTHER: &str = "aws.protocols#awsJson1_1";
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let tests = json!({
        "smithy.test#httpRequestTests": [
            { "id": "Rest", "protocol": PROTOCOL, "method": "GET", "uri": "/thing" },
            { "id": "Call", "protocol": OTHER, "method": "POST", "uri": "/" },
            { "id": "Server", "protocol": OTHER, "method": "PUT", "uri": "/", "appliesTo": "server" },
        ],
        "smithy.test#httpResponseTests": [
            { "id": "Called", "protocol": OTHER, "code": 200, "body": "{}", "params": {} },
        ],
    });
    let mut model = model(&tests, &json!({}), None);
    model["shapes"]["example#Service"]["traits"][OTHER] = json!({});
    let models = [("model.json", model)];
    let said = run(&models, &["--protocol", "restJson1"]);
    assert_rows(
        &said,
        &[
            "model requests 1 0 1",
            "model responses 0 0 1",
            "left out: 2 tests of other protocols than the client speaks: see --protocol",
            "1 suite: 1 passed, 0 failed, 2 left out",
        ],
    );
    // That is the one that Smithy prefers.
    let said = run(&models, &[]);
    let rows = [
        "model requests 1 0 1",
        "1 suite: 2 passed, 0 failed, 1 left out",
    ];
    assert_rows(&said, &rows);
}

/// What the command says of models, of which it has nothing to complain.
fn run(models: &[(impl AsRef<Path>, Value)], options: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("conformance").args(options);
    for (path, model) in models {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, model.to_string()).unwrap();
        command.arg(path);
    }
    let ran = command.current_dir(workspace()).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    let problems = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}{problems}");
    assert_eq!(problems, "");
    said.into_owned()
}

/// Checks that a table has rows, however wide its columns are.
fn assert_rows(said: &str, rows: &[&str]) {
    let words = |row: &str| row.split_whitespace().collect::<Vec<_>>().join(" ");
    let found: Vec<_> = said.lines().map(words).collect();
    for row in rows {
        assert!(
            found.iter().any(|it| it == row),
            "`{row}` is not in:\n{said}"
        );
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// One small suite for each protocol, for those who do not have the official ones: requests, responses
/// and errors, with names and forms that only one of them has; and one of endpoint rules as a decision
/// diagram.
#[test]
fn every_protocol_has_a_suite() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = workspace().join("tests/cases/suites");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let ran = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["conformance", "--verbose"])
        .args(&files)
        .current_dir(workspace())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    let problems = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}{problems}");
    let summary = "9 suites: 69 passed, 0 failed, 0 left out\n";
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
