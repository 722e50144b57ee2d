//! Turns the suites of the rules engine into models of services that can be called.

use generator::Source;
use serde_json::{Map, Value, json};

/// Traits for services whose tests need endpoint rules that they lack, by service id.
const LENT: &str = include_str!("lent.json");

/// The traits that can contain rules.
const RULES: [&str; 2] = ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"];

/// The protocol of services that have none.
const PROTOCOL: &str = "aws.protocols#restJson1";

/// The operation of services that have none.
const OPERATION: &str = "conformance#Nothing";

/// Adds to a model what a client needs but endpoint rules do not: a protocol, an operation, and
/// HTTP bindings of operations. Adds rules to some models that lack them.
///
/// A model that lacks nothing, or a file that is not a model, is not changed, so that numbers keep
/// their digits.
pub fn complete(source: &Source) -> Source {
    let Ok(mut model) = serde_json::from_str::<Value>(source.text()) else {
        return source.clone();
    };
    let Some(shapes) = model.get_mut("shapes").and_then(Value::as_object_mut) else {
        return source.clone();
    };
    let (mut lacks_protocol, mut lacks_operation) = (false, false);
    let mut bound = Vec::new();
    for (id, service) in shapes.iter_mut().filter(|(_, it)| it["type"] == "service") {
        lacks_protocol |= add_protocol(service);
        lacks_operation |= add_operation(service);
        bound.extend(lend(id, service));
    }
    if !lacks_protocol && !lacks_operation && bound.is_empty() {
        return source.clone();
    }
    bind_labels(shapes, &bound);
    for (id, operation) in shapes
        .iter_mut()
        .filter(|(_, it)| it["type"] == "operation")
    {
        bind(id, operation);
    }
    if lacks_operation {
        let mut operation = json!({ "type": "operation" });
        bind(OPERATION, &mut operation);
        shapes.insert(OPERATION.to_owned(), operation);
    }
    source.changed(model.to_string())
}

/// Returns whether the service had no protocol.
fn add_protocol(service: &mut Value) -> bool {
    let traits = traits(service);
    let is_protocol =
        |id: &String| id.starts_with("aws.protocols#") || id.starts_with("smithy.protocols#");
    let lacks_protocol = !traits.keys().any(is_protocol);
    if lacks_protocol {
        traits.insert(PROTOCOL.to_owned(), json!({}));
    }
    lacks_protocol
}

/// Returns whether the service now refers to [`OPERATION`].
fn add_operation(service: &mut Value) -> bool {
    let has_some = |key: &str| {
        let targets = service.get(key).and_then(Value::as_array);
        targets.is_some_and(|targets| !targets.is_empty())
    };
    let lacks_operation = !has_some("operations") && !has_some("resources");
    if lacks_operation {
        service["operations"] = json!([{ "target": OPERATION }]);
    }
    lacks_operation
}

/// Adds the rules in [`LENT`] to a service, if there are any. Returns the parameters to which
/// members of inputs are bound.
fn lend(id: &str, service: &mut Value) -> Vec<String> {
    let traits = traits(service);
    if RULES.iter().any(|id| traits.contains_key(*id)) {
        return Vec::new();
    }
    let lent: Map<String, Value> = serde_json::from_str(LENT).expect("it is JSON");
    let Some(lent) = lent.get(id).and_then(Value::as_object) else {
        return Vec::new();
    };
    traits.extend(lent.clone());
    let parameters = lent[RULES[0]]["parameters"].as_object();
    let parameters = parameters.expect("rules have some").iter();
    let unset = parameters.filter(|(_, parameter)| parameter["builtIn"].is_null());
    unset.map(|(name, _)| name.clone()).collect()
}

/// Binds labels to the parameters with the same name.
fn bind_labels(shapes: &mut Map<String, Value>, parameters: &[String]) {
    for shape in shapes.values_mut() {
        for name in parameters {
            let members = shape.get_mut("members");
            let Some(member) = members.and_then(|members| members.get_mut(name)) else {
                continue;
            };
            if member["traits"]["smithy.api#httpLabel"].is_object() {
                let binding = json!({ "name": name });
                traits(member).insert("smithy.rules#contextParam".to_owned(), binding);
            }
        }
    }
}

/// Binds an operation to a unique path, unless the model binds it.
fn bind(id: &str, operation: &mut Value) {
    let name = id.rsplit_once('#').map_or(id, |(_, name)| name);
    let http = json!({ "method": "POST", "uri": format!("/{name}") });
    traits(operation)
        .entry("smithy.api#http")
        .or_insert_with(|| http);
}

fn traits(shape: &mut Value) -> &mut Map<String, Value> {
    if !shape["traits"].is_object() {
        shape["traits"] = json!({});
    }
    let traits = shape["traits"].as_object_mut();
    traits.expect("it has just been made an object")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(model: Value) -> Value {
        let source = complete(&Source::new("model.json", model.to_string()));
        serde_json::from_str(source.text()).expect("it is a model")
    }

    #[test]
    fn what_is_missing_is_added() {
        let completed = completed(json!({ "shapes": { "a#B": { "type": "service" } } }));
        assert_eq!(
            completed,
            json!({ "shapes": {
                "a#B": {
                    "type": "service",
                    "operations": [{ "target": OPERATION }],
                    "traits": { PROTOCOL: {} },
                },
                OPERATION: {
                    "type": "operation",
                    "traits": { "smithy.api#http": { "method": "POST", "uri": "/Nothing" } },
                },
            } })
        );
    }

    /// Problems of a model in the IDL refer to its own text.
    #[test]
    fn problems_are_shown_in_the_unchanged_model() {
        let text = "$version: \"2\"\nnamespace a\nservice B { operations: [C] }\noperation C {\n    \
                    input := { d: Missing }\n}\n";
        let source = Source::parse("b.smithy", text).expect("the grammar allows it");
        let problems = generator::generate(
            &complete(&source),
            &generator::ServiceConfig::new("client-b"),
            &generator::Partitions::aws(),
        );
        let Err(problems) = problems else {
            panic!("a shape is missing");
        };
        let problems = problems.to_string();
        assert!(problems.contains("b.smithy:5:19\n"), "{problems}");
    }

    #[test]
    fn rules_are_lent_to_services_without_some() {
        let lent: Map<String, Value> = serde_json::from_str(LENT).expect("it is JSON");
        let service = lent.keys().next().expect("there is one");
        let member = || json!({ "target": "a#C", "traits": { "smithy.api#httpLabel": {} } });
        let completed = completed(json!({ "shapes": {
            service: { "type": "service" },
            "a#Input": { "type": "structure", "members": { "Bucket": member(), "Key": member() } },
        } }));
        let shapes = &completed["shapes"];
        assert!(shapes[service]["traits"][RULES[0]].is_object());
        let binding = |name: &str| {
            let member = &shapes["a#Input"]["members"][name];
            member["traits"]["smithy.rules#contextParam"]["name"].clone()
        };
        assert_eq!(
            (binding("Bucket"), binding("Key")),
            (json!("Bucket"), Value::Null)
        );
    }

    #[test]
    fn what_is_there_stays() {
        let text = r#"{ "shapes": {
            "a#B": {
                "type": "service",
                "operations": [{ "target": "a#C" }],
                "traits": { "aws.protocols#awsJson1_0": {} }
            },
            "a#C": { "type": "operation", "traits": { "a#of": 0.1000000000000000000000000001 } }
        } }"#;
        let source = Source::new("model.json", text);
        assert_eq!(complete(&source).text(), text);
    }
}
