//! Tests that clients of every protocol read errors, and what they report if the body is something
//! else.
//!
//! One model is generated for each protocol, and one program calls all of the clients.

use std::path::Path;

use generator::{Output, ServiceConfig, Source, generate};
use serde_json::{Value, json};
use workspace_tests::{partitions, scratch};

/// The clients: their names, and the traits of the service that set the protocol.
const CLIENTS: [(&str, &[&str]); 9] = [
    ("rest-json", &["aws.protocols#restJson1"]),
    (
        "json-compatible",
        &[
            "aws.protocols#awsJson1_0",
            "aws.protocols#awsQueryCompatible",
        ],
    ),
    ("aws-json", &["aws.protocols#awsJson1_1"]),
    ("rest-xml", &["aws.protocols#restXml"]),
    ("aws-query", &["aws.protocols#awsQuery"]),
    ("ec2-query", &["aws.protocols#ec2Query"]),
    ("rpc-cbor", &["smithy.protocols#rpcv2Cbor"]),
    (
        "cbor-compatible",
        &[
            "smithy.protocols#rpcv2Cbor",
            "aws.protocols#awsQueryCompatible",
        ],
    ),
    ("rpc-json", &["smithy.protocols#rpcv2Json"]),
];

/// The crate's documentation describes the details of errors in this protocol, and no others.
fn check_documentation(name: &str, protocol: &[&str], files: &[Output]) {
    let library = files.iter().find(|file| file.path == "src/lib.rs");
    let library = &library.expect("a client has a library").text;
    let is_xml = ["rest-xml", "aws-query", "ec2-query"].contains(&name);
    let is_compatible = protocol.contains(&"aws.protocols#awsQueryCompatible");
    for (text, is_so) in [
        ("`Sender` or `Receiver`", is_xml || is_compatible),
        ("is in the body of an error", is_xml),
        (
            "of the service's query protocol",
            name == "aws-query" || is_compatible,
        ),
    ] {
        assert_eq!(library.contains(text), is_so, "{name}: {text}");
    }
}

#[test]
fn errors_can_be_read_on_every_protocol() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("error-responses");
    let mut program = scratch::Program::new(&folder, "tests/error_responses/program");
    let model = include_str!("error_responses/model.json");
    let model: Value = serde_json::from_str(model).expect("the model is JSON");
    let partitions = partitions();
    for (name, protocol) in CLIENTS {
        let mut model = model.clone();
        for id in protocol {
            model["shapes"]["example#Things"]["traits"][id] = json!({});
        }
        let source = Source::new(format!("{name}.json"), model.to_string());
        let rendered = generate(&source, &ServiceConfig::new(name), &partitions)
            .unwrap_or_else(|problems| panic!("{problems}"));
        let path = folder.join("clients").join(name);
        check_documentation(name, protocol, &rendered.files);
        let written = rendered.write(&path);
        written.unwrap_or_else(|problems| panic!("{problems}"));
        program.calls(name, &path, &["rt-tokio"]);
    }
    program.needs("aws-smithy-http-client", &[]);
    program.needs("aws-smithy-runtime-api", &[]);
    program.needs("aws-smithy-types", &[]);
    program.needs("http", &[]);
    program.needs("tokio", &["rt", "time"]);
    let said = program.run();
    assert!(said.ends_with(" responses\n"), "{said}");
}
