//! Models with more shapes than a package may have features.

use serde_json::{Map, Value, json};

use crate::ir::Client;
use crate::{ServiceConfig, Source};

/// A client of one operation with an error. Its input has so many structures, each with an enum, and
/// so many unions, each with a structure of its own.
fn client(structures: usize, unions: usize) -> Client {
    let mut shapes = Map::new();
    let mut add = |name: &str, shape: Value| shapes.insert(format!("test#{name}"), shape);
    let target = |name: &str| json!({ "target": format!("test#{name}") });
    let mut members = Map::new();
    for index in 0..structures {
        let (name, kind) = (format!("S{index}"), format!("E{index}"));
        let variants = json!({ "A": { "target": "smithy.api#Unit" } });
        add(&kind, json!({ "type": "enum", "members": variants }));
        add(
            &name,
            json!({ "type": "structure", "members": { "kind": target(&kind) } }),
        );
        members.insert(name.to_lowercase(), target(&name));
    }
    for index in 0..unions {
        let (name, inner) = (format!("U{index}"), format!("V{index}"));
        add(&inner, json!({ "type": "structure" }));
        add(
            &name,
            json!({ "type": "union", "members": { "a": target(&inner) } }),
        );
        members.insert(name.to_lowercase(), target(&name));
    }
    add("Input", json!({ "type": "structure", "members": members }));
    let error = json!({ "smithy.api#error": "client" });
    add("Failed", json!({ "type": "structure", "traits": error }));
    let http = json!({ "smithy.api#http": { "method": "POST", "uri": "/" } });
    add(
        "Operation",
        json!({
            "type": "operation",
            "input": target("Input"),
            "output": { "target": "smithy.api#Unit" },
            "errors": [target("Failed")],
            "traits": http,
        }),
    );
    let auth = json!({ "aws.protocols#restJson1": {}, "aws.auth#sigv4": { "name": "test" } });
    add(
        "Service",
        json!({
            "type": "service",
            "version": "1",
            "operations": [target("Operation")],
            "traits": auth,
        }),
    );
    let model = json!({ "smithy": "2.0", "shapes": shapes });
    let source = Source::new("model.json", model.to_string());
    let partitions = crate::partitions(&Source::new(
        "partitions.json",
        include_str!("../../../../models/partitions.json"),
    ));
    let partitions = partitions.expect("the partitions are right");
    crate::lower(&source, &ServiceConfig::new("client"), &partitions)
        .unwrap_or_else(|problems| panic!("{problems}"))
        .client
}

/// How many errors, structures, unions and enums have features.
fn gated(client: &Client) -> [usize; 4] {
    let names: Vec<_> = client.features.iter().map(|it| it.name.as_str()).collect();
    ["_error_F", "_S", "_U", "_E"]
        .map(|start| names.iter().filter(|name| name.starts_with(start)).count())
}

/// No feature names one that is not there.
fn is_whole(client: &Client) -> bool {
    let mut enabled = client.features.iter().flat_map(|it| &it.enables);
    enabled.all(|name| client.features.iter().any(|it| it.name == *name))
}

#[test]
fn all_shapes_have_features_if_there_are_few() {
    let client = client(2, 1);
    assert_eq!(gated(&client), [1, 2, 1, 2]);
    assert!(is_whole(&client));
}

#[test]
fn enums_are_the_first_to_go_without() {
    let client = client(200, 1);
    assert_eq!(gated(&client), [1, 200, 1, 0]);
    assert!(client.enums.iter().all(|it| it.feature.is_none()));
    assert!(is_whole(&client));
}

#[test]
fn what_is_always_there_takes_its_members_along() {
    // Without features for unions the structures in them have none either, or there were 201.
    let client = client(100, 100);
    assert_eq!(gated(&client), [1, 100, 0, 0]);
    let inner = client
        .structures
        .iter()
        .filter(|it| it.name.as_str().starts_with('V'));
    assert!(inner.clone().count() == 100 && inner.clone().all(|it| it.feature.is_none()));
    assert!(is_whole(&client));
}

#[test]
fn errors_are_the_last() {
    let client = client(300, 0);
    assert_eq!(gated(&client), [1, 0, 0, 0]);
    assert!(is_whole(&client));
}
