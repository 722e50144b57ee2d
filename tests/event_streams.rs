//! Streams of events, both ways, between clients of all protocols that have them and a server.
//!
//! One model is generated for each protocol, and one program has the server and calls the clients.

use std::path::Path;

use generator::{ServiceConfig, Source, generate};
use serde_json::{Value, json};
use workspace_tests::{partitions, scratch};

/// The clients, and what they speak.
const CLIENTS: [(&str, &str); 5] = [
    ("rest-json", "aws.protocols#restJson1"),
    ("rest-xml", "aws.protocols#restXml"),
    ("aws-json", "aws.protocols#awsJson1_1"),
    ("rpc-cbor", "smithy.protocols#rpcv2Cbor"),
    ("rpc-json", "smithy.protocols#rpcv2Json"),
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
        let source = Source::new(format!("{name}.json"), model.to_string());
        let config = ServiceConfig::new(name);
        let rendered = generate(&source, &config, &partitions).unwrap_or_else(|it| panic!("{it}"));
        let path = folder.join("clients").join(name);
        let written = rendered.write(&path);
        written.unwrap_or_else(|problems| panic!("{problems}"));
        program.calls(name, &path, &["default-https-client", "rt-tokio"]);
    }
    program.needs("futures-core", &[]);
    program.needs("tokio", &["io-util", "macros", "net", "rt", "sync", "time"]);
    let said = program.run();
    assert!(said.ends_with("all is well\n"), "{said}");
}
