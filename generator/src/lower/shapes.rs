//! Structures, unions and enums.

use super::presence::{input_presence, presence};
use super::schema::Schemas;
use super::sensitivity::is_hidden;
use super::{Context, describe};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::{
    Build, Deprecation, Docs, Enum, EnumValue, ErrorShape, Field, Home, Presence, Redaction,
    RetryKind, Structure, StructureId, Type, Union, Variant,
};
use crate::lower::names::{FieldName, TypeName, VariantName};
use crate::smithy::traits::ErrorKind;
use crate::smithy::{EnumValue as ModelEnumValue, Kind, Member, Shape, ShapeId, Traits};

/// The structures that are shared types and errors, in the order of their ids.
pub(super) fn structures(
    context: &Context<'_>,
    schemas: &Schemas,
    diagnostics: &mut Diagnostics,
) -> Vec<Structure> {
    let ids = context.shapes.structures.keys();
    ids.map(|id| {
        let shape = context.model.shape(id);
        let is_error = shape.traits.error().is_some();
        let home = if is_error { Home::Error } else { Home::Types };
        let name = TypeName::new(&shape.name);
        let mut structure = structure(context, shape, name, home, schemas);
        if is_error {
            add_message(&mut structure);
            structure.error = Some(error_shape(shape));
        }
        unique_fields(&structure, shape, diagnostics);
        structure
    })
    .collect()
}

/// A structure as a type of its own.
pub(super) fn structure(
    context: &Context<'_>,
    shape: &Shape,
    name: TypeName,
    home: Home,
    schemas: &Schemas,
) -> Structure {
    let Kind::Structure(members) = &shape.kind else {
        panic!("`{}` is lowered as a structure and is none", shape.id);
    };
    let is_input = matches!(home, Home::OperationInput(_));
    let fields: Vec<_> = members
        .iter()
        .map(|member| field(context, shape, member, is_input, schemas))
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
        docs: describe::of_shape(shape, &name),
        deprecated: deprecation(&shape.traits),
        name,
        home,
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

fn field(
    context: &Context<'_>,
    shape: &Shape,
    member: &Member,
    is_input: bool,
    schemas: &Schemas,
) -> Field {
    let target = context.model.target(member);
    let presence = if is_input {
        input_presence(target)
    } else {
        presence(member, target)
    };
    let name = FieldName::new(&member.name);
    Field {
        index: Some(schemas.index(shape, is_input, &member.name)),
        ty: context.shapes.member_type(context.model, &shape.id, member),
        presence,
        required: member.traits.required() && !is_input && !member.traits.client_optional(),
        docs: describe::of_member(context.model, member),
        sensitive: is_hidden(context.model, member),
        deprecated: deprecation(&member.traits),
        name,
    }
}

/// Every error has a message, whether the model says so or not.
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
        docs: Docs::line("What the service says about the error."),
        sensitive: false,
        deprecated: None,
    });
}

fn error_shape(shape: &Shape) -> ErrorShape {
    let retry = shape.traits.retryable().map(|retryable| {
        match (retryable.throttling, shape.traits.error()) {
            (true, _) => RetryKind::Throttling,
            (false, Some(ErrorKind::Server)) => RetryKind::Server,
            (false, _) => RetryKind::Client,
        }
    });
    // The code on the wire is the shape's name in the model, whatever the service renames it to.
    ErrorShape {
        code: shape.id.name().to_owned(),
        retry,
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

/// Two members of a structure must not become one field.
pub(super) fn unique_fields(structure: &Structure, shape: &Shape, diagnostics: &mut Diagnostics) {
    for (position, field) in structure.fields.iter().enumerate() {
        let twin = structure.fields[..position]
            .iter()
            .any(|other| other.name == field.name);
        if !twin {
            continue;
        }
        let name = field.name.as_str();
        let members: Vec<_> = shape
            .members()
            .into_iter()
            .filter(|member| FieldName::new(&member.name) == field.name)
            .map(|member| member.name.clone())
            .collect();
        diagnostics.error(
            Place::shape(&shape.id).member(&field_member(&members, name)),
            format!(
                "the members `{}` both become the Rust field `{name}`",
                members.join("` and `")
            ),
            "rename one of the members in the model",
        );
    }
}

fn field_member(members: &[String], name: &str) -> String {
    members.last().cloned().unwrap_or_else(|| name.to_owned())
}

/// All unions, in the order of their ids.
pub(super) fn unions(context: &Context<'_>, schemas: &Schemas) -> Vec<Union> {
    let ids = context.shapes.unions.keys();
    ids.map(|id| {
        let shape = context.model.shape(id);
        let name = TypeName::new(&shape.name);
        let variants: Vec<_> = shape
            .members()
            .into_iter()
            .enumerate()
            .map(|(index, member)| Variant {
                name: VariantName::new(&member.name),
                index,
                ty: context.shapes.member_type(context.model, id, member),
                docs: describe::of_variant(context.model, member),
                sensitive: is_hidden(context.model, member),
            })
            .collect();
        let redaction = if shape.traits.sensitive() {
            Redaction::Whole
        } else if variants.iter().any(|variant| variant.sensitive) {
            Redaction::Fields
        } else {
            Redaction::None
        };
        Union {
            docs: describe::of_shape(shape, &name),
            deprecated: deprecation(&shape.traits),
            schema: schemas.name(id, Home::Types),
            name,
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
            .filter_map(|value| enum_value(id, value, diagnostics))
            .collect();
        values.sort_by(|one, other| one.variant.cmp(&other.variant));
        unique_variants(id, &values, diagnostics);
        let name = TypeName::new(&shape.name);
        let sensitive = shape.traits.sensitive();
        Enum {
            docs: describe::of_shape(shape, &name),
            deprecated: deprecation(&shape.traits),
            name,
            values,
            redaction: if sensitive {
                Redaction::Whole
            } else {
                Redaction::None
            },
        }
    })
    .collect()
}

fn enum_value(
    id: &ShapeId,
    value: &ModelEnumValue,
    diagnostics: &mut Diagnostics,
) -> Option<EnumValue> {
    let variant = match &value.name {
        Some(name) => Some(VariantName::new(name)),
        None => VariantName::from_value(&value.value),
    };
    let Some(variant) = variant else {
        diagnostics.error(
            Place::shape(id),
            format!(
                "the enum value {:?} has no name, and none can be made of it",
                value.value
            ),
            "give the value a name in the model",
        );
        return None;
    };
    Some(EnumValue {
        docs: describe::of_enum_value(value),
        deprecated: deprecation(&value.traits),
        value: value.value.clone(),
        variant,
    })
}

fn unique_variants(id: &ShapeId, values: &[EnumValue], diagnostics: &mut Diagnostics) {
    for pair in values.windows(2) {
        if pair[0].variant == pair[1].variant {
            diagnostics.error(
                Place::shape(id),
                format!(
                    "the enum values {:?} and {:?} both become the Rust variant `{}`",
                    pair[0].value,
                    pair[1].value,
                    pair[0].variant.as_str()
                ),
                "rename one of the values in the model",
            );
        }
    }
}

/// What the model says about moving away.
pub(super) fn deprecation(traits: &Traits) -> Option<Deprecation> {
    traits.deprecated().map(|deprecated| Deprecation {
        since: deprecated.since,
        note: deprecated.message,
    })
}
