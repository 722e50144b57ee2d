//! Compares operations.

use super::change::Changes;
use super::kind::Kind;
use super::pairs::Pairs;
use super::{
    Side, Sides, behaviour, docs, endpoints, handling, paginators, structures, waiters, wire,
};
use crate::ir::Operation;
use crate::names::TypeName;

/// Pairs the operations of both clients.
pub(super) fn pairs<'a>(sides: &Sides<'a>) -> Pairs<'a, Operation> {
    Pairs::of(
        &sides.old.client.operations,
        &sides.new.client.operations,
        |operation| operation.name.clone(),
        |old, new| {
            let request = |side: &Side, operation: &Operation| {
                let schema = side.input_schema(operation)?;
                wire::http(schema).map(|(method, uri, _)| (method, uri))
            };
            let before = request(sides.old, old);
            before.is_some() && before == request(sides.new, new)
        },
    )
}

/// Compares all operations, with their inputs and outputs.
pub(super) fn compare(sides: &Sides<'_>, changes: &mut Changes) {
    let pairs = pairs(sides);
    for operation in &pairs.removed {
        changes.add(Kind::OperationRemoved, path(operation));
    }
    for (old, new) in &pairs.renamed {
        changes.renamed(Kind::OperationRenamed, path(old), path(new));
    }
    for operation in &pairs.added {
        changes.add(Kind::OperationAdded, path(operation));
    }
    for (old, new) in pairs.both() {
        operation(sides, old, new, changes);
    }
}

/// The path of an operation: `Client::create_channel`.
fn path(operation: &Operation) -> String {
    format!("Client::{}", operation.name.method())
}

fn operation<'a>(sides: &Sides<'a>, old: &Operation, new: &Operation, changes: &mut Changes) {
    let path = path(new);
    wire::operation(sides, &path, old, new, changes);
    errors(sides, old, new, changes);
    paginators::compare(sides, &path, old, new, changes);
    waiters::compare(old, new, changes);
    endpoints::operation(&path, old, new, changes);
    behaviour::operation(sides, &path, old, new, changes);
    handling::compare(&path, old, new, changes);
    let traits = |side: &'a Side, it| side.operation(it).map(|it| &it.traits);
    let words = (traits(sides.old, old), traits(sides.new, new));
    docs::compare_operations(&path, words.0, words.1, changes);
    let (before, after) = (&sides.old.client, &sides.new.client);
    for (old, new) in [(old.input, new.input), (old.output, new.output)] {
        structures::compare(sides, before.structure(old), after.structure(new), changes);
    }
}

/// The variants of an operation's error.
fn errors(sides: &Sides<'_>, old: &Operation, new: &Operation, changes: &mut Changes) {
    let errors = |side: &Side, operation: &Operation| -> Vec<TypeName> {
        let errors = operation.errors.iter();
        errors
            .map(|id| side.client.structure(*id).name.clone())
            .collect()
    };
    let (before, after) = (errors(sides.old, old), errors(sides.new, new));
    let of = |name: &TypeName| {
        let (module, error) = (new.name.module(), new.name.error());
        format!("operation::{}::{error}::{name}", module.ident())
    };
    // A renamed error also renames a variant, but only the new name of the type is reported.
    let is_still = |name: &TypeName| {
        let new_name = sides.names.get(name.as_str());
        after.contains(name)
            || new_name.is_some_and(|new| after.iter().any(|it| it.as_str() == new))
    };
    let was_there = |name: &TypeName| {
        let old_names = sides.names.iter().filter(|(_, new)| *new == name.as_str());
        let mut old_names = old_names.map(|(old, _)| old.as_str());
        before.contains(name) || old_names.any(|old| before.iter().any(|it| it.as_str() == old))
    };
    for name in before.iter().filter(|name| !is_still(name)) {
        changes.add(Kind::OperationErrorRemoved, of(name));
    }
    for name in after.iter().filter(|name| !was_there(name)) {
        changes.add(Kind::OperationErrorAdded, of(name));
    }
}
