//! Requests are authenticated as the model, the operation, the configuration and the call say.
//!
//! One program calls the clients of several models of `cases/models`.

use std::path::Path;

use generator::{ServiceConfig, Source, generate};
use workspace_tests::{partitions, scratch, workspace};

/// The clients: what the program calls them, and their models.
const CLIENTS: [(&str, &str); 3] = [
    ("http-auth", "auth_of_http"),
    ("in-query", "auth_api_key_in_query"),
    ("after-scheme", "auth_api_key_after_scheme"),
];

#[test]
fn requests_are_authenticated_as_the_model_says() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("auth");
    let mut program = scratch::Program::new(&folder, "tests/auth/program");
    let partitions = partitions();
    for (name, model) in CLIENTS {
        let model = workspace(&format!("tests/cases/models/{model}/model.json"));
        let source = Source::read(model).unwrap_or_else(|problems| panic!("{problems}"));
        let rendered = generate(&source, &ServiceConfig::new(name), &partitions)
            .unwrap_or_else(|problems| panic!("{problems}"));
        let path = folder.join("clients").join(name);
        let written = rendered.write(&path);
        written.unwrap_or_else(|problems| panic!("{problems}"));
        let features = ["default-https-client", "rt-tokio", "test-util"];
        program.calls(name, &path, &features);
    }
    program.needs("aws-credential-types", &[]);
    program.needs("aws-smithy-runtime-api", &[]);
    program.needs("aws-smithy-types", &[]);
    program.needs("aws-types", &[]);
    program.needs("tokio", &["macros", "rt"]);
    program.run();
}

/// A service that is not one of AWS, and does not sign as they do.
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
