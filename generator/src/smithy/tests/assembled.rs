//! Mixins, `apply` and the versions of Smithy.

use super::*;

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
