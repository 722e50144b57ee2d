//! The resolved model.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::LeftOut;
use crate::shape_id::ShapeId;
use crate::smithy::traits::Traits;

/// One service and everything that it reaches.
///
/// Every target exists in [`shapes`](Model::shapes), every trait is known, and every trait's value
/// has the form in its definition.
#[derive(Clone, Debug)]
pub struct Model {
    /// The service.
    pub service: Service,
    /// Its operations, including those of its resources, sorted by name.
    pub operations: Vec<Operation>,
    /// The shapes that the operations reach, including inputs, outputs, errors and shapes of the
    /// prelude, but not services, resources and operations.
    pub shapes: BTreeMap<ShapeId, Shape>,
    /// The protocols of the service, in the order of the model.
    pub protocols: Vec<ShapeId>,
    /// The operations that the client leaves out.
    pub(crate) left_out: LeftOut,
    /// Names of operations in the file that the service, or the client, does not have.
    pub(crate) missing: BTreeSet<String>,
    /// Data about the model, in any form.
    pub metadata: IndexMap<String, Value>,
    /// The shapes that are incomplete because of reported problems: shapes that may have more
    /// members, operations that may have an input or output, the service if it may reach more. What
    /// is missing in them needs no further report.
    pub(crate) gaps: BTreeSet<ShapeId>,
}

/// A [service](https://smithy.io/2.0/spec/service-types.html#service).
#[derive(Clone, Debug)]
pub struct Service {
    /// Its id.
    pub id: ShapeId,
    /// Its version, or an empty string.
    pub version: String,
    /// Its traits.
    pub traits: Traits,
    /// Errors that every operation may return.
    pub errors: Vec<ShapeId>,
    /// New names of shapes, which [`Shape::name`] already contains.
    pub rename: BTreeMap<ShapeId, String>,
}

/// An [operation](https://smithy.io/2.0/spec/service-types.html#operation).
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its id.
    pub id: ShapeId,
    /// Its name in Rust: that of its id, unless the configuration renames it.
    pub name: String,
    /// Its input structure; `None` for `smithy.api#Unit`.
    pub input: Option<ShapeId>,
    /// Its output structure; `None` for `smithy.api#Unit`.
    pub output: Option<ShapeId>,
    /// Its errors, then those of the service, each once.
    pub errors: Vec<ShapeId>,
    /// Its traits, with the service's defaults merged into `smithy.api#paginated`.
    pub traits: Traits,
}

/// A shape of values.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its id.
    pub id: ShapeId,
    /// Its name within the service, or the name from the configuration.
    pub name: String,
    /// Its type, with its members.
    pub kind: Kind,
    /// Its traits, including those of mixins.
    pub traits: Traits,
}

/// The [type](https://smithy.io/2.0/spec/model.html#shape-types) of a shape.
#[allow(missing_docs, reason = "the names are Smithy's own")]
#[derive(Clone, Debug)]
pub enum Kind {
    Boolean,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    String,
    Blob,
    Timestamp,
    Document,
    /// An `enum`, or a string with the older `smithy.api#enum` trait.
    Enum(Vec<EnumValue>),
    IntEnum(Vec<IntEnumValue>),
    /// A `list`, or a `set`, which has `smithy.api#uniqueItems`.
    List(Member),
    Map {
        key: Member,
        value: Member,
    },
    Structure(Vec<Member>),
    Union(Vec<Member>),
}

/// A member, in the order of the model: those of mixins first.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name; `member`, `key` and `value` in lists and maps.
    pub name: String,
    /// The name that the configuration has for it in Rust.
    pub rust_name: Option<String>,
    /// The shape of its values.
    pub target: ShapeId,
    /// Its own traits, not those of the target.
    pub traits: Traits,
}

/// A value of a string enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// The member's name; `None` where the older `smithy.api#enum` trait gives none.
    pub name: Option<String>,
    /// The name that the configuration has for it in Rust.
    pub rust_name: Option<String>,
    /// What is sent.
    pub value: String,
    /// Traits of the member, or the equivalent of an entry of `smithy.api#enum`.
    pub traits: Traits,
}

/// A value of an integer enum.
#[derive(Clone, Debug)]
pub struct IntEnumValue {
    /// The member's name.
    pub name: String,
    /// What is sent.
    pub value: i32,
    /// Traits of the member.
    pub traits: Traits,
}

impl Model {
    /// The shape with an id.
    ///
    /// # Panics
    ///
    /// Panics if the model does not contain it. Ids from the model are always in it, so this would
    /// be a bug of the generator.
    #[track_caller]
    pub fn shape(&self, id: &ShapeId) -> &Shape {
        match self.shapes.get(id) {
            Some(shape) => shape,
            None => panic!(
                "the resolved model of `{}` does not hold `{id}`",
                self.service.id
            ),
        }
    }

    /// The shape of a member's values.
    ///
    /// # Panics
    ///
    /// The same as [`shape`](Model::shape).
    #[track_caller]
    pub fn target(&self, member: &Member) -> &Shape {
        self.shape(&member.target)
    }

    /// Whether a member of the structure is a stream of events.
    pub(crate) fn has_events(&self, shape: Option<&Shape>) -> bool {
        let mut members = shape.into_iter().flat_map(|shape| shape.members());
        members.any(|member| self.target(member).is_event_stream())
    }
}

impl Shape {
    /// The members of a structure or union, the element of a list, the key and value of a map.
    pub fn members(&self) -> Vec<&Member> {
        match &self.kind {
            Kind::Structure(members) | Kind::Union(members) => members.iter().collect(),
            Kind::List(member) => vec![member],
            Kind::Map { key, value } => vec![key, value],
            _ => Vec::new(),
        }
    }

    /// Whether its values are streams of events.
    pub fn is_event_stream(&self) -> bool {
        self.traits.streaming() && matches!(self.kind, Kind::Union(_))
    }

    /// The member of a structure or union with a name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        match &self.kind {
            Kind::Structure(members) | Kind::Union(members) => {
                members.iter().find(|member| member.name == name)
            }
            _ => None,
        }
    }
}

impl Member {
    /// The name from which its name in Rust is derived.
    pub(crate) fn rust_name(&self) -> &str {
        self.rust_name.as_ref().unwrap_or(&self.name)
    }
}

impl EnumValue {
    /// The name from which its name in Rust is derived; the value if it has none.
    pub(crate) fn rust_name(&self) -> &str {
        let name = self.rust_name.as_ref().or(self.name.as_ref());
        name.unwrap_or(&self.value)
    }
}

impl Kind {
    /// The name of the type in the AST.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Boolean => "boolean",
            Kind::Byte => "byte",
            Kind::Short => "short",
            Kind::Integer => "integer",
            Kind::Long => "long",
            Kind::Float => "float",
            Kind::Double => "double",
            Kind::BigInteger => "bigInteger",
            Kind::BigDecimal => "bigDecimal",
            Kind::String => "string",
            Kind::Blob => "blob",
            Kind::Timestamp => "timestamp",
            Kind::Document => "document",
            Kind::Enum(_) => "enum",
            Kind::IntEnum(_) => "intEnum",
            Kind::List(_) => "list",
            Kind::Map { .. } => "map",
            Kind::Structure(_) => "structure",
            Kind::Union(_) => "union",
        }
    }
}
