//! What the service accepts; clients do not check it.

use std::collections::BTreeMap;

use super::Sides;
use super::change::{Changes, Kind};
use super::side::SideMember;
use crate::smithy::{Kind as ShapeKind, Member, Model};

/// Compares the limits of a member, and those of its elements, keys and values.
pub(super) fn compare(path: &str, old: SideMember<'_>, new: SideMember<'_>, changes: &mut Changes) {
    let (mut before, mut after) = (Limits::new(), Limits::new());
    collect(&old.side.model, old.member, "", &mut before);
    collect(&new.side.model, new.member, "", &mut after);
    let mut keys: Vec<_> = before.keys().chain(after.keys()).cloned().collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let (kind, part) = &key;
        let path = format!("{path}{part}");
        let (before, after) = (before.remove(&key), after.remove(&key));
        changes.differ_if_any(*kind, path, before, after);
    }
}

/// Limits by what they are about: a kind, and the part of the member.
type Limits = BTreeMap<(Kind, String), String>;

/// Those of a member replace those of its target. Structures have members of their own.
fn collect(model: &Model, member: &Member, part: &str, limits: &mut Limits) {
    let target = model.target(member);
    let (own, of_target) = (&member.traits, &target.traits);
    let mut add = |kind, text: Option<String>| {
        if let Some(text) = text {
            limits.insert((kind, part.to_owned()), text);
        }
    };
    let length = own.length().or_else(|| of_target.length());
    add(
        Kind::Length,
        length.map(|it| between(it.min.map(|n| n.to_string()), it.max.map(|n| n.to_string()))),
    );
    let range = own.range().or_else(|| of_target.range());
    add(
        Kind::Range,
        range.map(|it| between(it.min.map(|n| n.to_string()), it.max.map(|n| n.to_string()))),
    );
    let pattern = own.pattern().or_else(|| of_target.pattern());
    add(Kind::Pattern, pattern.map(str::to_owned));
    let is_unique = own.unique_items() || of_target.unique_items();
    add(Kind::UniqueItems, is_unique.then(|| "unique".to_owned()));
    match &target.kind {
        ShapeKind::List(element) => collect(model, element, &format!("{part}[]"), limits),
        ShapeKind::Map { key, value } => {
            collect(model, key, &format!("{part}.keys()"), limits);
            collect(model, value, &format!("{part}.values()"), limits);
        }
        _ => {}
    }
}

fn between(min: Option<String>, max: Option<String>) -> String {
    format!("{}..={}", min.unwrap_or_default(), max.unwrap_or_default())
}

/// Compares the values of integer enums, which are plain numbers in Rust.
pub(super) fn compare_numbers(sides: &Sides<'_>, changes: &mut Changes) {
    let (old, new) = (numbers(&sides.old.model), numbers(&sides.new.model));
    for (name, before) in &old {
        let Some(after) = new.get(name) else { continue };
        let of = |value: &String| format!("{name} (i32): {value}");
        for value in before.iter().filter(|value| !after.contains(value)) {
            changes.add(Kind::NumberRemoved, of(value));
        }
        for value in after.iter().filter(|value| !before.contains(value)) {
            changes.add(Kind::NumberAdded, of(value));
        }
    }
}

/// The values of each integer enum, by its name in the model.
fn numbers(model: &Model) -> BTreeMap<&str, Vec<String>> {
    let shapes = model.shapes.values();
    shapes
        .filter_map(|shape| match &shape.kind {
            ShapeKind::IntEnum(values) => {
                let values = values.iter().map(|value| value.value.to_string());
                Some((shape.name.as_str(), values.collect()))
            }
            _ => None,
        })
        .collect()
}
