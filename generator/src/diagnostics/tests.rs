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
        .map(|start| (start.line, start.column))
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
    // A place that does not exist is shown where it would be.
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
fn warnings_come_last_and_do_not_refuse() {
    let text = "{\n\"a\": 1,\n\"b\": 2\n}";
    let mut diagnostics = Diagnostics::new();
    diagnostics.warning(Place::root().key("a"), "w\nw", "help");
    assert!(!diagnostics.has_errors());
    assert_eq!(diagnostics.unless_errors(1), Some(1));
    diagnostics.error(Place::root().key("b"), "e", "help");
    assert_eq!(diagnostics.unless_errors(1), None);
    let diagnostics = diagnostics.in_source(&Source::new("text", text));
    let levels: Vec<_> = diagnostics.iter().map(Diagnostic::severity).collect();
    assert_eq!(levels, [Severity::Error, Severity::Warning]);
    let rendered = diagnostics.to_string();
    assert!(rendered.contains("\nwarning: w w\n"), "{rendered}");
    let last = diagnostics.iter().last().unwrap();
    assert_eq!(last.in_one_line(), "text:2:6: w w; help");
    let json = last.to_json();
    assert!(json.starts_with(r#"{"level":"warning","#), "{json}");
}

#[test]
fn problems_are_in_the_order_of_the_text() {
    let text = "{\n\"a\": 1,\n\"b\": 2\n}";
    let mut diagnostics = Diagnostics::new();
    for (key, message) in [("b", "b1"), ("a", "a"), ("b", "b2"), ("b", "b1")] {
        diagnostics.error(Place::root().key(key), message, "");
    }
    let diagnostics = diagnostics.in_source(&Source::new("text", text));
    let messages: Vec<&str> = diagnostics.iter().map(Diagnostic::message).collect();
    // A problem that is found twice is reported once.
    assert_eq!(messages, ["a", "b1", "b2"]);
}

#[test]
fn problems_of_files_and_of_places_without_a_source() {
    let missing = Source::read(Path::new("no/such/model.json")).unwrap_err();
    let text = missing.in_source(&Source::new("other", "{}")).to_string();
    assert!(text.contains("\n --> no/such/model.json\n"), "{text}");
    let mut diagnostics = Diagnostics::new();
    let id = ShapeId::parse("example#Thing$name").unwrap();
    diagnostics.error(Place::shape(&id), "it is wrong", "right it");
    let expected = "error: it is wrong\n = shape: example#Thing$name\n = help: right it\n";
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
    let is_right = |(index, found): (usize, &Diagnostic)| {
        let text = found.render(Style::Plain);
        text.contains(&format!("\"m{}\":", index * 10)) && text.contains("^^")
    };
    assert_eq!(diagnostics.len(), 2_000);
    assert!(diagnostics.iter().enumerate().all(is_right));
    let text = diagnostics.to_string();
    assert_eq!(text.matches(" --> text:1:").count(), 20);
    assert!(text.ends_with("\n… and 1980 more\n"), "{text}");
}

/// A model with resources, nested structures, mixins and errors.
const MODEL: &str = r##"{
  "smithy": "2.0",
  "shapes": {
    "a#Service": { "type": "service", "operations": [{ "target": "a#Get" }],
      "resources": [{ "target": "a#Thing" }], "errors": [{ "target": "a#Lost" }] },
    "a#Thing": { "type": "resource", "identifiers": { "id": { "target": "a#Id" } },
      "read": { "target": "a#Read" }, "resources": [{ "target": "a#Part" }] },
    "a#Part": { "type": "resource", "collectionOperations": [{ "target": "a#List" }] },
    "a#Get": { "type": "operation", "input": { "target": "a#GetInput" } },
    "a#Read": { "type": "operation", "output": { "target": "a#ReadOutput" } },
    "a#List": { "type": "operation", "errors": [{ "target": "a#Gone" }] },
    "a#Id": { "type": "string" },
    "a#GetInput": { "type": "structure", "mixins": [{ "target": "a#Named" }],
      "members": { "items": { "target": "a#Items" }, "table": { "target": "a#Table" } } },
    "a#Named": { "type": "structure", "mixins": [{ "target": "a#Titled" }],
      "members": { "name": { "target": "b#String" } } },
    "a#Titled": { "type": "structure", "members": { "title": { "target": "b#String" } } },
    "a#Items": { "type": "list", "member": { "target": "a#Item" } },
    "a#Table": { "type": "map", "key": { "target": "a#Id" }, "value": { "target": "a#Item" } },
    "a#Item": { "type": "structure", "members": { "items": { "target": "a#Items" }, "x": { "target": "b#Y" } } },
    "a#ReadOutput": { "type": "structure", "members": { "item": { "target": "a#Item" } } },
    "a#Lost": { "type": "structure" },
    "a#Gone": { "type": "structure" },
    "a#Alone": { "type": "structure" },
    "a#GetInput$title": { "type": "apply", "traits": { "b#doc": "" } },
    "a#Broken": 7
  }
}"##;

/// The diagnostic of a place in [`MODEL`].
fn in_model(place: Place) -> Diagnostic {
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(place, "it is wrong", "right it");
    let diagnostics = diagnostics.in_source(&Source::new("model.json", MODEL));
    diagnostics.into_iter().next().unwrap()
}

fn shape(id: &str) -> Place {
    Place::shape(&ShapeId::parse(id).unwrap())
}

#[test]
fn paths_from_the_service() {
    let path = |place| in_model(place).path().map(str::to_owned);
    let is = |place, expected: &str| assert_eq!(path(place).as_deref(), Some(expected));
    is(shape("a#Service"), "Service");
    is(shape("a#Service").key("version"), "Service > version");
    is(shape("a#Get").r#trait("b#http"), "Service > Get");
    is(shape("a#Get").key("input"), "Service > Get > input");
    is(shape("a#Lost"), "Service > error Lost");
    // Operations, errors and identifiers of resources.
    is(
        shape("a#Thing").key("read"),
        "Service > resource Thing > read",
    );
    is(shape("a#Id"), "Service > resource Thing > id");
    is(
        shape("a#ReadOutput$item"),
        "Service > resource Thing > Read > output ReadOutput > item",
    );
    is(
        shape("a#Gone"),
        "Service > resource Thing > resource Part > List > error Gone",
    );
    // Lists, maps and members; the shortest of several paths.
    is(
        shape("a#Item$x").key("target"),
        "Service > Get > input GetInput > items > member: Item > x",
    );
    is(
        shape("a#Table$value"),
        "Service > Get > input GetInput > table > value",
    );
    // The path to inherited members contains the mixins.
    is(
        shape("a#GetInput$name"),
        "Service > Get > input GetInput > mixin Named > name",
    );
    is(
        shape("a#GetInput$title"),
        "Service > Get > input GetInput > mixin Named > mixin Titled > title",
    );
    is(
        shape("a#Titled"),
        "Service > Get > input GetInput > mixin Named > mixin Titled",
    );
    // Shapes that no service reaches have no path.
    assert_eq!(path(shape("a#Alone")), None);
    assert_eq!(path(shape("a#Missing$x")), None);
    assert_eq!(path(Place::root().key("metadata")), None);
}

#[test]
fn what_a_shape_has_from_elsewhere_is_shown_there() {
    let line = |place| in_model(place).position().unwrap().line;
    let line_of = |text: &str| MODEL.lines().position(|line| line.contains(text)).unwrap() + 1;
    assert_eq!(line(shape("a#GetInput$items")), line_of(r#""items""#));
    assert_eq!(line(shape("a#GetInput$name")), line_of(r#""name""#));
    assert_eq!(line(shape("a#GetInput$title")), line_of(r#""title""#));
    let applied = shape("a#GetInput$title").r#trait("b#doc");
    assert_eq!(line(applied), line_of(r#""a#GetInput$title""#));
    // A member that does not exist is shown at its shape.
    assert_eq!(line(shape("a#GetInput$none")), line_of(r#""a#GetInput":"#));
}

#[test]
fn json_has_all_that_is_known() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(
        shape("a#Item$x").key("target"),
        "it is \"wrong\"",
        "right it",
    );
    diagnostics.see(shape("a#Id"), "the other");
    diagnostics.file_error(Path::new("services.toml"), "it is missing", "add it");
    let diagnostics = diagnostics.in_source(&Source::new("model.json", MODEL));
    let lines = diagnostics.to_json_lines();
    let messages: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [file, place] = messages.as_slice() else {
        panic!("a line for each: {lines}");
    };
    let rendered = place["rendered"].as_str().unwrap();
    assert!(rendered.contains("--> model.json:20:102\n"), "{rendered}");
    assert_eq!(
        *place,
        serde_json::json!({
            "level": "error",
            "message": "it is \"wrong\"",
            "file": "model.json",
            "line": 20,
            "column": 102,
            "end": { "line": 20, "column": 107 },
            "shape": "a#Item$x",
            "path": "Service > Get > input GetInput > items > member: Item > x",
            "related": [{ "message": "the other", "line": 12, "column": 5 }],
            "remedy": "right it",
            "rendered": rendered,
        })
    );
    assert_eq!(file["file"], "services.toml");
    let nothing = ["line", "column", "end", "shape", "path"];
    assert!(nothing.iter().all(|field| file[*field].is_null()), "{file}");
}

#[test]
fn colours_are_for_those_who_ask() {
    let diagnostic = in_model(shape("a#Item$x"));
    assert!(!diagnostic.render(Style::Plain).contains('\x1b'));
    assert!(diagnostic.render(Style::Coloured).contains("\x1b["));
}

#[test]
fn a_model_cannot_write_escape_sequences() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(Place::root().key("\x1b[31m"), "a \x1b[31m", "a \x1b[31m");
    let text = "{ \"\x1b[31m\": 1 }";
    let diagnostics = diagnostics.in_source(&Source::new("text", text));
    assert!(!diagnostics.to_string().contains('\x1b'), "{diagnostics}");
}
