//! Versions of Smithy, and the conversion of version 1.0 to 2.0.

use serde_json::{Value, json};

use super::model::{Kind, Shape};
use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::ShapeId;
use crate::smithy::ast::{Ast, AstShape, ShapeType};
use crate::smithy::traits::Traits;

/// The version of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// 1.0: numbers and booleans are zero unless they are boxed.
    One,
    /// 2.0 and later: defaults are explicit.
    Two,
}

impl Version {
    /// Point releases of 2 add to the IDL, not to the AST.
    pub(super) fn of(ast: &Ast, diagnostics: &mut Diagnostics) -> Option<Version> {
        match ast.smithy.as_str() {
            "1" | "1.0" => Some(Version::One),
            "2" => Some(Version::Two),
            version if version.starts_with("2.") => Some(Version::Two),
            version => {
                diagnostics.error(
                    Place::root().key("smithy"),
                    format!("Smithy version `{version}` is not known"),
                    "use `2.0` or `1.0`; `smithy ast` converts models",
                );
                None
            }
        }
    }
}

const BOX: &str = "smithy.api#box";
const DEFAULT: &str = "smithy.api#default";

/// Adds the implicit default of a shape in a 1.0 model.
pub(super) fn raise_shape(id: &ShapeId, shape: &AstShape) -> Option<AstShape> {
    let zero = zero(shape.r#type)?;
    if is_boxed(id, shape) || shape.has_trait(DEFAULT) {
        return None;
    }
    let mut shape = shape.clone();
    shape.traits.get_or_insert_default().set(DEFAULT, zero);
    Some(shape)
}

/// Adds the implicit default of a structure's member in a 1.0 model; see [how 1.0 maps to
/// 2.0](https://smithy.io/2.0/guides/migrating-idl-1-to-2.html).
pub(super) fn raise_member(own: &mut Traits, target_id: &ShapeId, target: &AstShape) {
    let boxed = own.has(BOX);
    if !own.has(DEFAULT) && !boxed && !is_boxed(target_id, target) {
        let streaming_blob =
            target.r#type == ShapeType::Blob && target.has_trait("smithy.api#streaming");
        let default = match zero(target.r#type) {
            Some(zero) => Some(zero),
            // A stream is never absent.
            None if streaming_blob && !own.required() => Some(json!("")),
            None => None,
        };
        if let Some(default) = default {
            own.set(DEFAULT, default);
        }
    } else if boxed {
        own.set(DEFAULT, Value::Null);
    }
}

/// A `set` is a list of unique items in 2.0.
pub(super) fn raise_set(shape: &mut Shape) {
    if matches!(shape.kind, Kind::List(_)) {
        shape.traits.set("smithy.api#uniqueItems", json!({}));
    }
}

/// Whether a shape is boxed, as `Integer` and similar shapes of the prelude are in 1.0.
fn is_boxed(id: &ShapeId, shape: &AstShape) -> bool {
    shape.has_trait(BOX) || (id.namespace() == "smithy.api" && !shape.has_trait(DEFAULT))
}

/// The default that values of a type have in 1.0.
fn zero(r#type: ShapeType) -> Option<Value> {
    match r#type {
        ShapeType::Boolean => Some(json!(false)),
        ShapeType::Byte
        | ShapeType::Short
        | ShapeType::Integer
        | ShapeType::Long
        | ShapeType::Float
        | ShapeType::Double
        | ShapeType::IntEnum => Some(json!(0)),
        _ => None,
    }
}
