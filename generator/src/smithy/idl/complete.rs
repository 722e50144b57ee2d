//! Completes shapes with what depends on others: elided targets, and values of enums.

use indexmap::IndexMap;

use super::merge::{MEMBER_KEYS, MemberPlace, at_mut};
use super::model::Definition;
use super::node::{Node, Problem, Value};
use crate::diagnostics::Diagnostics;
use crate::smithy::suggest::did_you_mean;

/// Sets elided targets from the resource or mixin, and the values of enums' members.
pub(super) fn complete(shapes: &mut IndexMap<String, Definition>, problems: &mut Diagnostics) {
    let mut found = Vec::new();
    for (index, definition) in shapes.values().enumerate() {
        check_values(definition, problems);
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
                // The cause has already been reported.
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

/// Removes the default value of an enum's member that inherits one from a mixin.
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

/// Checks that the members of an intEnum have values, unless they come from a mixin.
fn check_values(definition: &Definition, problems: &mut Diagnostics) {
    let node = &definition.node;
    let is_int_enum = node.get("type").and_then(Node::string) == Some("intEnum");
    if !is_int_enum || node.get("mixins").is_some() {
        return;
    }
    let members = node.get("members").map(Node::entries).unwrap_or_default();
    for member in members {
        let traits = member.value.get("traits");
        if traits
            .and_then(|it| it.get("smithy.api#enumValue"))
            .is_none()
        {
            let name = &member.key.name;
            let message = format!("the member `{name}` of an intEnum has no value");
            let remedy = format!("give it a whole number, as in `{name} = 1`");
            Problem::new(member.key.span, message, remedy).record(problems);
        }
    }
}

/// Checks that the shape after `for` is a resource.
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
                let message = format!("`{id}` is of type `{found}`, and `for` requires a resource");
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

/// Maximum depth of nested mixins; deeper ones are refused later.
const LEVELS: usize = 64;

/// The target of a member in a mixin or its mixins; later mixins have precedence.
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
