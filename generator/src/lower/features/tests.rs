//! Tests gates with synthetic models.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::ir::Client;
use crate::names::FeatureName;
use crate::{ServiceConfig, Source};

/// A model whose operations have these names, members of inputs, and errors. A name that begins
/// with `S` is a structure with a member of the same name in `E`, an enum; `U` is a union of it;
/// `L` is a list of lists of structures.
fn model(operations: &[(String, &[&str], &[&str])]) -> Source {
    let mut shapes = Map::new();
    let target = |name: &str| json!({ "target": format!("test#{name}") });
    let unit = json!({ "target": "smithy.api#Unit" });
    let mut add = |name: &str, shape: Value| shapes.insert(format!("test#{name}"), shape);
    for (name, members, errors) in operations {
        for member in *members {
            let (_, number) = member.split_at(1);
            let (structure, kind) = (format!("S{number}"), format!("E{number}"));
            let (rows, union) = (format!("R{number}"), format!("U{number}"));
            let parts = json!({ "kind": target(&kind) });
            add(&structure, json!({ "type": "structure", "members": parts }));
            add(&kind, json!({ "type": "enum", "members": { "A": unit } }));
            let variants = json!({ "a": target(&structure) });
            add(&union, json!({ "type": "union", "members": variants }));
            add(
                &rows,
                json!({ "type": "list", "member": target(&structure) }),
            );
            let lists = json!({ "type": "list", "member": target(&rows) });
            add(&format!("L{number}"), lists);
        }
        let members = members.iter().map(|it| (it.to_lowercase(), target(it)));
        let members: Map<_, _> = members.collect();
        let input = format!("{name}Input");
        add(&input, json!({ "type": "structure", "members": members }));
        for error in *errors {
            let traits = json!({ "smithy.api#error": "client" });
            add(error, json!({ "type": "structure", "traits": traits }));
        }
        let errors: Vec<_> = errors.iter().map(|error| target(error)).collect();
        let http = json!({ "method": "POST", "uri": format!("/{name}") });
        let operation = json!({
            "type": "operation", "input": target(&input), "output": unit, "errors": errors,
            "traits": { "smithy.api#http": http },
        });
        add(name, operation);
    }
    let names: Vec<_> = operations.iter().map(|(name, ..)| target(name)).collect();
    let traits = json!({ "aws.protocols#restJson1": {}, "aws.auth#sigv4": { "name": "test" } });
    let service = json!({
        "type": "service", "version": "1", "operations": names, "traits": traits,
    });
    add("Service", service);
    let model = json!({ "smithy": "2.0", "shapes": shapes });
    Source::new("model.json", model.to_string())
}

fn partitions() -> crate::Partitions {
    let text = include_str!("../../../../models/partitions.json");
    crate::partitions(&Source::new("partitions.json", text)).expect("the partitions are right")
}

fn client(operations: &[(&str, &[&str], &[&str])]) -> Client {
    let operations = operations.iter();
    let operations =
        operations.map(|(name, members, errors)| ((*name).to_owned(), *members, *errors));
    let model = model(&operations.collect::<Vec<_>>());
    crate::lower(&model, &ServiceConfig::new("client"), &partitions())
        .unwrap_or_else(|problems| panic!("{problems}"))
        .client
}

/// The gates with their operations.
fn gates(client: &Client) -> Vec<String> {
    let gates = client.gates.iter().map(|gate| {
        let operations: Vec<_> = gate.operations.iter().map(FeatureName::as_str).collect();
        format!("{}: {}", gate.name, operations.join(" "))
    });
    gates.collect()
}

/// The gate of each shape and schema that has one, without inputs and outputs.
fn gated(client: &Client) -> Vec<String> {
    let structures = client
        .structures
        .iter()
        .map(|it| (it.name.as_str(), it.gate));
    let unions = client.unions.iter().map(|it| (it.name.as_str(), it.gate));
    let enums = client.enums.iter().map(|it| (it.name.as_str(), it.gate));
    let schemas = client.schemas.iter();
    let schemas = schemas.map(|it| (it.name.as_str(), it.gate));
    let all = structures.chain(unions).chain(enums).chain(schemas);
    let all = all.filter(|(name, _)| !name.ends_with("PUT"));
    let all = all.filter_map(|(name, gate)| Some(format!("{name} {}", client.gate(gate?).name)));
    let mut all: Vec<_> = all.collect();
    all.sort();
    all
}

