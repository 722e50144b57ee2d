//! Tests authentication as set by the model, the operation, the configuration and the call.
//!
//! One program calls the clients of several models of `cases/models`. The test checks its Signature
//! Version 4A signatures, no two of which are the same.

use std::path::Path;

use generator::{PresignedBody, ServiceConfig, Source, generate};
use serde_json::Value;
use workspace_tests::{partitions, scratch, workspace};

#[path = "end_to_end/checked.rs"]
mod checked;
#[path = "end_to_end/python.rs"]
mod python;

/// The clients: their names in the program, their models, and features that only some have.
const CLIENTS: [(&str, &str, &[&str]); 5] = [
    ("http-auth", "auth_of_http", &[]),
    ("in-query", "auth_api_key_in_query", &[]),
    ("after-scheme", "auth_api_key_after_scheme", &[]),
    ("in-regions", "auth_sigv4a", &["sigv4a"]),
    ("in-one-region", "auth_sigv4a", &[]),
];

#[test]
fn requests_are_authenticated_as_the_model_says() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("auth");
    let mut program = scratch::Program::new(&folder, "tests/auth/program");
    let partitions = partitions();
    for (name, model, more) in CLIENTS {
        let model = workspace(&format!("tests/cases/models/{model}/model.json"));
        let source = Source::read(model).unwrap_or_else(|problems| panic!("{problems}"));
        let presigned = ("Asymmetric".into(), PresignedBody::SignedBody);
        let config = ServiceConfig {
            presigning: Vec::from_iter(more.first().map(|_| presigned)),
            ..ServiceConfig::new(name)
        };
        let rendered =
            generate(&source, &config, &partitions).unwrap_or_else(|problems| panic!("{problems}"));
        let path = folder.join("clients").join(name);
        let written = rendered.write(&path);
        written.unwrap_or_else(|problems| panic!("{problems}"));
        let features = ["default-https-client", "rt-tokio", "test-util"];
        program.calls(name, &path, &[&features, more].concat());
    }
    program.needs("aws-credential-types", &[]);
    program.needs("aws-smithy-http-client", &[]);
    program.needs("aws-smithy-runtime-api", &[]);
    program.needs("aws-smithy-types", &[]);
    program.needs("aws-types", &[]);
    program.needs("http", &[]);
    program.needs("serde_json", &[]);
    program.needs("tokio", &["macros", "rt"]);
    let signed: Vec<Value> = serde_json::from_str(&program.run()).expect("it prints JSON");
    assert_eq!(signed.len(), 12);
    if let Some(python) = python::or_left_out(python::python()) {
        checked::assert_right(&python, &signed);
    }
}

/// A service that is not AWS's and does not sign like AWS.
#[test]
fn other_services_have_neither_region_nor_credentials() {
    let model = workspace("tests/cases/models/auth_of_http/model.json");
    let source = Source::read(model).unwrap_or_else(|problems| panic!("{problems}"));
    let rendered = generate(&source, &ServiceConfig::new("http-auth"), &partitions())
        .unwrap_or_else(|problems| panic!("{problems}"));
    let sources = rendered.files.iter().filter(|it| it.path.ends_with(".rs"));
    for file in sources {
        for word in [
            "SIGNING_NAME",
            "SigV4",
            "credentials_provider",
            "fn region",
            "use_fips",
        ] {
            let text = &file.text;
            assert!(!text.contains(word), "{}: {word}", file.path);
        }
    }
}
