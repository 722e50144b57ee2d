//! Values of the model's tests and examples.

use serde_json::Value as Json;

use super::{EnumId, StructureId, UnionId};
use crate::names::{FieldName, VariantName};

/// A value of a Smithy type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A 32-bit floating-point number.
    Float(f64),
    /// A 64-bit floating-point number.
    Double(f64),
    /// A number of any size, as in the model.
    BigNumber(String),
    /// A string.
    String(String),
    /// The bytes of this text.
    Blob(String),
    /// A streamed body with the bytes of this text.
    Stream(String),
    /// Seconds since the epoch and nanoseconds.
    Timestamp(i64, u32),
    /// A document.
    Document(Json),
    /// A value of a string enum.
    Enum(EnumId, String),
    /// A structure with these members.
    Structure(StructureId, Vec<(FieldName, Value)>),
    /// A variant of a union.
    Union(UnionId, VariantName, Box<Value>),
    /// A list.
    List(Vec<Value>),
    /// A map.
    Map(Vec<(Value, Value)>),
    /// An element of a sparse collection.
    Sparse(Option<Box<Value>>),
    /// A value in a `Box`.
    Boxed(Box<Value>),
    /// Nothing.
    Unit,
}
