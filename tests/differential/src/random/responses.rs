//! Random responses: what the model has, with something wrong now and then.

use generator::ir::{Operation, StructureId};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::Union;

use super::changes::changes;
use super::{Direction, json, text, values};
use crate::json::Json;
use crate::model::Model;
use crate::transport::{Body, Response};
use crate::wire;

/// A response whose status is that of a success.
pub fn successful(model: &'static Model, operation: &Operation) -> BoxedStrategy<Response> {
    let response = message(model, operation.output);
    let status = prop_oneof![6 => Just(200), 1 => select(vec![201, 202, 204, 299])];
    damaged(response, status)
}

/// A response with this status, and with a body that something may have happened to.
fn damaged(
    response: impl Strategy<Value = Response> + 'static,
    status: impl Strategy<Value = u16> + 'static,
) -> BoxedStrategy<Response> {
    (response, status, damage())
        .prop_map(|(response, status, damage)| {
            let body = damage.done_to(response.body);
            Response {
                status,
                body,
                ..response
            }
        })
        .boxed()
}

/// A response whose status is that of a failure.
pub fn failed(model: &'static Model, operation: &Operation) -> BoxedStrategy<Response> {
    let mut errors: Vec<_> = operation
        .errors
        .iter()
        .map(|id| modeled(model, *id))
        .collect();
    errors.push(unmodeled());
    let status = prop_oneof![
        6 => select(vec![400, 402, 403, 404, 409, 429, 500, 503]),
        1 => 300..600_u16,
    ];
    damaged(Union::new(errors), status)
}

/// An error of the model.
fn modeled(model: &'static Model, id: StructureId) -> BoxedStrategy<Response> {
    let shape = model.client.structure(id).error.as_ref().expect("an error");
    coded(message(model, id), Just(shape.codes[0].clone()).boxed())
}

/// An error that is not in the model.
fn unmodeled() -> BoxedStrategy<Response> {
    let body = prop::collection::vec((json::name(), json::any_json()), 0..4);
    let response = (body, headers()).prop_map(|(body, headers)| {
        let body = Body::Json(Json::Object(body));
        Response {
            status: 500,
            headers,
            body,
        }
    });
    let code = prop_oneof!["[A-Z][a-zA-Z]{2,12}", Just(String::new()), text::string()];
    coded(response.boxed(), code.boxed())
}

/// Says somewhere what kind of error a response is.
fn coded(
    response: BoxedStrategy<Response>,
    code: BoxedStrategy<String>,
) -> BoxedStrategy<Response> {
    let spelling = select(vec![
        ("", ""),
        ("", ""),
        ("com.amazonaws.ivs#", ""),
        ("", ":http://internal.amazon.com/coral/"),
        ("a#", ":b#c:d"),
    ]);
    let places = select(vec![
        "header", "header", "header", "__type", "code", "twice", "nowhere",
    ]);
    (response, code, spelling, places)
        .prop_map(|(mut response, code, (before, after), place)| {
            let code = format!("{before}{code}{after}");
            if matches!(place, "header" | "twice")
                && code.bytes().all(|byte| (b' '..=b'~').contains(&byte))
            {
                wire::set_code(&mut response, &code);
            }
            let member = match place {
                "header" | "nowhere" => return response,
                "twice" => "code",
                member => member,
            };
            if let Body::Json(Json::Object(members)) = &mut response.body {
                members.insert(0, (member.to_owned(), Json::Text(code)));
            }
            response
        })
        .boxed()
}

/// A structure as a response, with changes.
fn message(model: &'static Model, id: StructureId) -> BoxedStrategy<Response> {
    let value = values::structure(model, id, Direction::Received);
    (value, changes(), headers())
        .prop_map(move |(value, changes, headers)| {
            let mut response = wire::output(model, id, &value);
            response.headers.extend(headers);
            if let Body::Json(json) = &mut response.body {
                changes.iter().for_each(|change| change.apply(json));
            }
            response
        })
        .boxed()
}

/// Headers that any response may have.
fn headers() -> BoxedStrategy<Vec<(String, Vec<u8>)>> {
    let names = select(vec![
        "x-amzn-requestid",
        "x-amz-request-id",
        "x-amz-id-2",
        "x-amz-cf-id",
        "content-type",
        "x-frame-options",
        "cache-control",
        "date",
        "retry-after",
        "x-something",
    ]);
    let header = (names.prop_map(str::to_owned), text::header_value());
    prop::collection::vec(header, 0..3).boxed()
}

/// What happens to the text of a body.
#[derive(Clone, Debug)]
enum Damage {
    None,
    /// The text ends early.
    Cut(Index),
    /// Something follows.
    Follow(&'static str),
    /// A byte is another one.
    Byte(Index, u8),
    /// Something else came instead.
    Replace(Vec<u8>),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        20 => Just(Damage::None),
        1 => any::<Index>().prop_map(Damage::Cut),
        1 => select(vec![" ", "\n\t\r ", "x", "{}", ",", "null", "]"]).prop_map(Damage::Follow),
        1 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        1 => select(vec!["", " ", "null", "[]", "\"\"", "0", "<html>", "\u{feff}{}", "{", "[{}]", "{]"])
            .prop_map(|text| Damage::Replace(text.as_bytes().to_vec())),
        1 => prop::collection::vec(any::<u8>(), 0..12).prop_map(Damage::Replace),
    ]
}

impl Damage {
    fn done_to(self, body: Body) -> Body {
        let mut bytes = body.bytes();
        match self {
            Self::None => return body,
            Self::Cut(at) => bytes.truncate(at.index(bytes.len() + 1)),
            Self::Follow(text) => bytes.extend_from_slice(text.as_bytes()),
            Self::Byte(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            Self::Replace(other) => bytes = other,
        }
        Body::Bytes(bytes)
    }
}
