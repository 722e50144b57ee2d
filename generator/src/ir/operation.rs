//! Operations and what belongs to them.

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
    /// The cargo feature that it belongs to; `None` if it is always there.
    pub feature: Option<FeatureName>,
    /// What it does.
    pub docs: Docs,
    /// Calls of it that the model shows.
    pub examples: Vec<CallExample>,
    /// Its page in AWS's API reference; `None` for services of others.
    pub reference: Option<String>,
    /// Set when users should move away from it.
    pub deprecated: Option<Deprecation>,
    /// Structure of its input.
    pub input: StructureId,
    /// Structure of its output.
    pub output: StructureId,
    /// Its modeled errors, by name.
    pub errors: Vec<StructureId>,
    /// A member of the input that gets a random token when the user sets none.
    pub idempotency_token: Option<FieldName>,
    /// Members without which no request can be made.
    pub required: Vec<RequiredBinding>,
    /// Set when the operation lists things page by page.
    pub paginator: Option<Paginator>,
    /// What can be waited for with the operation, in the order of the model.
    pub waiters: Vec<Waiter>,
    /// Strings of the input that users may have recorded in telemetry: member and field.
    pub recordable: Vec<(String, FieldName)>,
    /// Whether a response has something to hide, be it a success or an error.
    pub sensitive_output: bool,
    /// How the headers of responses begin that have something to hide, in lower case.
    pub sensitive_headers: Vec<String>,
    /// What the endpoint rules are told about this operation.
    pub endpoint_bindings: Vec<ParameterBinding>,
    /// Text and members that are put before the endpoint's host.
    pub host_prefix: Vec<HostPart>,
    /// Whether a member in it is to be hidden, also where the host is refused.
    pub sensitive_host: bool,
    /// Set when a body is streamed.
    pub streaming: Option<Streaming>,
    /// Whether the request's body is a stream of events.
    pub sends_events: bool,
    /// Whether the other members of the input are in the first message of that stream.
    pub initial_request: bool,
    /// Whether the response's body is a stream of events.
    pub receives_events: bool,
    /// Whether other members of the output are in the first message of that stream.
    pub initial_response: bool,
    /// Whether requests have to say that they want a stream of events.
    pub accepts_events: bool,
    /// Set when a member of the input is the whole body.
    pub payload: Option<Payload>,
    /// Whether requests are compressed.
    pub compressed: bool,
    /// Whether requests need a `Content-MD5` header.
    pub checksum: bool,
    /// Set when requests have a checksum of an algorithm that users choose.
    pub request_checksum: Option<RequestChecksum>,
    /// Set when the checksums of responses are checked.
    pub response_checksum: Option<ResponseChecksum>,
    /// The header of requests that has the tree hash of the body, if there is one.
    pub tree_hash: Option<String>,
    /// Whether a stream in requests needs a length.
    pub requires_length: bool,
    /// Whether the signature of requests leaves out the body.
    pub unsigned_payload: bool,
    /// Whether users may leave the body out of the signature.
    pub optional_payload_signing: bool,
    /// Members in the path that lose a prefix of [`Service::label_prefixes`](super::Service).
    pub prefixed: Vec<FieldName>,
    /// Members in the path that have a value where they are empty or not set, and that value.
    pub filled_labels: Vec<(FieldName, String)>,
    /// Whether responses may pause for any time.
    pub may_pause: bool,
    /// Whether the service answers late on purpose.
    pub long_polling: bool,
    /// Whether headers of responses have dates that may be none.
    pub lenient_dates: bool,
    /// Set when requests can be signed for others to send: what becomes of their body.
    pub presigned: Option<PresignedBody>,
    /// Whether the path of requests is that of the endpoint, and nothing else.
    pub bare_path: bool,
    /// Set when the service can be asked for the endpoint.
    pub discovered: Option<DiscoveredEndpoint>,
    /// Set when the URI and a map of the input would both set a parameter of the query.
    pub preset_query: Option<PresetQuery>,
}

/// A call that shows how a client is used.
#[derive(Clone, Debug)]
pub struct FirstCall {
    /// What is called.
    pub operation: OperationId,
    /// The members that are required: booleans, whole numbers and strings.
    pub required: Vec<(FieldName, Type)>,
}

/// What `@httpChecksum` says of requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestChecksum {
    /// The input's field that names the algorithm.
    pub algorithm: FieldName,
    /// The header that the field is sent as.
    pub header: Option<String>,
    /// The algorithm where users choose none.
    pub default: String,
    /// Whether the service insists on a checksum.
    pub required: bool,
}

