//! A model as large as the largest of AWS, for what is slow only then.

/// The size of a structure in the text, about.
const STRUCTURE: usize = 900;

/// A model of about `size` bytes, in which `broken` members target a shape that does not exist.
///
/// Its structures are a tree, so that each has a way of its own from the service.
pub fn large_model(size: usize, broken: usize) -> String {
    let count = size / STRUCTURE;
    let shapes: String = (0..count)
        .map(|number| structure(number, count, number < broken))
        .collect();
    format!("{HEAD}{shapes}\n  }}\n}}\n")
}

const HEAD: &str = r#"{
  "smithy": "2.0",
  "shapes": {
    "example#Service": {
      "type": "service",
      "version": "2026-01-01",
      "operations": [{ "target": "example#GetThing" }],
      "traits": { "aws.protocols#restJson1": {} }
    },
    "example#GetThing": {
      "type": "operation",
      "input": { "target": "example#Structure0" },
      "traits": { "smithy.api#http": { "method": "POST", "uri": "/things" } }
    }"#;

/// A structure, with the two below it in the tree as members.
fn structure(number: usize, count: usize, is_broken: bool) -> String {
    let below = [2 * number + 1, 2 * number + 2].into_iter();
    let mut members: Vec<String> = below
        .filter(|child| *child < count)
        .map(|child| {
            member(
                &format!("child{child}"),
                &format!("example#Structure{child}"),
            )
        })
        .collect();
    let name = if is_broken { "Strukture" } else { "Structure" };
    members.push(member("parent", &format!("example#{name}{number}")));
    format!(
        r#",
    "example#Structure{number}": {{
      "type": "structure",
      "members": {{
{}
      }}
    }}"#,
        members.join(",\n")
    )
}

fn member(name: &str, target: &str) -> String {
    format!(
        r#"        "{name}": {{
          "target": "{target}",
          "traits": {{
            "smithy.api#documentation": "<p>What it is good for, in a sentence that is as long as such sentences are.</p>",
            "smithy.api#tags": ["first", "second"]
          }}
        }}"#
    )
}
