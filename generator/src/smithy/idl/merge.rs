//! Puts definitions and traits together that several places have.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::model::Definition;
use super::node::{Entry, Node, Problem, Value};
use crate::diagnostics::Diagnostics;
use crate::smithy::suggest::did_you_mean;

/// Adds an entry: lists are joined, and what is the same is there once.
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

/// The keys of a shape that stand for members, but for `members`.
const MEMBER_KEYS: [&str; 3] = ["member", "key", "value"];

/// Takes operations and resources out of a shape that it names again.
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

/// Joins the traits that a shape or a member of it has twice.
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

/// Whether two definitions differ in traits at most.
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
    // The order of members has a meaning.
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
                // The same list twice is one list.
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

/// Where a member is: its entry in the shape, and the one in `members` if it is there.
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

/// Gives members without a target that of a resource or mixin, and enums' members their values.
pub(super) fn complete(shapes: &mut IndexMap<String, Definition>, problems: &mut Diagnostics) {
    let mut found = Vec::new();
    for (index, definition) in shapes.values().enumerate() {
        let has_resource = check_resource(definition, shapes, problems);
        for (name, place) in incomplete(&definition.node) {
            let Some(member) = at(&definition.node, place) else {
                continue;
            };
            let Some(target) = member.get("target") else {
                continue;
            };
            if !matches!(target.value, Value::Elided) {
                let inherited = inherited(definition, shapes, &name, 0).is_some();
                found.push((index, place, None, inherited));
                continue;
            }
            let of_resource = definition
                .resource
                .as_ref()
                .and_then(|it| property(shapes, it, &name));
            match of_resource.or_else(|| inherited(definition, shapes, &name, 0)) {
                Some(id) => found.push((index, place, Some(id), false)),
                None if has_resource => missing(&name, target, definition, problems),
                // What is missing follows from what has been reported.
                None => {}
            }
        }
    }
    for (index, place, target, is_inherited) in found {
        let member = at_mut(&mut shapes[index].node, Some(place));
        let Some(member) = member else { continue };
        if let (Some(id), Some(node)) = (target, member.get_mut("target")) {
            node.value = Value::Target(id);
        }
        if is_inherited {
            forget_name(member);
        }
    }
}

fn at(shape: &Node, (entry, member): MemberPlace) -> Option<&Node> {
    let entry = &shape.entries().get(entry)?.value;
    match member {
        Some(member) => Some(&entry.entries().get(member)?.value),
        None => Some(entry),
    }
}

/// Members that lack a target, and those of enums whose value is their name.
fn incomplete(shape: &Node) -> Vec<(String, MemberPlace)> {
    let is_incomplete = |member: &Node| {
        let is_elided = member
            .get("target")
            .is_some_and(|it| matches!(it.value, Value::Elided));
        let traits = member.get("traits").map(Node::entries).unwrap_or_default();
        is_elided
            || traits
                .iter()
                .any(|it| matches!(it.value.value, Value::EnumName(_)))
    };
    let mut found = Vec::new();
    for (index, entry) in shape.entries().iter().enumerate() {
        if entry.key.name == "members" {
            let members = entry.value.entries().iter().enumerate();
            let members = members.filter(|(_, it)| is_incomplete(&it.value));
            found.extend(members.map(|(member, it)| (it.key.name.clone(), (index, Some(member)))));
        } else if MEMBER_KEYS.contains(&entry.key.name.as_str()) && is_incomplete(&entry.value) {
            found.push((entry.key.name.clone(), (index, None)));
        }
    }
    found
}

/// A member of an enum has the value that a mixin gives it.
fn forget_name(member: &mut Node) {
    if let Some(traits) = member.get_mut("traits").and_then(Node::entries_mut) {
        traits.retain(|it| !matches!(it.value.value, Value::EnumName(_)));
        if traits.is_empty()
            && let Some(entries) = member.entries_mut()
        {
            entries.retain(|it| it.key.name != "traits");
        }
    }
}

/// Whether what a structure is for is a resource, if it is for any.
fn check_resource(
    definition: &Definition,
    shapes: &IndexMap<String, Definition>,
    problems: &mut Diagnostics,
) -> bool {
    let Some(resource) = &definition.resource else {
        return true;
    };
    let id = resource.string().unwrap_or_default();
    let (message, remedy) = match shapes.get(id) {
        None => {
            let remedy = did_you_mean(id, shapes.keys().map(String::as_str));
            let remedy =
                remedy.unwrap_or_else(|| "define the resource, or remove `for`".to_owned());
            (format!("there is no resource `{id}`"), remedy)
        }
        Some(shape) => match shape.node.get("type").and_then(Node::string) {
            Some("resource") => return true,
            r#type => {
                let found = r#type.unwrap_or("shape");
                let message = format!("`{id}` is of type `{found}`, and `for` wants a resource");
                (message, "name a resource, or remove `for`".to_owned())
            }
        },
    };
    Problem::new(resource.span, message, remedy).record(problems);
    false
}

/// The target of a resource's identifier or property.
fn property(shapes: &IndexMap<String, Definition>, resource: &Node, name: &str) -> Option<String> {
    let resource = &shapes.get(resource.string()?)?.node;
    let of = |key: &str| {
        resource
            .get(key)?
            .get(name)?
            .get("target")?
            .string()
            .map(str::to_owned)
    };
    of("identifiers").or_else(|| of("properties"))
}

/// How deep mixins may be nested; beyond it they are refused later.
const LEVELS: usize = 64;

/// The target of a member that a mixin has, or one of its mixins; later ones come first.
fn inherited(
    definition: &Definition,
    shapes: &IndexMap<String, Definition>,
    name: &str,
    depth: usize,
) -> Option<String> {
    if depth == LEVELS {
        return None;
    }
    let mixins = definition
        .node
        .get("mixins")
        .map(Node::array)
        .unwrap_or_default();
    mixins.iter().rev().find_map(|mixin| {
        let mixin = shapes.get(mixin.get("target")?.string()?)?;
        let member = match mixin.node.get("members") {
            Some(members) => members.get(name),
            None => mixin.node.get(name).filter(|_| MEMBER_KEYS.contains(&name)),
        };
        let target = member.and_then(|it| it.get("target"));
        let own = target.and_then(|target| match target.value {
            Value::Elided => {
                let resource = mixin.resource.as_ref()?;
                property(shapes, resource, name)
            }
            _ => target.string().map(str::to_owned),
        });
        own.or_else(|| inherited(mixin, shapes, name, depth + 1))
    })
}

fn missing(name: &str, target: &Node, definition: &Definition, problems: &mut Diagnostics) {
    let message = match definition.resource {
        Some(_) => format!("neither the resource nor a mixin has a member `{name}`"),
        None => format!("no mixin has a member `{name}`"),
    };
    let remedy = format!("say what it is, as in `{name}: String`");
    Problem::new(target.span, message, remedy).record(problems);
}
