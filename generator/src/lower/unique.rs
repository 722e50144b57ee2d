//! Checks that names are unique in their scope. A clash is an error that names both shapes.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Display;

use super::Context;
use super::overrides::Named;
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::{EnumValue, Home, Operation, OperationModule, Structure, Variant};
use crate::names::{OperationName, TypeName};
use crate::smithy::{EnumValue as ModelEnumValue, Shape, ShapeId};

/// Methods of every client.
const CLIENT_METHODS: [&str; 5] = [
    "config",
    "from_conf",
    "from_env",
    "new",
    "with_endpoint_discovery_enabled",
];

/// The variant of every error enum.
const UNHANDLED: &str = "Unhandled";

/// The remedy for members and operations, whose names on the wire do not change.
const RENAME: &str = "give one of them another name in Rust, with `rename` in services.toml or \
                      with `--rename`: what is sent does not change";

/// The remedy for shapes.
const RENAME_SHAPE: &str = "give one of them another name: in the model with the service's \
                            `rename` property, or only in Rust with `rename` in services.toml or \
                            with `--rename`";

/// The remedy for names that are taken.
const RENAME_ONE: &str = "give it another name in Rust, with `rename` in services.toml or with \
                          `--rename`: what is sent does not change";

/// Checks the scopes with several shapes: shared types, errors and operations.
///
/// Builders need no check: they are in separate modules and named after unique types.
pub(super) fn check(
    context: &Context<'_>,
    structures: &[Structure],
    (operations, has_sessions): (&[Operation], bool),
    diagnostics: &mut Diagnostics,
) {
    let shapes = &context.shapes;
    let is_error = |id: &ShapeId| {
        let number = shapes.structures[id].0 as usize;
        structures[number].home == Home::Error
    };
    let (errors, types): (Vec<_>, Vec<_>) = shapes.structures.keys().partition(|id| is_error(id));
    let name = |id: &ShapeId| TypeName::new(&context.model.shape(id).name);
    let types = types.into_iter().chain(shapes.unions.keys());
    let types = types.chain(shapes.enums.keys());
    let types = types.map(|id| (name(id).to_string(), id));
    one_each(types, "type", RENAME_SHAPE, context, diagnostics);
    let types = errors.iter().map(|id| (name(id).to_string(), *id));
    let differ = one_each(types, "error type", RENAME_SHAPE, context, diagnostics);
    let methods = differ.iter().map(|id| (name(id).is().to_string(), *id));
    one_each(methods, "method", RENAME_SHAPE, context, diagnostics);
    let streams = shapes.unions.keys();
    for stream in streams.filter(|id| context.model.shape(id).traits.streaming()) {
        let errors_of_stream = name(stream).stream_error();
        if let Some(error) = errors.iter().find(|id| name(id) == errors_of_stream) {
            context.overrides.clash(
                &[error, stream].map(Named::shape),
                format!(
                    "`{error}` becomes the Rust type `{errors_of_stream}`, which the errors of the \
                     stream `{stream}` have"
                ),
                RENAME_SHAPE,
                diagnostics,
            );
        }
    }
    for error in &errors {
        if name(error).as_str() == UNHANDLED {
            context.overrides.clash(
                &[Named::shape(error)],
                format!("`{error}` becomes the variant `{UNHANDLED}`, which all errors have"),
                RENAME_ONE,
                diagnostics,
            );
        }
    }
    let sessions = has_sessions.then_some(OperationModule::Sessions);
    let modules = OperationModule::needed(operations, !errors.is_empty()).chain(sessions);
    check_operations(context, &modules.collect::<Vec<_>>(), diagnostics);
}

/// Checks the module and the method of each operation; `modules` are the other modules there.
fn check_operations(
    context: &Context<'_>,
    modules: &[OperationModule],
    diagnostics: &mut Diagnostics,
) {
    let operations = &context.model.operations;
    let named = |name: &str| OperationName::new(name).module().to_string();
    let claims = operations
        .iter()
        .map(|operation| (named(&operation.name), &operation.id));
    one_each(claims, "module", RENAME, context, diagnostics);
    for operation in operations {
        let name = OperationName::new(&operation.name);
        let (module, method) = (name.module(), name.method().to_string());
        let mut taken = |what: &str, name: &dyn Display, by: &str| {
            context.overrides.clash(
                &[Named::shape(&operation.id)],
                format!("the operation becomes the {what} `{name}`, which {by} has"),
                RENAME_ONE,
                diagnostics,
            );
        };
        if modules.iter().any(|it| it.name() == module.as_str()) {
            taken("module", &module, "this client");
        }
        if CLIENT_METHODS.contains(&method.as_str()) {
            taken("method", &method, "every client");
        }
    }
}

/// Checks that no two shapes have the same name in Rust, and returns those whose names differ.
fn one_each<'a>(
    names: impl IntoIterator<Item = (String, &'a ShapeId)>,
    what: &str,
    remedy: &str,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<&'a ShapeId> {
    let mut taken: BTreeMap<String, &ShapeId> = BTreeMap::new();
    let mut differ = Vec::new();
    for (name, id) in names {
        if let Some(other) = taken.get(&name) {
            context.overrides.clash(
                &[id, other].map(Named::shape),
                format!("`{other}` and `{id}` both become the Rust {what} `{name}`"),
                remedy,
                diagnostics,
            );
            continue;
        }
        taken.insert(name, id);
        differ.push(id);
    }
    differ
}

