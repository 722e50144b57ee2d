//! A name is unique in its scope, or generation fails and names both shapes.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::{Home, Structure};
use crate::lower::names::{OperationName, TypeName};
use crate::smithy::ShapeId;

/// Checks the scopes that hold several shapes: shared types, errors and operations.
pub(super) fn check(
    context: &Context<'_>,
    structures: &[Structure],
    diagnostics: &mut Diagnostics,
) {
    let shapes = &context.shapes;
    let is_error = |id: &ShapeId| {
        let number = shapes.structures[id].0 as usize;
        structures[number].home == Home::Error
    };
    let (errors, types): (Vec<_>, Vec<_>) = shapes.structures.keys().partition(|id| is_error(id));
    let types = types
        .into_iter()
        .chain(shapes.unions.keys())
        .chain(shapes.enums.keys());
    let name = |id: &ShapeId| TypeName::new(&context.model.shape(id).name).to_string();
    one_each(types, name, "type", diagnostics);
    one_each(errors, name, "error type", diagnostics);
    let operations = context
        .model
        .operations
        .iter()
        .map(|operation| &operation.id);
    let module = |id: &ShapeId| {
        let operation = context
            .model
            .operations
            .iter()
            .find(|operation| operation.id == *id);
        let name = operation.map_or(id.name(), |operation| &operation.name);
        OperationName::new(name).module().to_string()
    };
    one_each(operations, module, "module of an operation", diagnostics);
}

fn one_each<'a>(
    ids: impl IntoIterator<Item = &'a ShapeId>,
    name: impl Fn(&ShapeId) -> String,
    what: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut names: BTreeMap<String, &ShapeId> = BTreeMap::new();
    for id in ids {
        let name = name(id);
        if let Some(other) = names.get(&name) {
            diagnostics.error(
                Place::shape(id),
                format!("`{other}` and `{id}` both become the Rust {what} `{name}`"),
                "rename one of them in the service's `rename` property",
            );
        } else {
            names.insert(name, id);
        }
    }
}
