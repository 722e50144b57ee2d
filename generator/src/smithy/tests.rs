//! Tests of resolving models. Broken models are cases outside this crate.

mod assembled;
mod written_back;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::*;
use crate::corpus;
use crate::diagnostics::{Diagnostics, Severity, Source};

/// Adds a service with one operation, `Act`, whose input has a member of every given shape, and
/// resolves the model.
fn resolve_shapes(version: &str, shapes: Value) -> Model {
    let mut model = json!({
        "smithy": version,
        "shapes": {
            "example#Service": {
                "type": "service",
                "version": "1",
                "operations": [{ "target": "example#Act" }]
            },
            "example#Act": { "type": "operation", "input": { "target": "example#ActInput" } },
            "example#ActInput": { "type": "structure", "members": {} }
        }
    });
    for (index, (id, shape)) in shapes.as_object().unwrap().iter().enumerate() {
        let mixin = &shape["traits"]["smithy.api#mixin"];
        if shape["type"] != "apply" && mixin.is_null() {
            let members = &mut model["shapes"]["example#ActInput"]["members"];
            members[format!("m{index}")] = json!({ "target": id });
        }
        model["shapes"][id] = shape.clone();
    }
    resolve_json(&model).unwrap_or_else(|problems| panic!("{problems}"))
}

fn resolve_json(model: &Value) -> Result<Model, Diagnostics> {
    let source = Source::new("model.json", model.to_string());
    let mut diagnostics = Diagnostics::new();
    let Some(ast) = parse(&source, &mut diagnostics) else {
        return Err(diagnostics.in_source(&source));
    };
    assert_eq!(
        serde_json::to_value(&ast).unwrap(),
        *model,
        "the AST writes back what it read"
    );
    let model = resolve(&ast, LeftOut::default(), &mut diagnostics);
    model.ok_or_else(|| diagnostics.in_source(&source))
}

/// The model of a client without some operations.
fn resolve(ast: &Ast, left_out: LeftOut, diagnostics: &mut Diagnostics) -> Option<Model> {
    assemble(ast, None, diagnostics)?.resolve(None, left_out, diagnostics)
}

/// A text that is a model.
fn read(source: &Source) -> Ast {
    let mut diagnostics = Diagnostics::new();
    parse(source, &mut diagnostics).unwrap_or_else(|| panic!("{}", diagnostics.in_source(source)))
}

fn id(text: &str) -> ShapeId {
    ShapeId::parse(text).unwrap()
}

/// A shape's members as `name target trait=value ...`.
fn members(model: &Model, shape: &str) -> Vec<String> {
    let members = model.shape(&id(shape)).members();
    members
        .iter()
        .map(|member| describe(&member.name, &member.target, &member.traits))
        .collect()
}

fn describe(name: &str, target: &ShapeId, traits: &Traits) -> String {
    let mut text = format!("{name} {}", target.name());
    for (id, value) in traits.iter() {
        let (_, id) = id.split_once('#').unwrap();
        text.push_str(&format!(" {id}={value}"));
    }
    text
}

/// A service whose operations belong to resources, with errors, renames and pagination.
fn library() -> Value {
    let string = json!({ "target": "smithy.api#String" });
    json!({
        "smithy": "2.0",
        "metadata": { "authors": ["nobody"] },
        "shapes": {
            "example#Library": {
                "type": "service",
                "resources": [{ "target": "example#Shelf" }],
                "errors": [{ "target": "example#Closed" }, { "target": "example#Lost" }],
                "rename": { "other#Book": "OtherBook" },
                "traits": {
                    "smithy.api#paginated": {
                        "inputToken": "token", "outputToken": "token", "pageSize": "max"
                    },
                    "smithy.api#httpBearerAuth": {},
                    "aws.auth#sigv4": { "name": "library" },
                    "aws.protocols#awsJson1_0": {},
                    "smithy.protocols#rpcv2Cbor": {}
                }
            },
            "example#Shelf": {
                "type": "resource",
                "identifiers": { "id": string },
                "collectionOperations": [{ "target": "example#CountShelves" }],
                "resources": [{ "target": "example#BookResource" }]
            },
            "example#BookResource": {
                "type": "resource",
                "read": { "target": "example#GetBook" },
                "list": { "target": "example#ListBooks" },
                "resources": [{ "target": "example#Shelf" }]
            },
            "example#CountShelves": {
                "type": "operation",
                "input": { "target": "smithy.api#Unit" },
                "output": { "target": "smithy.api#Unit" }
            },
            "example#GetBook": {
                "type": "operation",
                "output": { "target": "example#Book" },
                "errors": [{ "target": "example#Lost" }, { "target": "example#Burnt" }]
            },
            "example#ListBooks": {
                "type": "operation",
                "input": { "target": "example#ListBooksInput" },
                "output": { "target": "example#ListBooksOutput" },
                "traits": { "smithy.api#paginated": { "items": "page.books", "outputToken": "page.token" } }
            },
            "example#ListBooksInput": {
                "type": "structure",
                "members": { "token": string, "max": { "target": "smithy.api#Integer" } }
            },
            "example#ListBooksOutput": {
                "type": "structure",
                "members": { "page": { "target": "example#Page" } }
            },
            "example#Page": {
                "type": "structure",
                "members": { "token": string, "books": { "target": "example#Books" } }
            },
            "example#Books": { "type": "list", "member": { "target": "example#Book" } },
            "example#Book": {
                "type": "structure",
                "members": { "kind": { "target": "example#BookKind" } }
            },
            "example#BookKind": {
                "type": "union",
                "members": {
                    "plain": { "target": "smithy.api#Unit" },
                    "other": { "target": "other#Book" }
                }
            },
            "other#Book": { "type": "structure" },
            "example#Closed": { "type": "structure", "traits": { "smithy.api#error": "server" } },
            "example#Lost": { "type": "structure", "traits": { "smithy.api#error": "client" } },
            "example#Burnt": { "type": "structure", "traits": { "smithy.api#error": "client" } },
            "example#Unreached": {
                "type": "structure",
                "members": { "nothing": { "target": "example#Missing" } },
                "traits": { "smithy.api#teleported": {} }
            }
        }
    })
}

