//! Tests event streams in both directions, between a server and clients of all protocols that have them.
//!
//! One model is generated for each protocol, and one program contains the server and calls the
//! clients.

#[path = "end_to_end/python.rs"]
mod python;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use generator::{ServiceConfig, Source, generate};
use serde_json::{Value, json};
use workspace_tests::{partitions, scratch, workspace};

/// The clients and their protocols.
const CLIENTS: [(&str, &str); 6] = [
    ("rest-json", "aws.protocols#restJson1"),
    ("rest-xml", "aws.protocols#restXml"),
    ("aws-json", "aws.protocols#awsJson1_1"),
    ("rpc-cbor", "smithy.protocols#rpcv2Cbor"),
    ("rpc-json", "smithy.protocols#rpcv2Json"),
    // Callers authenticate with a token, and nothing is signed.
    ("with-tokens", "aws.protocols#restJson1"),
];

#[test]
fn events_are_sent_and_received() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("event-streams");
    let mut program = scratch::Program::new(&folder, "tests/event_streams/program");
    let model = include_str!("event_streams/model.json");
    let model: Value = serde_json::from_str(model).expect("the model is JSON");
    let partitions = partitions();
    for (name, protocol) in CLIENTS {
        let mut model = model.clone();
        model["shapes"]["example#Talk"]["traits"][protocol] = json!({});
        if name == "with-tokens" {
            let traits = &mut model["shapes"]["example#Talk"]["traits"];
            let traits = traits.as_object_mut().expect("it is an object");
            traits.remove("aws.auth#sigv4");
            traits.insert("smithy.api#httpBearerAuth".to_owned(), json!({}));
        }
        let source = Source::new(format!("{name}.json"), model.to_string());
        let config = ServiceConfig::new(name);
        let rendered = generate(&source, &config, &partitions).unwrap_or_else(|it| panic!("{it}"));
        let path = folder.join("clients").join(name);
        let written = rendered.write(&path);
        written.unwrap_or_else(|problems| panic!("{problems}"));
        program.calls(name, &path, &["default-https-client", "rt-tokio"]);
    }
    // The page of a client that sends and receives events.
    let page = scratch::examples(&folder.join("clients/rest-json"), "Event streams");
    fs::write(folder.join("src/page.rs"), page).expect("it can be written");
    program.needs("futures-core", &[]);
    program.needs("http-body-util", &[]);
    program.needs("hyper", &["http2", "server"]);
    program.needs("hyper-util", &["client-legacy", "http2", "tokio"]);
    program.needs("tokio", &["io-util", "macros", "net", "rt", "sync", "time"]);
    let program = program.build();
    assert_eq!(run(&program, &[], b""), b"all is well\n");
    if let Some(python) = python::or_left_out(python::python()) {
        botocore_agrees(&program, &python);
    }
}

/// botocore writes what the client receives, parses what it sends, and checks its signatures.
fn botocore_agrees(program: &Path, python: &Path) {
    let script = workspace("tests/event_streams/events.py");
    let script = script.to_str().expect("the path is a text");
    let made = run(python, &[script, "make"], b"");
    assert_eq!(run(program, &["receive"], &made), b"all is well\n");
    let requests = String::from_utf8(run(program, &["send"], b"")).expect("it is a text");
    let said = json!({ "type": "said", "payload": "6869" });
    let sound = json!({ "type": "sound", "payload": "00ff" });
    // The clients with and without HTTP bindings.
    let initial = json!({ "type": "initial-request", "payload": "bfff" });
    let expected = [
        json!([said.clone(), sound.clone()]),
        json!([initial, said, sound]),
    ];
    assert_eq!(requests.lines().count(), expected.len());
    for (request, expected) in requests.lines().zip(expected) {
        let mut request: Value = serde_json::from_str(request).expect("it is JSON");
        request["caller"] =
            json!({ "key": "id", "secret": "key", "service": "talk", "region": "us-east-1" });
        let events = run(python, &[script, "check"], request.to_string().as_bytes());
        let events: Value = serde_json::from_slice(&events).expect("it is JSON");
        assert_eq!(events, expected);
    }
}

/// The output of a program for an input.
fn run(program: &Path, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut command = Command::new(program);
    let command = command.args(arguments).stdin(Stdio::piped());
    let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().expect("it can be started");
    let mut stdin = process.stdin.take().expect("a pipe");
    // A program that does not read it prints the reason.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = process.wait_with_output().expect("it ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    output.stdout
}
