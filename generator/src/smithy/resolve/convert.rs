//! Converts a shape of the AST into one of the model.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::assemble::Shapes;
use super::model::{EnumValue, IntEnumValue, Kind, Member, Shape};
use super::version::{self, Version};
use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::ShapeId;
use crate::smithy::ast::{AstMember, AstShape, ShapeType};
use crate::smithy::prelude;
use crate::smithy::traits::{Traits, describe};

const ENUM_VALUE: &str = "smithy.api#enumValue";

/// The shape, or `None` for services, resources and operations.
pub(super) fn shape(
    id: &ShapeId,
    ast: &AstShape,
    shapes: &Shapes<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Shape> {
    let mut shape = Shape {
        id: id.clone(),
        name: id.name().to_owned(),
        kind: kind(id, ast, diagnostics)?,
        traits: ast.traits.clone().unwrap_or_default(),
    };
    not_empty(&shape, ast, diagnostics);
    if ast.r#type == ShapeType::Set {
        version::raise_set(&mut shape);
    }
    if shapes.version == Version::One
        && let Kind::Structure(members) = &mut shape.kind
    {
        for member in members {
            if let Some(target) = shapes.get(&member.target) {
                version::raise_member(&mut member.traits, &member.target, target);
            }
        }
    }
    Some(shape)
}

/// Checks that an enum has values. Uses the AST, because malformed values are missing in the model.
fn not_empty(shape: &Shape, ast: &AstShape, diagnostics: &mut Diagnostics) {
    let needs_members = matches!(
        ast.r#type,
        ShapeType::Union | ShapeType::Enum | ShapeType::IntEnum
    );
    if needs_members && ast.members.as_ref().is_none_or(IndexMap::is_empty) {
        diagnostics.error(
            Place::shape(&shape.id),
            format!(
                "{} must have at least one member",
                ast.r#type.with_article()
            ),
            "add one, or remove the shape",
        );
    }
}

fn kind(id: &ShapeId, ast: &AstShape, diagnostics: &mut Diagnostics) -> Option<Kind> {
    let old_enum = ast
        .traits
        .as_ref()
        .and_then(|traits| traits.get("smithy.api#enum"));
    Some(match ast.r#type {
        ShapeType::Boolean => Kind::Boolean,
        ShapeType::Byte => Kind::Byte,
        ShapeType::Short => Kind::Short,
        ShapeType::Integer => Kind::Integer,
        ShapeType::Long => Kind::Long,
        ShapeType::Float => Kind::Float,
        ShapeType::Double => Kind::Double,
        ShapeType::BigInteger => Kind::BigInteger,
        ShapeType::BigDecimal => Kind::BigDecimal,
        ShapeType::Blob => Kind::Blob,
        ShapeType::Timestamp => Kind::Timestamp,
        ShapeType::Document => Kind::Document,
        ShapeType::String => match old_enum {
            Some(entries) => {
                let values = old_enum_values(entries);
                unique_old(id, &values, diagnostics);
                Kind::Enum(values)
            }
            None => Kind::String,
        },
        ShapeType::Enum => Kind::Enum(enum_values(id, ast, diagnostics)),
        ShapeType::IntEnum => Kind::IntEnum(int_enum_values(id, ast, diagnostics)),
        // `parse` and `mixins` have reported lists and maps without members.
        ShapeType::List | ShapeType::Set => Kind::List(member("member", ast.member.as_ref()?)),
        ShapeType::Map => Kind::Map {
            key: member("key", ast.key.as_ref()?),
            value: member("value", ast.value.as_ref()?),
        },
        ShapeType::Structure => Kind::Structure(members(ast)),
        ShapeType::Union => Kind::Union(members(ast)),
        ShapeType::Service | ShapeType::Resource | ShapeType::Operation | ShapeType::Apply => {
            return None;
        }
    })
}

fn members(ast: &AstShape) -> Vec<Member> {
    ast.members
        .iter()
        .flatten()
        .map(|(name, ast)| member(name, ast))
        .collect()
}

fn member(name: &str, ast: &AstMember) -> Member {
    Member {
        name: name.to_owned(),
        rust_name: None,
        target: ast.target.clone(),
        traits: ast.traits.clone().unwrap_or_default(),
    }
}

