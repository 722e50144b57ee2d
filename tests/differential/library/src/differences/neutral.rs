//! Removes parts from both sides before they are compared, and decides when to do so.

use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::retry::ErrorKind;
use serde::de::IgnoredAny;

use super::xml;
use crate::cbor;
use crate::debug::Node;
use crate::outcome::Outcome;
use crate::tree::{Format, Tree};

/// Whether a request was not made because of its URI's length.
pub(super) fn is_too_long(panic: &str, outcome: &Outcome) -> bool {
    let facts = outcome.error.as_ref();
    let reason = facts.and_then(|facts| facts.chain.last());
    panic.ends_with("InvalidUri(TooLong))")
        && outcome.kind == "construction failure"
        && reason.is_some_and(|reason| reason.ends_with("not a valid URI"))
}

/// Keeps only the metadata that the official crates have, under their name.
pub(super) fn response_metadata(node: &mut Node) {
    let Node::Fields(_, fields) = node else {
        return;
    };
    let metadata = fields
        .iter()
        .position(|(name, _)| name == "_response_metadata");
    let Some(index) = metadata else {
        return;
    };
    if let (_, Node::Fields(_, mut parts)) = fields.remove(index) {
        parts.retain(|(part, _)| ["request_id", "extended_request_id"].contains(&part.as_str()));
        // The official crates have the second one first.
        parts.sort();
        let parts = parts.into_iter().map(|(part, id)| (format!("_{part}"), id));
        fields.splice(index..index, parts);
    }
}

/// The name of a second request id in official crates, and in ours.
const SECOND_IDS: [&str; 2] = ["s3_extended_request_id", "aws_extended_request_id"];

/// Removes the second request id from ours if the official crate has none. Otherwise gives it the
/// official crate's name.
pub(super) fn second_ids(official: &Outcome, ours: &mut Outcome) {
    let [theirs, own] = SECOND_IDS;
    let has = |node: &Node, name: &str| node.to_string().contains(name);
    if !has(&official.debug, "_extended_request_id: ") {
        ours.debug.visit(&mut |node| {
            if let Node::Fields(_, fields) = node {
                fields.retain(|(name, _)| name != "_extended_request_id");
            }
        });
    }
    let change = |official: &Node, ours: &mut Node| match has(official, theirs) {
        false => ours.visit(&mut |node| extras(node, &[own])),
        true => ours.visit(&mut |node| {
            if let Node::Map(entries) = node {
                let names = entries.iter_mut().map(|(name, _)| name);
                for name in names.filter(|name| **name == quoted(own)) {
                    *name = quoted(theirs);
                }
                entries.sort();
            }
        }),
    };
    change(&official.debug, &mut ours.debug);
    if let (Some(official), Some(ours)) = (&official.error, &mut ours.error) {
        change(&official.converted_meta, &mut ours.converted_meta);
    }
}

/// The parts of a response that our errors keep.
pub(super) const EXTRAS: [&str; 4] = ["aws_cloud_front_id", "http_status", "attempts", "type"];

/// Keeps only the extras of an error that the official crates have.
pub(super) fn extras(node: &mut Node, names: &[&str]) {
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

/// The same for metadata that `Display` prints, whose extras have no order. Also compares the
/// second request id if there is one.
pub(super) fn printed_extras(text: &mut String, names: &[&str]) {
    if let Node::Fields(name, mut fields) = Node::parse(text)
        && name == "Error"
    {
        let is_out = |field: &str| names.contains(&field) || SECOND_IDS.contains(&field);
        fields.retain(|(field, _)| !is_out(field));
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

/// Whether a text is a single JSON value according to RFC 8259.
pub(super) fn is_json(body: &[u8]) -> bool {
    let text = std::str::from_utf8(body).ok();
    text.is_some_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

/// Whether a body is a structure, or nothing, in a format.
pub(super) fn is_structure(format: Format, body: &[u8]) -> bool {
    match format {
        _ if body.is_empty() => true,
        Format::Json => {
            let text = std::str::from_utf8(body).unwrap_or_default();
            matches!(Tree::parse(text), Some(Tree::Object(_)))
        }
        Format::Xml => xml::is_document(body),
        Format::Cbor => matches!(cbor::parse(body), Some(Tree::Object(_))),
    }
}

/// Whether an error is about an unreadable response.
pub fn is_unreadable(outcome: &Outcome) -> bool {
    // With schemas it is an error that is not the service's.
    let mut is_unreadable = outcome.kind == "response error";
    let mut debug = outcome.debug.clone();
    debug.visit(&mut |node| is_unreadable |= parser_words(node).is_some());
    is_unreadable
}

/// The message of a parser about an unreadable response.
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

/// Removes the metadata of an unreadable response, or of an error without a code.
pub(super) fn unhandled(outcome: &mut Outcome) {
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
                // Ours does not quote responses that may contain sensitive data.
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

/// Removes the message of a parser about an unreadable response.
pub(super) fn parse_error(outcome: &mut Outcome) {
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

/// Keeps the reason why a time cannot be written, and removes its place in the request.
pub(super) fn write_error(outcome: &mut Outcome) {
    let Some(facts) = &mut outcome.error else {
        return;
    };
    for chain in [&mut facts.chain, &mut facts.converted_chain] {
        let ours = [
            "write failed: failed to format timestamp: ",
            "timestamp format error: ",
            "failed to format timestamp: ",
            "the time cannot be written: ",
        ];
        let last = chain.last_mut();
        let is_ours = last.is_some_and(|last| {
            let reason = ours.iter().find_map(|words| last.strip_prefix(words));
            let reason = reason.map(str::to_owned);
            reason.map(|reason| *last = reason).is_some()
        });
        let places = ["failed to serialize timestamp", "failed to serialize input"];
        if is_ours || matches!(words(chain).as_slice(), [.., place, _] if *place == places[0]) {
            chain.retain(|text| !places.contains(&text.as_str()));
        }
    }
}

fn words(chain: &[String]) -> Vec<&str> {
    chain.iter().map(String::as_str).collect()
}

/// Replaces the message about a missing member of an endpoint by ours.
pub(super) fn missing_for_endpoint(outcome: &mut Outcome) {
    let Some(facts) = &mut outcome.error else {
        return;
    };
    for chain in [&mut facts.chain, &mut facts.converted_chain] {
        let place =
            "EndpointParamsInterceptor read_before_execution interceptor encountered an error";
        if let [.., place_text, reason] = chain.as_slice()
            && place_text.ends_with(place)
            && let Some(member) = reason.strip_suffix(" was missing: A required field was not set")
        {
            let reason = format!("{member} was missing: cannot be empty or unset");
            chain.truncate(chain.len() - 2);
            chain.push(reason);
        }
    }
}

/// Removes a request id that is in no header.
pub(super) fn without_request_id(outcome: &mut Outcome) {
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

/// Removes the model's name from `RustName [ModelName]`.
pub(super) fn without_shape_names(outcome: &mut Outcome) {
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
