//! What may differ, and why.
//!
//! Each difference is an exact statement, not a place where nobody looks: either of what the
//! official crate would have to receive in order to say what ours says, or of what is taken out of
//! both before they are compared. A test makes sure that each is still needed.

mod form;
mod message;
mod tolerance;
mod xml;

use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::retry::ErrorKind;
use generator::ir::Operation;
use serde::de::IgnoredAny;

use crate::debug::Node;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::transport::{Request, Response};
use crate::tree::Format;

/// A difference that is meant.
pub struct Difference {
    /// What it is called in tests.
    pub name: &'static str,
    /// Why it is meant.
    pub reason: &'static str,
    /// The format of bodies that it is about, if it is about one.
    pub format: Option<Format>,
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
    /// Both may send requests that differ in body, length and signature alone: the official crate's
    /// body, and ours.
    Form(fn(&Model, &[u8], &[u8]) -> bool),
    /// Something is changed in both requests, where they differ, before they are compared.
    Request(fn(&mut Request)),
    /// The official crate does not print a value that ours prints.
    Hidden,
    /// The official crate panics with this text where this becomes of a call with ours.
    Panic(fn(&str, &Outcome) -> bool),
}

impl Rule {
    /// Whether it can matter to a call that is answered with this response.
    pub fn concerns(&self, model: &Model, operation: &Operation, response: &Response) -> bool {
        match self {
            Self::Response(rule) => rule(model, operation, response).is_some(),
            Self::Refusal(rule) => rule(model, operation, response),
            Self::Outcome(_) | Self::Form(_) | Self::Request(_) | Self::Hidden | Self::Panic(_) => {
                true
            }
        }
    }
}

