//! Combines the prelude, the model's shapes and its `apply` statements.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::mixins;
use super::version::{self, Version};
use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::ShapeId;
use crate::smithy::ast::{Ast, AstShape, ShapeType};
use crate::smithy::prelude;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::traits::Traits;

/// All shapes that a model may refer to. Unchanged ones are borrowed from the AST.
pub(crate) struct Shapes<'a> {
    by_id: BTreeMap<ShapeId, Cow<'a, AstShape>>,
    pub(super) version: Version,
}

impl Shapes<'_> {
    pub(crate) fn get(&self, id: &ShapeId) -> Option<&AstShape> {
        self.by_id.get(id).map(Cow::as_ref)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&ShapeId, &AstShape)> {
        self.by_id.iter().map(|(id, shape)| (id, shape.as_ref()))
    }

    pub(super) fn get_mut(&mut self, id: &ShapeId) -> Option<&mut AstShape> {
        Some(self.by_id.get_mut(id)?.to_mut())
    }

    /// The traits of a shape, or of a member of a structure or union, if it exists.
    pub(super) fn traits_mut(&mut self, id: &ShapeId) -> Option<&mut Option<Traits>> {
        let shape = self.get_mut(&id.without_member())?;
        match id.member() {
            None => Some(&mut shape.traits),
            Some(name) => Some(&mut shape.members.as_mut()?.get_mut(name)?.traits),
        }
    }

    /// Whether the model itself defines a trait.
    pub(crate) fn defines_trait(&self, id: &str) -> bool {
        self.is_marked(id, "smithy.api#trait")
    }

    /// Whether the model itself defines an authentication scheme.
    pub(crate) fn defines_auth_scheme(&self, id: &str) -> bool {
        self.is_marked(id, "smithy.api#authDefinition")
    }

    fn is_marked(&self, id: &str, mark: &str) -> bool {
        let shape = ShapeId::parse(id).ok().and_then(|id| self.by_id.get(&id));
        shape.is_some_and(|shape| shape.has_trait(mark))
    }
}

/// The traits that `apply` statements add to a shape and its members, in the order of the model.
pub(super) type Applied<'a> = BTreeMap<ShapeId, Vec<(Option<&'a str>, &'a Traits)>>;

pub(super) fn assemble<'a>(
    ast: &'a Ast,
    version: Version,
    diagnostics: &mut Diagnostics,
) -> Shapes<'a> {
    let mut by_id: BTreeMap<ShapeId, Cow<'a, AstShape>> = prelude::shapes()
        .map(|(id, shape)| (id, Cow::Owned(shape)))
        .collect();
    let mut applied = Applied::new();
    for (id, shape) in &ast.shapes {
        if shape.r#type == ShapeType::Apply {
            let traits = shape.traits.as_ref().map(|traits| (id.member(), traits));
            applied
                .entry(id.without_member())
                .or_default()
                .extend(traits);
        } else if id.member().is_some() {
            diagnostics.error(
                Place::shape_entry(id),
                "the key of a shape is the id of a member",
                "define the member within its shape; only `apply` can name a member",
            );
        } else {
            by_id.insert(id.clone(), Cow::Borrowed(shape));
        }
    }
    check_applied(&applied, &by_id, diagnostics);
    mixins::flatten(&mut by_id, &applied, diagnostics);
    if version == Version::One {
        for (id, shape) in &mut by_id {
            if let Some(raised) = version::raise_shape(id, shape) {
                *shape = Cow::Owned(raised);
            }
        }
    }
    Shapes { by_id, version }
}

fn check_applied(
    applied: &Applied<'_>,
    by_id: &BTreeMap<ShapeId, Cow<'_, AstShape>>,
    diagnostics: &mut Diagnostics,
) {
    for (id, statements) in applied {
        for (member, _) in statements.iter().filter(|_| !by_id.contains_key(id)) {
            let entry = match member {
                Some(member) => id.with_member(member),
                None => id.clone(),
            };
            diagnostics.error(
                Place::shape_entry(&entry),
                format!("traits are applied to `{id}`, which does not exist"),
                did_you_mean(id.as_str(), by_id.keys().map(ShapeId::as_str))
                    .unwrap_or_else(|| "define the shape, or remove the statement".to_owned()),
            );
        }
    }
}

/// Adds the traits of one `apply` statement; see
/// [how conflicts are settled](https://smithy.io/2.0/spec/model.html#trait-conflict-resolution).
pub(super) fn apply(
    own: &mut Traits,
    added: &Traits,
    entry: &ShapeId,
    diagnostics: &mut Diagnostics,
) {
    for (id, value) in added.iter() {
        match own.get(id) {
            Some(Value::Array(old)) if value.is_array() => {
                let new = value.as_array().into_iter().flatten();
                let joined = old.iter().chain(new).cloned().collect();
                own.set(id, Value::Array(joined));
            }
            Some(old) if old != value => {
                diagnostics.error(
                    Place::shape_entry(entry).r#trait(id),
                    format!("`{id}` is applied twice with different values"),
                    "keep one of the values, in the shape or in the `apply` statement",
                );
                diagnostics.see(Place::shape(entry).r#trait(id), "the first");
            }
            _ => own.set(id, value.clone()),
        }
    }
}
