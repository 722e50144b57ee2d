//! Tests that `rename` in services.toml changes names in Rust and nothing on the wire.

use generator::ServiceConfig;
use generator::ir::{Client, SchemaBody};
use workspace_tests::{Case, hazards, partitions};

/// A model with names of every kind, each of which is renamed.
const MODEL: &str = "named_otherwise";

#[test]
fn what_is_sent_stays_as_it_is() {
    let (renamed, plain) = clients();
    assert_eq!(wire(&renamed), wire(&plain));
    let metadata = |client: &Client| -> Vec<String> {
        let operations = client.operations.iter();
        operations.map(|it| it.name.metadata()).collect()
    };
    assert_eq!(metadata(&renamed), metadata(&plain));
}

#[test]
fn everything_has_its_new_name() {
    let (renamed, _) = clients();
    let code = format!("{renamed:#?}");
    for old in [
        "BrowseThings",
        "Item",
        "MissingError",
        "Paint",
        "Tone",
        "kind",
        "Crimson",
    ] {
        assert!(code.contains(&format!("\"{old}\"")), "`{old}` is missing");
    }
    let operation = &renamed.operations[0];
    assert_eq!(operation.name.method().to_string(), "browse_things");
    let paginator = operation.paginator.as_ref().expect("it is paginated");
    assert_eq!(paginator.input_token.as_str(), "next");
    assert_eq!(paginator.output_token[0].field.as_str(), "cursor");
    let page_size = paginator.page_size.as_ref().expect("it has a size");
    assert_eq!(page_size.field.as_str(), "page_size");
}

/// The client with and without the renames.
fn clients() -> (Client, Client) {
    let case = hazards().into_iter().find(|case| case.name == MODEL);
    let case = case.expect("the model exists");
    let plain = Case {
        config: ServiceConfig::new("named-otherwise"),
        ..case.clone()
    };
    let partitions = partitions();
    (
        case.generate(&partitions).client,
        plain.generate(&partitions).client,
    )
}

/// Ids, members, places in messages, URIs and the codes of errors, without names in Rust.
fn wire(client: &Client) -> Vec<String> {
    let schemas = client.schemas.iter().map(|schema| {
        let members = match &schema.body {
            SchemaBody::Members(kind, members) => {
                let members = members
                    .iter()
                    .map(|it| format!("{} {:?} {:?}", it.name, it.kind, it.traits));
                format!("{kind:?} {:?}", members.collect::<Vec<_>>())
            }
            _ => String::new(),
        };
        format!(
            "{}#{} {members} {:?}",
            schema.namespace, schema.shape, schema.http
        )
    });
    let errors = client.structures.iter().filter_map(|it| it.error.as_ref());
    let codes = errors.map(|error| error.codes[0].clone());
    let values = client.enums.iter().flat_map(|shape| &shape.values);
    let values = values.map(|value| value.value.clone());
    let mut facts: Vec<String> = schemas.chain(codes).chain(values).collect();
    facts.sort();
    facts
}
