//! Prints a JSON AST as the IDL, a file for each namespace.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

pub(super) fn print(ast: &Value) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (id, shape) in ast["shapes"].as_object().unwrap() {
        let (namespace, name) = id.split_once('#').unwrap();
        let is_first = files.is_empty();
        let text = files.entry(namespace.to_owned()).or_insert_with(|| {
            let mut head = format!("$version: {}\n", ast["smithy"]);
            for (key, value) in ast["metadata"]
                .as_object()
                .into_iter()
                .flatten()
                .filter(|_| is_first)
            {
                let _ = writeln!(head, "metadata {} = {value}", Value::from(key.as_str()));
            }
            head + &format!("namespace {namespace}\n\n")
        });
        self::shape(text, name, shape);
    }
    files
}

fn shape(text: &mut String, name: &str, shape: &Value) {
    let r#type = shape["type"].as_str().unwrap();
    if r#type == "apply" {
        let _ = writeln!(text, "apply {name} {{");
        traits(text, shape, &[]);
        text.push_str("}\n\n");
        return;
    }
    traits(text, shape, &[]);
    let _ = write!(text, "{type} {name}");
    if let Some(mixins) = shape["mixins"].as_array() {
        let _ = write!(text, " with [{}]", ids(mixins));
    }
    match r#type {
        "structure" | "union" | "enum" | "intEnum" => {
            text.push_str(" {\n");
            for (name, it) in shape["members"].as_object().into_iter().flatten() {
                member(text, name, it, r#type);
            }
            text.push('}');
        }
        "list" | "set" | "map" => {
            text.push_str(" {\n");
            for key in ["member", "key", "value"] {
                if let Some(it) = shape.get(key) {
                    member(text, key, it, r#type);
                }
            }
            text.push('}');
        }
        "service" | "resource" | "operation" => {
            text.push_str(" {\n");
            for (key, value) in shape.as_object().unwrap() {
                if !["type", "traits", "mixins"].contains(&key.as_str()) {
                    let _ = writeln!(text, "    {key}: {}", plain(value));
                }
            }
            text.push('}');
        }
        _ => {}
    }
    text.push_str("\n\n");
}

fn member(text: &mut String, name: &str, member: &Value, r#type: &str) {
    if r#type == "enum" || r#type == "intEnum" {
        traits(text, member, &["smithy.api#enumValue"]);
        let _ = writeln!(
            text,
            "    {name} = {}",
            member["traits"]["smithy.api#enumValue"]
        );
    } else {
        traits(text, member, &[]);
        let _ = writeln!(text, "    {name}: {}", member["target"].as_str().unwrap());
    }
}

fn traits(text: &mut String, of: &Value, skipped: &[&str]) {
    for (id, value) in of["traits"].as_object().into_iter().flatten() {
        if skipped.contains(&id.as_str()) {
            continue;
        }
        let value = match value.as_object() {
            Some(it) if it.is_empty() => String::new(),
            Some(_) => {
                let object = value.to_string();
                format!("({})", &object[1..object.len() - 1])
            }
            None => format!("({value})"),
        };
        let _ = writeln!(text, "@{id}{value}");
    }
}

fn ids(references: &[Value]) -> String {
    let ids = references.iter().map(|it| it["target"].as_str().unwrap());
    ids.collect::<Vec<_>>().join(", ")
}

/// A value in which references are ids.
fn plain(value: &Value) -> String {
    match value {
        Value::Array(values) => format!("[{}]", ids(values)),
        Value::Object(entries) => match value["target"].as_str() {
            Some(id) => id.to_owned(),
            None => {
                let entries = entries
                    .iter()
                    .map(|(key, it)| format!("{}: {}", Value::from(key.as_str()), plain(it)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        },
        _ => value.to_string(),
    }
}
