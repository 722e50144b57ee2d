use super::*;
use crate::smithy::ShapeId;

/// The position of a place in a text, as line and column.
fn position(text: &str, place: Place) -> (usize, usize) {
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(place, "", "");
    let diagnostics = diagnostics.in_source(&Source::new("text", text));
    diagnostics
        .iter()
        .next()
        .and_then(Diagnostic::position)
        .unwrap()
}

#[test]
fn places() {
    let text = r#"{
  "a": { "members": { "é": [1, {"x": 2}] } },
  "list": { "member": { "target": "t" } },
  "text": "value",
  "a\"b": 1
}"#;
    let root = Place::root;
    assert_eq!(position(text, root()), (1, 1));
    assert_eq!(position(text, root().key("a")), (2, 3));
    assert_eq!(position(text, root().key("a").member("é")), (2, 23));
    assert_eq!(
        position(text, root().key("a").member("é").index(0)),
        (2, 29)
    );
    assert_eq!(
        position(text, root().key("a").member("é").index(1).key("x")),
        (2, 38)
    );
    assert_eq!(
        position(text, root().key("list").member("member").key("target")),
        (3, 35)
    );
    assert_eq!(position(text, root().key("text")), (4, 11));
    assert_eq!(position(text, root().key("text").the_key()), (4, 3));
    assert_eq!(position(text, root().key("a\"b")), (5, 11));
    // What does not exist is shown where it would be.
    assert_eq!(
        position(text, root().key("a").member("missing").key("target")),
        (2, 3)
    );
    assert_eq!(position(text, root().key("missing")), (1, 1));
    assert_eq!(position(text, root().key("text").index(3)), (4, 11));
    assert_eq!(position("not JSON", root().key("a")), (1, 1));
    assert_eq!(position("", root()), (1, 1));
}

#[test]
fn problems_are_in_the_order_of_the_text() {
    let text = "{\n\"a\": 1,\n\"b\": 2\n}";
    let mut diagnostics = Diagnostics::new();
    for key in ["b", "a", "b"] {
        diagnostics.error(Place::root().key(key), key, "");
    }
    let diagnostics = diagnostics.in_source(&Source::new("text", text));
    let messages: Vec<&str> = diagnostics.iter().map(Diagnostic::message).collect();
    assert_eq!(messages, ["a", "b", "b"]);
}

#[test]
fn problems_of_files_and_of_places_without_a_source() {
    let missing = Source::read(Path::new("no/such/model.json")).unwrap_err();
    let text = missing.in_source(&Source::new("other", "{}")).to_string();
    assert!(text.contains("  --> no/such/model.json\n"), "{text}");
    let mut diagnostics = Diagnostics::new();
    let id = ShapeId::parse("example#Thing$name").unwrap();
    diagnostics.error(Place::shape(&id), "it is wrong", "right it");
    let expected = "error: it is wrong\n  shape: example#Thing$name\n  help: right it\n";
    assert_eq!(diagnostics.to_string(), expected);
}

#[test]
fn many_problems_in_one_long_line() {
    let members = (0..20_000).map(|index| format!("\"m{index}\":{{\"target\":\"a#b\"}}"));
    let text = format!(
        "{{\"members\":{{{}}}}}",
        members.collect::<Vec<_>>().join(",")
    );
    let mut diagnostics = Diagnostics::new();
    for index in 0..2_000 {
        diagnostics.error(Place::root().member(&format!("m{}", index * 10)), "x", "y");
    }
    let diagnostics = diagnostics.in_source(&Source::new("text", text));
    assert_eq!(
        diagnostics
            .to_string()
            .lines()
            .filter(|line| line.contains("^^"))
            .count(),
        2_000
    );
}
