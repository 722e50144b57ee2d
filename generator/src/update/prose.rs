//! Prose in models: the documentation of shapes and members, also inside of some traits.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{DOCUMENTATION, members, traits_mut};
use crate::diff::Origins;
use crate::lower::markdown;
use crate::smithy::{Ast, ShapeId, ShapeType, Traits};

/// The key of documentation in the value of a trait.
const KEY: &str = "documentation";

/// The trait of enums that are strings.
const OLD_ENUM: &str = "smithy.api#enum";

/// Examples of calls, which are treated as prose as a whole.
const EXAMPLES: &str = "smithy.api#examples";

/// Removes all documentation from a model, and counts that of shapes and members that `old` lacks.
pub(super) fn leave_out(old: &Ast, model: &mut Ast) -> usize {
    let ours = words(old);
    let theirs = words(model).into_iter();
    let others = theirs.filter(|(id, words)| ours.get(id) != Some(words));
    let count = others.count();
    for (id, shape) in &mut model.shapes {
        for (_, traits) in traits_mut(id, shape) {
            let Some(own) = traits else { continue };
            for (id, value) in own.entries_mut() {
                *value = without(id, value);
            }
            let removed = [DOCUMENTATION, EXAMPLES].map(|id| own.entries_mut().shift_remove(id));
            if removed.iter().any(Option::is_some) && own.is_empty() {
                *traits = None;
            }
        }
    }
    let says_nothing = |shape: &crate::smithy::AstShape| {
        shape.r#type == ShapeType::Apply && shape.traits.is_none()
    };
    model.shapes.retain(|_, shape| !says_nothing(shape));
    count
}

/// Copies documentation of `old` to what has none, and returns the changed shapes and members.
pub(super) fn carry_over(old: &Ast, new: &mut Ast, origins: &Origins) -> BTreeSet<ShapeId> {
    let mut ours = words_of_values(old);
    ours.extend(words(old));
    let said: BTreeSet<ShapeId> = words(new).into_keys().collect();
    let mut kept = BTreeSet::new();
    for (id, shape) in &mut new.shapes {
        if shape.r#type == ShapeType::Apply {
            continue;
        }
        let old = old.shapes.get(&origins.get(id));
        for (id, traits) in traits_mut(id, shape) {
            let origin = origins.get(&id);
            if let Some(words) = ours.get(&origin).filter(|_| !said.contains(&id)) {
                let traits = traits.get_or_insert_default();
                traits.set(DOCUMENTATION, Value::from(words.as_str()));
                kept.insert(id.clone());
            }
            let old = old.and_then(|old| match origin.member() {
                None => old.traits.as_ref(),
                Some(name) => {
                    let mut members = members(old);
                    members.find(|(it, _)| *it == name)?.1.traits.as_ref()
                }
            });
            if let Some(examples) = old.and_then(|old| old.get(EXAMPLES)) {
                let entries = traits.get_or_insert_default().entries_mut();
                entries
                    .entry(EXAMPLES.to_owned())
                    .or_insert_with(|| examples.clone());
            }
            if let (Some(old), Some(new)) = (old, traits) {
                carry_inside(old, new);
            }
        }
    }
    kept
}

/// The documentation of shapes and members, including that of `apply` statements.
fn words(model: &Ast) -> BTreeMap<ShapeId, String> {
    let mut words = BTreeMap::new();
    let mut add = |id: ShapeId, traits: Option<&Traits>| {
        let text = traits.and_then(Traits::documentation);
        if let Some(text) = text.filter(|text| !markdown(text).is_empty()) {
            words.insert(id, text.to_owned());
        }
    };
    for (id, shape) in &model.shapes {
        add(id.clone(), shape.traits.as_ref());
        for (name, member) in members(shape) {
            add(id.with_member(name), member.traits.as_ref());
        }
    }
    words
}

/// The documentation of values in `@enum`, as if they were members.
fn words_of_values(model: &Ast) -> BTreeMap<ShapeId, String> {
    let values = model.shapes.iter().flat_map(|(id, shape)| {
        let values = shape.traits.as_ref().and_then(|it| it.get(OLD_ENUM));
        let values = values.and_then(Value::as_array).into_iter().flatten();
        values.filter_map(|value| {
            let text = |key: &str| value.get(key).and_then(Value::as_str);
            Some((id.with_member(text("name")?), text(KEY)?.to_owned()))
        })
    });
    values.collect()
}

/// Whether the values of a trait contain documentation.
fn has_words(id: &str) -> bool {
    id.starts_with("smithy.rules#") || id == OLD_ENUM
}

/// The value of a trait without documentation.
pub(super) fn without(id: &str, value: &Value) -> Value {
    match has_words(id) {
        true => stripped(value),
        false => value.clone(),
    }
}

fn stripped(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries = entries.iter();
            let facts = entries.filter(|(key, value)| *key != KEY || !value.is_string());
            let facts = facts.map(|(key, value)| (key.clone(), stripped(value)));
            Value::Object(facts.collect())
        }
        Value::Array(values) => values.iter().map(stripped).collect(),
        other => other.clone(),
    }
}

fn carry_inside(old: &Traits, new: &mut Traits) {
    for (id, value) in new.entries_mut() {
        if let Some(old) = old.get(id).filter(|_| has_words(id)) {
            *value = carried(old, value);
        }
    }
}

/// The new value with the old documentation of unchanged parts.
fn carried(old: &Value, new: &Value) -> Value {
    let facts = stripped(new);
    match (old, new) {
        _ if stripped(old) == facts => {
            let is_silent = *new == facts;
            if is_silent { old.clone() } else { new.clone() }
        }
        (Value::Object(old), Value::Object(new)) => Value::Object(carried_entries(old, new)),
        (Value::Array(old), Value::Array(new)) => {
            let carried = new.iter().map(|value| {
                let same = old.iter().find(|old| is_same(old, value));
                same.map_or(value.clone(), |old| carried(old, value))
            });
            carried.collect()
        }
        _ => new.clone(),
    }
}

/// Whether two elements are the same before and after: entries of `@enum` match by value.
fn is_same(old: &Value, new: &Value) -> bool {
    let value = |entry: &Value| entry.get("value").cloned();
    stripped(old) == stripped(new) || value(old).is_some_and(|it| value(new) == Some(it))
}

fn carried_entries(old: &Map<String, Value>, new: &Map<String, Value>) -> Map<String, Value> {
    let entries = new.iter().map(|(key, value)| {
        let value = old
            .get(key)
            .map_or(value.clone(), |old| carried(old, value));
        (key.clone(), value)
    });
    let mut carried: Map<_, _> = entries.collect();
    if let Some(words) = old.get(KEY).filter(|words| words.is_string()) {
        carried.entry(KEY).or_insert_with(|| words.clone());
    }
    carried
}