/// The values of an [enum](https://smithy.io/2.0/spec/simple-types.html#enum): the value of a
/// member without `enumValue` is its name.
fn enum_values(id: &ShapeId, ast: &AstShape, diagnostics: &mut Diagnostics) -> Vec<EnumValue> {
    let none = IndexMap::new();
    let mut values = Vec::new();
    for (name, member) in ast.members.as_ref().unwrap_or(&none) {
        targets_unit(id, name, member, diagnostics);
        let traits = member.traits.clone().unwrap_or_default();
        let value = match traits.enum_value() {
            None => name.clone(),
            Some(Value::String(value)) if !value.is_empty() => value.clone(),
            Some(other) => {
                diagnostics.error(
                    Place::shape(id).member(name).r#trait(ENUM_VALUE),
                    format!(
                        "the value of `{name}` is {}, and must be a string that is not empty",
                        describe(other)
                    ),
                    match other {
                        Value::String(_) => {
                            format!(
                                "write a value, or remove the trait: the value is `{name}` then"
                            )
                        }
                        _ => "write a string; a shape with numbers as values is an `intEnum`"
                            .to_owned(),
                    },
                );
                continue;
            }
        };
        values.push(EnumValue {
            name: Some(name.clone()),
            rust_name: None,
            value,
            traits,
        });
    }
    unique(
        id,
        values
            .iter()
            .map(|value| (value.name.as_deref(), &value.value)),
        diagnostics,
    );
    values
}

/// The values of an [intEnum](https://smithy.io/2.0/spec/simple-types.html#intenum).
fn int_enum_values(
    id: &ShapeId,
    ast: &AstShape,
    diagnostics: &mut Diagnostics,
) -> Vec<IntEnumValue> {
    let none = IndexMap::new();
    let mut values = Vec::new();
    for (name, member) in ast.members.as_ref().unwrap_or(&none) {
        targets_unit(id, name, member, diagnostics);
        let traits = member.traits.clone().unwrap_or_default();
        let value = traits.enum_value();
        let number = value.and_then(Value::as_i64);
        match number.and_then(|value| i32::try_from(value).ok()) {
            Some(value) => values.push(IntEnumValue {
                name: name.clone(),
                value,
                traits,
            }),
            None => diagnostics.error(
                Place::shape(id).member(name).r#trait(ENUM_VALUE),
                match value {
                    Some(value) => format!("{value} is not a value of an intEnum"),
                    None => format!("the member `{name}` of an intEnum has no value"),
                },
                format!(
                    "give it a whole number from {} to {} with `{ENUM_VALUE}`",
                    i32::MIN,
                    i32::MAX
                ),
            ),
        }
    }
    unique(
        id,
        values
            .iter()
            .map(|value| (Some(value.name.as_str()), &value.value)),
        diagnostics,
    );
    values
}

/// Checks that a member of an enum targets the unit type.
fn targets_unit(id: &ShapeId, name: &str, member: &AstMember, diagnostics: &mut Diagnostics) {
    if member.target.as_str() != prelude::UNIT {
        diagnostics.error(
            Place::shape(id).member(name).key("target"),
            format!("the member `{name}` of an enum targets `{}`", member.target),
            format!(
                "target `{}`: members of enums have no content",
                prelude::UNIT
            ),
        );
    }
}

fn unique<'v, V: Ord + std::fmt::Display + 'v>(
    id: &ShapeId,
    values: impl Iterator<Item = (Option<&'v str>, &'v V)>,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: BTreeMap<&V, &str> = BTreeMap::new();
    for (name, value) in values {
        let name = name.unwrap_or_default();
        if let Some(first) = seen.insert(value, name) {
            diagnostics.error(
                Place::shape(id).member(name),
                format!("`{first}` and `{name}` have the same value, `{value}`"),
                "remove one of them, or give it a value of its own",
            );
            diagnostics.see(Place::shape(id).member(first), format!("`{first}`"));
        }
    }
}

fn unique_old(id: &ShapeId, values: &[EnumValue], diagnostics: &mut Diagnostics) {
    let place = |index| {
        let place = Place::shape(id).r#trait("smithy.api#enum").index(index);
        place.key("value")
    };
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, EnumValue { value, .. }) in values.iter().enumerate() {
        if let Some(first) = seen.insert(value, index) {
            diagnostics.error(
                place(index),
                format!("two values of the enum are `{value}`"),
                "remove one of them, or correct it",
            );
            diagnostics.see(place(first), "the first");
        }
    }
}

/// The values of a string with the [enum](https://smithy.io/1.0/spec/core/constraint-traits.html#enum-trait)
/// trait of version 1.0. The form of the trait's value is checked with those of all traits.
fn old_enum_values(entries: &Value) -> Vec<EnumValue> {
    let entries = entries.as_array().into_iter().flatten();
    entries
        .filter_map(|entry| {
            let text = |key| entry.get(key).and_then(Value::as_str);
            let mut traits = Traits::new();
            if let Some(documentation) = text("documentation") {
                traits.set("smithy.api#documentation", json!(documentation));
            }
            if entry.get("deprecated") == Some(&Value::Bool(true)) {
                traits.set("smithy.api#deprecated", json!({}));
            }
            if let Some(tags) = entry.get("tags") {
                traits.set("smithy.api#tags", tags.clone());
            }
            Some(EnumValue {
                name: text("name").map(str::to_owned),
                rust_name: None,
                value: text("value")?.to_owned(),
                traits,
            })
        })
        .collect()
}