/// Checks the members of a structure: its fields, and the methods of its builders.
pub(super) fn members(
    context: &Context<'_>,
    structure: &Structure,
    shape: &Shape,
    diagnostics: &mut Diagnostics,
) {
    let mut fields: BTreeMap<String, &str> = BTreeMap::new();
    let mut methods: BTreeMap<String, Option<&str>> = methods_of_builders(structure.home)
        .iter()
        .map(|method| ((*method).to_owned(), None))
        .collect();
    // The message that was added to an error.
    for added in structure.fields.iter().skip(shape.members().len()) {
        methods.extend(
            added
                .name
                .methods_of_builders()
                .map(|method| (method, None)),
        );
    }
    for (field, member) in structure.fields.iter().zip(shape.members()) {
        let (name, model_name) = (field.name.as_str(), member.name.as_str());
        if let Some(other) = fields.insert(name.to_owned(), model_name) {
            let message = format!(
                "the members `{other}` and `{model_name}` both become the Rust field `{name}`"
            );
            clash(context, shape, &[model_name, other], message, diagnostics);
            continue;
        }
        for method in field.name.methods_of_builders() {
            let other = methods.get(&method).copied();
            let message = match other {
                Some(Some(other)) => format!(
                    "the members `{other}` and `{model_name}` both become the Rust method \
                     `{method}` of builders"
                ),
                Some(None) => format!(
                    "the member `{model_name}` becomes the Rust method `{method}`, which builders \
                     have"
                ),
                None => {
                    methods.insert(method, Some(model_name));
                    continue;
                }
            };
            let members: Vec<&str> = std::iter::once(model_name).chain(other.flatten()).collect();
            clash(context, shape, &members, message, diagnostics);
        }
    }
}

/// Records a clash of a member, or of two members; the place is the first in `members`.
fn clash(
    context: &Context<'_>,
    shape: &Shape,
    members: &[&str],
    message: String,
    diagnostics: &mut Diagnostics,
) {
    let named = members.iter().map(|name| Named::member(&shape.id, name));
    let remedy = match members {
        [_] => RENAME_ONE,
        _ => RENAME,
    };
    let overrides = &context.overrides;
    overrides.clash(&named.collect::<Vec<_>>(), message, remedy, diagnostics);
}

/// The methods of a structure's builder, and of the fluent builder, that do not belong to a member.
fn methods_of_builders(home: Home) -> &'static [&'static str] {
    match home {
        Home::Types | Home::OperationOutput(_) => &["build"],
        Home::Error => &["build", "meta", "set_meta"],
        Home::OperationInput(_) => &[
            "as_input",
            "build",
            "customize",
            "into_paginator",
            "new",
            "send",
            "send_with",
        ],
    }
}

/// Checks the variants of a union, and their methods.
pub(super) fn variants(
    context: &Context<'_>,
    variants: &[Variant],
    shape: &Shape,
    diagnostics: &mut Diagnostics,
) {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for (variant, member) in variants.iter().zip(shape.members()) {
        let model_name = member.name.as_str();
        let claims = [
            ("variant", variant.name.to_string()),
            // The other method of a variant is unique if this one is.
            ("method", variant.name.is().to_string()),
        ];
        for (what, name) in claims {
            let Some(other) = names.get(&name) else {
                names.insert(name, model_name);
                continue;
            };
            let message = format!(
                "the members `{other}` and `{model_name}` both become the Rust {what} `{name}`"
            );
            clash(context, shape, &[model_name, other], message, diagnostics);
            break;
        }
    }
}

/// The name of an enum's value in messages, from which its variant is derived.
fn called(value: &ModelEnumValue) -> String {
    match &value.name {
        Some(name) => format!("`{name}`"),
        None => format!("{:?}", value.value),
    }
}

/// Checks the values of an enum: lowered, in the model, and their places.
pub(super) fn enum_values(
    context: &Context<'_>,
    shape: &Shape,
    values: &[(EnumValue, &ModelEnumValue, Place)],
    diagnostics: &mut Diagnostics,
) {
    let named = |value: &ModelEnumValue, place: &Place| {
        let name = value.name.as_ref();
        Named {
            id: name.map_or(shape.id.clone(), |name| shape.id.with_member(name)),
            place: place.clone(),
            called: called(value),
        }
    };
    let mut names: BTreeMap<&str, (&ModelEnumValue, &Place)> = BTreeMap::new();
    for (lowered, value, place) in values {
        let name = lowered.variant.as_str();
        if let Some((other, first)) = names.insert(name, (value, place)) {
            let remedy = match (&value.name, &other.name) {
                (None, None) => "give one of them a `name` in the model",
                _ => RENAME,
            };
            context.overrides.clash(
                &[named(value, place), named(other, first)],
                format!(
                    "the enum values {} and {} both become the Rust variant `{name}`",
                    called(other),
                    called(value)
                ),
                remedy,
                diagnostics,
            );
        }
    }
}
