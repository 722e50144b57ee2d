//! Lowers structures, unions and enums.

use super::links::Owner;
use super::presence::{input_presence, presence, unsent};
use super::schema::Schemas;
use super::sensitivity::{has_sensitive_text, is_hidden};
use super::{Context, describe, unique};
use crate::config::InputDefaults;
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::{
    Build, Deprecation, Docs, Enum, EnumValue, ErrorShape, Field, Home, Presence, Redaction,
    RetryKind, StreamErrors, Structure, StructureId, Type, Union, Variant,
};
use crate::names::{FieldName, VariantName};
use crate::protocol::Protocol;
use crate::smithy::traits::ErrorKind;
use crate::smithy::{EnumValue as ModelEnumValue, Kind, Member, Shape, Traits};

/// The trait of strings that are enums in Smithy 1.0.
const OLD_ENUM: &str = "smithy.api#enum";

/// The structures that are shared types and errors, in the order of their ids.
pub(super) fn structures(
    context: &Context<'_>,
    schemas: &Schemas,
    diagnostics: &mut Diagnostics,
) -> Vec<Structure> {
    let ids = context.shapes.structures.keys();
    ids.map(|id| {
        let shape = context.model.shape(id);
        let owner = Owner::shared(context.model, shape);
        let mut structure = structure(context, &owner, schemas);
        if structure.home == Home::Error {
            add_message(&mut structure);
            let error = error_shape(schemas.protocol(), context, shape);
            if error.sensitive {
                hide_message(&mut structure);
            }
            structure.error = Some(error);
        }
        unique::members(context, &structure, shape, diagnostics);
        structure
    })
    .collect()
}

/// A structure.
pub(super) fn structure(context: &Context<'_>, owner: &Owner<'_>, schemas: &Schemas) -> Structure {
    let (shape, home) = (owner.shape, owner.home);
    let Kind::Structure(members) = &shape.kind else {
        panic!("`{}` is lowered as a structure and is none", shape.id);
    };
    let is_input = matches!(home, Home::OperationInput(_));
    let positions = schemas.positions(shape, is_input);
    // Members before a stream of events are not filled in: the service must send them.
    let is_strict = matches!(home, Home::OperationOutput(_))
        && schemas.protocol().binds_to_http
        && context.model.has_events(Some(shape));
    let fields: Vec<_> = members
        .iter()
        .map(|member| {
            let field = field(context, owner, member, is_input);
            Field {
                index: Some(positions[member.name.as_str()]),
                required: field.required && !is_strict,
                ..field
            }
        })
        .collect();
    let fallible = fields
        .iter()
        .any(|field| field.presence == Presence::Required);
    let redaction = if shape.traits.sensitive() {
        Redaction::Whole
    } else if fields.iter().any(|field| field.sensitive) {
        Redaction::Fields
    } else {
        Redaction::None
    };
    let schema = schemas.name(&shape.id, home);
    Structure {
        docs: describe::of_shape(context, owner),
        deprecated: deprecation(&shape.traits),
        name: owner.name.clone(),
        home,
        gate: None,
        build: if fallible {
            Build::Fallible
        } else {
            Build::Infallible
        },
        redaction,
        fields,
        schema,
        error: None,
    }
}

fn field(context: &Context<'_>, owner: &Owner<'_>, member: &Member, is_input: bool) -> Field {
    let shape = owner.shape;
    let target = context.model.target(member);
    let presence = if is_input {
        input_presence(target)
    } else {
        presence(member, target)
    };
    let name = FieldName::new(member.rust_name());
    let is_sent = context.shapes.is_sent(&shape.id);
    Field {
        index: None,
        ty: context
            .shapes
            .stream_type(target, is_input)
            .unwrap_or_else(|| context.shapes.member_type(context.model, &shape.id, member)),
        unsent: unsent(member, &presence, target)
            .filter(|_| is_sent && context.config.input_defaults == InputDefaults::Omit),
        // Even if the Rust type is an `Option`: the official crates fill the member in, and users
        // who unwrap it rely on that.
        required: member.traits.required()
            && !is_input
            && !context
                .customized
                .optional
                .contains(&shape.id.with_member(&member.name))
            && !matches!(presence, Presence::Defaulted(_)),
        presence,
        docs: describe::of_member(context, owner, member),
        limits: describe::constraints::line(context.model, member, is_input || is_sent),
        sensitive: is_hidden(context.model, member),
        deprecated: deprecation(&member.traits),
        name,
    }
}

