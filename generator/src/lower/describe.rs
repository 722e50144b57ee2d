//! The documentation of generated items: the model's, or a placeholder.

pub(super) mod constraints;

use std::slice::from_ref;

use super::Context;
use super::docs::{code, linked_markdown, links, markdown, plain};
use super::links::Owner;
use super::types::UNIT;
use crate::ir::{Docs, Home, OperationId};
use crate::names::OperationName;
use crate::smithy::{EnumValue, Member, Operation, Traits};

/// The model's documentation of the subjects, with links to other items and to members of the
/// owners.
fn documented(
    context: &Context<'_>,
    owners: &[Owner<'_>],
    subjects: &[&str],
    traits: &Traits,
) -> Option<Docs> {
    let text = traits.documentation()?;
    let docs = linked_markdown(text, |name| context.links.find(owners, subjects, name));
    (!docs.is_empty()).then_some(docs)
}

/// A structure, union, enum or error.
pub(super) fn of_shape(context: &Context<'_>, owner: &Owner<'_>) -> Docs {
    let shape = owner.shape;
    let docs = documented(context, from_ref(owner), &[&shape.name], &shape.traits);
    let docs = docs.unwrap_or_else(|| {
        let kind = if shape.traits.error().is_some() {
            "error"
        } else {
            shape.kind.name()
        };
        Docs::stand_in(format!("The `{}` {kind}.", owner.name))
    });
    marked(docs, &shape.traits)
}

/// The input or output of an operation.
pub(super) fn of_top_level(context: &Context<'_>, owner: &Owner<'_>, operation: &str) -> Docs {
    let shape = owner.shape;
    let mut docs = documented(context, from_ref(owner), &[&shape.name], &shape.traits)
        .unwrap_or_else(|| of_nothing(operation, owner.home));
    docs.append(links(&shape.traits.external_documentation()));
    docs
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
pub(super) fn of_member(context: &Context<'_>, owner: &Owner<'_>, member: &Member) -> Docs {
    let docs = said_of_member(context, owner, member)
        .unwrap_or_else(|| Docs::stand_in(format!("The `{}` member.", member.name)));
    marked(docs, &member.traits)
}

/// A member of a union.
pub(super) fn of_variant(context: &Context<'_>, owner: &Owner<'_>, member: &Member) -> Docs {
    let docs = said_of_member(context, owner, member)
        .unwrap_or_else(|| Docs::stand_in(format!("The `{}` variant.", member.name)));
    marked(docs, &member.traits)
}

fn said_of_member(context: &Context<'_>, owner: &Owner<'_>, member: &Member) -> Option<Docs> {
    let subjects = [member.name.as_str(), owner.shape.name.as_str()];
    documented(context, from_ref(owner), &subjects, &member.traits)
        .or_else(|| of_target(context, member))
}

/// The documentation of a member's target.
fn of_target(context: &Context<'_>, member: &Member) -> Option<Docs> {
    let target = context.model.target(member);
    if target.id.as_str() == UNIT {
        return None;
    }
    let owner = Owner::shared(context.model, target);
    documented(context, &[owner], &[&target.name], &target.traits)
}

/// A value of an enum.
pub(super) fn of_enum_value(context: &Context<'_>, value: &EnumValue) -> Docs {
    let docs = documented(context, &[], &[&value.value], &value.traits)
        .unwrap_or_else(|| Docs::stand_in(code(&value.value)));
    marked(docs, &value.traits)
}

/// An operation, whose documentation may name members of its input and output.
pub(super) fn of_operation(context: &Context<'_>, id: OperationId, operation: &Operation) -> Docs {
    let model = context.model;
    let name = OperationName::new(&operation.name);
    let owner = |shape, name, home| Owner::new(model, model.shape(shape), name, home);
    let input = operation.input.iter();
    let input = input.map(|shape| owner(shape, name.input(), Home::OperationInput(id)));
    let output = operation.output.iter();
    let output = output.map(|shape| owner(shape, name.output(), Home::OperationOutput(id)));
    let owners: Vec<_> = input.chain(output).collect();
    let docs = documented(context, &owners, &[&operation.name], &operation.traits)
        .unwrap_or_else(|| Docs::stand_in(format!("The `{}` operation.", operation.name)));
    marked(docs, &operation.traits)
}

/// Adds what traits say: recommended, unstable, internal, since which version, and links to more
/// documentation.
fn marked(mut docs: Docs, traits: &Traits) -> Docs {
    match traits.recommended() {
        Some("") => docs.push_paragraph("It is recommended to set this."),
        Some(reason) => {
            docs.push_paragraph(format!("It is recommended to set this: {}", plain(reason)));
        }
        None => {}
    }
    if traits.unstable() {
        docs.push_paragraph("This is unstable: it may change or disappear.");
    }
    if traits.internal() {
        docs.push_paragraph("This is internal: it is not meant for the service's customers.");
    }
    if let Some(since) = traits.since() {
        docs.push_paragraph(format!("Available since {}.", plain(since)));
    }
    docs.append(links(&traits.external_documentation()));
    docs
}

/// A waiter.
pub(super) fn of_waiter(operation: &Operation, name: &str, text: Option<&str>) -> Docs {
    let docs = markdown(text.unwrap_or_default());
    match docs.is_empty() {
        true => Docs::stand_in(format!(
            "Waits for {}, by calling the operation `{}`.",
            code(name),
            operation.name
        )),
        false => docs,
    }
}

/// The service.
pub(super) fn of_service(context: &Context<'_>) -> Docs {
    let service = &context.model.service;
    let mut docs = documented(context, &[], &[], &service.traits).unwrap_or_default();
    if let Some(deprecated) = service.traits.deprecated() {
        let (since, message) = (deprecated.since.as_deref(), deprecated.message.as_deref());
        push_deprecation(&mut docs, since, message);
    }
    docs.append(links(&service.traits.external_documentation()));
    docs
}

/// Adds a deprecation, with version and advice, to the documentation of something that cannot have
/// the attribute.
pub(super) fn push_deprecation(docs: &mut Docs, since: Option<&str>, message: Option<&str>) {
    docs.push_paragraph(match since {
        Some(since) => format!("Deprecated since {}.", plain(since)),
        None => "Deprecated.".to_owned(),
    });
    docs.append(markdown(message.unwrap_or_default()));
}
