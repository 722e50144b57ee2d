//! What generated items say of themselves: the model's words, or a line where it has none.

pub(super) mod constraints;

use super::docs::markdown;
use super::types::UNIT;
use crate::ir::{Docs, Home};
use crate::lower::names::TypeName;
use crate::smithy::{EnumValue, Member, Model, Operation, Shape, Traits};

fn documented(traits: &Traits) -> Option<Docs> {
    traits
        .documentation()
        .map(markdown)
        .filter(|docs| !docs.is_empty())
}

/// A structure, union, enum or error.
pub(super) fn of_shape(shape: &Shape, name: &TypeName) -> Docs {
    documented(&shape.traits).unwrap_or_else(|| {
        let kind = if shape.traits.error().is_some() {
            "error"
        } else {
            shape.kind.name()
        };
        Docs::stand_in(format!("The `{}` {kind}.", name.as_str()))
    })
}

/// The input or output of an operation.
pub(super) fn of_top_level(shape: &Shape, operation: &str, home: Home) -> Docs {
    documented(&shape.traits).unwrap_or_else(|| of_nothing(operation, home))
}

/// The input or output of an operation that has none in the model.
pub(super) fn of_nothing(operation: &str, home: Home) -> Docs {
    let direction = match home {
        Home::OperationInput(_) => "Input",
        _ => "Output",
    };
    Docs::stand_in(format!("{direction} of the `{operation}` operation."))
}

/// A member of a structure.
pub(super) fn of_member(model: &Model, member: &Member) -> Docs {
    documented(&member.traits)
        .or_else(|| documented(&model.target(member).traits))
        .unwrap_or_else(|| Docs::stand_in(format!("The `{}` member.", member.name)))
}

/// A member of a union.
pub(super) fn of_variant(model: &Model, member: &Member) -> Docs {
    let target = model.target(member);
    let of_target = || documented(&target.traits).filter(|_| target.id.as_str() != UNIT);
    documented(&member.traits)
        .or_else(of_target)
        .unwrap_or_else(|| Docs::stand_in(format!("The `{}` variant.", member.name)))
}

/// A value of an enum.
pub(super) fn of_enum_value(value: &EnumValue) -> Docs {
    documented(&value.traits).unwrap_or_else(|| Docs::stand_in(format!("`{}`", value.value)))
}

/// An operation.
pub(super) fn of_operation(operation: &Operation) -> Docs {
    documented(&operation.traits)
        .unwrap_or_else(|| Docs::stand_in(format!("The `{}` operation.", operation.name)))
}

/// The service.
pub(super) fn of_service(model: &Model) -> Docs {
    documented(&model.service.traits).unwrap_or_default()
}
