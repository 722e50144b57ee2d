//! The JSON AST, one to one.
//!
//! An [`Ast`] contains nothing derived: it serializes to the JSON that it was read from. Optional
//! keys are `None` if they are absent in the JSON, and `Some` of an empty value if they are empty.

mod read;
mod reader;

use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

pub use self::read::parse;
use super::traits::Traits;
use crate::shape_id::ShapeId;

/// A [model](https://smithy.io/2.0/spec/json-ast.html#top-level-properties) as in its JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ast {
    /// The version of Smithy, such as `2.0`.
    pub smithy: String,
    /// Data about the model, in any form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<IndexMap<String, Value>>,
    /// The shapes, in the order of the model.
    pub shapes: IndexMap<ShapeId, AstShape>,
    /// Unknown keys, for which [`parse`] records warnings.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// A [shape](https://smithy.io/2.0/spec/json-ast.html#ast-shapes), or an `apply` statement.
///
/// The keys depend on the type. For those that do not belong to it, [`parse`] records warnings.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AstShape {
    /// The type of the shape.
    pub r#type: ShapeType,
    /// The elements of a list or set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<AstMember>,
    /// The keys of a map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<AstMember>,
    /// The values of a map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<AstMember>,
    /// Members by name: of structures, unions and enums.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<IndexMap<String, AstMember>>,
    /// The service's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Operations of a service, or those of a resource that are not lifecycle operations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operations: Option<Vec<AstReference>>,
    /// Operations on the collection of a resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection_operations: Option<Vec<AstReference>>,
    /// Resources of a service, or children of a resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<AstReference>>,
    /// The input of an operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<AstReference>,
    /// The output of an operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<AstReference>,
    /// Errors of an operation, or of all operations of a service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<AstReference>>,
    /// New names of shapes within a service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rename: Option<IndexMap<String, String>>,
    /// The identifiers of a resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifiers: Option<IndexMap<String, AstReference>>,
    /// The properties of a resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<IndexMap<String, AstReference>>,
    /// The operation that creates a resource with a new identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create: Option<AstReference>,
    /// The operation that creates a resource with a given identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub put: Option<AstReference>,
    /// The operation that reads a resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<AstReference>,
    /// The operation that changes a resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update: Option<AstReference>,
    /// The operation that removes a resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delete: Option<AstReference>,
    /// The operation that lists resources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<AstReference>,
    /// The [mixins](https://smithy.io/2.0/spec/mixins.html) of a shape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mixins: Option<Vec<AstReference>>,
    /// The traits of a shape, or those that an `apply` statement adds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traits: Option<Traits>,
    /// Unknown keys.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// A [member](https://smithy.io/2.0/spec/json-ast.html#ast-member).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AstMember {
    /// The shape of the member's values.
    pub target: ShapeId,
    /// The member's traits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traits: Option<Traits>,
    /// Unknown keys.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// A [reference](https://smithy.io/2.0/spec/json-ast.html#ast-shape-reference) to a shape.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AstReference {
    /// The shape.
    pub target: ShapeId,
    /// Unknown keys.
    #[serde(flatten)]
    pub unknown: Unknown,
}

#[cfg(feature = "cli")]
impl AstReference {
    /// A reference to the unit type.
    pub(crate) fn unit() -> Self {
        Self {
            target: ShapeId::prelude("Unit"),
            unknown: None,
        }
    }
}

/// Unknown keys with their values, which are kept when a model is written back.
pub type Unknown = Option<Box<IndexMap<String, Value>>>;

/// The [type](https://smithy.io/2.0/spec/model.html#shape-types) of a shape.
#[allow(missing_docs, reason = "the names are Smithy's own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ShapeType {
    Blob,
    Boolean,
    String,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    Timestamp,
    Document,
    Enum,
    IntEnum,
    List,
    /// A list of unique items, in version 1.0.
    Set,
    Map,
    Structure,
    Union,
    Service,
    Resource,
    Operation,
    /// Not a shape: traits for a shape or member that is defined elsewhere.
    Apply,
}

impl ShapeType {
    /// Every type.
    pub const ALL: [ShapeType; 24] = [
        ShapeType::Blob,
        ShapeType::Boolean,
        ShapeType::String,
        ShapeType::Byte,
        ShapeType::Short,
        ShapeType::Integer,
        ShapeType::Long,
        ShapeType::Float,
        ShapeType::Double,
        ShapeType::BigInteger,
        ShapeType::BigDecimal,
        ShapeType::Timestamp,
        ShapeType::Document,
        ShapeType::Enum,
        ShapeType::IntEnum,
        ShapeType::List,
        ShapeType::Set,
        ShapeType::Map,
        ShapeType::Structure,
        ShapeType::Union,
        ShapeType::Service,
        ShapeType::Resource,
        ShapeType::Operation,
        ShapeType::Apply,
    ];

    /// The name in the AST, such as `bigDecimal`.
    pub fn name(self) -> &'static str {
        match self {
            ShapeType::Blob => "blob",
            ShapeType::Boolean => "boolean",
            ShapeType::String => "string",
            ShapeType::Byte => "byte",
            ShapeType::Short => "short",
            ShapeType::Integer => "integer",
            ShapeType::Long => "long",
            ShapeType::Float => "float",
            ShapeType::Double => "double",
            ShapeType::BigInteger => "bigInteger",
            ShapeType::BigDecimal => "bigDecimal",
            ShapeType::Timestamp => "timestamp",
            ShapeType::Document => "document",
            ShapeType::Enum => "enum",
            ShapeType::IntEnum => "intEnum",
            ShapeType::List => "list",
            ShapeType::Set => "set",
            ShapeType::Map => "map",
            ShapeType::Structure => "structure",
            ShapeType::Union => "union",
            ShapeType::Service => "service",
            ShapeType::Resource => "resource",
            ShapeType::Operation => "operation",
            ShapeType::Apply => "apply",
        }
    }
}

impl ShapeType {
    /// The name with its article, for messages.
    pub(crate) fn with_article(self) -> String {
        with_article(self.name())
    }
}

/// A type's name with its article. `union` takes "a".
pub(crate) fn with_article(name: &str) -> String {
    let vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']) && name != "union";
    format!("{} {name}", if vowel { "an" } else { "a" })
}

impl fmt::Display for ShapeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl AstShape {
    /// Whether the shape itself has a trait, without mixins.
    pub fn has_trait(&self, id: &str) -> bool {
        self.traits.as_ref().is_some_and(|traits| traits.has(id))
    }

    /// A shape with only a type.
    pub fn new(r#type: ShapeType) -> Self {
        Self {
            r#type,
            member: None,
            key: None,
            value: None,
            members: None,
            version: None,
            operations: None,
            collection_operations: None,
            resources: None,
            errors: None,
            rename: None,
            identifiers: None,
            properties: None,
            create: None,
            put: None,
            read: None,
            update: None,
            delete: None,
            list: None,
            input: None,
            output: None,
            mixins: None,
            traits: None,
            unknown: None,
        }
    }
}
