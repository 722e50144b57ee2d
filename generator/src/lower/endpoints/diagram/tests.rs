//! Wrong diagrams, and those of published models.

use aws_smithy_types::base64;
use serde_json::{Map, Value as Json, json};

use crate::corpus;
use crate::lower::endpoints::tests::problems;

/// The problems of a diagram with these nodes, one condition and one result.
fn of_nodes(nodes: &[[i32; 3]], condition: Json) -> Vec<String> {
    let bytes: Vec<u8> = nodes
        .as_flattened()
        .iter()
        .flat_map(|it| it.to_be_bytes())
        .collect();
    let diagram = json!({
        "version": "1.1",
        "parameters": { "Region": { "type": "string", "documentation": "d" } },
        "conditions": [condition],
        "results": [{ "type": "error", "conditions": [], "error": "{Region}" }],
        "root": 2,
        "nodeCount": nodes.len(),
        "nodes": base64::encode(bytes),
    });
    of(&diagram)
}

fn of(diagram: &Json) -> Vec<String> {
    problems(&format!(r#""smithy.rules#endpointBdd": {diagram}"#))
}

const TERMINAL: [i32; 3] = [-1, 1, -1];

const RESULT: i32 = 100_000_001;

fn region() -> Json {
    json!({ "fn": "isSet", "argv": [{ "ref": "Region" }] })
}

#[test]
fn nodes_have_to_be_a_diagram() {
    assert_eq!(of_nodes(&[TERMINAL, [0, RESULT, -1]], region()), [""; 0]);
    for (nodes, problem) in [
        (
            [TERMINAL, [0, 2, -1]],
            "a node of the decision diagram leads back to itself",
        ),
        (
            [TERMINAL, [0, 3, -1]],
            "the decision diagram has nothing for the reference 3",
        ),
        (
            [TERMINAL, [0, RESULT + 1, -1]],
            "the decision diagram has nothing for the reference 100000002",
        ),
        (
            [TERMINAL, [0, 0, -1]],
            "the decision diagram has nothing for the reference 0",
        ),
        (
            [TERMINAL, [1, RESULT, -1]],
            "the decision diagram has nothing for the reference 2",
        ),
    ] {
        let problem = format!("{problem} | {}", super::REMEDY);
        assert_eq!(of_nodes(&nodes, region()), [problem]);
    }
    let problem = "the nodes of the decision diagram are not in Base64";
    let diagram = json!({ "version": "1.1", "parameters": {}, "nodes": "!" });
    assert_eq!(of(&diagram), [format!("{problem} | {}", super::REMEDY)]);
}

/// The result is reached on two paths, and the condition has one problem.
#[test]
fn each_problem_is_reported_once() {
    let condition = json!({ "fn": "isSet", "argv": [{ "ref": "Zone" }] });
    let nodes = [TERMINAL, [0, 3, -3], [0, RESULT, -1]];
    let problems = of_nodes(&nodes, condition);
    assert_eq!(problems.len(), 2, "{problems:?}");
    // If the variable is not set, there is no text.
    assert!(problems[0].contains("`Zone`"), "{problems:?}");
    assert!(problems[1].contains("Region"), "{problems:?}");
}

/// The problems of a diagram with 4,096 rules: a parity of switches, followed by the `decisive`
/// conditions.
fn of_table(decisive: &[Json], result: &str) -> Vec<String> {
    const SWITCHES: i32 = 12;
    let switch = |it| json!({ "fn": "booleanEquals", "argv": [{ "ref": format!("S{it}") }, true] });
    let mut conditions: Vec<_> = (0..SWITCHES).map(switch).collect();
    conditions.extend_from_slice(decisive);
    let mut nodes = vec![TERMINAL];
    let mut push = |node| {
        nodes.push(node);
        i32::try_from(nodes.len()).expect("they are few")
    };
    let last = SWITCHES + i32::try_from(decisive.len()).expect("they are few");
    let mut even = (SWITCHES..last)
        .rev()
        .fold(RESULT, |high, it| push([it, high, -1]));
    let mut odd = -1;
    for it in (0..SWITCHES).rev() {
        (even, odd) = (push([it, odd, even]), push([it, even, odd]));
    }
    let switch = json!({ "type": "boolean", "required": true, "default": false });
    let mut parameters: Map<_, _> = (0..SWITCHES)
        .map(|it| (format!("S{it}"), switch.clone()))
        .collect();
    parameters.insert("Region".to_owned(), json!({ "type": "string" }));
    let bytes: Vec<u8> = nodes
        .as_flattened()
        .iter()
        .flat_map(|it| it.to_be_bytes())
        .collect();
    of(&json!({
        "version": "1.1",
        "parameters": parameters,
        "conditions": conditions,
        "results": [{ "type": "error", "conditions": [], "error": result }],
        "root": even,
        "nodeCount": nodes.len(),
        "nodes": base64::encode(bytes),
    }))
}

fn part(of: &str, start: u32, name: &str) -> Json {
    let argv = json!([{ "ref": of }, start, 9, false]);
    json!({ "fn": "substring", "argv": argv, "assign": name })
}

#[test]
fn a_large_diagram_stays_a_table() {
    let conditions = [part("Region", 0, "one"), part("one", 1, "two")];
    assert_eq!(of_table(&conditions, "{one} {two} {Region}"), [""; 0]);
    let once = part("Region", 0, "one");
    let twice = [once.clone(), part("Region", 1, "one")];
    let problem = format!(
        "`one` is assigned by an earlier condition, too | {}",
        super::REMEDY
    );
    assert_eq!(of_table(&twice, "{one}"), [problem]);
    // The problem is reported once, although the result needs the condition as well.
    let problems = of_table(&[part("Zone", 0, "one")], "{one} {Zone}");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("`Zone`"), "{problems:?}");
    let problems = of_table(&[part("one", 0, "one")], "");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("`one`"), "{problems:?}");
    let either = json!({ "fn": "coalesce", "argv": [{ "ref": "one" }, "none"], "assign": "two" });
    let problem = "`one` may be unset here, and so may what it is made of";
    let problem = format!("{problem} | {}", super::REMEDY);
    assert_eq!(of_table(&[once, either], "{two}"), [problem]);
}

/// Diagrams of models that also have rule sets, which clients use instead.
#[test]
fn published_diagrams_are_understood() {
    for path in corpus::published(&["../shared/corpus/2026-08"]) {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let model: Json = serde_json::from_str(&text).expect("it is JSON");
        let shapes = model["shapes"].as_object().expect("it has shapes").values();
        let diagrams = shapes.filter_map(|it| it["traits"].get("smithy.rules#endpointBdd"));
        for diagram in diagrams {
            assert_eq!(of(diagram), [""; 0], "{path:?}");
        }
    }
}
