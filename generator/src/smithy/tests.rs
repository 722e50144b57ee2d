//! Tests of resolving models. Broken models are cases outside this crate.

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

#[test]
fn mixins_give_their_members_first_and_traits_by_precedence() {
    let model = resolve_shapes(
        "2.0",
        json!({
            "example#A": {
                "type": "structure",
                "members": {
                    "a": {
                        "target": "smithy.api#String",
                        "traits": { "smithy.api#documentation": "A" }
                    }
                },
                "traits": {
                    "smithy.api#mixin": { "localTraits": ["smithy.api#internal"] },
                    "smithy.api#internal": {},
                    "smithy.api#documentation": "A",
                    "smithy.api#since": "1"
                }
            },
            "example#B": {
                "type": "structure",
                "mixins": [{ "target": "example#A" }],
                "members": { "b": { "target": "smithy.api#String" } },
                "traits": { "smithy.api#mixin": {}, "smithy.api#since": "2" }
            },
            "example#C": {
                "type": "structure",
                "members": {
                    "c": { "target": "smithy.api#String" },
                    "a": {
                        "target": "smithy.api#String",
                        "traits": { "smithy.api#required": {} }
                    }
                },
                "traits": { "smithy.api#mixin": {} }
            },
            "example#Thing": {
                "type": "structure",
                "mixins": [{ "target": "example#B" }, { "target": "example#C" }],
                "members": { "own": { "target": "smithy.api#String" } }
            },
            "example#Thing$a": {
                "type": "apply",
                "traits": { "smithy.api#documentation": "the thing's" }
            },
            "example#B$b": { "type": "apply", "traits": { "smithy.api#jsonName": "bee" } }
        }),
    );
    assert_eq!(
        members(&model, "example#Thing"),
        [
            r#"a String documentation="the thing's" required={}"#,
            r#"b String jsonName="bee""#,
            "c String",
            "own String"
        ]
    );
    let traits = &model.shape(&id("example#Thing")).traits;
    assert_eq!(
        describe("", &id("a#b"), traits),
        r#" b documentation="A" since="2""#
    );
}

