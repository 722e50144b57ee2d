//! Runtime schemas: what serialization knows about a shape.

use super::GateId;
use crate::names::ConstName;
use crate::protocol::TimestampFormat;

/// A schema static of the generated crate.
#[derive(Clone, Debug)]
pub struct SchemaDef {
    /// Name of the static.
    pub name: ConstName,
    /// Which operations need it; `None` if it is always compiled.
    pub gate: Option<GateId>,
    /// Namespace of the shape.
    pub namespace: String,
    /// Name of the shape.
    pub shape: String,
    /// What kind of shape it is.
    pub body: SchemaBody,
    /// For the input of an operation: method, URI template and status code.
    pub http: Option<(String, String, u16)>,
    /// Serialization traits of the shape itself.
    pub traits: Vec<SchemaTrait>,
}

impl SchemaDef {
    /// Whether some XML elements have a name with a prefix: members of a structure, or the content
    /// of a list or map.
    pub(crate) fn has_prefixes(&self) -> bool {
        let has_prefix = |traits: &[SchemaTrait]| {
            let mut names = traits.iter();
            names.any(|it| matches!(it, SchemaTrait::XmlName(name) if name.contains(':')))
                && !traits.contains(&SchemaTrait::XmlAttribute)
        };
        match &self.body {
            SchemaBody::Members(_, members) => members.iter().any(|it| has_prefix(&it.traits)),
            SchemaBody::List(_) | SchemaBody::Map(..) | SchemaBody::Element(_) => {
                has_prefix(&self.traits)
            }
        }
    }
}

/// The content of a schema.
#[derive(Clone, Debug)]
pub enum SchemaBody {
    /// A structure or union (see the kind) with its members in the order in which they are written.
    Members(ShapeKind, Vec<MemberSchema>),
    /// A list with the schema of its elements.
    List(SchemaRef),
    /// A map with the schemas of its keys and values.
    Map(SchemaRef, SchemaRef),
    /// A list element or map value with serialization traits of its own.
    Element(ShapeKind),
}

/// The schema of a structure's or union's member.
#[derive(Clone, Debug)]
pub struct MemberSchema {
    /// Name of the member in the model.
    pub name: String,
    /// Kind of the target shape.
    pub kind: ShapeKind,
    /// For lists and maps: the target's own schema.
    pub target: MemberTarget,
    /// Serialization traits of the member, including those of its target.
    pub traits: Vec<SchemaTrait>,
}

/// What a member's schema refers to.
#[derive(Clone, Debug)]
pub enum MemberTarget {
    /// Nothing: the Rust type determines it.
    Plain,
    /// The schema of a list's elements.
    List(SchemaRef),
    /// The schemas of a map's keys and values.
    Map(SchemaRef, SchemaRef),
}

/// A reference to a schema.
#[derive(Clone, Debug)]
pub enum SchemaRef {
    /// The runtime's own schema for all shapes of a kind.
    Any(ShapeKind),
    /// The runtime's schema for Smithy's unit type.
    Unit,
    /// A static of the generated crate.
    Static(ConstName),
}

impl SchemaRef {
    /// The names of the runtime's schemas, which no generated static may have.
    pub(crate) const RUNTIME: [&'static str; 14] = [
        "BIG_DECIMAL",
        "BIG_INTEGER",
        "BLOB",
        "BOOLEAN",
        "BYTE",
        "DOCUMENT",
        "DOUBLE",
        "FLOAT",
        "INTEGER",
        "LONG",
        "SHORT",
        "STRING",
        "TIMESTAMP",
        "UNIT",
    ];
}

/// The kinds that the runtime distinguishes, with the names of its `ShapeType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "the variants are the Smithy shape types themselves"
)]
pub enum ShapeKind {
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
    List,
    Map,
    Structure,
    Union,
}

/// A serialization trait of a member, or of the elements of a list or map.
#[derive(Clone, Debug, PartialEq)]
#[allow(
    missing_docs,
    reason = "the variants are Smithy's traits, and hold their values"
)]
pub enum SchemaTrait {
    HttpHeader(String),
    HttpPrefixHeaders(String),
    HttpQuery(String),
    JsonName(String),
    MediaType(String),
    XmlName(String),
    Ec2QueryName(String),
    XmlNamespace { uri: String, prefix: Option<String> },
    HttpLabel,
    HttpPayload,
    HttpQueryParams,
    HttpResponseCode,
    HostLabel,
    EventHeader,
    EventPayload,
    Streaming,
    XmlAttribute,
    XmlFlattened,
    XmlUnwrappedOutput,
    TimestampFormat(TimestampFormat),
}
