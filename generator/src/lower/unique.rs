//! A name is unique in its scope, or generation fails and names both shapes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use super::Context;
use super::overrides::Named;
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::{EnumValue, Home, Structure, Variant};
use crate::lower::names::{OperationName, TypeName};
use crate::smithy::{EnumValue as ModelEnumValue, Shape, ShapeId};

/// Modules that templates bring into the module of operations.
const OPERATION_MODULES: [&str; 3] = ["modeled", "paginator", "runtime"];

/// Methods that every client has.
const CLIENT_METHODS: [&str; 4] = ["config", "from_conf", "from_env", "new"];

/// The variant that every enum of errors has.
const UNHANDLED: &str = "Unhandled";

/// What helps against members and operations: their names on the wire stay.
const RENAME: &str = "give one of them another name in Rust, with `rename` in services.toml or \
                      with `--rename`: what is sent stays as it is";

/// What helps against shapes.
const RENAME_SHAPE: &str = "give one of them another name: in the model with the service's \
                            `rename` property, or only in Rust with `rename` in services.toml or \
                            with `--rename`";

/// What helps against names that are taken.
const RENAME_ONE: &str = "give it another name in Rust, with `rename` in services.toml or with \
                          `--rename`: what is sent stays as it is";

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
        let ids = ids.iter();
        ids.map(|id| Claim {
            is_builder: true,
            ..Claim::of_type(name(id).builder().to_string(), id)
        })
        .collect()
    };
    let named = |ids: &[&'_ ShapeId]| -> Vec<_> {
        let ids = ids.iter();
        ids.map(|id| Claim::of_type(name(id).to_string(), id))
            .collect()
    };
    let others: Vec<_> = shapes.unions.keys().chain(shapes.enums.keys()).collect();
    one_each(
        [named(&types), named(&others), builders(&types)].concat(),
        "type",
        RENAME_SHAPE,
        context,
        diagnostics,
    );
    one_each(
        [named(&errors), builders(&errors)].concat(),
        "error type",
        RENAME_SHAPE,
        context,
        diagnostics,
    );
    for error in errors {
        if name(error).as_str() == UNHANDLED {
            context.overrides.clash(
                &[Named::shape(error)],
                format!("`{error}` becomes the variant `{UNHANDLED}`, which all errors have"),
                RENAME_ONE,
                diagnostics,
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
        .map(|operation| Claim::of_type(module(&operation.name), &operation.id));
    one_each(modules, "module", RENAME, context, diagnostics);
    for operation in operations {
        let name = OperationName::new(&operation.name);
        let (module, method) = (name.module(), name.method().to_string());
        let mut taken = |what: &str, name: &dyn Display| {
            context.overrides.clash(
                &[Named::shape(&operation.id)],
                format!("the operation becomes the {what} `{name}`, which every client has"),
                RENAME_ONE,
                diagnostics,
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

/// A name in Rust, and the shape that it is made of.
#[derive(Clone)]
struct Claim {
    name: String,
    id: ShapeId,
    /// It is the name of the shape's builder.
    is_builder: bool,
}

impl Claim {
    fn of_type(name: String, id: &ShapeId) -> Self {
        Self {
            name,
            id: id.clone(),
            is_builder: false,
        }
    }
}

fn one_each(
    names: impl IntoIterator<Item = Claim>,
    what: &str,
    remedy: &str,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut taken: BTreeMap<String, ShapeId> = BTreeMap::new();
    // Two types of one name have builders of one name: it is enough to say so once.
    let mut reported: BTreeSet<ShapeId> = BTreeSet::new();
    for Claim {
        name,
        id,
        is_builder,
    } in names
    {
        let Some(other) = taken.get(&name) else {
            taken.insert(name, id);
            continue;
        };
        if !reported.insert(id.clone()) {
            continue;
        }
        let mut clash = |ids: [&ShapeId; 2], message: String| {
            let things = ids.map(Named::shape);
            context
                .overrides
                .clash(&things, message, remedy, diagnostics);
        };
        match is_builder {
            // Builders come last, so that the other is a type.
            true => clash(
                [other, &id],
                format!(
                    "`{other}` becomes the Rust {what} `{name}`, which is also the builder of `{id}`"
                ),
            ),
            false => clash(
                [&id, other],
                format!("`{other}` and `{id}` both become the Rust {what} `{name}`"),
            ),
        }
    }
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
    for (field, member) in structure.fields.iter().zip(shape.members()) {
        let (name, model_name) = (field.name.as_str(), member.name.as_str());
        if let Some(other) = fields.insert(name.to_owned(), model_name) {
            let message = format!(
                "the members `{other}` and `{model_name}` both become the Rust field `{name}`"
            );
            clash(context, shape, &[model_name, other], message, diagnostics);
            continue;
        }
        for method in [field.name.setter(), field.name.set(), field.name.get()] {
            let method = method.to_string();
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

/// Records a problem of one member, or of two, the first of which came too late.
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
pub(super) fn variants(
    context: &Context<'_>,
    variants: &[Variant],
    shape: &Shape,
    diagnostics: &mut Diagnostics,
) {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for (variant, member) in variants.iter().zip(shape.members()) {
        let (name, model_name) = (variant.name.as_str(), member.name.as_str());
        if let Some(other) = names.insert(name, model_name) {
            let message = format!(
                "the members `{other}` and `{model_name}` both become the Rust variant `{name}`"
            );
            clash(context, shape, &[model_name, other], message, diagnostics);
        }
    }
}

/// What messages call a value of an enum: by its name, of which its variant is made.
fn called(value: &ModelEnumValue) -> String {
    match &value.name {
        Some(name) => format!("`{name}`"),
        None => format!("{:?}", value.value),
    }
}

/// Checks the values of an enum: as they are lowered, as the model has them, and where.
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
