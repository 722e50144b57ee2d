//! What may differ, and why.
//!
//! Each difference is an exact statement, not a place where nobody looks: either of what the
//! official crate would have to receive in order to say what ours says, or of what is taken out of
//! both before they are compared. A test makes sure that each is still needed.

mod message;
mod tolerance;

use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::retry::ErrorKind;
use generator::ir::Operation;
use serde::de::IgnoredAny;

use crate::debug::Node;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::transport::Response;

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
    Response(fn(&Model, &Operation, &Response) -> Option<Response>),
    /// Something is taken out of the outcomes of both.
    Outcome(fn(&mut Outcome)),
    /// One crate may find this response unreadable that the other reads.
    Refusal(fn(&Model, &Operation, &Response) -> bool),
    /// The official crate panics with this text where this becomes of a call with ours.
    Panic(fn(&str, &Outcome) -> bool),
}

impl Rule {
    /// Whether it can matter to a call that is answered with this response.
    pub fn concerns(&self, model: &Model, operation: &Operation, response: &Response) -> bool {
        match self {
            Self::Response(rule) => rule(model, operation, response).is_some(),
            Self::Refusal(rule) => rule(model, operation, response),
            Self::Outcome(_) | Self::Panic(_) => true,
        }
    }
}

/// Everything that may differ. Responses are changed in this order.
pub const DIFFERENCES: [Difference; 14] = [
    Difference {
        name: "nulls",
        reason: "Ours passes over a null in a list or map, as Smithy wants it of clients, and over \
                 one that repeats a member. The official crate finds the one unreadable, and \
                 forgets the member's value with the other.",
        rule: Rule::Response(tolerance::nulls),
    },
    Difference {
        name: "whole numbers with a point",
        reason: "The official crate takes 9007199254740993.0 for the double that is nearest, and \
                 4503599627370497.2 for a whole number. Ours reads the one and refuses the other.",
        rule: Rule::Response(tolerance::whole_numbers),
    },
    Difference {
        name: "times as numbers",
        reason: "The runtime's parser takes a number for a time wherever it stands, the official \
                 crate only where the model says so.",
        rule: Rule::Response(tolerance::numbers),
    },
    Difference {
        name: "times that are no date",
        reason: "The same for numbers after the year 9999 and before the year 1, for which there \
                 is nothing that the official crate could receive instead.",
        rule: Rule::Refusal(tolerance::has_undated),
    },
    Difference {
        name: "message that is no text",
        reason: "The official crates add a member `Message` to errors that have no message, and \
                 know nothing of the error when it is not a string. Ours has no such member, and \
                 says all that the model has.",
        rule: Rule::Response(message::no_text),
    },
    Difference {
        name: "text of errors",
        reason: "The services put the text of their errors into `exceptionMessage`, which the \
                 runtime does not know: ours takes it for the message where there is no other.",
        rule: Rule::Response(message::known_to_ours),
    },
    Difference {
        name: "required message",
        reason: "The runtime knows three spellings of `message`. The official crate fills a \
                 required message from the one in the model and leaves it empty otherwise; ours \
                 takes what the runtime found.",
        rule: Rule::Response(message::spelled_otherwise),
    },
    Difference {
        name: "URIs that are too long",
        reason: "The official crate panics when a request's URI is longer than 65,534 bytes. With \
                 ours the call fails, and nothing is sent.",
        rule: Rule::Panic(is_too_long),
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
        name: "metadata of what is unhandled",
        reason: "The metadata of a response that cannot be read, or of an error without a code, \
                 are empty in the official crates. Ours say what the headers say.",
        rule: Rule::Outcome(unhandled),
    },
    Difference {
        name: "words of parsers",
        reason: "The official crates have a parser for each shape, ours the runtime's: what is \
                 unreadable for one is for the other, but they say it in words of their own, and \
                 ours does not say it of a response that may hold something sensitive.",
        rule: Rule::Outcome(parse_error),
    },
    Difference {
        name: "bodies that are no JSON",
        reason: "The parsers of the official crates check other parts of what they pass over than \
                 the runtime's does: a wrong number in an unknown member, or text after the end. \
                 What both read is the same.",
        rule: Rule::Refusal(|_, _, response| !is_json(&response.body.bytes())),
    },
    Difference {
        name: "words of serializers",
        reason: "A time that cannot be written is refused by both, in words of their own.",
        rule: Rule::Outcome(write_error),
    },
];

