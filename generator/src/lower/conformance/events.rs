//! Lowers tests of event streams.

use aws_smithy_types::base64;
use indexmap::IndexMap;
use serde::Deserialize;

use super::{Initial, Lowering, Side, texts};
use crate::diagnostics::Place;
use crate::ir::{
    Answer, Body, Event as Sent, EventStreamTest, OperationId, Outcome, SentFrame, Value,
};
use crate::lower::values;
use crate::names::FieldName;
use crate::smithy::exact::Json;
use crate::smithy::{Shape, ShapeId};

/// An element of `@eventStreamTests`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Events {
    id: String,
    pub(super) protocol: String,
    initial_request: Option<Initial>,
    #[serde(default)]
    initial_request_params: IndexMap<String, Json>,
    initial_response: Option<Response>,
    #[serde(default)]
    initial_response_params: IndexMap<String, Json>,
    #[serde(default)]
    events: Vec<Event>,
    #[serde(default)]
    expectation: Expectation,
    pub(super) applies_to: Option<Side>,
}

/// The response whose body is a stream.
#[derive(Deserialize)]
struct Response {
    code: u16,
    #[serde(default)]
    headers: IndexMap<String, Json>,
    #[serde(default)]
    body: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    r#type: Direction,
    params: Option<Json>,
    body: Option<String>,
    body_media_type: Option<String>,
    bytes: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Request,
    Response,
}

#[derive(Default, Deserialize)]
struct Expectation {
    failure: Option<Failure>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    error_id: Option<String>,
}

/// What the service answers: its response, and the bytes of the events in it.
fn answer(response: Option<Response>, events: Vec<u8>) -> Answer {
    match response {
        Some(response) => Answer {
            code: response.code,
            headers: texts(response.headers),
            body: [response.body.into_bytes(), events].concat(),
        },
        None => Answer {
            code: 200,
            headers: Vec::new(),
            body: events,
        },
    }
}

impl Lowering<'_> {
    pub(super) fn events(
        &mut self,
        operation: OperationId,
        test: Events,
        place: &Place,
    ) -> EventStreamTest {
        let model = &self.context.model.operations[operation.0 as usize];
        let shape = |id: &Option<ShapeId>| id.as_ref().map(|id| self.context.model.shape(id));
        let (input, output) = (shape(&model.input), shape(&model.output));
        let request = test.initial_request.map(|request| {
            let params = &test.initial_request_params;
            let place = place.clone().key("initialRequestParams");
            let params = self.members(input, params, &place);
            request.test(test.id.clone(), operation, params)
        });
        let events = Place::key(place.clone(), "events");
        let mut sent = Vec::new();
        let mut received = Vec::new();
        let mut body = Vec::new();
        for (index, event) in test.events.into_iter().enumerate() {
            let place = events.clone().index(index);
            let bytes = self.bytes(event.bytes.as_deref(), &place);
            let is_sent = event.r#type == Direction::Request;
            let params = event.params.as_ref();
            let shape = if is_sent { input } else { output };
            let value = params.and_then(|it| self.event(shape, it, &place.clone().key("params")));
            if !is_sent {
                body.extend(bytes);
                received.extend(value);
            } else if let Some(value) = value {
                let media_type = event.body_media_type;
                let body = event.body.map(|text| Body { text, media_type });
                sent.push(SentFrame { value, bytes, body });
            }
        }
        let params = &test.initial_response_params;
        let output = self.members(output, params, &place.clone().key("initialResponseParams"));
        EventStreamTest {
            id: test.id,
            operation,
            input: self.least_input(operation),
            request,
            sent,
            answer: answer(test.initial_response, body),
            output,
            received,
            outcome: self.outcome(test.expectation, place),
        }
    }

    fn members(
        &mut self,
        shape: Option<&Shape>,
        params: &IndexMap<String, Json>,
        place: &Place,
    ) -> Vec<(FieldName, Value)> {
        let Some(shape) = shape else {
            return Vec::new();
        };
        values::members(self.context, shape, params, place, self.diagnostics)
    }

    /// An event of the stream in a member of a structure.
    fn event(&mut self, shape: Option<&Shape>, params: &Json, place: &Place) -> Option<Sent> {
        let model = self.context.model;
        let mut members = shape.into_iter().flat_map(Shape::members);
        let stream = members.find(|member| model.target(member).traits.streaming());
        let Some(stream) = stream else {
            self.diagnostics.error(
                place.clone(),
                "the operation has no stream of events in this direction",
                "leave the event out",
            );
            return None;
        };
        values::event(
            self.context,
            model.target(stream),
            params,
            place,
            self.diagnostics,
        )
    }

    /// A frame in Base64.
    fn bytes(&mut self, bytes: Option<&str>, place: &Place) -> Vec<u8> {
        let decoded = bytes.and_then(|it| base64::decode(it).ok());
        decoded.unwrap_or_else(|| {
            self.diagnostics.error(
                place.clone().key("bytes"),
                "the event has no frame",
                "write the bytes of its frame in Base64",
            );
            Vec::new()
        })
    }

    fn outcome(&mut self, expectation: Expectation, place: &Place) -> Outcome {
        let Some(failure) = expectation.failure else {
            return Outcome::Success;
        };
        let Some(id) = failure.error_id else {
            return Outcome::Failure(None);
        };
        let mut structures = self.context.shapes.structures.iter();
        let found = structures.find(|(shape, _)| shape.as_str() == id);
        if found.is_none() {
            self.diagnostics.error(
                place
                    .clone()
                    .key("expectation")
                    .key("failure")
                    .key("errorId"),
                format!("the client has no error `{id}`"),
                "name an error that the operation or its stream has",
            );
        }
        Outcome::Failure(found.map(|(_, structure)| *structure))
    }
}
