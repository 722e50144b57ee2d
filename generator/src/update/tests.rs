use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use walkdir::WalkDir;

use super::*;

#[test]
fn our_models_are_written_as_they_are() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let files = WalkDir::new(models).into_iter();
    let paths = files.map(|entry| entry.expect("a model").into_path());
    for path in paths.filter(|path| path.extension().is_some_and(|it| it == "json")) {
        let text = fs::read_to_string(&path).expect("a text");
        if !text.contains("\"smithy\"") {
            continue;
        }
        let source = Source::new("model.json", text.as_str());
        let written = replace(&source, &source, Words::Ours, Origins::default()).expect("a model");
        assert!(written.is_same);
        assert!(written.text == text, "{}", path.display());
    }
}

#[test]
fn lines_end_as_they_did() {
    let text = "{\r\n  \"smithy\": \"2.0\",\r\n  \"shapes\": {}\r\n}\r\n";
    let source = Source::new("model.json", text);
    let written = replace(&source, &source, Words::Ours, Origins::default()).expect("a model");
    assert_eq!(written.text, text);
}

#[test]
fn order_makes_no_difference() {
    let old = json!({
        "example#B": {"type": "structure", "members": {"b": string(), "a": string()}, "traits": {}},
        "example#A": {"type": "operation", "errors": [of("example#Y"), of("example#X")]},
    });
    let new = json!({
        "example#A": {"errors": [of("example#X"), of("example#Y")], "type": "operation"},
        "example#B": {"traits": {}, "members": {"a": string(), "b": string()}, "type": "structure"},
    });
    let replaced = replaced(&old, &new, Words::Ours);
    assert!(replaced.is_same);
    assert_eq!(shapes(&replaced), old.to_string());
}

#[test]
fn new_things_come_after_what_precedes_them() {
    let old = json!({
        "example#A": {"type": "structure", "members": {"z": string(), "a": string()}},
        "example#C": {"type": "string"},
    });
    let new = json!({
        "example#C": {"type": "string"},
        "example#D": {"type": "string"},
        "example#A": {"type": "structure", "members": {"a": string(), "m": string(), "z": string()}},
    });
    let expected = json!({
        "example#A": {"type": "structure", "members": {"z": string(), "a": string(), "m": string()}},
        "example#C": {"type": "string"},
        "example#D": {"type": "string"},
    });
    let replaced = replaced(&old, &new, Words::Ours);
    assert!(!replaced.is_same);
    assert_eq!(shapes(&replaced), expected.to_string());
}

#[test]
fn our_examples_stay_and_theirs_are_left_out() {
    let with = |title: &str| {
        let examples = json!([{"title": title, "input": {"documentation": title}}]);
        json!({"type": "operation", "traits": {"smithy.api#examples": examples}})
    };
    let old = json!({"example#A": with("ours")});
    let new = json!({"example#A": with("theirs"), "example#B": with("theirs")});
    let expected = json!({"example#A": with("ours"), "example#B": {"type": "operation"}});
    let kept = replaced(&old, &new, Words::Ours);
    assert_eq!(shapes(&kept), expected.to_string());
    assert_eq!(
        shapes(&replaced(&old, &new, Words::Theirs)),
        new.to_string()
    );
}

#[test]
fn our_words_stay_and_theirs_are_left_out() {
    let old = json!({
        "example#A": {"type": "structure", "members": {"a": said("ours")}, "traits": words("ours")},
        "example#Gone": {"type": "string", "traits": words("ours")},
    });
    let new = json!({
        "example#A": {"type": "structure", "members": {"a": said("theirs"), "b": said("theirs")}},
        "example#B": {"type": "list", "member": said("theirs"), "traits": words("theirs")},
    });
    let expected = json!({
        "example#A": {
            "type": "structure",
            "members": {"a": said("ours"), "b": string()},
            "traits": words("ours"),
        },
        "example#B": {"type": "list", "member": string()},
    });
    let replaced = replaced(&old, &new, Words::Ours);
    assert_eq!(shapes(&replaced), expected.to_string());
    assert_eq!(replaced.left_out, 4);
}

#[test]
fn their_words_are_taken_if_that_is_wished() {
    let old = json!({
        "example#A": {"type": "structure", "members": {"a": said("ours"), "b": said("ours")}},
        "example#B": {"type": "string", "traits": words("ours")},
    });
    let new = json!({
        "example#A": {"type": "structure", "members": {"a": said("theirs"), "b": string()}},
        "example#B": {"type": "string", "traits": words("<p/>")},
    });
    let expected = json!({
        "example#A": {"type": "structure", "members": {"a": said("theirs"), "b": said("ours")}},
        "example#B": {"type": "string", "traits": words("ours")},
    });
    let replaced = replaced(&old, &new, Words::Theirs);
    assert_eq!(shapes(&replaced), expected.to_string());
    assert_eq!(replaced.left_out, 0);
}

