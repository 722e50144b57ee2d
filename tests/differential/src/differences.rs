//! What may differ, and why.
//!
//! Each difference is an exact statement, not a place where nobody looks: either of what the
//! official crate would have to receive in order to say what ours says, or of what is taken out of
//! both before they are compared. A test makes sure that each is still needed.

use crate::debug::Node;
use crate::json::Json;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::transport::{Body, Response};

/// A difference that is meant.
pub struct Difference {
    /// What it is called in tests.
    pub name: &'static str,
    /// Why it is meant.
    pub reason: &'static str,
    /// What it is.
    pub rule: Rule,
}

/// What a difference consists of.
pub enum Rule {
    /// Ours makes of a response what the official crate makes of another one.
    Response(fn(&Model, &Response) -> Option<Response>),
    /// Something is taken out of the outcomes of both.
    Outcome(fn(&mut Outcome)),
}

/// Everything that may differ.
pub const DIFFERENCES: [Difference; 5] = [
    Difference {
        name: "text of errors",
        reason: "The services put the text of their errors into `exceptionMessage`, which the \
                 runtime does not know: ours takes it for the message where there is no other.",
        rule: Rule::Response(exception_message),
    },
    Difference {
        name: "required message",
        reason: "The runtime knows three spellings of `message`. The official crate fills a \
                 required message from the one in the model and leaves it empty otherwise; ours \
                 takes what the runtime found.",
        rule: Rule::Response(message_spelled_otherwise),
    },
    Difference {
        name: "metadata of outputs",
        reason: "Our outputs keep more of the response than the request id.",
        rule: Rule::Outcome(|outcome| outcome.debug.visit(&mut response_metadata)),
    },
    Difference {
        name: "metadata of errors",
        reason: "Our errors keep more of the response than the request id.",
        rule: Rule::Outcome(|outcome| {
            outcome.debug.visit(&mut extras);
            if let Some(facts) = &mut outcome.error {
                facts.converted_meta.visit(&mut extras);
                facts.chain.iter_mut().for_each(printed_extras);
                facts.converted_chain.iter_mut().for_each(printed_extras);
            }
        }),
    },
    Difference {
        name: "words of parsers",
        reason: "The official crates have a parser for each shape, ours the runtime's: what is \
                 unreadable for one is for the other, but they say it in words of their own.",
        rule: Rule::Outcome(parse_error),
    },
];

/// Gives the official crate as `message` what is in the member that only ours knows.
fn exception_message(model: &Model, response: &Response) -> Option<Response> {
    let member = model.client.service.error_text.as_deref()?;
    let known = ["message", "Message", "errorMessage"];
    with_message(response, |body| {
        let is_text = |name: &str| matches!(body.member(name), Some(Json::Text(_)));
        match body.member(member) {
            Some(Json::Text(text)) if !known.into_iter().any(is_text) => Some(text.clone()),
            _ => None,
        }
    })
}

/// Gives the official crate as `message` what the runtime takes for it.
fn message_spelled_otherwise(model: &Model, response: &Response) -> Option<Response> {
    let has_own_message = model.client.errors.iter().all(|id| {
        let fields = model.fields(*id);
        fields
            .iter()
            .any(|(field, member)| member.name == "message" && field.required)
    });
    with_message(response, |body| {
        let Json::Object(members) = body else {
            return None;
        };
        let message = |(name, value): &(String, Json)| match (name.as_str(), value) {
            ("message" | "Message" | "errorMessage", Json::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let is_missing = matches!(body.member("message"), None | Some(Json::Null));
        let text = members.iter().rev().find_map(message);
        text.filter(|_| is_missing && has_own_message)
    })
}

fn with_message(
    response: &Response,
    text: impl FnOnce(&Json) -> Option<String>,
) -> Option<Response> {
    let mut response = response.clone();
    let is_error = !(200..300).contains(&response.status);
    let Body::Json(body) = &mut response.body else {
        return None;
    };
    let text = text(body).filter(|_| is_error)?;
    let Json::Object(members) = body else {
        return None;
    };
    members.push(("message".to_owned(), Json::Text(text)));
    Some(response)
}

/// Leaves of the metadata what the official crates have, under their name for it.
fn response_metadata(node: &mut Node) {
    let Node::Fields(_, fields) = node else {
        return;
    };
    for (name, value) in fields {
        if let ("_response_metadata", Node::Fields(_, parts)) = (name.as_str(), &*value)
            && let Some((_, id)) = parts.iter().find(|(part, _)| part == "request_id")
        {
            (*name, *value) = ("_request_id".to_owned(), id.clone());
        }
    }
}

/// What our errors keep of their response.
const EXTRAS: [&str; 4] = [
    "aws_extended_request_id",
    "aws_cloud_front_id",
    "http_status",
    "attempts",
];

/// Leaves of an error's extras what the official crates have.
fn extras(node: &mut Node) {
    let Node::Fields(_, fields) = node else {
        return;
    };
    for (name, value) in fields {
        if let ("extras", Node::List(_, some)) = (name.as_str(), &mut *value)
            && let [Node::Map(entries)] = some.as_mut_slice()
        {
            entries.retain(|(key, _)| !EXTRAS.iter().any(|name| *key == quoted(name)));
            if entries.is_empty() {
                *value = Node::Atom("None".to_owned());
            }
        }
    }
}

/// The same where `Display` prints metadata, which has the extras in no order.
fn printed_extras(text: &mut String) {
    if let Node::Fields(name, mut fields) = Node::parse(text)
        && name == "Error"
    {
        fields.retain(|(field, _)| !EXTRAS.contains(&field.as_str()));
        *text = format!("{name} {fields:?}");
    }
}

fn quoted(text: &str) -> Node {
    Node::Atom(format!("{text:?}"))
}

/// Takes out what a parser says about a response that it cannot read.
fn parse_error(outcome: &mut Outcome) {
    let mut is_unreadable = false;
    outcome.debug.visit(&mut |node| {
        let Node::Fields(name, fields) = node else {
            return;
        };
        for (field, value) in fields {
            let is_source = name == "Unhandled" && field == "source";
            let is_metadata = matches!(value, Node::Fields(name, _) if name == "ErrorMetadata");
            if is_source && !is_metadata {
                is_unreadable = true;
                *value = Node::Atom("unreadable".to_owned());
            }
        }
    });
    if let (true, Some(facts)) = (is_unreadable, &mut outcome.error) {
        for chain in [&mut facts.chain, &mut facts.converted_chain] {
            let unhandled = chain
                .iter()
                .position(|text| text.starts_with("unhandled error"));
            chain.truncate(unhandled.map_or(chain.len(), |position| position + 1));
        }
    }
}