#[test]
fn operations_of_resources() {
    let model = resolve_json(&library()).unwrap();
    let names: Vec<&str> = model
        .operations
        .iter()
        .map(|operation| operation.name.as_str())
        .collect();
    assert_eq!(names, ["CountShelves", "GetBook", "ListBooks"]);
    let [count, get, list] = model.operations.as_slice() else {
        panic!("three operations");
    };
    assert_eq!(
        (&count.input, &count.output, &get.input),
        (&None, &None, &None)
    );
    assert_eq!(
        get.errors,
        ["example#Lost", "example#Burnt", "example#Closed"].map(id)
    );
    assert_eq!(count.errors, ["example#Closed", "example#Lost"].map(id));
    assert_eq!(
        list.traits.paginated(),
        Some(traits::Paginated {
            input_token: Some("token".to_owned()),
            output_token: Some("page.token".to_owned()),
            items: Some("page.books".to_owned()),
            page_size: Some("max".to_owned()),
        })
    );
    assert_eq!(model.shape(&id("other#Book")).name, "OtherBook");
    assert_eq!(model.shape(&id("smithy.api#Unit")).members().len(), 0);
    assert!(!model.shapes.contains_key(&id("example#Unreached")));
    assert_eq!(
        model.protocols,
        ["aws.protocols#awsJson1_0", "smithy.protocols#rpcv2Cbor"].map(id)
    );
    assert_eq!(
        (model.service.version.as_str(), model.metadata.len()),
        ("", 1)
    );
}

#[test]
fn order_of_shapes_does_not_matter() {
    let model = library();
    let mut reversed = model.clone();
    let shapes = model["shapes"].as_object().unwrap().iter().rev();
    reversed["shapes"] = shapes
        .map(|(id, shape)| (id.clone(), shape.clone()))
        .collect();
    let [model, reversed] = [model, reversed].map(|model| resolve_json(&model).unwrap());
    assert_eq!(format!("{model:?}"), format!("{reversed:?}"));
}

#[test]
fn service_is_chosen_by_id() {
    let source = Source::new("model.json", library().to_string());
    let ast = read(&source);
    let choose = |service| {
        let mut problems = Diagnostics::new();
        let model = assemble(&ast, Some(service), &mut problems);
        model
            .map(|model| model.service().to_string())
            .ok_or_else(|| {
                let remedies = problems.iter().map(|problem| problem.remedy().to_owned());
                remedies.collect()
            })
    };
    assert_eq!(choose("example#Library"), Ok("example#Library".to_owned()));
    let wrong: [(&str, &str); 3] = [
        ("example#Librari", "did you mean `example#Library`?"),
        ("other#Unrelated", "the model has `example#Library`"),
        ("example#Shelf", "the model has `example#Library`"),
    ];
    for (service, remedy) in wrong {
        assert_eq!(choose(service), Err(vec![remedy.to_owned()]));
    }
}

#[test]
fn operations_can_be_left_out() {
    let source = Source::new("model.json", library().to_string());
    let ast = read(&source);
    let left_out = LeftOut {
        unwanted: BTreeSet::from([id("example#GetBook")]),
        unsupported: BTreeMap::from([(id("example#CountShelves"), "nobody counts".to_owned())]),
    };
    let model = resolve(&ast, left_out, &mut Diagnostics::new()).unwrap();
    assert_eq!(model.operations.len(), 1);
    assert!(!model.shapes.contains_key(&id("example#Burnt")));
}

#[test]
fn problems_are_where_they_are_whatever_is_left_out() {
    let text = r#"{ "smithy": "2.0", "shapes": {
        "example#Service": {
            "type": "service",
            "operations": [{ "target": "example#Act" }, { "target": "example#Nowhere" }]
        },
        "example#Act": { "type": "operation" }
    } }"#;
    let source = Source::new("model.json", text);
    let left_out = LeftOut {
        unwanted: BTreeSet::from([id("example#Act")]),
        ..LeftOut::default()
    };
    let mut problems = Diagnostics::new();
    assert!(resolve(&read(&source), left_out, &mut problems).is_none());
    let problems = problems.in_source(&source);
    let position = problems.iter().next().unwrap().position().unwrap();
    assert_eq!(position.line, 4, "{problems}");
    assert_eq!(position.column, 69, "{problems}");
}

#[test]
fn other_traits_are_accepted() {
    let model = resolve_shapes(
        "2.0",
        json!({
            "example#Thing": {
                "type": "structure",
                "traits": {
                    "com.acme#custom": 1,
                    "smithy.example#defined": {},
                    "smithy.api#xmlName": "thing"
                }
            },
            "smithy.example#defined": { "type": "structure", "traits": { "smithy.api#trait": {} } }
        }),
    );
    assert!(
        model
            .shape(&id("example#Thing"))
            .traits
            .has("com.acme#custom")
    );
}
