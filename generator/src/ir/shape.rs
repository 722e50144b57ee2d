//! Shapes that become Rust types.

use super::{Docs, EnumId, GateId, OperationId, StructureId, UnionId};
use crate::names::{ConstName, FieldName, TypeName, VariantName};

/// A Rust type.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `bool`
    Boolean,
    /// `i8` to `i64`
    Integer(Width),
    /// `f32`
    Float,
    /// `f64`
    Double,
    /// `BigInteger`
    BigInteger,
    /// `BigDecimal`
    BigDecimal,
    /// `String`
    String,
    /// `Blob`
    Blob,
    /// A body that is streamed: `ByteStream`
    ByteStream,
    /// `DateTime`
    Timestamp,
    /// `Document`
    Document,
    /// A generated string enum.
    Enum(EnumId),
    /// A generated structure.
    Structure(StructureId),
    /// A generated union.
    Union(UnionId),
    /// `Vec<T>`
    List(Box<Type>),
    /// `HashMap<K, V>`
    Map(Box<Type>, Box<Type>),
    /// An element that may be null: `Option<T>` inside a sparse list or map.
    Sparse(Box<Type>),
    /// `Box<T>`, where a type would contain itself.
    Boxed(Box<Type>),
    /// `()`, for a union variant without a value.
    Unit,
    /// Events that are sent: `EventStreamSender`
    EventSender(UnionId),
    /// Events that are received: `EventReceiver`
    EventReceiver(UnionId),
}

impl Type {
    /// Whether it is a streamed body of a request or response.
    pub fn is_stream(&self) -> bool {
        self.streamed_union().is_some() || *self == Self::ByteStream
    }

    /// The union whose variants are the events of a stream.
    pub fn streamed_union(&self) -> Option<UnionId> {
        match self {
            Self::EventSender(id) | Self::EventReceiver(id) => Some(*id),
            _ => None,
        }
    }

    /// Whether accessors copy the value instead of borrowing it.
    pub fn is_copy(&self) -> bool {
        matches!(
            self,
            Type::Boolean | Type::Integer(_) | Type::Float | Type::Double
        )
    }

    /// The shapes whose types it contains.
    pub fn shapes(&self) -> Vec<NamedShape> {
        match self {
            Type::Enum(id) => vec![NamedShape::Enum(*id)],
            Type::Structure(id) => vec![NamedShape::Structure(*id)],
            Type::Union(id) | Type::EventSender(id) | Type::EventReceiver(id) => {
                vec![NamedShape::Union(*id)]
            }
            Type::List(inner) | Type::Sparse(inner) | Type::Boxed(inner) => inner.shapes(),
            Type::Map(key, value) => [key.shapes(), value.shapes()].concat(),
            _ => Vec::new(),
        }
    }
}

/// A shape that has a Rust type of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedShape {
    /// A structure, or an error.
    Structure(StructureId),
    /// A tagged union.
    Union(UnionId),
    /// A string enum.
    Enum(EnumId),
}

/// Size of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// `i8`
    Byte,
    /// `i16`
    Short,
    /// `i32`
    Integer,
    /// `i64`
    Long,
}

/// The module of a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// `types`
    Types,
    /// `types::error`
    Error,
    /// The input of an operation.
    OperationInput(OperationId),
    /// The output of an operation.
    OperationOutput(OperationId),
}

/// A structure and its builder.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Name of the type.
    pub name: TypeName,
    /// The module it is public in.
    pub home: Home,
    /// Which operations need it; `None` if it is always compiled, or belongs to an operation.
    pub gate: Option<GateId>,
    /// What it is.
    pub docs: Docs,
    /// Set when users should move away from it.
    pub deprecated: Option<Deprecation>,
    /// Members, in the order of the model.
    pub fields: Vec<Field>,
    /// Whether the builder's `build` can fail.
    pub build: Build,
    /// How `Debug` prints it.
    pub redaction: Redaction,
    /// Name of its schema.
    pub schema: ConstName,
    /// Set when the structure is an error.
    pub error: Option<ErrorShape>,
}

/// A member of a structure.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its Rust spellings.
    pub name: FieldName,
    /// Position of the member in the structure's schema; `None` for a field without a member, such
    /// as the message that every error has.
    pub index: Option<usize>,
    /// Type of the value, without `Option`.
    pub ty: Type,
    /// Whether it always has a value.
    pub presence: Presence,
    /// Whether the model requires it, even if the Rust type is an `Option`.
    pub required: bool,
    /// The default that is not written into requests because the service knows it.
    pub unsent: Option<Default>,
    /// What it is.
    pub docs: Docs,
    /// The constraints of its value in one line; `None` if there are none.
    pub limits: Option<String>,
    /// Whether `Debug` hides the value.
    pub sensitive: bool,
    /// Set when users should move away from it.
    pub deprecated: Option<Deprecation>,
}

