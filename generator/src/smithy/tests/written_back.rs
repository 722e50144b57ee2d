//! What has been parsed can be written back.

use super::*;

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
