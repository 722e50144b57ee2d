//! Changes responses so that the official crates read the same message as ours.

use generator::ir::Operation;

use crate::model::Model;
use crate::transport::{Body, Response};
use crate::tree::{Format, Tree};

/// The spellings that the runtime knows.
pub const KNOWN: [&str; 3] = ["message", "Message", "errorMessage"];

/// The spelling of the member that the official crates give each error that has no message.
const ADDED: &str = "Message";

/// The members of a response's body, in their order and with duplicates.
type Members = Vec<(String, Tree)>;

/// Copies the member that only ours knows to `message` for the official crate.
pub fn known_to_ours(model: &Model, _: &Operation, response: &Response) -> Option<Response> {
    let member = model.client.service.error_text.as_deref()?;
    with_members(response, |members| {
        let is_known = |(name, value): &(String, Tree)| {
            KNOWN.contains(&name.as_str()) && value.text().is_some()
        };
        if members.iter().any(is_known) {
            return None;
        }
        // If a duplicate is not text, there is no message.
        let values = members
            .iter()
            .filter(|(name, value)| name == member && *value != Tree::Null);
        let texts: Option<Vec<_>> = values.map(|(_, value)| value.text()).collect();
        members.push(("message".to_owned(), Tree::Text(texts?.pop()?)));
        Some(())
    })
}

/// Copies the member that the runtime uses as message to `message` for the official crate.
pub fn spelled_otherwise(model: &Model, _: &Operation, response: &Response) -> Option<Response> {
    let mut errors = model.client.errors.iter();
    let has_own_message = errors.all(|id| {
        let fields = model.fields(*id);
        let is_message = |name: &str, required: bool| name == "message" && required;
        fields
            .iter()
            .any(|(field, member)| is_message(&member.name, field.required))
    });
    with_members(response, |members| {
        let mut from_last = members.iter().rev();
        let own = from_last.find(|(name, _)| name == "message");
        let is_null = own.is_none_or(|(_, value)| *value == Tree::Null);
        let known = members
            .iter()
            .rev()
            .filter(|(name, _)| KNOWN.contains(&name.as_str()));
        let text = known.map(|(_, value)| value.text()).find_map(|text| text);
        let text = text.filter(|_| is_null && has_own_message)?;
        members.push(("message".to_owned(), Tree::Text(text)));
        Some(())
    })
}

/// Removes a message that is not text from the official crate's response.
pub fn no_text(model: &Model, operation: &Operation, response: &Response) -> Option<Response> {
    let errors = operation.errors.iter();
    let errors = errors.filter(|id| {
        let error = model.client.structure(**id).error.as_ref();
        code(response).is_none_or(|code| error.is_some_and(|it| it.codes.contains(&code)))
    });
    let mut members = errors.flat_map(|id| model.fields(*id));
    let is_modeled = members.any(|(_, member)| member.name == ADDED);
    with_members(response, |members| {
        let is_string =
            |value: &Tree| matches!(value, Tree::Verbatim(text) if text.starts_with('"'));
        let count = members.len();
        members.retain(|(name, value)| name != ADDED || *value == Tree::Null || is_string(value));
        (!is_modeled && members.len() < count).then_some(())
    })
}

/// The code in a header.
fn code(response: &Response) -> Option<String> {
    let mut headers = response.headers.iter();
    let (_, value) = headers.find(|(name, _)| name.eq_ignore_ascii_case("x-amzn-errortype"))?;
    let code = std::str::from_utf8(value).ok()?;
    Some(sanitized(code).to_owned())
}

/// A code without the namespace before it and the URI after it.
pub fn sanitized(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default()
}

/// An error's response with changed members, if there is anything to change.
fn with_members(
    response: &Response,
    change: impl FnOnce(&mut Members) -> Option<()>,
) -> Option<Response> {
    if (200..300).contains(&response.status) {
        return None;
    }
    let Tree::Object(mut members) = response.body.json()? else {
        return None;
    };
    change(&mut members)?;
    Some(Response {
        body: Body::Tree(Tree::Object(members), Format::Json),
        ..response.clone()
    })
}
