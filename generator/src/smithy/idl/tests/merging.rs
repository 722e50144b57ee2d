//! Tests of models with several files.

use serde_json::{Value, json};

use super::ast_of;
use crate::diagnostics::Source;

#[test]
fn files_are_merged_and_conflicts_show_both() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "a.smithy",
        "$version: \"2.0\"\nnamespace a\nstructure A { b: B }\n",
    );
    write(
        "b.smithy",
        "$version: \"2.0\"\nnamespace a\n@length(min: 1)\nstring B\napply A$b @required\n",
    );
    write(
        "c.json",
        r#"{"smithy":"2.0","shapes":{"a#B":{"type":"string","traits":{"smithy.api#sensitive":{}}}}}"#,
    );
    write("other.json", r#"{"name":"no model"}"#);
    let ast = ast_of(&Source::load([folder.path()]).unwrap()).unwrap();
    let b = json!({"type": "string", "traits": {"smithy.api#length": {"min": 1}, "smithy.api#sensitive": {}}});
    assert_eq!(ast["shapes"]["a#B"], b);
    let member = json!({"target": "a#B", "traits": {"smithy.api#required": {}}});
    assert_eq!(ast["shapes"]["a#A"]["members"]["b"], member);

    write(
        "c.json",
        r#"{"smithy":"2.0","shapes":{"a#B":{"type":"blob"}}}"#,
    );
    let problems = Source::load([folder.path()]).unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert!(problem.file().unwrap().ends_with("c.json"), "{problems}");
    assert!(
        problem.related()[0]
            .file
            .as_ref()
            .unwrap()
            .ends_with("b.smithy"),
        "{problems}"
    );
    assert_eq!(problem.related()[0].position.unwrap().line, 4);

    write(
        "smithy-build.json",
        r#"{"version":"1.0","sources":["a.smithy"],"imports":["b.smithy"]}"#,
    );
    let ast = ast_of(&Source::load([folder.path()]).unwrap()).unwrap();
    assert_eq!(
        ast["shapes"]["a#B"]["traits"],
        json!({"smithy.api#length": {"min": 1}})
    );
}

/// Version 1.0 has implicit defaults and sets.
#[test]
fn files_of_version_one_are_raised_among_others() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "one.smithy",
        "namespace a\nset S { member: String }\nstructure A { @box b: I, i: I, p: PrimitiveLong, l: Long }\ninteger I\n",
    );
    write(
        "two.smithy",
        "$version: \"2\"\nnamespace a\nstructure B { a: A }\n",
    );
    let ast = ast_of(&Source::load([folder.path()]).unwrap()).unwrap();
    assert_eq!(ast["smithy"], "2.0");
    let shapes = &ast["shapes"];
    assert_eq!(shapes["a#S"]["type"], "list");
    let default =
        |member: &str| shapes["a#A"]["members"][member]["traits"].get("smithy.api#default");
    assert_eq!(default("b"), Some(&Value::Null));
    assert_eq!(default("i"), Some(&json!(0)));
    assert_eq!(default("p"), Some(&json!(0)));
    assert_eq!(default("l"), None);
}
