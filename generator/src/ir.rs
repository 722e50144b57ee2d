//! Stage 2: a service as Rust will see it.
//!
//! Everything here is a final answer. Names have their spelling, members their
//! Rust type and nullability, documentation its Markdown. Emitters only print
//! these values; the order of a vector is the order of the output.

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

use std::collections::BTreeSet;

use self::endpoints::{BuiltIn, ParameterSource};
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

/// A client crate: what lowering gives to emission.
#[derive(Clone, Debug)]
pub struct Client {
    /// The package that is generated.
    pub package: Package,
    /// Items that only some operations need, if users choose operations by features.
    pub gates: Vec<Gate>,
    /// The service it calls.
    pub service: Service,
    /// All structures, including operation inputs, outputs and errors.
    pub structures: Vec<Structure>,
    /// All unions, by name.
    pub unions: Vec<Union>,
    /// All string enums, by name.
    pub enums: Vec<Enum>,
    /// All operations, by name.
    pub operations: Vec<Operation>,
    /// The error structures, by name.
    pub errors: Vec<StructureId>,
    /// The runtime schemas that serialization uses.
    pub schemas: Vec<SchemaDef>,
    /// How the endpoint of a call is resolved.
    pub endpoints: Endpoints,
    /// How the service is asked for endpoints, if it has an operation for that.
    pub discovery: Option<EndpointDiscovery>,
    /// Sessions that some calls are signed with, if there are any.
    pub sessions: Option<Sessions>,
    /// The call of the first program on the crate's page; `None` if no operation is simple enough.
    pub first_call: Option<FirstCall>,
    /// Operations of the service that the client does not have, because they are not supported.
    pub left_out: Vec<LeftOut>,
    /// Tests that come with the model.
    pub conformance: ConformanceTests,
}

impl Client {
    /// The structure with this id.
    pub fn structure(&self, id: StructureId) -> &Structure {
        &self.structures[id.0 as usize]
    }

    /// The union with this id.
    pub fn union(&self, id: UnionId) -> &Union {
        &self.unions[id.0 as usize]
    }

    /// The errors of an operation, each with its codes. If several share a code, the first is read.
    pub fn error_codes(&self, operation: &Operation) -> Vec<(Vec<&str>, &Structure)> {
        let mut taken = BTreeSet::new();
        let errors = operation.errors.iter().map(|id| {
            let structure = self.structure(*id);
            let codes = structure.error.iter().flat_map(|error| &error.codes);
            let codes = codes.map(String::as_str).filter(|code| taken.insert(*code));
            (codes.collect(), structure)
        });
        errors.collect()
    }

    /// The enum with this id.
    pub fn r#enum(&self, id: EnumId) -> &Enum {
        &self.enums[id.0 as usize]
    }

    /// The operation with this id.
    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0 as usize]
    }

    /// The gate with this id.
    pub fn gate(&self, id: GateId) -> &Gate {
        &self.gates[id.0 as usize]
    }

    /// The features of the operations, in the order of the operations; none if users cannot choose.
    pub fn features(&self) -> impl Iterator<Item = &FeatureName> {
        self.operations.iter().filter_map(|it| it.feature.as_ref())
    }

    /// Whether users choose operations by cargo features.
    pub fn has_features(&self) -> bool {
        self.features().next().is_some()
    }

    /// Whether an input of the service has an idempotency token to fill in.
    pub fn has_idempotency_tokens(&self) -> bool {
        self.operations
            .iter()
            .any(|operation| operation.idempotency_token.is_some())
    }

    /// Whether an operation sends or receives its body as a stream.
    pub fn has_streaming(&self) -> bool {
        self.operations.iter().any(|operation| {
            operation.streaming.as_ref().is_some_and(|streaming| {
                streaming.request.is_some() && !operation.sends_events
                    || streaming.response.is_some() && !operation.receives_events
            })
        })
    }

    /// Whether an operation has waiters.
    pub fn has_waiters(&self) -> bool {
        self.needs(OperationModule::Waiter)
    }

    /// Whether an operation has checksums whose algorithm users choose.
    pub fn has_checksums(&self) -> bool {
        let modules = [
            OperationModule::RequestChecksum,
            OperationModule::ResponseChecksum,
        ];
        modules.into_iter().any(|module| self.needs(module))
    }

    /// Whether some requests are streams that are sent in chunks, with a trailing checksum.
    pub fn has_chunks(&self) -> bool {
        self.operations.iter().any(|operation| {
            let mut streaming = operation.streaming.iter();
            operation.request_checksum.is_some() && streaming.any(|it| it.request.is_some())
        })
    }

    /// Whether requests can be presigned.
    pub fn has_presigning(&self) -> bool {
        self.needs(OperationModule::Presign)
    }

    /// Whether users configure how endpoints depend on their account.
    pub fn has_account_ids(&self) -> bool {
        let source = ParameterSource::BuiltIn(BuiltIn::AccountIdEndpointMode);
        let mut parameters = self.endpoints.parameters.iter();
        parameters.any(|parameter| parameter.source == source)
    }

    /// Whether requests may be signed with Signature Version 4A, because the service or an endpoint
    /// requires it.
    pub fn has_sigv4a(&self) -> bool {
        let is_named = self.endpoints.schemes.contains(&NamedScheme::SigV4A);
        self.service.has(AuthScheme::SigV4A) || is_named && self.service.has(AuthScheme::SigV4)
    }

    /// Whether the authentication of a request depends on its endpoint.
    pub fn has_endpoint_auth(&self) -> bool {
        let schemes = &self.endpoints.schemes;
        let is_usual = |it: &AuthScheme| matches!(it, AuthScheme::SigV4 | AuthScheme::NoAuth);
        let has_others = !self.service.schemes().all(is_usual);
        let names_others = schemes.iter().any(|it| *it != NamedScheme::SigV4);
        self.has_sigv4a()
            || names_others && self.service.has(AuthScheme::SigV4)
            || has_others && !schemes.is_empty()
    }

    /// The modules that the client has in addition to those of its operations.
    pub fn operation_modules(&self) -> impl Iterator<Item = OperationModule> {
        let sessions = self.sessions.as_ref().map(|_| OperationModule::Sessions);
        OperationModule::needed(&self.operations, !self.errors.is_empty()).chain(sessions)
    }

    /// Whether the client has this module.
    pub fn needs(&self, module: OperationModule) -> bool {
        self.operation_modules().any(|it| it == module)
    }

    /// Whether a response may lack a required member.
    pub fn has_required_members(&self) -> bool {
        self.structures
            .iter()
            .flat_map(|structure| &structure.fields)
            .any(|field| field.required && !field.ty.is_stream())
    }
}

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
    fn schemes(&self) -> impl Iterator<Item = &AuthScheme> {
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
    /// Whether errors in XML have an element around `Error`. Clients read them either way.
    pub wraps_errors: bool,
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
