//! The shapes of the [prelude](https://smithy.io/2.0/spec/model.html#prelude), which every model
//! contains implicitly.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::ast::{AstShape, ShapeType};
use super::traits::Traits;
use crate::shape_id::ShapeId;

/// The id of the unit type.
pub(crate) const UNIT: &str = "smithy.api#Unit";

/// All public shapes of the prelude. The traits it defines are in the table of traits.
pub(crate) fn shapes() -> impl Iterator<Item = (ShapeId, AstShape)> {
    let simple = SIMPLE
        .iter()
        .map(|(name, r#type)| shape(name, *r#type, None));
    let primitive = PRIMITIVE.iter().map(|(name, r#type)| {
        let zero = match r#type {
            ShapeType::Boolean => json!(false),
            _ => json!(0),
        };
        shape(name, *r#type, Some(("smithy.api#default", zero)))
    });
    let (unit, mut nothing) = shape(
        "Unit",
        ShapeType::Structure,
        Some(("smithy.api#unitType", json!({}))),
    );
    nothing.members = Some(IndexMap::new());
    simple.chain(primitive).chain([(unit, nothing)])
}

const SIMPLE: &[(&str, ShapeType)] = &[
    ("BigDecimal", ShapeType::BigDecimal),
    ("BigInteger", ShapeType::BigInteger),
    ("Blob", ShapeType::Blob),
    ("Boolean", ShapeType::Boolean),
    ("Byte", ShapeType::Byte),
    ("Document", ShapeType::Document),
    ("Double", ShapeType::Double),
    ("Float", ShapeType::Float),
    ("Integer", ShapeType::Integer),
    ("Long", ShapeType::Long),
    ("Short", ShapeType::Short),
    ("String", ShapeType::String),
    ("Timestamp", ShapeType::Timestamp),
];

/// The shapes with a default of zero.
const PRIMITIVE: &[(&str, ShapeType)] = &[
    ("PrimitiveBoolean", ShapeType::Boolean),
    ("PrimitiveByte", ShapeType::Byte),
    ("PrimitiveDouble", ShapeType::Double),
    ("PrimitiveFloat", ShapeType::Float),
    ("PrimitiveInteger", ShapeType::Integer),
    ("PrimitiveLong", ShapeType::Long),
    ("PrimitiveShort", ShapeType::Short),
];

fn shape(name: &str, r#type: ShapeType, r#trait: Option<(&str, Value)>) -> (ShapeId, AstShape) {
    let mut shape = AstShape::new(r#type);
    if let Some((id, value)) = r#trait {
        let mut traits = Traits::new();
        traits.set(id, value);
        shape.traits = Some(traits);
    }
    (ShapeId::prelude(name), shape)
}