/// Adds a message to errors that have none in the model.
fn add_message(structure: &mut Structure) {
    let name = FieldName::new("message");
    if structure.fields.iter().any(|field| field.name == name) {
        return;
    }
    structure.fields.push(Field {
        name,
        index: None,
        ty: Type::String,
        presence: Presence::Optional,
        required: false,
        unsent: None,
        docs: Docs::stand_in("What the service says about the error."),
        limits: None,
        sensitive: false,
        deprecated: None,
    });
}

/// Hides the message of an error whose text may be sensitive, whichever member contains it.
fn hide_message(structure: &mut Structure) {
    let name = FieldName::new("message");
    let message = structure.fields.iter_mut().find(|it| it.name == name);
    if let Some(message) = message {
        message.sensitive = true;
    }
    if structure.redaction == Redaction::None {
        structure.redaction = Redaction::Fields;
    }
}

fn error_shape(protocol: &Protocol, context: &Context<'_>, shape: &Shape) -> ErrorShape {
    let retry = shape.traits.retryable().map(|retryable| {
        match (retryable.throttling, shape.traits.error()) {
            (true, _) => RetryKind::Throttling,
            (false, Some(ErrorKind::Server)) => RetryKind::Server,
            (false, _) => RetryKind::Client,
        }
    });
    // The code on the wire is the shape's name in the model, even if the service renames it.
    let name = shape.id.name().to_owned();
    let of_query = shape.traits.query_error_code().filter(|code| *code != name);
    let codes = match of_query {
        Some(code) if protocol.has_query_codes() => vec![code],
        // It is sent in a header, and only if the service supports that.
        Some(code) if context.model.service.traits.query_compatible() => vec![code, name],
        _ => vec![name],
    };
    ErrorShape {
        codes,
        retry,
        sensitive: has_sensitive_text(context.model, shape),
    }
}

/// The errors, in the order of their names.
pub(super) fn errors(structures: &[Structure]) -> Vec<StructureId> {
    let mut errors: Vec<_> = (0..)
        .map(StructureId)
        .zip(structures)
        .filter(|(_, structure)| structure.home == Home::Error)
        .collect();
    errors.sort_by(|(_, one), (_, other)| one.name.cmp(&other.name));
    errors.into_iter().map(|(id, _)| id).collect()
}

/// All unions, in the order of their ids.
pub(super) fn unions(
    context: &Context<'_>,
    schemas: &Schemas,
    diagnostics: &mut Diagnostics,
) -> Vec<Union> {
    let ids = context.shapes.unions.keys();
    ids.map(|id| {
        let shape = context.model.shape(id);
        let owner = Owner::shared(context.model, shape);
        let is_stream = shape.traits.streaming();
        let is_error =
            |member: &Member| is_stream && context.model.target(member).traits.error().is_some();
        let variants: Vec<_> = shape
            .members()
            .into_iter()
            .enumerate()
            .filter(|(_, member)| !is_error(member))
            .map(|(index, member)| Variant {
                name: VariantName::new(member.rust_name()),
                index,
                ty: context.shapes.member_type(context.model, id, member),
                docs: describe::of_variant(context, &owner, member),
                sensitive: is_hidden(context.model, member),
                deprecated: deprecation(&member.traits),
            })
            .collect();
        unique::variants(context, &variants, shape, diagnostics);
        let redaction = if shape.traits.sensitive() {
            Redaction::Whole
        } else if variants.iter().any(|variant| variant.sensitive) {
            Redaction::Fields
        } else {
            Redaction::None
        };
        let errors = shape.members().into_iter().filter(|it| is_error(it));
        let errors = errors.map(|it| (it.name.clone(), context.shapes.structures[&it.target]));
        Union {
            stream: is_stream.then(|| StreamErrors {
                name: owner.name.stream_error(),
                errors: errors.collect(),
                is_sent: context.shapes.is_sent(id),
            }),
            docs: describe::of_shape(context, &owner),
            deprecated: deprecation(&shape.traits),
            schema: schemas.name(id, Home::Types),
            name: owner.name,
            gate: None,
            variants,
            redaction,
        }
    })
    .collect()
}