#[test]
fn what_is_shared_goes_with_all_that_share_it() {
    let client = client(&[
        ("One", &["S1", "U2"], &["Failed"]),
        ("Two", &["S2"], &["Failed"]),
        ("Three", &["L3"], &[]),
        ("Four", &["L3"], &[]),
        ("Five", &["S2"], &[]),
        ("Six", &[], &[]),
    ]);
    let expected = [
        "with_S2: five one two",
        "with_S3: four three",
        "with_error_Failed: one two",
        "with_five: five",
        "with_four: four",
        "with_one: one",
        "with_six: six",
        "with_three: three",
        "with_two: two",
    ];
    assert_eq!(gates(&client), expected);
    let expected = [
        "E1 with_one",
        "E2 with_S2",
        "E3 with_S3",
        "FAILED with_error_Failed",
        "Failed with_error_Failed",
        "R3_LIST with_S3",
        "S1 with_one",
        "S1 with_one",
        "S2 with_S2",
        "S2 with_S2",
        "S3 with_S3",
        "S3 with_S3",
        "U2 with_one",
        "U2 with_one",
    ];
    assert_eq!(gated(&client), expected);
}

/// Shapes that most operations need are always compiled, and so is what they refer to.
#[test]
fn what_most_operations_need_is_always_there() {
    let client = client(&[
        ("One", &["S1"], &["Failed"]),
        ("Two", &["U1"], &["Failed"]),
        ("Three", &[], &[]),
    ]);
    assert_eq!(gated(&client), ["U1 with_two", "U1 with_two"]);
}

#[test]
fn an_error_and_a_type_of_one_name_have_gates_of_their_own() {
    let client = client(&[
        ("One", &["S1"], &["E"]),
        ("Two", &["S1"], &[]),
        ("Three", &[], &["E"]),
        ("Four", &[], &[]),
    ]);
    let names = gates(&client);
    assert_eq!(names[..2], ["with_S1: one two", "with_error_E: one three"]);
}

#[test]
fn a_client_has_features_for_however_many_operations_unless_it_is_to_have_none() {
    let operations = (0..400).map(|it| (format!("Op{it}"), &[][..], &[][..]));
    let model = model(&operations.collect::<Vec<_>>());
    let counted = |config: &ServiceConfig| {
        let rendered = crate::generate(&model, config, &partitions());
        let files = rendered.unwrap_or_else(|it| panic!("{it}")).files;
        let manifest = files.iter().find(|file| file.path == "Cargo.toml");
        features(&manifest.expect("there is a manifest").text).len()
    };
    let mut config = ServiceConfig::new("client");
    assert_eq!(counted(&config), 400 + FeatureName::taken().count());
    config.operation_features = false;
    // `operations` and `selected-operations` control the features of operations.
    assert_eq!(counted(&config), FeatureName::taken().count() - 2);
}

/// The features of a manifest. TOML rejects duplicate names.
fn features(manifest: &str) -> BTreeSet<String> {
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let features = manifest["features"].as_table().expect("it is a table");
    features.keys().cloned().collect()
}

/// An operation may have the name of a feature that all clients have.
#[test]
fn names_of_features_are_apart() {
    let pascal = |name: &str| -> String {
        let words = name.split('-').map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        });
        words.collect()
    };
    let taken: Vec<_> = FeatureName::taken().collect();
    assert!(taken.contains(&"serde") && taken.contains(&"selected-operations"));
    let operations = taken.iter().map(|name| (pascal(name), &[][..], &[][..]));
    let model = model(&operations.collect::<Vec<_>>());
    let files = crate::generate(&model, &ServiceConfig::new("client"), &partitions())
        .unwrap_or_else(|problems| panic!("{problems}"))
        .files;
    let manifest = files.iter().find(|file| file.path == "Cargo.toml");
    let features = features(&manifest.expect("there is a manifest").text);
    assert_eq!(features.len(), 2 * taken.len());
    for name in taken {
        assert!(features.contains(name), "{name}");
        assert!(features.contains(&format!("{name}_operation")), "{name}");
    }
}