#[test]
fn mixins_of_lists_maps_and_strings() {
    let model = resolve_shapes(
        "2.0",
        json!({
            "example#ListMixin": {
                "type": "list",
                "member": { "target": "smithy.api#String" },
                "traits": { "smithy.api#mixin": {}, "smithy.api#sparse": {} }
            },
            "example#List": { "type": "list", "mixins": [{ "target": "example#ListMixin" }] },
            "example#MapMixin": {
                "type": "map",
                "key": { "target": "smithy.api#String" },
                "value": { "target": "smithy.api#Long" },
                "traits": { "smithy.api#mixin": {} }
            },
            "example#Map": { "type": "map", "mixins": [{ "target": "example#MapMixin" }] },
            "example#Map$value": { "type": "apply", "traits": { "smithy.api#documentation": "v" } }
        }),
    );
    assert_eq!(members(&model, "example#List"), ["member String"]);
    assert!(model.shape(&id("example#List")).traits.sparse());
    assert_eq!(
        members(&model, "example#Map"),
        ["key String", r#"value Long documentation="v""#]
    );
}

#[test]
fn apply_joins_lists_and_repeats_values() {
    let model = resolve_shapes(
        "2.0",
        json!({
            "example#Name": { "type": "string", "traits": { "smithy.api#tags": ["a"] } },
            "example#Thing": {
                "type": "structure",
                "members": {
                    "name": {
                        "target": "example#Name",
                        "traits": { "smithy.api#required": {} }
                    }
                }
            },
            "example#Thing$name": { "type": "apply", "traits": { "smithy.api#required": {} } }
        }),
    );
    assert_eq!(members(&model, "example#Thing"), ["name Name required={}"]);
    let tags = model
        .shape(&id("example#Name"))
        .traits
        .get("smithy.api#tags");
    assert_eq!(tags, Some(&json!(["a"])));
}

#[test]
fn version_1_has_zeros_that_2_spells_out() {
    let mut shapes = json!({
        "example#Count": { "type": "integer" },
        "example#BoxedCount": { "type": "integer", "traits": { "smithy.api#box": {} } },
        "example#Stream": { "type": "blob", "traits": { "smithy.api#streaming": {} } },
        "example#Names": { "type": "set", "member": { "target": "smithy.api#String" } },
        "example#Counts": { "type": "list", "member": { "target": "example#Count" } },
        "example#Thing": {
            "type": "structure",
            "members": {
                "prelude": { "target": "smithy.api#Integer" },
                "primitive": { "target": "smithy.api#PrimitiveBoolean" },
                "count": { "target": "example#Count" },
                "boxed": { "target": "example#Count", "traits": { "smithy.api#box": {} } },
                "boxedTarget": { "target": "example#BoxedCount" },
                "text": { "target": "smithy.api#String" }
            }
        }
    });
    let one = resolve_shapes("1.0", shapes.clone());
    assert_eq!(
        members(&one, "example#Thing"),
        [
            "prelude Integer",
            "primitive PrimitiveBoolean default=false",
            "count Count default=0",
            "boxed Count box={} default=null",
            "boxedTarget BoxedCount",
            "text String"
        ]
    );
    assert_eq!(
        members(&one, "example#ActInput")[2],
        r#"m2 Stream default="""#
    );
    assert_eq!(members(&one, "example#Counts"), ["member Count"]);
    assert!(one.shape(&id("example#Names")).traits.unique_items());
    assert_eq!(
        one.shape(&id("example#Count")).traits.default(),
        Some(&json!(0))
    );

    // In version 2, a stream needs a default.
    shapes["example#Stream"]["traits"] = json!({});
    let two = resolve_shapes("2", shapes);
    assert_eq!(members(&two, "example#Thing")[2], "count Count");
}

#[test]
fn enums_of_both_versions() {
    let model = resolve_shapes(
        "2.0",
        json!({
            "example#Old": {
                "type": "string",
                "traits": {
                    "smithy.api#enum": [
                        { "value": "t2.nano", "name": "T2_NANO", "documentation": "Small." },
                        { "value": "t2.micro", "deprecated": true, "tags": ["old"] }
                    ]
                }
            },
            "example#New": {
                "type": "enum",
                "members": {
                    "RED": { "target": "smithy.api#Unit" },
                    "BLUE": {
                        "target": "smithy.api#Unit",
                        "traits": { "smithy.api#enumValue": "blue" }
                    }
                }
            },
            "example#Number": {
                "type": "intEnum",
                "members": {
                    "ONE": {
                        "target": "smithy.api#Unit",
                        "traits": { "smithy.api#enumValue": 1 }
                    }
                }
            }
        }),
    );
    let Kind::Enum(old) = &model.shape(&id("example#Old")).kind else {
        panic!("a string with `enum` is an enum");
    };
    assert_eq!(
        (old[0].name.as_deref(), old[0].value.as_str()),
        (Some("T2_NANO"), "t2.nano")
    );
    assert_eq!(old[0].traits.documentation(), Some("Small."));
    assert_eq!(old[1].name, None);
    assert_eq!(old[1].traits.get("smithy.api#tags"), Some(&json!(["old"])));
    assert!(old[1].traits.deprecated().is_some());
    let Kind::Enum(new) = &model.shape(&id("example#New")).kind else {
        panic!("an enum is an enum");
    };
    assert_eq!(
        (new[0].value.as_str(), new[1].value.as_str()),
        ("RED", "blue")
    );
    let Kind::IntEnum(numbers) = &model.shape(&id("example#Number")).kind else {
        panic!("an intEnum is an intEnum");
    };
    assert_eq!((numbers[0].name.as_str(), numbers[0].value), ("ONE", 1));
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

#[test]
fn unknown_keys_are_written_back() {
    let source = json!({
        "smithy": "2.0",
        "shapes": {
            "example#Thing": {
                "type": "structure",
                "members": { "name": { "target": "smithy.api#String", "color": [1] } },
                "mixins": [{ "target": "example#Mixin", "first": true }],
                "member": { "target": "smithy.api#String" },
                "more": { "b": 1, "a": null },
            },
        },
        "authors": [],
    });
    let text = Source::new("model.json", source.to_string());
    let mut diagnostics = Diagnostics::new();
    let ast = parse(&text, &mut diagnostics).unwrap();
    assert_eq!(serde_json::to_value(&ast).unwrap(), source);
    assert_eq!(diagnostics.count(Severity::Warning), 5, "{diagnostics}");
}

/// More digits than a float has are kept, with mixins and `apply`, too.
#[test]
fn numbers_keep_their_digits() {
    let text = r#"{"smithy":"2.0","shapes":{
        "example#Mixin": { "type": "structure", "traits": { "smithy.api#mixin": {} }, "members": {
            "price": { "target": "smithy.api#BigDecimal", "traits": {
                "smithy.api#default": 0.100000000000000000000001
            } }
        } },
        "example#Thing": { "type": "structure", "mixins": [{ "target": "example#Mixin" }] },
        "example#Thing$price": { "type": "apply", "traits": {
            "example#of": { "numbers": [1, 18446744073709551617] }
        } },
        "example#Get": { "type": "operation", "input": { "target": "example#Thing" } },
        "example#Library": {
            "type": "service", "version": "1", "operations": [{ "target": "example#Get" }]
        }
    } }"#;
    let source = Source::new("model.json", text.to_owned());
    let ast = read(&source);
    let written = serde_json::to_string(&ast).unwrap();
    let numbers = ["0.100000000000000000000001", "18446744073709551617"];
    for number in numbers {
        assert!(written.contains(number), "{written}");
    }
    let mut problems = Diagnostics::new();
    let model = assemble(&ast, None, &mut problems).unwrap().unchecked();
    let traits = &model.shapes[&id("example#Thing")]
        .member("price")
        .unwrap()
        .traits;
    assert_eq!(traits.text("smithy.api#default").unwrap(), numbers[0]);
    let of = traits.text("example#of").unwrap();
    assert!(of.contains(numbers[1]), "{of}");
}

/// Real models, if there are any: those of the workspace, and those of a folder `shared` beside it.
#[test]
fn real_models_are_written_back_unchanged() {
    let files = corpus::published(&["models", "../shared"]);
    let changed = corpus::find(&files, |path| {
        let source = Source::read(path).unwrap();
        let json: Value = serde_json::from_str(source.text()).unwrap();
        json.get("smithy")?;
        let is_same = serde_json::to_value(read(&source)).unwrap() == json;
        (!is_same).then(|| source.name().to_owned())
    });
    assert_eq!(changed, [""; 0]);
}
