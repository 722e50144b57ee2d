//! Changes responses in CBOR so that the official crates read them as ours does.

use generator::ir::{Operation, Structure, Type};

use super::message;
use super::tolerance::{has_nulls, visit_all};
use crate::cbor;
use crate::model::Model;
use crate::transport::{Body, Response};
use crate::tree::{Format, Tree};

/// The member with an error's code.
const CODE: &str = "__type";

/// The header with the code, which comes first if the service used to have a query protocol.
const QUERY_ERROR: &str = "x-amzn-query-error";

/// Removes what ours skips and the official crates do not: nulls, and codes and messages of errors
/// that are not text.
pub fn nulls(model: &Model, operation: &Operation, response: &Response) -> Option<Response> {
    let before = tree(model, response)?;
    let mut after = before.clone();
    if let (true, Tree::Object(members)) = (is_error(response), &mut after) {
        members.retain(|(name, value)| name != CODE || matches!(value, Tree::Text(_)));
        let error = error(model, operation, response, members);
        members.retain(|(name, value)| match value {
            Tree::Null => !message::KNOWN.contains(&name.as_str()),
            value => !is_no_text(name, value) || error.is_some_and(|it| has(model, it, name)),
        });
    }
    visit_all(
        model,
        operation,
        response,
        &mut after,
        &mut |ty, _, tree| match (ty, tree) {
            (Type::Structure(_), Tree::Object(members)) => {
                members.retain(|(_, value)| *value != Tree::Null);
            }
            (Type::Map(_, value), Tree::Object(members)) if !has_nulls(value) => {
                members.retain(|(_, value)| *value != Tree::Null);
            }
            (Type::List(value), Tree::Array(values)) if !has_nulls(value) => {
                values.retain(|value| *value != Tree::Null);
            }
            _ => {}
        },
    );
    (after != before).then(|| Response {
        body: Body::Tree(after, Format::Cbor),
        ..response.clone()
    })
}

/// Whether an error's message in the model is not text.
pub fn has_wrong_message(model: &Model, operation: &Operation, response: &Response) -> bool {
    let Some(Tree::Object(members)) = tree(model, response).filter(|_| is_error(response)) else {
        return false;
    };
    error(model, operation, response, &members).is_some_and(|error| {
        let mut members = members.iter();
        members.any(|(name, value)| is_no_text(name, value) && has(model, error, name))
    })
}

/// Whether a body is not a single item of CBOR.
pub fn is_damaged(model: &Model, _: &Operation, response: &Response) -> bool {
    model.protocol.format() == Format::Cbor && tree(model, response).is_none()
}

fn tree(model: &Model, response: &Response) -> Option<Tree> {
    if model.protocol.format() != Format::Cbor {
        return None;
    }
    cbor::parse(&response.body.bytes())
}

fn is_error(response: &Response) -> bool {
    !(200..300).contains(&response.status)
}

/// Whether the runtime uses a member as the message, and it is not text.
fn is_no_text(name: &str, value: &Tree) -> bool {
    message::KNOWN.contains(&name) && !matches!(value, Tree::Text(_) | Tree::Null)
}

/// The error in a response, by the code in its header or its body.
fn error<'a>(
    model: &'a Model,
    operation: &Operation,
    response: &Response,
    members: &[(String, Tree)],
) -> Option<&'a Structure> {
    let mut headers = response.headers.iter();
    let header = headers
        .find(|(name, _)| model.client.service.protocol.query_compatible && name == QUERY_ERROR);
    let code = match header {
        Some((_, value)) => String::from_utf8_lossy(value).split(';').next()?.to_owned(),
        None => {
            let mut from_last = members.iter().rev();
            let (_, value) = from_last.find(|(name, _)| name == CODE)?;
            message::sanitized(&value.text()?).to_owned()
        }
    };
    let mut errors = operation
        .errors
        .iter()
        .map(|id| model.client.structure(*id));
    errors.find(|it| {
        it.error
            .as_ref()
            .is_some_and(|error| error.codes.contains(&code))
    })
}

fn has(model: &Model, error: &Structure, member: &str) -> bool {
    let mut members = model.members(error.schema.as_str()).iter();
    members.any(|it| it.name == member)
}