#[test]
fn words_of_apply_statements_count() {
    let applied = json!({
        "example#A": {"type": "structure", "members": {"a": string()}},
        "example#A$a": {"type": "apply", "traits": words("applied")},
    });
    let own = json!({
        "example#A": {"type": "structure", "members": {"a": said("own")}},
    });
    // Our documentation moves to the member itself.
    let replaced = |old, new, words| shapes(&super::tests::replaced(old, new, words));
    let moved = json!({
        "example#A": {"type": "structure", "members": {"a": said("applied")}},
    });
    assert_eq!(replaced(&applied, &own, Words::Ours), moved.to_string());
    assert_eq!(replaced(&own, &applied, Words::Ours), own.to_string());
    // The documentation of a member is not duplicated.
    assert_eq!(replaced(&own, &applied, Words::Theirs), applied.to_string());
}

#[test]
fn words_in_traits_stay_where_nothing_else_changes() {
    let rules = |parameters: Value| {
        let rules = json!({"parameters": parameters, "rules": [{"documentation": "theirs"}]});
        json!({"example#A": {"type": "service", "traits": {"smithy.rules#endpointRuleSet": rules}}})
    };
    let old = rules(json!({
        "Same": {"type": "string", "documentation": "ours"},
        "Other": {"type": "string", "documentation": "ours"},
    }));
    let new = rules(json!({
        "Same": {"type": "string", "documentation": "theirs"},
        "Other": {"type": "boolean"},
        "documentation": {"type": "string"},
    }));
    let text = shapes(&replaced(&old, &new, Words::Ours));
    for part in [
        r#""Same":{"type":"string","documentation":"ours"}"#,
        r#""Other":{"type":"boolean","documentation":"ours"}"#,
        r#""documentation":{"type":"string"}"#,
    ] {
        assert!(text.contains(part), "`{part}` is not in {text}");
    }
}

#[test]
fn words_of_values_stay_when_an_enum_is_written_in_another_way() {
    let values = json!([{"value": "a", "name": "A", "documentation": "ours"}]);
    let old = json!({"example#A": {"type": "string", "traits": {"smithy.api#enum": values}}});
    let traits = |words| json!({"smithy.api#enumValue": "a", "smithy.api#documentation": words});
    let new = |words| {
        let member = json!({"target": "smithy.api#Unit", "traits": traits(words)});
        json!({"example#A": {"type": "enum", "members": {"A": member}}})
    };
    let replaced = replaced(&old, &new("theirs"), Words::Ours);
    assert_eq!(shapes(&replaced), new("ours").to_string());
}

#[test]
fn what_has_changed_about_documented_things_is_named() {
    let old = json!({
        "example#A": {"type": "structure", "members": {
            "same": said("ours"), "target": said("ours"), "silent": string(),
            "trait": {"target": "smithy.api#String", "traits": words("ours")},
        }},
    });
    let traits = json!({"smithy.api#documentation": "theirs", "smithy.api#required": {}});
    let new = json!({
        "example#A": {"type": "structure", "members": {
            "same": said("theirs"), "silent": of("smithy.api#Integer"),
            "target": of("smithy.api#Integer"),
            "trait": {"target": "smithy.api#String", "traits": traits},
        }},
    });
    let replaced = replaced(&old, &new, Words::Ours);
    let changed = replaced.changed.iter();
    let changed = changed.map(|(id, what)| (id.as_str(), what.join(" ")));
    assert_eq!(
        changed.collect::<Vec<_>>(),
        [
            ("example#A$target", "target".to_owned()),
            ("example#A$trait", "@required".to_owned()),
        ]
    );
}

fn replaced(old: &Value, new: &Value, words: Words) -> Replacement {
    let source = |shapes: &Value| {
        let model = json!({"smithy": "2.0", "shapes": shapes});
        Source::new("model.json", model.to_string())
    };
    replace(&source(old), &source(new), words, Origins::default())
        .unwrap_or_else(|problems| panic!("{problems}"))
}

fn shapes(replaced: &Replacement) -> String {
    let model: Value = serde_json::from_str(&replaced.text).expect("it is JSON");
    model["shapes"].to_string()
}

fn of(target: &str) -> Value {
    json!({"target": target})
}

fn string() -> Value {
    of("smithy.api#String")
}

fn said(text: &str) -> Value {
    json!({"target": "smithy.api#String", "traits": words(text)})
}

fn words(text: &str) -> Value {
    json!({"smithy.api#documentation": text})
}
