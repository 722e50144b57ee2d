//! Stage 2: a service as Rust will see it.
//!
//! Everything here is a final answer. Names have their spelling, members their
//! Rust type and nullability, documentation its Markdown. Emitters only print
//! these values; the order of a vector is the order of the output.

mod client;
mod conformance;
mod discovery;
mod docs;
pub mod endpoints;
mod example;
mod operation;
mod path;
mod schema;
mod sessions;
mod shape;
mod value;
mod waiter;

pub use client::Client;
pub use conformance::{
    Answer, Body, ConformanceTests, Event, EventStreamTest, Outcome, RequestTest, ResponseTest,
    SentFrame, TestSettings,
};
pub use discovery::{DiscoveredEndpoint, EndpointDiscovery};
pub use docs::Docs;
pub use endpoints::{Endpoints, NamedScheme};
pub use example::{CallExample, ExampleResult};
pub use operation::{
    FirstCall, HostPart, Items, Needed, Operation, OperationModule, PageSize, Paginator, PathStep,
    Payload, PresetQuery, PresignedBody, RequestChecksum, RequiredBinding, ResponseChecksum,
    Streaming,
};
pub use path::{
    Comparator, Elements, Path, PathExpr, PathFunction, PathItem, PathLiteral, PathNode, PathRoot,
    PathStage, PathType,
};
pub use schema::{
    MemberSchema, MemberTarget, SchemaBody, SchemaDef, SchemaRef, SchemaTrait, ShapeKind,
};
pub use sessions::{CredentialsShape, Sessions};
pub use shape::{
    Build, Default, Deprecation, Enum, EnumValue, ErrorShape, Field, Home, NamedShape, Presence,
    Redaction, RetryKind, StreamErrors, Structure, Type, Union, Variant, Width,
};

pub use value::Value;
pub use waiter::{Acceptor, ErrorMatcher, Expected, OutputMatcher, Waiter, WaiterState};

use crate::config::Layout;
pub use crate::config::{Retries, Signing};
use crate::names::{FeatureName, GateName};
pub use crate::protocol::Protocol;
pub use crate::protocol::TimestampFormat;

/// Index of a [`Structure`] in [`Client::structures`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StructureId(pub u32);

/// Index of a [`Union`] in [`Client::unions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnionId(pub u32);

/// Index of an [`Enum`] in [`Client::enums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumId(pub u32);

/// Index of an [`Operation`] in [`Client::operations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub u32);

/// Index of a [`Gate`] in [`Client::gates`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GateId(pub u32);

/// An operation that the client does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The operation's name.
    pub operation: String,
    /// Which part of the operation is not supported.
    pub reason: String,
}

/// The generated package's own data.
#[derive(Clone, Debug)]
pub struct Package {
    /// Package name, such as `client-ivs`.
    pub name: String,
    /// Name of the library, such as `client_ivs`.
    pub library: String,
    /// Version of the package.
    pub version: String,
    /// One line for the package registry.
    pub description: String,
    /// At most five words for the package registry.
    pub keywords: Vec<String>,
    /// The official crate that this one replaces.
    pub replaces: Option<String>,
    /// The model's path as shown in the header of generated files.
    pub model: String,
    /// The command that generated files name in their first line.
    pub made_by: String,
    /// Whether it is a package or a module of another crate.
    pub layout: Layout,
    /// The programs in its folder `examples`, in the order of their names.
    pub examples: Vec<Example>,
}

/// A program that shows how a client is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What `cargo run --example` calls it.
    pub name: String,
    /// What it does, from the comment at the top of its file.
    pub summary: String,
}

/// A macro around items that are compiled only if one of these operations is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The macro's name.
    pub name: GateName,
    /// The features of these operations, in the order of the operations.
    pub operations: Vec<FeatureName>,
}

