//! Presigned requests, checked by botocore.

use std::path::Path;
use std::process::Command;

use generator::{PresignedBody, ServiceConfig, Source, generate};
use serde_json::{Value, json};
use workspace_tests::{partitions, scratch, workspace};

use crate::checked::assert_right;
use crate::programs::finish;
use crate::python::{or_left_out, python};

/// Tokens are base64, and some of its characters have a meaning in URLs.
const SESSION: &str = "FwoGZXIvYXdzE+/rM8Tn==";

#[test]
fn botocore_finds_the_same_signatures_in_queries() {
    let Some(python) = or_left_out(python()) else {
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("presigned");
    let mut program = scratch::Program::new(&folder, "tests/end_to_end/presigned");
    let model = std::fs::read_to_string(workspace("tests/checksums/model.json"));
    let model = model.expect("the model is there");
    let mut model: Value = serde_json::from_str(&model).expect("it is JSON");
    let traits = &mut model["shapes"]["example#Store"]["traits"];
    traits["aws.protocols#restJson1"] = json!({});
    traits["aws.auth#sigv4"] = json!({"name": "store"});
    add_operation_in_query(&mut model["shapes"]);
    let source = Source::new("presigned.json", model.to_string());
    let config = ServiceConfig {
        presigning: vec![
            ("*".into(), PresignedBody::SignedBody),
            ("PutThing".into(), PresignedBody::UnsignedBody),
            ("SayThing".into(), PresignedBody::InQuery),
        ],
        ..ServiceConfig::new("presigned")
    };
    let rendered = generate(&source, &config, &partitions()).unwrap_or_else(|it| panic!("{it}"));
    let path = folder.join("client");
    let written = rendered.write(&path);
    written.unwrap_or_else(|problems| panic!("{problems}"));
    program.calls("presigned", &path, &["default-https-client", "rt-tokio"]);
    program.needs("serde_json", &[]);
    program.needs("tokio", &["macros", "rt"]);
    let program = program.build();
    let mut requests = Vec::new();
    for session in [None, Some(SESSION)] {
        let ran = finish(Command::new(&program).args(session));
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let signed: Vec<Value> = serde_json::from_str(&ran.stdout).expect("it prints JSON");
        requests.extend(signed.into_iter().map(|mut request| {
            request["service"] = "store".into();
            request["region"] = "us-west-2".into();
            request["key"] = "AKIDEXAMPLE".into();
            request["secret"] = "secret".into();
            request["session"] = session.into();
            request
        }));
    }
    assert_eq!(requests.len(), 12);
    assert_right(&python, &requests);
}

/// Adds an operation with members in the path, the query, a header and the body.
fn add_operation_in_query(shapes: &mut Value) {
    let http = json!({ "method": "POST", "uri": "/say/{name}?aloud", "code": 200 });
    shapes["example#SayThing"] = json!({
        "type": "operation",
        "input": { "target": "example#SayThingInput" },
        "traits": { "smithy.api#http": http },
    });
    let label = json!({ "smithy.api#httpLabel": {}, "smithy.api#required": {} });
    let member = |target: &str, traits: Value| json!({ "target": target, "traits": traits });
    shapes["example#SayThingInput"] = json!({ "type": "structure", "members": {
        "name": member("smithy.api#String", label),
        "Text": member("smithy.api#String", json!({ "smithy.api#jsonName": "t" })),
        "Voices": member("example#Voices", json!({})),
        "Rate": member("smithy.api#Float", json!({})),
        "Until": member("smithy.api#Timestamp", json!({})),
        "Mode": member("example#Mode", json!({ "smithy.api#httpHeader": "X-Mode" })),
        "page": member("smithy.api#Integer", json!({ "smithy.api#httpQuery": "page" })),
    }});
    shapes["example#Voices"] = json!({
        "type": "list",
        "member": { "target": "smithy.api#String" },
    });
    let operations = &mut shapes["example#Store"]["operations"];
    let operations = operations.as_array_mut().expect("the service has some");
    operations.push(json!({ "target": "example#SayThing" }));
}
