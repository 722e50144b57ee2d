//! Tests that come with a model.
//!
//! They are Smithy's [HTTP protocol compliance tests][tests].
//!
//! [tests]: https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html

use super::endpoints::CallSetting;
use super::{OperationId, StructureId, UnionId, Value};
use crate::names::FieldName;

/// All tests of a model that are about clients.
#[derive(Clone, Debug, Default)]
pub struct ConformanceTests {
    /// Tests of requests, in the order of the operations.
    pub requests: Vec<RequestTest>,
    /// Tests of responses that succeed, in the order of the operations.
    pub outputs: Vec<ResponseTest>,
    /// Tests of responses that fail, in the order of the error structures.
    pub errors: Vec<ResponseTest>,
    /// Tests of streams of events, in the order of the operations.
    pub events: Vec<EventStreamTest>,
}

impl ConformanceTests {
    /// Whether the model has no tests of clients.
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty()
            && self.outputs.is_empty()
            && self.errors.is_empty()
            && self.events.is_empty()
    }

    /// The operations that are called.
    pub fn calls(&self) -> impl Iterator<Item = OperationId> {
        let requests = self.requests.iter().map(|test| test.operation);
        let responses = self.outputs.iter().chain(&self.errors);
        let responses = responses.map(|test| test.operation);
        let events = self.events.iter().map(|test| test.operation);
        requests.chain(responses).chain(events)
    }

    /// All requests that are compared.
    pub fn all_requests(&self) -> impl Iterator<Item = &RequestTest> {
        let initial = self.events.iter().filter_map(|test| test.request.as_ref());
        self.requests.iter().chain(initial)
    }
}

/// A call with a stream of events.
#[derive(Clone, Debug)]
pub struct EventStreamTest {
    /// The test's id, which is the name of a Rust function.
    pub id: String,
    /// The operation that is called.
    pub operation: OperationId,
    /// What the input's members are set to where the request does not matter.
    pub input: Vec<(FieldName, Value)>,
    /// What the request has to be before its events, if the test is about that.
    pub request: Option<RequestTest>,
    /// The events that are sent.
    pub sent: Vec<SentFrame>,
    /// What the service answers.
    pub answer: Answer,
    /// What members of the output have to be.
    pub output: Vec<(FieldName, Value)>,
    /// The events that are received.
    pub received: Vec<Event>,
    /// How it ends.
    pub outcome: Outcome,
}

/// A response.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub code: u16,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

/// An event, and the frame that it has to become.
#[derive(Clone, Debug)]
pub struct SentFrame {
    /// The event.
    pub value: Event,
    /// The frame.
    pub bytes: Vec<u8>,
    /// The frame's payload, and how it is to be compared; byte by byte if there is none.
    pub body: Option<Body>,
}

/// Something in a stream.
#[derive(Clone, Debug)]
pub enum Event {
    /// A value of the stream's union.
    Value(Value),
    /// An error of the stream, with these members.
    Error(UnionId, StructureId, Vec<(FieldName, Value)>),
}

/// How a call ends, or the stream that it returns.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Well.
    Success,
    /// By an error, which may have to be this one.
    Failure(Option<StructureId>),
}

/// An input, and the request that it has to become.
#[derive(Clone, Debug)]
pub struct RequestTest {
    /// The test's id, which is the name of a Rust function.
    pub id: String,
    /// The operation that is called.
    pub operation: OperationId,
    /// What the input's members are set to.
    pub params: Vec<(FieldName, Value)>,
    /// The method of the request.
    pub method: String,
    /// The path of the request, as it is sent.
    pub uri: String,
    /// The host and path that the client is configured with, unless it has settings.
    pub host: String,
    /// How the client is configured instead, where the rules of its endpoints make the host.
    pub settings: Option<TestSettings>,
    /// The host that the request has to be sent to.
    pub resolved_host: Option<String>,
    /// `name=value` pairs of the query, percent-encoded.
    pub query: Vec<String>,
    /// Names that the query must not have.
    pub forbidden_query: Vec<String>,
    /// Names that the query must have, whatever the value.
    pub required_query: Vec<String>,
    /// Headers that the request must have.
    pub headers: Vec<(String, String)>,
    /// Headers that the request must not have.
    pub forbidden_headers: Vec<String>,
    /// Headers that the request must have, whatever the value.
    pub required_headers: Vec<String>,
    /// The body, and how it is to be compared; `None` if anything will do.
    pub body: Option<Body>,
}

/// How the client of a test is configured.
#[derive(Clone, Debug, Default)]
pub struct TestSettings {
    /// For all calls.
    pub client: Vec<CallSetting>,
    /// For the one that is made.
    pub call: Vec<CallSetting>,
}

/// A body in a test.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its text.
    pub text: String,
    /// Its media type, by which bodies are compared; as text if there is none.
    pub media_type: Option<String>,
}

/// A response, and what has to be read from it.
#[derive(Clone, Debug)]
pub struct ResponseTest {
    /// The test's id, which is the name of a Rust function.
    pub id: String,
    /// The operation that is called.
    pub operation: OperationId,
    /// What the input's members are set to: those without which nothing would be sent.
    pub input: Vec<(FieldName, Value)>,
    /// The structure that is read: the operation's output, or an error.
    pub structure: StructureId,
    /// What its members have to be.
    pub params: Vec<(FieldName, Value)>,
    /// The status of the response.
    pub code: u16,
    /// The headers of the response.
    pub headers: Vec<(String, String)>,
    /// The response's body.
    pub body: Vec<u8>,
}