/// All string enums, in the order of their ids.
pub(super) fn enums(context: &Context<'_>, diagnostics: &mut Diagnostics) -> Vec<Enum> {
    let ids = context.shapes.enums.keys();
    ids.map(|id| {
        let shape = context.model.shape(id);
        let Kind::Enum(values) = &shape.kind else {
            panic!("`{id}` is lowered as an enum and is none");
        };
        let mut values: Vec<_> = values
            .iter()
            .enumerate()
            .filter_map(|(index, value)| {
                let place = place_of_value(shape, index, value);
                let lowered = enum_value(context, value, &place, diagnostics)?;
                Some((lowered, value, place))
            })
            .collect();
        unique::enum_values(context, shape, &values, diagnostics);
        values.sort_by(|(one, ..), (other, ..)| one.variant.cmp(&other.variant));
        let owner = Owner::shared(context.model, shape);
        let sensitive = shape.traits.sensitive();
        Enum {
            docs: describe::of_shape(context, &owner),
            deprecated: deprecation(&shape.traits),
            name: owner.name,
            gate: None,
            values: values.into_iter().map(|(value, ..)| value).collect(),
            redaction: if sensitive {
                Redaction::Whole
            } else {
                Redaction::None
            },
        }
    })
    .collect()
}

/// The place of a value: a member, or the older `smithy.api#enum` trait.
fn place_of_value(shape: &Shape, index: usize, value: &ModelEnumValue) -> Place {
    let place = Place::shape(&shape.id);
    match &value.name {
        Some(name) if !shape.traits.has(OLD_ENUM) => place.member(name),
        _ => place.r#trait(OLD_ENUM).index(index),
    }
}

fn enum_value(
    context: &Context<'_>,
    value: &ModelEnumValue,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<EnumValue> {
    let Some(variant) = VariantName::from_value(value.rust_name()) else {
        diagnostics.error(
            place.clone(),
            format!("there is no Rust name for the enum value {:?}", value.value),
            "give the value a `name` with letters or digits in the model",
        );
        return None;
    };
    Some(EnumValue {
        docs: describe::of_enum_value(context, value),
        deprecated: deprecation(&value.traits),
        value: value.value.clone(),
        variant,
    })
}

/// The deprecation of something.
///
/// Rust requires three numbers in a version. A date or any other text becomes part of the note.
pub(super) fn deprecation(traits: &Traits) -> Option<Deprecation> {
    let deprecated = traits.deprecated()?;
    let (since, note) = match (deprecated.since, deprecated.message) {
        (Some(since), note) if is_version(&since) => (Some(since), note),
        (Some(since), Some(note)) => (None, Some(format!("{note} (since {since})"))),
        (Some(since), None) => (None, Some(format!("since {since}"))),
        (None, note) => (None, note),
    };
    Some(Deprecation { since, note })
}

fn is_version(text: &str) -> bool {
    let numbers: Vec<_> = text.split('.').collect();
    let is_number = |text: &&str| text.parse::<u32>().is_ok_and(|it| it.to_string() == **text);
    numbers.len() == 3 && numbers.iter().all(is_number)
}