/// Everything that may differ. Responses are changed in this order.
pub const DIFFERENCES: [Difference; 28] = [
    Difference {
        name: "nulls",
        reason: "Ours passes over a null in a list or map, as Smithy wants it of clients, and over \
                 one that repeats a member. The official crate finds the one unreadable, and \
                 forgets the member's value with the other.",
        format: Some(Format::Json),
        rule: Rule::Response(tolerance::nulls),
    },
    Difference {
        name: "whole numbers with a point",
        reason: "The official crate takes 9007199254740993.0 for the double that is nearest, and \
                 4503599627370497.2 for a whole number. Ours reads the one and refuses the other.",
        format: Some(Format::Json),
        rule: Rule::Response(tolerance::whole_numbers),
    },
    Difference {
        name: "times as numbers",
        reason: "The runtime's parser takes a number for a time wherever it stands, the official \
                 crate only where the model says so.",
        format: Some(Format::Json),
        rule: Rule::Response(tolerance::numbers),
    },
    Difference {
        name: "times that are no date",
        reason: "The same for numbers after the year 9999 and before the year 1, for which there \
                 is nothing that the official crate could receive instead.",
        format: Some(Format::Json),
        rule: Rule::Refusal(tolerance::has_undated),
    },
    Difference {
        name: "message that is no text",
        reason: "The official crates add a member `Message` to errors that have no message, and \
                 know nothing of the error when it is not a string. Ours has no such member, and \
                 says all that the model has.",
        format: Some(Format::Json),
        rule: Rule::Response(message::no_text),
    },
    Difference {
        name: "text of errors",
        reason: "The services put the text of their errors into `exceptionMessage`, which the \
                 runtime does not know: ours takes it for the message where there is no other.",
        format: Some(Format::Json),
        rule: Rule::Response(message::known_to_ours),
    },
    Difference {
        name: "required message",
        reason: "The runtime knows three spellings of `message`. The official crate fills a \
                 required message from the one in the model and leaves it empty otherwise; ours \
                 takes what the runtime found.",
        format: Some(Format::Json),
        rule: Rule::Response(message::spelled_otherwise),
    },
    Difference {
        name: "URIs that are too long",
        reason: "The official crate panics when a request's URI is longer than 65,534 bytes. With \
                 ours the call fails, and nothing is sent.",
        format: None,
        rule: Rule::Panic(is_too_long),
    },
    Difference {
        name: "metadata of outputs",
        reason: "Our outputs keep more of the response than the request id.",
        format: None,
        rule: Rule::Outcome(|outcome| outcome.debug.visit(&mut response_metadata)),
    },
    Difference {
        name: "metadata of errors",
        reason: "Our errors keep more of the response than the request id.",
        format: None,
        rule: Rule::Outcome(|outcome| {
            outcome.debug.visit(&mut |node| extras(node, &EXTRAS));
            if let Some(facts) = &mut outcome.error {
                facts
                    .converted_meta
                    .visit(&mut |node| extras(node, &EXTRAS));
                for text in facts.chain.iter_mut().chain(&mut facts.converted_chain) {
                    printed_extras(text, &EXTRAS);
                }
            }
        }),
    },
    Difference {
        name: "metadata of what is unhandled",
        reason: "The metadata of a response that cannot be read, or of an error without a code, \
                 are empty in the official crates. Ours say what the headers say.",
        format: None,
        rule: Rule::Outcome(unhandled),
    },
    Difference {
        name: "words of parsers",
        reason: "The official crates have a parser for each shape, ours the runtime's: what is \
                 unreadable for one is for the other, but they say it in words of their own, and \
                 ours does not say it of a response that may hold something sensitive.",
        format: None,
        rule: Rule::Outcome(parse_error),
    },
    Difference {
        name: "bodies that are no JSON",
        reason: "The parsers of the official crates check other parts of what they pass over than \
                 the runtime's does: a wrong number in an unknown member, or text after the end. \
                 What both read is the same.",
        format: Some(Format::Json),
        rule: Rule::Refusal(|model, _, response| {
            model.protocol.format() == Format::Json && !is_json(&response.body.bytes())
        }),
    },
    Difference {
        name: "words of serializers",
        reason: "A time that cannot be written is refused by both, in words of their own.",
        format: None,
        rule: Rule::Outcome(write_error),
    },
    Difference {
        name: "empty responses",
        reason: "With nothing in its body a response is an output without members for ours. The \
                 official crates want an element.",
        format: Some(Format::Xml),
        rule: Rule::Refusal(|_, _, response| response.body.bytes().is_empty()),
    },
    Difference {
        name: "what errors in XML say",
        reason: "Ours takes the first code and the first message of an error, `message` for \
                 `Message`, and a code with nothing in it for none. The official crates take the \
                 last, only `Message`, and the empty code.",
        format: Some(Format::Xml),
        rule: Rule::Response(xml::as_ours_reads),
    },
    Difference {
        name: "request ids of bodies",
        reason: "The body of an error says the id of its request, which ours takes if no header \
                 says one.",
        format: Some(Format::Xml),
        rule: Rule::Outcome(without_request_id),
    },
    Difference {
        name: "XML without an error",
        reason: "A document without an element `Error` cannot be read as an error by ours, and is \
                 an error without a code for the official crates.",
        format: Some(Format::Xml),
        rule: Rule::Refusal(xml::has_no_error),
    },
    Difference {
        name: "elements in what errors say",
        reason: "A code or a message with elements in it is another member for ours. The official \
                 crates cannot read the error.",
        format: Some(Format::Xml),
        rule: Rule::Refusal(xml::says_elements),
    },
    Difference {
        name: "elements that a list does not have",
        reason: "The runtime takes whatever is in a list for its elements, the official crates only \
                 what has the name that the model says.",
        format: Some(Format::Xml),
        rule: Rule::Response(xml::named_elements),
    },
    Difference {
        name: "bodies of outputs without members",
        reason: "The official crates do not look at the body where an output has no members. Ours \
                 has to be able to read it.",
        format: None,
        rule: Rule::Refusal(|model, operation, response| {
            (200..300).contains(&response.status) && model.fields(operation.output).is_empty()
        }),
    },
    Difference {
        name: "order of headers",
        reason: "The runtime's protocol objects set a request's headers in another order, which \
                 means nothing.",
        format: None,
        rule: Rule::Request(|request| request.headers.sort()),
    },
    Difference {
        name: "account ids in endpoints",
        reason: "The official crates of services whose endpoints have an account's id say in the \
                 user agent that they would use one.",
        format: None,
        rule: Rule::Request(without_account_id_mode),
    },
    Difference {
        name: "raw identifiers",
        reason: "The official crates say `r#type` in the text about a member that is missing, ours \
                 `type`.",
        format: None,
        rule: Rule::Outcome(|outcome| {
            if let Some(facts) = &mut outcome.error {
                for text in facts.chain.iter_mut().chain(&mut facts.converted_chain) {
                    *text = text.replace("r#", "");
                }
            }
        }),
    },
    Difference {
        name: "names of errors",
        reason: "The official crates print the model's name of an error as well where Rust's is \
                 spelled otherwise.",
        format: Some(Format::Xml),
        rule: Rule::Outcome(without_shape_names),
    },
    Difference {
        name: "bodies that are no XML",
        reason: "The official crates read what they find in a body that is cut off, that has two \
                 roots, or whose tags do not match. Ours takes no half of an error for the error, \
                 and both find other mistakes.",
        format: Some(Format::Xml),
        rule: Rule::Refusal(|model, _, response| {
            model.protocol.format() == Format::Xml && !xml::is_document(&response.body.bytes())
        }),
    },
    Difference {
        name: "lists of nothing in forms",
        reason: "A list whose structures have no members is empty in a form, and written as an \
                 empty list by the runtime's serializer. The official crates leave it out.",
        format: Some(Format::Xml),
        rule: Rule::Form(form::lists_of_nothing),
    },
    Difference {
        name: "hidden without the model",
        reason: "The official crates do not print some structures of which the model does not say \
                 that they are sensitive.",
        format: Some(Format::Xml),
        rule: Rule::Hidden,
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
const EXTRAS: [&str; 5] = [
    "aws_extended_request_id",
    "aws_cloud_front_id",
    "http_status",
    "attempts",
    "type",
];

/// Leaves of an error's extras what the official crates have.
fn extras(node: &mut Node, names: &[&str]) {
    let Node::Fields(_, fields) = node else {
        return;
    };
    for (name, value) in fields {
        if let ("extras", Node::List(_, some)) = (name.as_str(), &mut *value)
            && let [Node::Map(entries)] = some.as_mut_slice()
        {
            entries.retain(|(key, _)| !names.iter().any(|name| *key == quoted(name)));
            if entries.is_empty() {
                *value = Node::Atom("None".to_owned());
            }
        }
    }
}

/// The same where `Display` prints metadata, which has the extras in no order.
fn printed_extras(text: &mut String, names: &[&str]) {
    if let Node::Fields(name, mut fields) = Node::parse(text)
        && name == "Error"
    {
        fields.retain(|(field, _)| !names.contains(&field.as_str()));
        *text = match fields.as_slice() {
            [] => name,
            fields => {
                let field = |(name, value): &(String, Node)| match value {
                    Node::Atom(value) => format!("{name}: {value}"),
                    other => format!("{name}: {other:?}"),
                };
                let fields: Vec<_> = fields.iter().map(field).collect();
                format!("{name} {{ {} }}", fields.join(", "))
            }
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

/// Takes out the request id that no header says.
fn without_request_id(outcome: &mut Outcome) {
    let Some(facts) = outcome
        .error
        .as_mut()
        .filter(|_| outcome.request_id.is_none())
    else {
        return;
    };
    const NAMES: [&str; 1] = ["aws_request_id"];
    outcome.debug.visit(&mut |node| extras(node, &NAMES));
    facts.converted_meta.visit(&mut |node| extras(node, &NAMES));
    for text in facts.chain.iter_mut().chain(&mut facts.converted_chain) {
        printed_extras(text, &NAMES);
    }
}

/// Takes the model's name out of `RustName [ModelName]`.
fn without_shape_names(outcome: &mut Outcome) {
    let Some(facts) = &mut outcome.error else {
        return;
    };
    for text in facts.chain.iter_mut().chain(&mut facts.converted_chain) {
        if let Some((name, rest)) = text.split_once(" [")
            && let Some((shape, rest)) = rest.split_once(']')
            && name.eq_ignore_ascii_case(shape)
        {
            *text = format!("{name}{rest}");
        }
    }
}

/// Takes out of the user agent that endpoints may have an account's id.
fn without_account_id_mode(request: &mut Request) {
    for (name, value) in &mut request.headers {
        if name.ends_with("user-agent") {
            let words = value.split(' ').map(|word| match word.starts_with("m/") {
                true => word.replace(",P", ""),
                false => word.to_owned(),
            });
            *value = words.collect::<Vec<_>>().join(" ");
        }
    }
}
