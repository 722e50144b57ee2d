//! Replaces a model with a new version.
//!
//! The maintainers' own documentation is kept. Everything else comes from the new model. What
//! already exists keeps its order, so that a diff of the two files shows only what has changed.

mod order;
mod prose;
mod wanting;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

pub use self::wanting::{Reason, Wanting};
use crate::diagnostics::{Diagnostics, Source};
use crate::diff::Origins;
use crate::smithy::{self, Ast, AstShape, ShapeId, ShapeType, Traits};

/// The trait with the documentation of a shape or member.
const DOCUMENTATION: &str = "smithy.api#documentation";

/// Which documentation is kept if both models have some.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Words {
    /// The documentation of the old model. That of the new one is dropped, even if the old one has
    /// none.
    #[default]
    Ours,
    /// The documentation of the new model. That of the old one is kept if the new one has none.
    Theirs,
}

/// A new model that replaces an old one.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// The model as it is written.
    pub text: String,
    /// Whether the old model is equivalent.
    pub is_same: bool,
    /// Number of shapes and members whose documentation in the new model is dropped.
    pub left_out: usize,
    /// What has a different name in the old model.
    origins: Origins,
    /// The shapes and members that keep their old documentation although something else about them
    /// has changed.
    changed: BTreeMap<ShapeId, Vec<String>>,
}

/// Replaces a model with another one. `origins` maps what was renamed to the old names.
///
/// # Errors
///
/// Fails if one of the two is not a model. Does not check whether a client can be generated.
pub fn replace(
    old: &Source,
    new: &Source,
    words: Words,
    origins: Origins,
) -> Result<Replacement, Diagnostics> {
    let line_break = match old.text().contains("\r\n") {
        true => "\r\n",
        false => "\n",
    };
    let (old, mut new) = (parse(old)?, parse(new)?);
    let left_out = match words {
        Words::Ours => prose::leave_out(&old, &mut new),
        Words::Theirs => 0,
    };
    let kept = prose::carry_over(&old, &mut new, &origins);
    order::follow(&old, &mut new, &origins);
    Ok(Replacement {
        text: text(&new).replace('\n', line_break),
        is_same: old == new,
        left_out,
        changed: changed(&old, &new, &kept, &origins),
        origins,
    })
}

/// Reads a model. Drops warnings: generating a client from the model reports them.
fn parse(source: &Source) -> Result<Ast, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let ast = smithy::parse(source, &mut diagnostics);
    ast.ok_or_else(|| diagnostics.in_source(source))
}

/// Prints a model with an indentation of two spaces.
fn text(model: &Ast) -> String {
    let mut text = serde_json::to_string_pretty(model).expect("the AST is JSON");
    text.push('\n');
    text
}

/// What has changed about the shapes and members whose documentation is kept.
fn changed(
    old: &Ast,
    new: &Ast,
    kept: &BTreeSet<ShapeId>,
    origins: &Origins,
) -> BTreeMap<ShapeId, Vec<String>> {
    let (old, mut new) = (facts(old), facts(new));
    // A shape does not change if another one that it refers to is renamed.
    if !origins.is_empty() {
        let values = new.values_mut().flat_map(Map::values_mut);
        values.for_each(|value| use_old_ids(value, origins));
    }
    let changes = |id: &ShapeId| {
        let (before, after) = (old.get(&origins.get(id))?, new.get(id)?);
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let differ = |name: &&&String| before.get(**name) != after.get(**name);
        let names: Vec<String> = names.iter().filter(differ).copied().cloned().collect();
        (!names.is_empty()).then(|| (id.clone(), names))
    };
    kept.iter().filter_map(changes).collect()
}

fn use_old_ids(value: &mut Value, origins: &Origins) {
    match value {
        Value::String(text) => {
            if let Ok(id) = ShapeId::parse(text) {
                *text = origins.get(&id).as_str().to_owned();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|it| use_old_ids(it, origins)),
        Value::Object(entries) => {
            let values = entries.values_mut();
            values.for_each(|it| use_old_ids(it, origins));
        }
        _ => {}
    }
}

/// Everything that a model says about its shapes and members except for documentation: properties
/// and traits by name.
fn facts(model: &Ast) -> BTreeMap<ShapeId, Map<String, Value>> {
    let mut facts: BTreeMap<ShapeId, Map<String, Value>> = BTreeMap::new();
    for (id, shape) in &model.shapes {
        let own = facts.entry(id.clone()).or_default();
        own.extend(without_members(shape));
        own.extend(of_traits(shape.traits.as_ref()));
        for (name, member) in members(shape) {
            let of_member = facts.entry(id.with_member(name)).or_default();
            of_member.insert("target".to_owned(), member.target.as_str().into());
            of_member.extend(of_traits(member.traits.as_ref()));
        }
    }
    facts
}

fn without_members(shape: &AstShape) -> Map<String, Value> {
    let shape = AstShape {
        members: None,
        member: None,
        key: None,
        value: None,
        traits: None,
        ..shape.clone()
    };
    let value = serde_json::to_value(&shape).expect("the AST is JSON");
    let mut facts = value.as_object().cloned().unwrap_or_default();
    if shape.r#type == ShapeType::Apply {
        // An `apply` statement is not the shape itself.
        facts.clear();
    }
    facts
}

fn of_traits(traits: Option<&Traits>) -> Vec<(String, Value)> {
    let traits = traits.into_iter().flat_map(Traits::iter);
    traits
        .filter(|(id, _)| *id != DOCUMENTATION)
        .map(|(id, value)| {
            let name = id.strip_prefix("smithy.api#").unwrap_or(id);
            (format!("@{name}"), prose::without(id, value))
        })
        .collect()
}

/// The members of a shape, including those of lists and maps.
fn members(shape: &AstShape) -> impl Iterator<Item = (&str, &smithy::AstMember)> {
    let named = shape.members.iter().flatten();
    let named = named.map(|(name, member)| (name.as_str(), member));
    let unnamed = [
        ("member", &shape.member),
        ("key", &shape.key),
        ("value", &shape.value),
    ];
    let unnamed = unnamed.into_iter();
    named.chain(unnamed.filter_map(|(name, member)| Some((name, member.as_ref()?))))
}

/// The traits of a shape and of its members.
fn traits_mut<'a>(
    id: &'a ShapeId,
    shape: &'a mut AstShape,
) -> impl Iterator<Item = (ShapeId, &'a mut Option<Traits>)> {
    let own = std::iter::once((id.clone(), &mut shape.traits));
    let named = shape.members.iter_mut().flatten();
    let named = named.map(|(name, member)| (id.with_member(name), &mut member.traits));
    let unnamed = [
        ("member", &mut shape.member),
        ("key", &mut shape.key),
        ("value", &mut shape.value),
    ];
    let unnamed = unnamed
        .into_iter()
        .filter_map(|(name, member)| Some((id.with_member(name), &mut member.as_mut()?.traits)));
    own.chain(named).chain(unnamed)
}

#[cfg(test)]
mod tests;
