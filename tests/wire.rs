//! Tests what the clients of difficult models send and read, with programs that need no network.
//!
//! A client and its program, `wire/<model>.rs`, become a workspace in the target folder, whose
//! tests are run.

use std::fs;
use std::path::Path;

use generator::write;
use workspace_tests::{hazards, partitions, scratch, workspace};

/// The other dependencies of a program: crates of the workspace.
const DEPENDENCIES: [&str; 8] = [
    "aws-smithy-async",
    "aws-smithy-http-client",
    "aws-smithy-runtime-api",
    "aws-smithy-types",
    "http",
    "jmespath",
    "serde_json",
    "tokio",
];

#[test]
fn values_are_read_exactly_and_members_win_over_maps() {
    run("exact_values", &[]);
}

#[test]
fn calls_without_what_endpoints_are_made_of_are_refused() {
    run("endpoint_parameters", &[]);
}

#[test]
fn names_in_xml_are_those_of_the_model() {
    run("xml_names", &[]);
}

#[test]
fn members_of_the_host_are_parts_of_it() {
    run("host_label_endpoint", &[]);
}

/// The service of both programs, which returns endpoints.
const SERVER: &str = include_str!("wire/endpoint_discovery/server.rs");

#[test]
fn endpoints_are_asked_for_and_kept() {
    run("endpoint_discovery", &[("server.rs", SERVER)]);
}

#[test]
fn endpoints_are_asked_for_beforehand() {
    run("endpoint_discovery_of_all", &[("server.rs", SERVER)]);
}

/// The program calls all waiters of an operation. Their names contain numbers, so this test
/// generates the list.
#[test]
fn waiters_wait_for_what_the_model_says() {
    let text = fs::read_to_string(workspace("tests/cases/models/waiters/model.json"));
    let text = text.expect("the model is there");
    let model: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let waiters = &model["shapes"]["example#GetThing"]["traits"]["smithy.waiters#waitable"];
    let waiters = waiters.as_object().expect("there are waiters");
    let cases = waiters.keys().map(|name| {
        // A name such as `Case1` is one word.
        format!("{name:?} wait_until_{}\n", name.to_lowercase())
    });
    let cases = format!("cases! {{ {} }}", cases.collect::<String>());
    run("waiters", &[("model.json", &text), ("cases.rs", &cases)]);
}

/// Generates the client of a model and runs the tests of its program, with these additional files.
fn run(name: &str, beside: &[(&str, &str)]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("wire")
        .join(name);
    let case = hazards().into_iter().find(|case| case.name == name);
    let case = case.expect("the model is there");
    let files = case.generate(&partitions()).files;
    write::write(&files, &folder.join("client")).unwrap_or_else(|problems| panic!("{problems}"));
    let program = folder.join("program");
    fs::create_dir_all(program.join("src")).expect("the folder can be made");
    let source = workspace(&format!("tests/wire/{name}.rs"));
    fs::copy(source, program.join("src/lib.rs")).expect("the program can be copied");
    for (file, text) in beside {
        fs::write(program.join(file), text).expect("it can be written");
    }
    let manifest = manifest(&case.config.package);
    fs::write(program.join("Cargo.toml"), manifest.to_string()).expect("it can be written");
    let mut workspace = scratch::profiles();
    let table = [
        ("members".to_owned(), vec!["client", "program"].into()),
        ("resolver".to_owned(), "3".into()),
    ];
    workspace.insert("workspace".to_owned(), toml::Table::from_iter(table).into());
    fs::write(folder.join("Cargo.toml"), workspace.to_string()).expect("it can be written");
    scratch::lock(&folder);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let target = target.expect("it is in the target folder");
    let output = scratch::cargo(&folder, target, &["test", "--package", "program", "--lib"]);
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{failed}");
    assert!(said.contains("test result: ok. "), "{said}\n{failed}");
}

/// The program's manifest, with the versions of the workspace.
fn manifest(client: &str) -> toml::Table {
    let all = fs::read_to_string(workspace("Cargo.toml")).expect("the workspace has a manifest");
    let all: toml::Table = all.parse().expect("the manifest is TOML");
    let all = &all["workspace"]["dependencies"];
    let mut dependencies: toml::Table = DEPENDENCIES
        .map(|name| (name.to_owned(), all[name].clone()))
        .into_iter()
        .collect();
    let features = [("features", vec!["macros", "rt"])];
    let tokio = dependencies["tokio"]
        .as_table_mut()
        .expect("it has features");
    tokio.extend(features.map(|(key, value)| (key.to_owned(), value.into())));
    let clock = [
        ("version", all["aws-smithy-async"].clone()),
        ("features", vec!["test-util"].into()),
    ];
    let clock = clock.map(|(key, value)| (key.to_owned(), value));
    let clock = toml::Table::from_iter(clock);
    dependencies.insert("aws-smithy-async".to_owned(), clock.into());
    let client = [
        ("package", client.into()),
        ("path", "../client".into()),
        ("features", vec!["test-util"].into()),
    ];
    let client: toml::Table = client
        .map(|(key, value): (_, toml::Value)| (key.to_owned(), value))
        .into_iter()
        .collect();
    dependencies.insert("client".to_owned(), client.into());
    let package = [
        ("name", "program"),
        ("version", "0.0.0"),
        ("edition", "2024"),
    ];
    let package = package.map(|(key, value)| (key.to_owned(), value.into()));
    toml::Table::from_iter([
        ("package".to_owned(), toml::Table::from_iter(package).into()),
        ("dependencies".to_owned(), dependencies.into()),
    ])
}
