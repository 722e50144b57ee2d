//! Merges definitions and traits that occur in several places.

use std::collections::{HashMap, HashSet};

use super::node::{Entry, Node, Problem, Value};
use crate::diagnostics::Diagnostics;

/// Adds an entry. Lists are joined, and equal values are kept once.
pub(super) fn add(entries: &mut Vec<Entry>, new: Entry, what: &str, problems: &mut Diagnostics) {
    let Some(old) = entries.iter_mut().find(|it| it.key.name == new.key.name) else {
        entries.push(new);
        return;
    };
    match (&mut old.value.value, new.value.value) {
        (Value::Array(old), Value::Array(new)) => old.extend(new),
        (_, value) => {
            let new_value = Node::new(value, new.value.span);
            if !old.value.same(&new_value) {
                let message = format!("{what} `{}` has two values", new.key.name);
                Problem::new(new.key.span, message, "keep one of them")
                    .and(old.key.span, "the first")
                    .record(problems);
            }
        }
    }
}

/// The keys of a shape that are members, except for `members`.
pub(super) const MEMBER_KEYS: [&str; 3] = ["member", "key", "value"];

/// Removes duplicate operations and resources from a shape.
pub(super) fn settle_references(shape: &mut Node) {
    for key in ["operations", "collectionOperations", "resources"] {
        if let Some(Value::Array(references)) = shape.get_mut(key).map(|it| &mut it.value) {
            let mut seen = HashSet::new();
            references.retain(|it| {
                let target = it.get("target").and_then(Node::string);
                seen.insert(target.map(str::to_owned))
            });
        }
    }
}

/// Merges duplicate traits of a shape and its members.
pub(super) fn settle_traits(shape: &mut Node, problems: &mut Diagnostics) {
    for_each_traits(shape, &mut |traits| {
        let old = std::mem::take(traits);
        for entry in old {
            add(traits, entry, "the trait", problems);
        }
    });
}

fn for_each_traits(shape: &mut Node, act: &mut impl FnMut(&mut Vec<Entry>)) {
    for entry in shape.entries_mut().into_iter().flatten() {
        match entry.key.name.as_str() {
            "traits" => entry.value.entries_mut().into_iter().for_each(&mut *act),
            "members" => {
                for member in entry.value.entries_mut().into_iter().flatten() {
                    let traits = member.value.get_mut("traits");
                    traits
                        .and_then(Node::entries_mut)
                        .into_iter()
                        .for_each(&mut *act);
                }
            }
            key if MEMBER_KEYS.contains(&key) => {
                let traits = entry.value.get_mut("traits");
                traits
                    .and_then(Node::entries_mut)
                    .into_iter()
                    .for_each(&mut *act);
            }
            _ => {}
        }
    }
}

/// Whether two definitions are equal except for traits.
pub(super) fn same_shape(one: &Node, other: &Node) -> bool {
    let plain = |node: &Node| {
        let entries = node.entries().iter().filter(|it| it.key.name != "traits");
        let entries =
            entries.filter(|it| !matches!(&it.value.value, Value::Object(it) if it.is_empty()));
        let entries = entries.map(|entry| {
            let mut entry = entry.clone();
            let without = |member: &mut Node| {
                if let Some(entries) = member.entries_mut() {
                    entries.retain(|it| it.key.name != "traits");
                }
            };
            if entry.key.name == "members" {
                for member in entry.value.entries_mut().into_iter().flatten() {
                    without(&mut member.value);
                }
            } else if MEMBER_KEYS.contains(&entry.key.name.as_str()) {
                without(&mut entry.value);
            }
            entry
        });
        Node::new(Value::Object(entries.collect()), node.span)
    };
    let (one, other) = (plain(one), plain(other));
    let names = |node: &Node| -> Vec<String> {
        let members = node.get("members").map(Node::entries).unwrap_or_default();
        members.iter().map(|it| it.key.name.clone()).collect()
    };
    // The order of members is significant.
    one.same(&other) && names(&one) == names(&other)
}

/// Adds the traits of the same shape, defined elsewhere.
pub(super) fn join_traits(shape: &mut Node, other: Node, problems: &mut Diagnostics) {
    let mut take = |target: &mut Node, source: &mut Node| {
        let new = source
            .get_mut("traits")
            .and_then(Node::entries_mut)
            .map(std::mem::take);
        let Some(new) = new.filter(|new| !new.is_empty()) else {
            return;
        };
        if let Some(traits) = target.object_mut("traits").entries_mut() {
            for entry in new {
                // An equal list is not joined again.
                let is_there = traits
                    .iter()
                    .any(|it| it.key.name == entry.key.name && it.value.same(&entry.value));
                if !is_there {
                    add(traits, entry, "the trait", problems);
                }
            }
        }
    };
    let mut other = other;
    take(shape, &mut other);
    for key in MEMBER_KEYS {
        if let (Some(target), Some(source)) = (shape.get_mut(key), other.get_mut(key)) {
            take(target, source);
        }
    }
    let targets = shape.get_mut("members").and_then(Node::entries_mut);
    let sources = other.get_mut("members").and_then(Node::entries_mut);
    // Both have the same members in the same order.
    for (target, source) in targets
        .into_iter()
        .flatten()
        .zip(sources.into_iter().flatten())
    {
        take(&mut target.value, &mut source.value);
    }
}

/// The place of a member: its entry in the shape, and in `members` if it is there.
pub(super) type MemberPlace = (usize, Option<usize>);

/// The places of all members of a shape.
pub(super) fn member_places(shape: &Node) -> HashMap<String, MemberPlace> {
    let mut places = HashMap::new();
    for (index, entry) in shape.entries().iter().enumerate() {
        if entry.key.name == "members" {
            for (member, it) in entry.value.entries().iter().enumerate() {
                places.insert(it.key.name.clone(), (index, Some(member)));
            }
        } else if MEMBER_KEYS.contains(&entry.key.name.as_str()) {
            places.insert(entry.key.name.clone(), (index, None));
        }
    }
    places
}

/// The shape itself, or its member at a place.
pub(super) fn at_mut(shape: &mut Node, place: Option<MemberPlace>) -> Option<&mut Node> {
    let Some((entry, member)) = place else {
        return Some(shape);
    };
    let entry = &mut shape.entries_mut()?.get_mut(entry)?.value;
    match member {
        Some(member) => Some(&mut entry.entries_mut()?.get_mut(member)?.value),
        None => Some(entry),
    }
}
