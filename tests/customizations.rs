//! Tests that clients do what customizations say.
//!
//! A program calls the clients of `cases/models/customized` and `customized_xml`.

use std::path::Path;

use generator::config::Customizations;
use generator::ir::{Client, Redaction};
use generator::{Operations, ServiceConfig, Source, generate};
use workspace_tests::{Case, hazards, partitions, scratch, workspace};

/// The client of one operation of STS, with these customizations, if its model is there.
fn sts(customizations: &str) -> Option<Client> {
    let path = "../shared/corpus/2026-08/sts.json";
    let model = workspace(path);
    if !model.exists() {
        eprintln!("left out: there is no {path}");
        return None;
    }
    let source = Source::read(model).unwrap_or_else(|problems| panic!("{problems}"));
    let file = Source::new("customizations.toml", customizations);
    let file = Customizations::parse(&file).unwrap_or_else(|problems| panic!("{problems}"));
    let mut config = ServiceConfig::new("client-sts");
    config.operations = Operations::Only(vec!["AssumeRole".into()]);
    config.customizations.push(file);
    let rendered = generate(&source, &config, &partitions());
    Some(
        rendered
            .unwrap_or_else(|problems| panic!("{problems}"))
            .client,
    )
}

#[test]
fn clients_do_what_customizations_say() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("customizations");
    let mut program = scratch::Program::new(&folder, "tests/customizations/program");
    let is_called = |case: &Case| case.name.starts_with("customized");
    for case in hazards().into_iter().filter(is_called) {
        let path = folder.join("clients").join(&case.name);
        let written = case.generate(&partitions()).write(&path);
        written.unwrap_or_else(|problems| panic!("{problems}"));
        let features = ["default-https-client", "rt-tokio", "test-util"];
        program.calls(&case.config.package, &path, &features);
    }
    program.needs("aws-credential-types", &[]);
    program.needs("aws-smithy-async", &[]);
    program.needs("aws-smithy-runtime-api", &[]);
    program.needs("aws-smithy-types", &[]);
    program.needs("aws-types", &[]);
    program.needs("tokio", &["macros", "rt"]);
    program.run();
}

#[test]
fn a_file_takes_the_place_of_what_is_built_in() {
    let cases = [
        ("", true, true),
        // For another service.
        ("[SQS]\ntransient-errors = []", true, true),
        ("[STS]\nheaders = { x-one = \"1\" }", true, true),
        ("[STS]\ntransient-errors = []", false, true),
        ("[STS]\nbuilt-in = false", false, false),
        (
            "[\"com.amazonaws.sts#AWSSecurityTokenServiceV20110615\"]\nsensitive = []",
            true,
            false,
        ),
    ];
    for (text, is_tried_again, is_hidden) in cases {
        let Some(client) = sts(text) else {
            return;
        };
        let errors = &client.service.transient_errors;
        assert_eq!(
            errors.iter().any(|it| it == "IDPCommunicationError"),
            is_tried_again,
            "{text}"
        );
        let mut structures = client.structures.iter();
        let credentials = structures.find(|it| it.name.as_str() == "Credentials");
        let redaction = &credentials.expect("the operation returns them").redaction;
        assert_eq!(*redaction == Redaction::Whole, is_hidden, "{text}");
        assert!(
            client.service.headers.is_empty() != text.contains("x-one"),
            "{text}"
        );
    }
}
