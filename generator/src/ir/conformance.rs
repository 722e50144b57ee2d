//! Protocol tests in a model.
//!
//! They are Smithy's [HTTP protocol compliance tests][tests].
//!
//! [tests]: https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html

use super::endpoints::CallSetting;
use super::{OperationId, StructureId, UnionId, Value};
use crate::names::FieldName;

/// All tests of clients in a model.
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
    /// The values of the input's members if the request does not matter.
    pub input: Vec<(FieldName, Value)>,
    /// The expected request before its events, if the test has one.
    pub request: Option<RequestTest>,
    /// The events that are sent.
    pub sent: Vec<SentFrame>,
    /// The response of the service.
    pub answer: Answer,
    /// The expected members of the output.
    pub output: Vec<(FieldName, Value)>,
    /// The events that are received.
    pub received: Vec<Event>,
    /// The expected outcome.
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

/// An event and its expected frame.
#[derive(Clone, Debug)]
pub struct SentFrame {
    /// The event.
    pub value: Event,
    /// The frame.
    pub bytes: Vec<u8>,
    /// The frame's payload and how it is compared; byte by byte if there is none.
    pub body: Option<Body>,
}

/// An element of a stream.
#[derive(Clone, Debug)]
pub enum Event {
    /// A value of the stream's union.
    Value(Value),
    /// An error of the stream, with these members.
    Error(UnionId, StructureId, Vec<(FieldName, Value)>),
}

/// The outcome of a call or of the stream that it returns.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Success.
    Success,
    /// An error: this one, or any.
    Failure(Option<StructureId>),
}

/// An input and its expected request.
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
    /// The path of the request as sent.
    pub uri: String,
    /// The host and path that the client is configured with, unless it has settings.
    pub host: String,
    /// The configuration that is used instead if the endpoint rules determine the host.
    pub settings: Option<TestSettings>,
    /// The expected host of the request.
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
    /// The body and how it is compared; `None` for any body.
    pub body: Option<Body>,
}

/// How the client of a test is configured.
#[derive(Clone, Debug, Default)]
pub struct TestSettings {
    /// For all calls.
    pub client: Vec<CallSetting>,
    /// For the call of the test.
    pub call: Vec<CallSetting>,
}

/// A body in a test.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its text.
    pub text: String,
    /// Its media type, which determines how bodies are compared; as text if there is none.
    pub media_type: Option<String>,
}

/// A response and the values expected from it.
#[derive(Clone, Debug)]
pub struct ResponseTest {
    /// The test's id, which is the name of a Rust function.
    pub id: String,
    /// The operation that is called.
    pub operation: OperationId,
    /// The values of the input's members that are required to send a request.
    pub input: Vec<(FieldName, Value)>,
    /// The structure that is read: the operation's output, or an error.
    pub structure: StructureId,
    /// The expected members.
    pub params: Vec<(FieldName, Value)>,
    /// The status of the response.
    pub code: u16,
    /// The headers of the response.
    pub headers: Vec<(String, String)>,
    /// The response's body.
    pub body: Vec<u8>,
}
