//! Tests checksums of requests and responses on the wire.
//!
//! One program calls two clients of one model: for a service that signs like AWS, and for one that
//! does not.

use std::path::Path;

use generator::{ServiceConfig, Source, generate};
use serde_json::{Value, json};
use workspace_tests::{partitions, scratch};

/// The clients, and how their calls are authenticated.
const CLIENTS: [(&str, &str); 2] = [
    ("signed", "aws.auth#sigv4"),
    ("bearer", "smithy.api#httpBearerAuth"),
];

#[test]
fn checksums_are_sent_and_checked() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("checksums");
    let mut program = scratch::Program::new(&folder, "tests/checksums/program");
    let model: Value =
        serde_json::from_str(include_str!("checksums/model.json")).expect("the model is JSON");
    for (name, scheme) in CLIENTS {
        let mut model = model.clone();
        let traits = &mut model["shapes"]["example#Store"]["traits"];
        traits["aws.protocols#restJson1"] = json!({});
        traits[scheme] = match name {
            "signed" => json!({"name": "store"}),
            _ => json!({}),
        };
        let source = Source::new(format!("{name}.json"), model.to_string());
        let config = ServiceConfig::new(name);
        let rendered =
            generate(&source, &config, &partitions()).unwrap_or_else(|it| panic!("{it}"));
        let path = folder.join("clients").join(name);
        let written = rendered.write(&path);
        written.unwrap_or_else(|problems| panic!("{problems}"));
        program.calls(
            name,
            &path,
            &["default-https-client", "rt-tokio", "test-util"],
        );
    }
    program.needs("aws-smithy-runtime-api", &[]);
    program.needs("aws-smithy-types", &[]);
    program.needs("aws-types", &[]);
    program.needs("http-body", &[]);
    program.needs("http-body-util", &[]);
    program.needs("tokio", &["io-util", "macros", "net", "rt"]);
    let said = program.run();
    assert!(said.ends_with("all is well\n"), "{said}");
}
