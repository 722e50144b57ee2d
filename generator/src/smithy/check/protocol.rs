//! Checks for what the client's protocol does not support.

use std::collections::{BTreeMap, BTreeSet};

use super::http::is_bound;
use super::streaming::is_stream;
use crate::diagnostics::{Diagnostics, Place};
use crate::protocol::{Format, Protocol};
use crate::shape_id::ShapeId;
use crate::smithy::resolve::{Kind, Member, Model, Operation, Shape};

/// The reason why the protocol does not support an operation, if there is one.
pub(super) fn unsupported(
    model: &Model,
    operation: &Operation,
    protocol: Option<&Protocol>,
) -> Option<String> {
    let protocol = protocol?;
    // Most models have no such shapes.
    let mut shapes = model.shapes.values();
    if !shapes.any(|it| what(it, protocol).is_some() || what_is_sent(it, protocol).is_some()) {
        return None;
    }
    let ends = operation.input.iter().chain(&operation.output);
    let all = reached(model, ends.chain(&operation.errors));
    let sent = reached(model, operation.input.iter());
    first(model, all, |it| what(it, protocol), protocol)
        .or_else(|| first(model, sent, |it| what_is_sent(it, protocol), protocol))
}

/// The problem of the first member whose target the protocol does not support.
fn first(
    model: &Model,
    shapes: Vec<&Shape>,
    what: impl Fn(&Shape) -> Option<&'static str>,
    protocol: &Protocol,
) -> Option<String> {
    shapes.into_iter().find_map(|shape| {
        let mut members = shape.members().into_iter();
        members.find_map(|member| {
            let what = what(target(model, member)?)?;
            Some(problem(shape, member, what, protocol))
        })
    })
}

pub(super) fn check(model: &Model, protocol: Option<&Protocol>, diagnostics: &mut Diagnostics) {
    let Some(protocol) = protocol else {
        return;
    };
    let inputs = model.operations.iter().filter_map(|it| it.input.as_ref());
    let sent = reached(model, inputs);
    let sent: BTreeSet<_> = sent.into_iter().map(|shape| &shape.id).collect();
    for shape in model.shapes.values() {
        if protocol.format == Format::Xml {
            unlike_prefixes(shape, diagnostics);
        }
        for member in shape.members() {
            let Some(target) = target(model, member) else {
                continue;
            };
            let sent = sent.contains(&shape.id);
            let of_requests = || what_is_sent(target, protocol).filter(|_| sent);
            if let Some(what) = what(target, protocol).or_else(of_requests) {
                diagnostics.error(
                    Place::shape(&shape.id).member(&member.name).key("target"),
                    problem(shape, member, what, protocol),
                    leave_out!(),
                );
            }
        }
    }
}

/// Checks that names of elements differ without their prefixes, which are ignored when reading.
fn unlike_prefixes(shape: &Shape, diagnostics: &mut Diagnostics) {
    const XML_NAME: &str = "smithy.api#xmlName";
    let members = shape.members().into_iter();
    let elements = members.filter(|it| !it.traits.has("smithy.api#xmlAttribute") && !is_bound(it));
    let mut seen: BTreeMap<&str, (&Member, bool)> = BTreeMap::new();
    for member in elements {
        let name = member.traits.string(XML_NAME).unwrap_or(&member.name);
        let (prefix, name) = name.split_once(':').unwrap_or(("", name));
        let has_prefix = !prefix.is_empty();
        let Some((first, first_has)) = seen.insert(name, (member, has_prefix)) else {
            continue;
        };
        if !has_prefix && !first_has {
            continue;
        }
        diagnostics.error(
            Place::shape(&shape.id).member(&member.name),
            format!(
                "`{}` and `{}` are both `{name}` in XML, except for the prefix",
                first.name, member.name
            ),
            format!("give one of them another name with `{XML_NAME}`: elements are read by it"),
        );
        let place = Place::shape(&shape.id).member(&first.name);
        diagnostics.see(place, format!("`{}`", first.name));
    }
}

fn problem(shape: &Shape, member: &Member, what: &str, protocol: &Protocol) -> String {
    format!(
        "`{}${}` is {what}, which `{}` does not have",
        shape.id.name(),
        member.name,
        protocol.name
    )
}

/// The kind of a shape, if the protocol does not support it.
fn what(shape: &Shape, protocol: &Protocol) -> Option<&'static str> {
    match &shape.kind {
        Kind::Document if !protocol.has_documents() => Some("a document"),
        Kind::Blob if is_stream(shape) && !protocol.has_streams() => Some("a stream of bytes"),
        _ => None,
    }
}

/// The kind of a shape, if the protocol does not support it in requests.
fn what_is_sent(shape: &Shape, protocol: &Protocol) -> Option<&'static str> {
    let is_map = matches!(shape.kind, Kind::Map { .. });
    (is_map && !protocol.sends_maps()).then_some("a map in a request")
}

fn target<'m>(model: &'m Model, member: &Member) -> Option<&'m Shape> {
    model.shapes.get(&member.target)
}

/// These shapes and everything that they reach.
fn reached<'m>(model: &'m Model, ends: impl Iterator<Item = &'m ShapeId>) -> Vec<&'m Shape> {
    let mut open: Vec<&ShapeId> = ends.collect();
    let mut visited: BTreeSet<&ShapeId> = open.iter().copied().collect();
    let mut reached = Vec::new();
    while let Some(shape) = open.pop() {
        let Some(shape) = model.shapes.get(shape) else {
            continue;
        };
        reached.push(shape);
        let targets = shape.members().into_iter().map(|member| &member.target);
        open.extend(targets.filter(|target| visited.insert(target)));
    }
    reached
}
