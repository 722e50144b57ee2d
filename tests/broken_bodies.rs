//! Tests that randomly or maliciously broken XML and CBOR bodies become values or an error, and
//! never cause a panic, a hang, or disproportionate use of memory.
//!
//! One small model becomes a client of each protocol, and one program calls them all. Every run
//! tries the same bodies. `MUTATIONS` sets the number for each valid body; then every run tries
//! different ones, and prints the seed of one that fails.

use std::path::Path;

use generator::{ServiceConfig, Source};
use serde_json::{Value, json};
use workspace_tests::{partitions, scratch, workspace};

/// The protocols whose bodies are not JSON.
const PROTOCOLS: [(&str, &str); 4] = [
    ("client-rest-xml", "aws.protocols#restXml"),
    ("client-aws-query", "aws.protocols#awsQuery"),
    ("client-ec2-query", "aws.protocols#ec2Query"),
    ("client-rpc-v2-cbor", "smithy.protocols#rpcv2Cbor"),
];

#[test]
fn broken_bodies_are_harmless() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken_bodies");
    let mut program = scratch::Program::new(&folder, "tests/broken_bodies/program");
    let source = Source::read(workspace("tests/broken_bodies/model.json"));
    let source = source.unwrap_or_else(|problems| panic!("{problems}"));
    let partitions = partitions();
    for (package, protocol) in PROTOCOLS {
        let mut model: Value = serde_json::from_str(source.text()).expect("it is JSON");
        model["shapes"]["example#Things"]["traits"] = json!({ protocol: {} });
        let source = Source::new("model.json", model.to_string());
        let config = ServiceConfig::new(package);
        let rendered = generator::generate(&source, &config, &partitions);
        let rendered = rendered.unwrap_or_else(|problems| panic!("{problems}"));
        let path = folder.join("clients").join(package);
        let written = rendered.write(&path);
        written.unwrap_or_else(|problems| panic!("{problems}"));
        program.calls(package, &path, &["operations", "rt-tokio", "test-util"]);
    }
    program.needs("allocation-counter", &[]);
    program.needs("aws-smithy-http-client", &[]);
    program.needs("aws-smithy-types", &[]);
    program.needs("fastrand", &[]);
    program.needs("http", &[]);
    program.needs("tokio", &["rt", "time"]);
    let said = program.run();
    assert!(said.ends_with(" bodies\n"), "{said}");
}