/// What `@httpChecksum` says of responses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseChecksum {
    /// The input's field that asks for checksums.
    pub mode: FieldName,
    /// The algorithms of checksums that are looked at.
    pub algorithms: Vec<String>,
}

/// Parameters of the query that the URI sets, and the input's map that yields to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetQuery {
    /// The names of the parameters.
    pub names: Vec<String>,
    /// The map.
    pub field: FieldName,
}

/// A module beside those of the operations: it has what they share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationModule {
    /// Paths that are those of endpoints.
    BarePath,
    /// Checksums of requests.
    Checksum,
    /// Compression of requests.
    Compression,
    /// Endpoints that the service names.
    Discovery,
    /// Documents that are a whole body.
    Document,
    /// Frames of events, as the runtime's readers and writers see them.
    EventFrame,
    /// Streams of events.
    EventStream,
    /// Events that are sent.
    EventSender,
    /// Frames of events that are sent.
    EventWriter,
    /// Prefixes of members in the path.
    Label,
    /// Dates in headers that may be none.
    LenientDates,
    /// Waiting for answers that come late on purpose.
    LongPolling,
    /// Inputs in the first message of a stream of events.
    InitialRequest,
    /// Outputs in the first message of a stream of events.
    InitialResponse,
    /// The endpoints that the service has named.
    KnownEndpoints,
    /// Errors that the model has.
    Modeled,
    /// Calls whose bodies users leave out of the signature.
    OptionalSigning,
    /// Reading page by page.
    Paginator,
    /// Signing requests for others to send.
    Presign,
    /// The same, with all in the query.
    PresignQuery,
    /// Checksums of requests by algorithms that users choose.
    RequestChecksum,
    /// Checksums of responses.
    ResponseChecksum,
    /// Making calls.
    Runtime,
    /// Sessions that calls are signed in.
    Sessions,
    /// Responses that may pause.
    StalledStream,
    /// Streams that need a length.
    StreamLength,
    /// Tree hashes of requests.
    TreeHash,
    /// What a call has to know of the operation's types.
    Typed,
    /// Requests whose bodies are not signed.
    UnsignedPayload,
    /// Waiting for the service.
    Waiter,
}

impl OperationModule {
    /// All of them.
    pub const ALL: [Self; 30] = [
        Self::BarePath,
        Self::Checksum,
        Self::Compression,
        Self::Discovery,
        Self::Document,
        Self::EventFrame,
        Self::EventStream,
        Self::EventSender,
        Self::EventWriter,
        Self::Label,
        Self::LenientDates,
        Self::LongPolling,
        Self::InitialRequest,
        Self::InitialResponse,
        Self::KnownEndpoints,
        Self::Modeled,
        Self::OptionalSigning,
        Self::Paginator,
        Self::Presign,
        Self::PresignQuery,
        Self::RequestChecksum,
        Self::ResponseChecksum,
        Self::Runtime,
        Self::Sessions,
        Self::StalledStream,
        Self::StreamLength,
        Self::TreeHash,
        Self::Typed,
        Self::UnsignedPayload,
        Self::Waiter,
    ];

