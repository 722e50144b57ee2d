//! Random responses according to the model, sometimes with errors.

use generator::ir::{Operation, StructureId, Type};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::Union;

use super::changes::changes;
use super::{Direction, text, tree, values};
use crate::model::Model;
use crate::transport::{Body, Response};
use crate::tree::{Format, Tree};
use crate::value::Value;
use crate::wire;

/// A response with a successful status.
pub fn successful(model: &'static Model, operation: &Operation) -> BoxedStrategy<Response> {
    let response = message(model, operation.output, wire::output);
    let status = prop_oneof![6 => Just(200), 1 => select(vec![201, 202, 204, 299])];
    // Other tests check damaged streams of events.
    let has_events = model
        .fields(operation.output)
        .iter()
        .any(|(field, _)| matches!(field.ty, Type::EventReceiver(_)));
    if has_events {
        return (response, status)
            .prop_map(|(response, status)| Response { status, ..response })
            .boxed();
    }
    damaged(model, response, status)
}

/// A response with this status, and with a body that may be damaged.
fn damaged(
    model: &Model,
    response: impl Strategy<Value = Response> + 'static,
    status: impl Strategy<Value = u16> + 'static,
) -> BoxedStrategy<Response> {
    (response, status, damage(model.protocol.format()))
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

/// A response with the status of a failure.
pub fn failed(model: &'static Model, operation: &Operation) -> BoxedStrategy<Response> {
    let mut errors: Vec<_> = operation
        .errors
        .iter()
        .map(|id| modeled(model, *id))
        .collect();
    errors.push(unmodeled(model));
    let status = prop_oneof![
        6 => select(vec![400, 402, 403, 404, 409, 429, 500, 503]),
        1 => 300..600_u16,
    ];
    damaged(model, Union::new(errors), status)
}

/// An error of the model.
fn modeled(model: &'static Model, id: StructureId) -> BoxedStrategy<Response> {
    let shape = model.client.structure(id).error.as_ref().expect("an error");
    let error = |model: &Model, id, value: &_| wire::error(model, id, 400, value);
    coded(
        model,
        message(model, id, error),
        Just(shape.codes[0].clone()).boxed(),
    )
}

/// An error that is not in the model.
fn unmodeled(model: &'static Model) -> BoxedStrategy<Response> {
    let body = prop::collection::vec((tree::name(), tree::any_tree()), 0..4);
    let response = (body, headers()).prop_map(|(body, headers)| {
        let body = wire::error_body(model, Tree::Object(body));
        Response {
            status: 500,
            headers,
            body: Body::Tree(body, model.protocol.format()),
        }
    });
    let code = prop_oneof!["[A-Z][a-zA-Z]{2,12}", Just(String::new()), text::string()];
    coded(model, response.boxed(), code.boxed())
}

/// Adds the code of an error somewhere in a response.
fn coded(
    model: &'static Model,
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
    let mut places = vec![
        "header", "header", "header", "__type", "code", "twice", "nowhere",
    ];
    if model.client.service.protocol.query_compatible {
        places.extend(["query", "query", "query"]);
    }
    (response, code, spelling, select(places))
        .prop_map(|(mut response, code, (before, after), place)| {
            let code = format!("{before}{code}{after}");
            if model.protocol.format() == Format::Xml {
                // There is a single place, with nothing around the code.
                if place != "nowhere" {
                    wire::set_code(model, &mut response, &code);
                }
                return response;
            }
            let is_plain = code.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            if matches!(place, "header" | "twice") && is_plain {
                wire::set_code(model, &mut response, &code);
            }
            if place == "query" && is_plain {
                wire::set_code(model, &mut response, &code);
                let value = format!("Query.{code};Sender").into_bytes();
                response
                    .headers
                    .push(("x-amzn-query-error".to_owned(), value));
            }
            let member = match place {
                "header" | "nowhere" | "query" => return response,
                "twice" => "code",
                member => member,
            };
            if let Body::Tree(Tree::Object(members), _) = &mut response.body {
                members.insert(0, (member.to_owned(), Tree::Text(code)));
            }
            response
        })
        .boxed()
}

/// A structure as a response, with changes.
fn message(
    model: &'static Model,
    id: StructureId,
    written: fn(&Model, StructureId, &Value) -> Response,
) -> BoxedStrategy<Response> {
    let value = values::structure(model, id, Direction::Received);
    (value, changes(), headers())
        .prop_map(move |(value, changes, headers)| {
            let mut response = written(model, id, &value);
            response.headers.extend(headers);
            if let Body::Tree(tree, _) = &mut response.body {
                changes.iter().for_each(|change| change.apply(tree));
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

/// Damage to the text of a body.
#[derive(Clone, Debug)]
enum Damage {
    None,
    /// The text ends early.
    Cut(Index),
    /// Text follows.
    Follow(Vec<u8>),
    /// A byte is changed.
    Byte(Index, u8),
    /// Another body.
    Replace(Vec<u8>),
}

fn damage(format: Format) -> impl Strategy<Value = Damage> {
    let (follow, replace): (&[&str], &[&str]) = match format {
        Format::Json | Format::Cbor => (
            &[" ", "\n\t\r ", "x", "{}", ",", "null", "]"],
            &[
                "",
                " ",
                "null",
                "[]",
                "\"\"",
                "0",
                "<html>",
                "\u{feff}{}",
                "{",
                "[{}]",
                "{]",
                "\u{60}",
                "\u{3f}",
            ],
        ),
        Format::Xml => (&FOLLOWING_XML, &INSTEAD_OF_XML),
    };
    let follow = follow.iter().map(|text| text.as_bytes().to_vec());
    let replace = replace.iter().map(|text| text.as_bytes().to_vec());
    prop_oneof![
        20 => Just(Damage::None),
        1 => any::<Index>().prop_map(Damage::Cut),
        1 => select(follow.collect::<Vec<_>>()).prop_map(Damage::Follow),
        1 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        1 => select(replace.collect::<Vec<_>>()).prop_map(Damage::Replace),
        1 => prop::collection::vec(any::<u8>(), 0..12).prop_map(Damage::Replace),
    ]
}

/// Text that may or may not follow an XML document.
const FOLLOWING_XML: [&str; 8] = [
    " ",
    "\n\t\r ",
    "x",
    "<a/>",
    "</a>",
    "<!-- -->",
    "<?pi?>",
    "<![CDATA[x]]>",
];

/// Invalid XML documents, and valid ones that services do not send.
const INSTEAD_OF_XML: [&str; 18] = [
    "",
    " ",
    "x",
    "<",
    "<a",
    "<a>",
    "</a>",
    "<a></b>",
    "<a/><b/>",
    "<html><body>no</body></html>",
    "<!DOCTYPE html><html></html>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
    "<a b=\"&c;\">&d;</a>",
    "<a xmlns:b=\"c\"><b:d/></a>",
    "<b:a/>",
    "\u{feff}<a/>",
    "<?xml version=\"1.0\"?>",
    "<ErrorResponse><Error><Code>A</Code></Error>",
];

impl Damage {
    fn done_to(self, body: Body) -> Body {
        let mut bytes = body.bytes();
        match self {
            Self::None => return body,
            Self::Cut(at) => bytes.truncate(at.index(bytes.len() + 1)),
            Self::Follow(text) => bytes.extend(text),
            Self::Byte(..) if bytes.is_empty() => {}
            Self::Byte(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            Self::Replace(other) => bytes = other,
        }
        Body::Bytes(bytes)
    }
}