/// The service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Namespace of the service shape.
    pub namespace: String,
    /// Name of the service shape.
    pub shape: String,
    /// Version of the service, such as `2020-07-14`.
    pub version: String,
    /// Human name in Markdown, such as `Amazon Interactive Video Service`.
    pub title: String,
    /// What the service does.
    pub docs: Docs,
    /// The AWS SDK service id, which names spans, metadata and configuration keys.
    pub sdk_id: String,
    /// The id without spaces and in lower case, for the user agent and the retry partition.
    pub module: String,
    /// Name of the service in SigV4 and SigV4A signatures; `None` if calls are not signed.
    pub signing_name: Option<String>,
    /// A member of the errors that contains the service's message, if it is not `message`.
    pub error_text: Option<String>,
    /// The protocol that the client speaks.
    pub protocol: ServiceProtocol,
    /// Operations whose authentication differs from the service's: name and schemes.
    pub operation_auth: Vec<(String, Vec<AuthScheme>)>,
    /// Authentication schemes of the service, in order of preference.
    pub auth: Vec<AuthScheme>,
    /// Whether clients have credentials to sign with and a region, like those of AWS.
    pub is_aws: bool,
    /// Where an API key is sent, if requests may have one.
    pub api_key: Option<ApiKey>,
    /// Headers of every request: name in lower case, and value.
    pub headers: Vec<(String, String)>,
    /// Codes of errors that are retried, in addition to those of all services.
    pub transient_errors: Vec<String>,
    /// Prefixes that are removed from [`Operation::prefixed`].
    pub label_prefixes: Vec<String>,
    /// How calls are retried, if differently from most services.
    pub retries: Option<Retries>,
    /// How requests are signed, if differently from most services.
    pub signing: Option<Signing>,
    /// The code of errors with the status 404 that have no body.
    pub code_of_empty_404: Option<String>,
    /// Whether a response may be an error in spite of its status.
    pub errors_in_success: bool,
    /// Whether responses have a second id of their request.
    pub extended_request_id: bool,
    /// Tokens that databases accept as passwords, if the client can create them.
    pub auth_tokens: Option<AuthTokens>,
    /// The suffix of the environment variable that contains a bearer token.
    pub environment_token: Option<String>,
    /// Headers of responses that contain a date or an invalid text, each with the header from which
    /// the member with the text is read.
    pub lenient_dates: Vec<(String, String)>,
    /// Names of shapes whose element may have any name when it is the root of a document.
    pub any_root: Vec<String>,
}

/// Tokens that databases accept as passwords: requests that are signed and not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthTokens {
    /// The service's name in signatures.
    pub signed_as: String,
    /// The methods that create tokens, and what each token permits.
    pub methods: Vec<(String, String)>,
    /// Whether a token is for one port and one user of the database.
    pub database_users: bool,
}

impl Service {
    /// Whether any operation may be authenticated with a scheme.
    pub fn has(&self, scheme: AuthScheme) -> bool {
        self.schemes().any(|known| *known == scheme)
    }

    /// All schemes of all operations.
    pub(super) fn schemes(&self) -> impl Iterator<Item = &AuthScheme> {
        let of_operations = self.operation_auth.iter().map(|(_, schemes)| schemes);
        of_operations.chain([&self.auth]).flatten()
    }
}

/// The protocol of a client, and what the service's traits say about it.
#[derive(Clone, Debug)]
pub struct ServiceProtocol {
    /// The protocol.
    pub protocol: &'static Protocol,
    /// The service's `@xmlNamespace`: URI and prefix.
    pub xml_namespace: Option<(String, Option<String>)>,
    /// `@awsQueryCompatible`: errors keep the codes of an earlier query protocol.
    pub query_compatible: bool,
}

/// An authentication scheme that the runtime has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    /// `aws.auth#sigv4`
    SigV4,
    /// `aws.auth#sigv4a`
    SigV4A,
    /// `smithy.api#httpApiKeyAuth`
    ApiKey,
    /// `smithy.api#httpBasicAuth`
    Basic,
    /// `smithy.api#httpBearerAuth`
    Bearer,
    /// `smithy.api#noAuth`
    NoAuth,
}

/// Where an [API key](https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth-trait)
/// goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiKey {
    /// A header of this name.
    Header {
        /// The header.
        name: String,
        /// What comes before the key, such as `Bearer`.
        scheme: Option<String>,
    },
    /// A parameter of the query.
    Query(String),
}