    /// What the module is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::BarePath => "bare_path",
            Self::Checksum => "checksum",
            Self::Compression => "compression",
            Self::Discovery => "discovery",
            Self::Document => "document",
            Self::EventFrame => "event_frame",
            Self::EventStream => "event_stream",
            Self::EventSender => "event_sender",
            Self::EventWriter => "event_writer",
            Self::Label => "label",
            Self::LenientDates => "lenient_dates",
            Self::LongPolling => "long_polling",
            Self::InitialRequest => "initial_request",
            Self::InitialResponse => "initial_response",
            Self::KnownEndpoints => "known_endpoints",
            Self::Modeled => "modeled",
            Self::OptionalSigning => "optional_signing",
            Self::Paginator => "paginator",
            Self::Presign => "presign",
            Self::PresignQuery => "presign_query",
            Self::RequestChecksum => "request_checksum",
            Self::ResponseChecksum => "response_checksum",
            Self::Runtime => "runtime",
            Self::Sessions => "sessions",
            Self::StalledStream => "stalled_stream",
            Self::StreamLength => "stream_length",
            Self::TreeHash => "tree_hash",
            Self::Typed => "typed",
            Self::UnsignedPayload => "unsigned_payload",
            Self::Waiter => "waiter",
        }
    }

    /// The modules that a client of these operations has.
    pub fn needed(operations: &[Operation], has_errors: bool) -> impl Iterator<Item = Self> {
        let is_needed = move |module: &Self| match module {
            Self::BarePath => operations.iter().any(|it| it.bare_path),
            Self::Checksum => operations.iter().any(|it| it.checksum),
            Self::Compression => operations.iter().any(|it| it.compressed),
            Self::Discovery | Self::KnownEndpoints => {
                operations.iter().any(|it| it.discovered.is_some())
            }
            Self::Document => {
                let mut payloads = operations.iter().filter_map(|it| it.payload.as_ref());
                payloads.any(|payload| payload.document.is_some())
            }
            Self::EventFrame | Self::EventStream => operations
                .iter()
                .any(|it| it.sends_events || it.receives_events),
            Self::EventSender | Self::EventWriter => operations.iter().any(|it| it.sends_events),
            Self::Label => operations.iter().any(|it| !it.prefixed.is_empty()),
            Self::LenientDates => operations.iter().any(|it| it.lenient_dates),
            Self::LongPolling => operations.iter().any(|it| it.long_polling),
            Self::InitialRequest => operations.iter().any(|it| it.initial_request),
            Self::InitialResponse => operations.iter().any(|it| it.initial_response),
            Self::Modeled => has_errors,
            Self::OptionalSigning => operations.iter().any(|it| it.optional_payload_signing),
            Self::Paginator => operations.iter().any(|it| it.paginator.is_some()),
            Self::Presign => operations.iter().any(|it| it.presigned.is_some()),
            Self::PresignQuery => {
                let mut bodies = operations.iter().filter_map(|it| it.presigned);
                bodies.any(|body| body == PresignedBody::InQuery)
            }
            Self::RequestChecksum => operations.iter().any(|it| it.request_checksum.is_some()),
            Self::ResponseChecksum => operations.iter().any(|it| it.response_checksum.is_some()),
            Self::Runtime | Self::Typed => true,
            // It is no matter of single operations.
            Self::Sessions => false,
            Self::StalledStream => operations.iter().any(|it| it.may_pause),
            Self::StreamLength => operations.iter().any(|it| it.requires_length),
            Self::TreeHash => operations.iter().any(|it| it.tree_hash.is_some()),
            Self::UnsignedPayload => operations.iter().any(|it| it.unsigned_payload),
            Self::Waiter => operations.iter().any(|it| !it.waiters.is_empty()),
        };
        Self::ALL.into_iter().filter(is_needed)
    }
}

/// A member of the input that is the whole body of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payload {
    /// The media type of the body; `None` if the protocol knows it.
    pub media_type: Option<String>,
    /// The input's field, if it is a document.
    pub document: Option<FieldName>,
    /// What the body is if the member is not set; `None` if it is empty.
    pub unset: Option<&'static str>,
}

/// A member that has to be set before a request can be made.
#[derive(Clone, Debug)]
pub struct RequiredBinding {
    /// The input's field.
    pub field: FieldName,
    /// What it has to be.
    pub needed: Needed,
}

/// What a member has to be for a request to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// Anything at all.
    Set,
    /// A string that is not empty: it is part of a path, a host or a query.
    NotEmpty,
    /// A string of more than white space: endpoints are made of it.
    NotBlank,
}

/// A piece of `@endpoint`'s host prefix.
#[derive(Clone, Debug)]
pub enum HostPart {
    /// Text that stands as it is.
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
    /// Field of the input that takes the token.
    pub input_token: FieldName,
    /// Type of the token.
    pub token_type: Type,
    /// The way to the token in the output.
    pub output_token: Vec<PathStep>,
    /// A member of the output that says whether there is another page.
    pub more_pages: Option<PathStep>,
    /// Field of the input that limits a page.
    pub page_size: Option<PageSize>,
    /// What a page is made of, if the model says so.
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
    /// The way to the list or map in the output.
    pub path: Vec<PathStep>,
    /// Type of the list or map.
    pub collection: Type,
    /// Whether a stream of the items is a type that clippy finds complex.
    pub is_complex: bool,
}

/// One field on the way into an output.
#[derive(Clone, Debug)]
pub struct PathStep {
    /// The field.
    pub field: FieldName,
    /// Whether it is an `Option`.
    pub optional: bool,
}