/// Whether a request was not made because of its URI's length.
fn is_too_long(panic: &str, outcome: &Outcome) -> bool {
    let facts = outcome.error.as_ref();
    let reason = facts.and_then(|facts| facts.chain.last());
    panic.ends_with("InvalidUri(TooLong))")
        && outcome.kind == "construction failure"
        && reason.is_some_and(|reason| reason.ends_with("not a valid URI"))
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
        *text = match fields.as_slice() {
            [] => name,
            fields => format!("{name} {fields:?}"),
        };
    }
}

fn quoted(text: &str) -> Node {
    Node::Atom(format!("{text:?}"))
}

/// Whether a text is one JSON value, as RFC 8259 has it.
fn is_json(body: &[u8]) -> bool {
    let text = std::str::from_utf8(body).ok();
    text.is_some_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

/// Whether an error is that of a response that could not be read.
pub fn is_unreadable(outcome: &Outcome) -> bool {
    let mut is_unreadable = false;
    let mut debug = outcome.debug.clone();
    debug.visit(&mut |node| is_unreadable |= parser_words(node).is_some());
    is_unreadable
}

/// What a parser says about a response that it cannot read.
fn parser_words(node: &mut Node) -> Option<&mut Node> {
    match node {
        Node::Fields(name, fields) if name == "Unhandled" => {
            let source = fields.iter_mut().find(|(name, _)| name == "source");
            let is_metadata =
                |node: &Node| matches!(node, Node::Fields(name, _) if name == "ErrorMetadata");
            source
                .map(|(_, node)| node)
                .filter(|node| !is_metadata(node))
        }
        _ => None,
    }
}

/// Takes out what is known of a response that cannot be read, or of an error without a code.
fn unhandled(outcome: &mut Outcome) {
    let mut is_unhandled = false;
    let empty = Node::parse(&format!("{:?}", ErrorMetadata::default()));
    outcome.debug.visit(&mut |node| {
        if let Node::Fields(name, fields) = node
            && name == "Unhandled"
            && let Some((_, source)) = fields.iter().find(|(field, _)| field == "source")
        {
            let has_code = |(name, value): &(String, Node)| {
                name == "code" && *value != Node::Atom("None".to_owned())
            };
            is_unhandled |= match source {
                Node::Fields(kind, parts) => kind != "ErrorMetadata" || !parts.iter().any(has_code),
                // Ours does not quote a response that may hold something sensitive.
                _ => true,
            };
        }
    });
    let Some(facts) = outcome.error.as_mut().filter(|_| is_unhandled) else {
        return;
    };
    outcome.debug.visit(&mut |node| {
        if let Node::Fields(name, fields) = node
            && name == "Unhandled"
            && let Some((_, meta)) = fields.iter_mut().find(|(field, _)| field == "meta")
        {
            *meta = empty.clone();
        }
    });
    (facts.code, facts.message) = (None, None);
    facts.retry = format!("{:?}", Some((None::<ErrorKind>, None::<&str>)));
    facts.converted_meta = empty;
    for text in facts.chain.iter_mut().chain(&mut facts.converted_chain) {
        if text.starts_with("unhandled error (") {
            text.truncate("unhandled error".len());
        }
    }
}

/// Takes out what a parser says about a response that it cannot read.
fn parse_error(outcome: &mut Outcome) {
    let is_unreadable = is_unreadable(outcome);
    outcome.debug.visit(&mut |node| {
        if let Some(words) = parser_words(node) {
            *words = Node::Atom("unreadable".to_owned());
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

/// Splits what ours says about a time that cannot be written as the official crate has it.
fn write_error(outcome: &mut Outcome) {
    let Some(facts) = &mut outcome.error else {
        return;
    };
    for chain in [&mut facts.chain, &mut facts.converted_chain] {
        let ours = "write failed: failed to format timestamp: ";
        if let Some(reason) = chain.last().and_then(|text| text.strip_prefix(ours)) {
            let reason = reason.to_owned();
            chain.pop();
            chain.extend(["failed to serialize timestamp".to_owned(), reason]);
        }
    }
}
