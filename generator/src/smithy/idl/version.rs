//! Handles files with different versions in one model.

use indexmap::IndexMap;

use super::model::Definition;
use super::node::{Entry, Node, Problem, Value};
use crate::diagnostics::Diagnostics;

const BOX: &str = "smithy.api#box";
const DEFAULT: &str = "smithy.api#default";
const MIXIN: &str = "smithy.api#mixin";
const UNIQUE: &str = "smithy.api#uniqueItems";

/// Refuses what version 1.0 lacks.
pub(super) fn check(shapes: &IndexMap<String, Definition>, problems: &mut Diagnostics) {
    for definition in shapes.values().filter(|it| it.is_version_one) {
        let traits = definition
            .node
            .get("traits")
            .map(Node::entries)
            .unwrap_or_default();
        for entry in traits.iter().filter(|it| it.key.name == MIXIN) {
            let message = "mixins are new in version 2.0 of Smithy";
            let remedy = "write `$version: \"2.0\"` on top of the file";
            Problem::new(entry.key.span, message, remedy).record(problems);
        }
    }
}

/// Converts shapes of version 1.0 in a model that also contains shapes of 2.0; see [how 1.0 maps to
/// 2.0](https://smithy.io/2.0/guides/migrating-idl-1-to-2.html).
pub(super) fn raise(shapes: &mut IndexMap<String, Definition>) {
    let mut defaults = Vec::new();
    for (index, definition) in shapes.values().enumerate() {
        if definition.is_version_one && type_of(&definition.node) == Some("structure") {
            let members = definition
                .node
                .get("members")
                .map(Node::entries)
                .unwrap_or_default();
            for (place, member) in members.iter().enumerate() {
                if let Some(default) = default_of(&member.value, shapes) {
                    defaults.push((index, place, default));
                }
            }
        }
    }
    for (index, place, default) in defaults {
        let members = shapes[index]
            .node
            .get_mut("members")
            .and_then(Node::entries_mut);
        if let Some(member) = members.and_then(|members| members.get_mut(place)) {
            set(&mut member.value, DEFAULT, default);
        }
    }
    for definition in shapes.values_mut().filter(|it| it.is_version_one) {
        let node = &mut definition.node;
        match type_of(node) {
            Some("set") => {
                if let Some(r#type) = node.get_mut("type") {
                    r#type.value = Value::String("list".to_owned());
                }
                set(node, UNIQUE, Value::Object(Vec::new()));
            }
            _ => {
                if let Some(zero) = zero(node).filter(|_| !has(node, BOX) && !has(node, DEFAULT)) {
                    set(node, DEFAULT, zero);
                }
            }
        }
    }
}

/// The implicit default of a member in version 1.0.
fn default_of(member: &Node, shapes: &IndexMap<String, Definition>) -> Option<Value> {
    if has(member, DEFAULT) {
        return None;
    }
    if has(member, BOX) {
        return Some(Value::Null);
    }
    let target = member.get("target")?.string()?;
    let Some(target) = shapes.get(target) else {
        let primitive = target.strip_prefix("smithy.api#Primitive")?;
        return Some(match primitive {
            "Boolean" => Value::Boolean(false),
            _ => Value::Number("0".to_owned()),
        });
    };
    let target = &target.node;
    let is_stream = type_of(target) == Some("blob") && has(target, "smithy.api#streaming");
    if is_stream && !has(member, "smithy.api#required") {
        return Some(Value::String(String::new()));
    }
    zero(target).filter(|_| !has(target, BOX))
}

fn zero(shape: &Node) -> Option<Value> {
    match type_of(shape)? {
        "boolean" => Some(Value::Boolean(false)),
        "byte" | "short" | "integer" | "long" | "float" | "double" | "intEnum" => {
            Some(Value::Number("0".to_owned()))
        }
        _ => None,
    }
}

fn type_of(shape: &Node) -> Option<&str> {
    shape.get("type").and_then(Node::string)
}

fn has(node: &Node, id: &str) -> bool {
    node.get("traits")
        .and_then(|traits| traits.get(id))
        .is_some()
}

fn set(node: &mut Node, id: &str, value: Value) {
    let span = node.span;
    if let Some(traits) = node.object_mut("traits").entries_mut() {
        traits.push(Entry::new(id, span, Node::new(value, span)));
    }
}
