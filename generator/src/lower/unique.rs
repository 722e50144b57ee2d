//! A name is unique in its scope, or generation fails and names both shapes.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::Context;
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::{EnumValue, Home, Structure, Variant};
use crate::lower::names::{OperationName, TypeName};
use crate::smithy::{Shape, ShapeId};

/// Modules that templates bring into the module of operations.
const OPERATION_MODULES: [&str; 3] = ["modeled", "paginator", "runtime"];

/// Methods that every client has.
const CLIENT_METHODS: [&str; 4] = ["config", "from_conf", "from_env", "new"];

/// The variant that every enum of errors has.
const UNHANDLED: &str = "Unhandled";

/// What helps against members: their names on the wire need not be their own.
const RENAME_MEMBER: &str = "rename one of them in the model; `smithy.api#jsonName` keeps its \
                             name in messages";

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
    let name = |id: &ShapeId| TypeName::new(&context.model.shape(id).name);
    let builders = |ids: &[&'_ ShapeId]| -> Vec<_> {
        let builder = |id: &&ShapeId| name(id).builder().to_string();
        ids.iter().map(|id| (builder(id), (*id).clone())).collect()
    };
    let named = |ids: &[&'_ ShapeId]| -> Vec<_> {
        let ids = ids.iter();
        ids.map(|id| (name(id).to_string(), (*id).clone()))
            .collect()
    };
    let others: Vec<_> = shapes.unions.keys().chain(shapes.enums.keys()).collect();
    one_each(
        [named(&types), named(&others), builders(&types)].concat(),
        "type",
        diagnostics,
    );
    one_each(
        [named(&errors), builders(&errors)].concat(),
        "error type",
        diagnostics,
    );
    for error in errors {
        if name(error).as_str() == UNHANDLED {
            diagnostics.error(
                Place::shape(error),
                format!("`{error}` becomes the variant `{UNHANDLED}`, which all errors have"),
                "rename it in the service's `rename` property",
            );
        }
    }
    operations(context, diagnostics);
}

fn operations(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let operations = &context.model.operations;
    let module = |name: &str| OperationName::new(name).module().to_string();
    let modules = operations
        .iter()
        .map(|operation| (module(&operation.name), operation.id.clone()));
    one_each(modules, "module of an operation", diagnostics);
    for operation in operations {
        let name = OperationName::new(&operation.name);
        let (module, method) = (name.module(), name.method().to_string());
        let mut taken = |what: &str, name: &dyn Display| {
            diagnostics.error(
                Place::shape(&operation.id),
                format!("the operation becomes the {what} `{name}`, which every client has"),
                "rename the operation in the model",
            );
        };
        if OPERATION_MODULES.contains(&module.as_str()) {
            taken("module", &module);
        }
        if CLIENT_METHODS.contains(&method.as_str()) {
            taken("method", &method);
        }
    }
}

fn one_each(
    names: impl IntoIterator<Item = (String, ShapeId)>,
    what: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut taken: BTreeMap<String, ShapeId> = BTreeMap::new();
    for (name, id) in names {
        if let Some(other) = taken.get(&name) {
            diagnostics.error(
                Place::shape(&id),
                format!("`{other}` and `{id}` both become the Rust {what} `{name}`"),
                "rename one of them in the service's `rename` property",
            );
        } else {
            taken.insert(name, id);
        }
    }
}

/// Checks the members of a structure: its fields, and the methods of its builders.
pub(super) fn members(structure: &Structure, shape: &Shape, diagnostics: &mut Diagnostics) {
    let mut fields: BTreeMap<String, &str> = BTreeMap::new();
    let mut methods: BTreeMap<String, Option<&str>> = methods_of_builders(structure.home)
        .iter()
        .map(|method| ((*method).to_owned(), None))
        .collect();
    for (field, member) in structure.fields.iter().zip(shape.members()) {
        let place = || Place::shape(&shape.id).member(&member.name);
        let name = field.name.as_str();
        if let Some(other) = fields.insert(name.to_owned(), &member.name) {
            let message = format!(
                "the members `{other}` and `{}` both become the Rust field `{name}`",
                member.name
            );
            diagnostics.error(place(), message, RENAME_MEMBER);
            continue;
        }
        for method in [field.name.setter(), field.name.set(), field.name.get()] {
            let method = method.to_string();
            let message = match methods.get(&method) {
                Some(Some(other)) => format!(
                    "the members `{other}` and `{}` both become the Rust method `{method}` of \
                     builders",
                    member.name
                ),
                Some(None) => format!(
                    "the member `{}` becomes the Rust method `{method}`, which builders have",
                    member.name
                ),
                None => {
                    methods.insert(method, Some(&member.name));
                    continue;
                }
            };
            diagnostics.error(place(), message, RENAME_MEMBER);
        }
    }
}

/// The methods of a structure's builder, and of the fluent one, that are not about a member.
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

/// Checks the variants of a union.
pub(super) fn variants(variants: &[Variant], shape: &Shape, diagnostics: &mut Diagnostics) {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for (variant, member) in variants.iter().zip(shape.members()) {
        let name = variant.name.as_str();
        if let Some(other) = names.insert(name, &member.name) {
            diagnostics.error(
                Place::shape(&shape.id).member(&member.name),
                format!(
                    "the members `{other}` and `{}` both become the Rust variant `{name}`",
                    member.name
                ),
                RENAME_MEMBER,
            );
        }
    }
}

/// Checks the values of an enum.
pub(super) fn enum_values(values: &[(EnumValue, Place)], diagnostics: &mut Diagnostics) {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for (value, place) in values {
        let name = value.variant.as_str();
        if let Some(other) = names.insert(name, &value.value) {
            diagnostics.error(
                place.clone(),
                format!(
                    "the enum values {other:?} and {:?} both become the Rust variant `{name}`",
                    value.value
                ),
                "rename one of them in the model: what is sent is the value, not the name",
            );
        }
    }
}
