//! Operations and what belongs to them.

mod module;

pub use module::OperationModule;

use super::endpoints::ParameterBinding;
use super::{
    CallExample, Deprecation, DiscoveredEndpoint, Docs, OperationId, StructureId, Type, Waiter,
};
pub use crate::config::PresignedBody;
use crate::names::{FeatureName, FieldName, OperationName};

/// An operation of the service.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its Rust spellings.
    pub name: OperationName,
    /// Its cargo feature; `None` if it is always compiled.
    pub feature: Option<FeatureName>,
    /// What it does.
    pub docs: Docs,
    /// The model's examples of calls.
    pub examples: Vec<CallExample>,
    /// Its page in AWS's API reference; `None` if the service is not AWS's.
    pub reference: Option<String>,
    /// Set if it is deprecated.
    pub deprecated: Option<Deprecation>,
    /// Structure of its input.
    pub input: StructureId,
    /// Structure of its output.
    pub output: StructureId,
    /// Its modeled errors, by name.
    pub errors: Vec<StructureId>,
    /// A member of the input that gets a random token when the user sets none.
    pub idempotency_token: Option<FieldName>,
    /// Members that a request requires.
    pub required: Vec<RequiredBinding>,
    /// Set if the operation is paginated.
    pub paginator: Option<Paginator>,
    /// Its waiters, in the order of the model.
    pub waiters: Vec<Waiter>,
    /// Strings of the input that users can record in telemetry: member and field.
    pub recordable: Vec<(String, FieldName)>,
    /// Whether a response, success or error, contains something sensitive.
    pub sensitive_output: bool,
    /// Prefixes of sensitive response headers, in lower case.
    pub sensitive_headers: Vec<String>,
    /// The parameters of the endpoint rules that this operation sets.
    pub endpoint_bindings: Vec<ParameterBinding>,
    /// Text and members that precede the endpoint's host.
    pub host_prefix: Vec<HostPart>,
    /// Whether a member in it is sensitive, so that errors about the host must not show it.
    pub sensitive_host: bool,
    /// Set if a body is streamed.
    pub streaming: Option<Streaming>,
    /// Whether the request's body is a stream of events.
    pub sends_events: bool,
    /// Whether the first message of that stream contains the other members of the input.
    pub initial_request: bool,
    /// Whether the response's body is a stream of events.
    pub receives_events: bool,
    /// Whether the first message of that stream contains other members of the output.
    pub initial_response: bool,
    /// Whether requests must state that they accept a stream of events.
    pub accepts_events: bool,
    /// Set if a member of the input is the whole body.
    pub payload: Option<Payload>,
    /// Whether requests are compressed.
    pub compressed: bool,
    /// Whether requests need a `Content-MD5` header.
    pub checksum: bool,
    /// Set if requests have a checksum whose algorithm users choose.
    pub request_checksum: Option<RequestChecksum>,
    /// Set if the checksums of responses are checked.
    pub response_checksum: Option<ResponseChecksum>,
    /// The request header for the tree hash of the body, if there is one.
    pub tree_hash: Option<String>,
    /// Whether a stream in requests must have a known length.
    pub requires_length: bool,
    /// Whether the signature of requests excludes the body.
    pub unsigned_payload: bool,
    /// Whether users may exclude the body from the signature.
    pub optional_payload_signing: bool,
    /// Path members from which a prefix in [`Service::label_prefixes`](super::Service) is removed.
    pub prefixed: Vec<FieldName>,
    /// Path members with a default for when they are empty or not set, and that default.
    pub filled_labels: Vec<(FieldName, String)>,
    /// Whether responses may pause for any time.
    pub may_pause: bool,
    /// Whether the service delays responses on purpose.
    pub long_polling: bool,
    /// Whether headers of responses contain dates that may be invalid.
    pub lenient_dates: bool,
    /// Set if requests can be presigned: what happens to their body.
    pub presigned: Option<PresignedBody>,
    /// Whether the path of requests is only that of the endpoint.
    pub bare_path: bool,
    /// Set if the endpoint can be discovered.
    pub discovered: Option<DiscoveredEndpoint>,
    /// Set if both the URI and a map of the input may set the same query parameter.
    pub preset_query: Option<PresetQuery>,
}

/// The call in the first program of a crate's page.
#[derive(Clone, Debug)]
pub struct FirstCall {
    /// The operation.
    pub operation: OperationId,
    /// The required members: booleans, integers and strings.
    pub required: Vec<(FieldName, Type)>,
}

/// `@httpChecksum` for requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestChecksum {
    /// The input's field that names the algorithm.
    pub algorithm: FieldName,
    /// The header for the field.
    pub header: Option<String>,
    /// The algorithm if users choose none.
    pub default: String,
    /// Whether the service requires a checksum.
    pub required: bool,
}

/// `@httpChecksum` for responses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseChecksum {
    /// The input's field that enables checksums.
    pub mode: FieldName,
    /// The algorithms that are checked.
    pub algorithms: Vec<String>,
}

/// Query parameters that the URI sets, and the input's map that they override.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetQuery {
    /// The names of the parameters.
    pub names: Vec<String>,
    /// The map.
    pub field: FieldName,
}

/// A member of the input that is the whole body of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payload {
    /// The media type of the body; `None` if it is that of the protocol.
    pub media_type: Option<String>,
    /// The input's field, if it is a document.
    pub document: Option<FieldName>,
    /// The body if the member is not set; `None` if it is empty.
    pub unset: Option<&'static str>,
}

/// A member that a request requires.
#[derive(Clone, Debug)]
pub struct RequiredBinding {
    /// The input's field.
    pub field: FieldName,
    /// The requirement.
    pub needed: Needed,
}

/// The requirement for a member of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// Any value.
    Set,
    /// A string that is not empty: it is part of a path, a host or a query.
    NotEmpty,
    /// A string that is not blank: it is part of the endpoint.
    NotBlank,
}

/// A piece of `@endpoint`'s host prefix.
#[derive(Clone, Debug)]
pub enum HostPart {
    /// Literal text.
    Text(String),
    /// The value of an input's field.
    Field(FieldName),
}

/// Which bodies of an operation are streams.
#[derive(Clone, Debug)]
pub struct Streaming {
    /// The input's field that is the request's body.
    pub request: Option<FieldName>,
    /// The output's field that is the response's body.
    pub response: Option<FieldName>,
}

/// How an operation is paginated.
#[derive(Clone, Debug)]
pub struct Paginator {
    /// Field of the input for the token.
    pub input_token: FieldName,
    /// Type of the token.
    pub token_type: Type,
    /// The path to the token in the output.
    pub output_token: Vec<PathStep>,
    /// A member of the output that says whether there is another page.
    pub more_pages: Option<PathStep>,
    /// Field of the input that limits a page.
    pub page_size: Option<PageSize>,
    /// The items of a page, if the model defines them.
    pub items: Option<Items>,
}

/// The field that limits the size of a page.
#[derive(Clone, Debug)]
pub struct PageSize {
    /// Field of the input.
    pub field: FieldName,
    /// Its type, without `Option`.
    pub ty: Type,
}

/// The items of a page.
#[derive(Clone, Debug)]
pub struct Items {
    /// The path to the list or map in the output.
    pub path: Vec<PathStep>,
    /// Type of the list or map.
    pub collection: Type,
    /// Whether a stream of the items is a type that clippy finds complex.
    pub is_complex: bool,
}

/// One step of a path into an output.
#[derive(Clone, Debug)]
pub struct PathStep {
    /// The field.
    pub field: FieldName,
    /// Whether it is an `Option`.
    pub optional: bool,
}