impl Field {
    /// Documentation and constraints, for doc comments.
    pub fn documentation(&self) -> Docs {
        let mut docs = self.docs.clone();
        if let Some(limits) = &self.limits {
            docs.push_paragraph(limits);
        }
        docs
    }
}

/// Whether a field always has a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// `Option<T>`
    Optional,
    /// `T`; the builder fails without it.
    Required,
    /// `T`; the builder fills in the model's default.
    Defaulted(Default),
}

/// A default value of the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Default {
    /// The type's own `Default`: false, zero, empty.
    Zero,
    /// `true`
    True,
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// A number of any size, as in the model.
    BigNumber(String),
    /// A string.
    String(String),
    /// An enum value.
    Enum(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// Seconds since the epoch and nanoseconds.
    Timestamp(i64, u32),
    /// A document that is true or false.
    DocumentBoolean(bool),
    /// A document that is a string.
    DocumentString(String),
    /// A document that is a whole number.
    DocumentInteger(i64),
    /// A document that is a floating-point number.
    DocumentFloat(f64),
    /// A document that is an empty list.
    DocumentArray,
    /// A document that is an empty object.
    DocumentObject,
}

/// What a builder's `build` returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// The structure.
    Infallible,
    /// A `Result`, because a required field may be missing.
    Fallible,
}

/// How `Debug` is implemented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redaction {
    /// Derived.
    None,
    /// Some fields are hidden.
    Fields,
    /// The whole value is hidden.
    Whole,
}

/// What makes a structure an error.
#[derive(Clone, Debug)]
pub struct ErrorShape {
    /// The codes that the service sends for it, the usual one first.
    pub codes: Vec<String>,
    /// Set by `@retryable`.
    pub retry: Option<RetryKind>,
    /// Whether the service's message may be sensitive, wherever it is in the response.
    pub sensitive: bool,
}

/// The kind of a retryable error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryKind {
    /// The service asks the client to slow down.
    Throttling,
    /// The service failed.
    Server,
    /// The request may be sent again.
    Client,
}

/// Why and since when something is deprecated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// The version, with three numbers.
    pub since: Option<String>,
    /// What to use instead.
    pub note: Option<String>,
}

/// A tagged union.
#[derive(Clone, Debug)]
pub struct Union {
    /// Name of the type.
    pub name: TypeName,
    /// Which operations need it; `None` if it is always there.
    pub gate: Option<GateId>,
    /// What it is.
    pub docs: Docs,
    /// Set when users should move away from it.
    pub deprecated: Option<Deprecation>,
    /// Its variants, in the order of the model.
    pub variants: Vec<Variant>,
    /// How `Debug` prints it.
    pub redaction: Redaction,
    /// Name of its schema.
    pub schema: ConstName,
    /// Set when its variants are the events of a stream.
    pub stream: Option<StreamErrors>,
}

/// The errors that may end a stream of events.
#[derive(Clone, Debug)]
pub struct StreamErrors {
    /// Name of the enum.
    pub name: TypeName,
    /// The members of the union that are errors, each with its structure.
    pub errors: Vec<(String, StructureId)>,
    /// Whether a user may end a stream with one of them.
    pub is_sent: bool,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its Rust spellings.
    pub name: VariantName,
    /// Position of the member in the union's schema.
    pub index: usize,
    /// Type of its value.
    pub ty: Type,
    /// What it is.
    pub docs: Docs,
    /// Whether `Debug` hides the value.
    pub sensitive: bool,
    /// Set when users should move away from it.
    pub deprecated: Option<Deprecation>,
}

/// A string enum.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Name of the type.
    pub name: TypeName,
    /// Which operations need it; `None` if it is always there.
    pub gate: Option<GateId>,
    /// What it is.
    pub docs: Docs,
    /// Set when users should move away from it.
    pub deprecated: Option<Deprecation>,
    /// Its values, by variant name.
    pub values: Vec<EnumValue>,
    /// Whether `Debug` hides the value.
    pub redaction: Redaction,
}

/// A value of a string enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// Name of the variant.
    pub variant: VariantName,
    /// The string on the wire.
    pub value: String,
    /// What it means.
    pub docs: Docs,
    /// Set when users should move away from it.
    pub deprecated: Option<Deprecation>,
}
