//! Modules that clients have in addition to those of their operations.

use super::{Operation, PresignedBody};

/// A module with code that operations share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationModule {
    /// Paths that are only those of endpoints.
    BarePath,
    /// Spans of calls.
    CallSpan,
    /// Checksums of requests.
    Checksum,
    /// Compression of requests.
    Compression,
    /// Endpoint discovery.
    Discovery,
    /// Documents that are a whole body.
    Document,
    /// Frames of events, for the runtime's readers and writers.
    EventFrame,
    /// Streams of events.
    EventStream,
    /// Events that are sent.
    EventSender,
    /// Frames of events that are sent.
    EventWriter,
    /// Prefixes of path members.
    Label,
    /// Dates in headers that may be invalid.
    LenientDates,
    /// Responses that are delayed on purpose.
    LongPolling,
    /// Inputs in the first message of a stream of events.
    InitialRequest,
    /// Outputs in the first message of a stream of events.
    InitialResponse,
    /// The cache of discovered endpoints.
    KnownEndpoints,
    /// Modeled errors.
    Modeled,
    /// The configuration of a call, for another one that is made before it.
    OfCall,
    /// Calls whose bodies users exclude from the signature.
    OptionalSigning,
    /// Pagination.
    Paginator,
    /// Presigned requests.
    Presign,
    /// Presigned requests with everything in the query.
    PresignQuery,
    /// Checksums of requests whose algorithm users choose.
    RequestChecksum,
    /// Checksums of responses.
    ResponseChecksum,
    /// Making calls.
    Runtime,
    /// Sessions that calls are signed with.
    Sessions,
    /// Responses that may pause.
    StalledStream,
    /// Streams that must have a known length.
    StreamLength,
    /// Tree hashes of requests.
    TreeHash,
    /// The code of a call that depends on the operation's types.
    Typed,
    /// Requests whose bodies are not signed.
    UnsignedPayload,
    /// Waiters.
    Waiter,
}

impl OperationModule {
    /// All of them.
    pub const ALL: [Self; 32] = [
        Self::BarePath,
        Self::CallSpan,
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
        Self::OfCall,
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

    /// The name of the module.
    pub fn name(self) -> &'static str {
        match self {
            Self::BarePath => "bare_path",
            Self::CallSpan => "call_span",
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
            Self::OfCall => "of_call",
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
            Self::Discovery | Self::KnownEndpoints | Self::OfCall => {
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
            Self::CallSpan | Self::Runtime | Self::Typed => true,
            // Sessions do not depend on single operations.
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
