//! Checks streams; see <https://smithy.io/2.0/spec/streaming.html>.

use std::collections::BTreeSet;

use super::{input, members_of, output};
use crate::diagnostics::{Diagnostics, Place};
use crate::protocol::Protocol;
use crate::shape_id::ShapeId;
use crate::smithy::resolve::{Kind, Member, Model, Operation, Shape};
use crate::smithy::traits::is_misspelled;

const STREAMING: &str = "smithy.api#streaming";

/// The reason why an operation's streams are not supported, if there is one.
pub(super) fn unsupported(
    model: &Model,
    operation: &Operation,
    protocol: Option<&Protocol>,
) -> Option<String> {
    let (key, member) = problem(model, operation, protocol?)?;
    Some(format!("`{}` of its {key} is an event stream", member.name))
}

pub(super) fn check(model: &Model, protocol: Option<&Protocol>, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        let Some((protocol, (key, member))) =
            protocol.and_then(|it| Some((it, problem(model, operation, it)?)))
        else {
            continue;
        };
        diagnostics.error(
            Place::shape(&operation.id).key(key).key("target"),
            format!(
                "`{}` of its {key} is an event stream, which clients do not support for `{}` with `{}`",
                member.name, operation.name, protocol.name
            ),
            leave_out!(),
        );
    }
    let top = top_level(model);
    for shape in top.iter().filter_map(|id| model.shapes.get(*id)) {
        for member in members_of(Some(shape)) {
            absent_stream(model, shape, member, diagnostics);
        }
    }
    for shape in model
        .shapes
        .values()
        .filter(|shape| !top.contains(&shape.id))
    {
        for member in shape.members() {
            nested_stream(model, shape, member, diagnostics);
        }
    }
}

/// The problem of an event stream that a protocol does not support.
fn problem<'m>(
    model: &'m Model,
    operation: &Operation,
    protocol: &Protocol,
) -> Option<(&'static str, &'m Member)> {
    let streams = event_streams(model, operation);
    streams.into_iter().find(|_| !protocol.has_event_streams())
}

/// The member of an operation's input that streams events.
pub(super) fn sent_events<'m>(model: &'m Model, operation: &Operation) -> Option<&'m Member> {
    let streams = event_streams(model, operation);
    let mut sent = streams.into_iter().filter(|(key, _)| *key == "input");
    sent.next().map(|(_, member)| member)
}

/// The members of an operation that stream events, each with the key of its structure.
fn event_streams<'m>(model: &'m Model, operation: &Operation) -> Vec<(&'static str, &'m Member)> {
    let input = members_of(input(model, operation))
        .iter()
        .map(|member| ("input", member));
    let output = members_of(output(model, operation))
        .iter()
        .map(|member| ("output", member));
    let is_event_stream = |member: &Member| {
        let target = model.shapes.get(&member.target);
        target.is_some_and(|target| is_stream(target) && matches!(target.kind, Kind::Union(_)))
    };
    input
        .chain(output)
        .filter(|(_, member)| is_event_stream(member))
        .collect()
}

/// The structures that are inputs or outputs of operations.
fn top_level(model: &Model) -> BTreeSet<&ShapeId> {
    let operations = model.operations.iter();
    operations
        .flat_map(|operation| operation.input.iter().chain(&operation.output))
        .collect()
}

fn nested_stream(model: &Model, shape: &Shape, member: &Member, diagnostics: &mut Diagnostics) {
    if model.shapes.get(&member.target).is_some_and(is_stream) {
        diagnostics.error(
            Place::shape(&shape.id).member(&member.name).key("target"),
            format!(
                "`{}` is a stream, which only an operation's input or output may contain",
                member.target
            ),
            "make it a member of one, or target a shape without `smithy.api#streaming`",
        );
    }
}

/// Checks that a stream of bytes is required or has a default, because it is never absent.
fn absent_stream(model: &Model, shape: &Shape, member: &Member, diagnostics: &mut Diagnostics) {
    let target = model.shapes.get(&member.target);
    let is_blob =
        target.is_some_and(|target| is_stream(target) && matches!(target.kind, Kind::Blob));
    let has_default = member
        .traits
        .default()
        .is_some_and(|default| !default.is_null());
    let is_reported = ["smithy.api#required", "smithy.api#default"]
        .iter()
        .any(|id| is_misspelled(&member.traits, id));
    if is_blob && !has_default && !member.traits.required() && !is_reported {
        diagnostics.error(
            Place::shape(&shape.id).member(&member.name),
            format!(
                "`{}` is a stream, and is neither required nor has a default",
                member.name
            ),
            "give it `smithy.api#required`, or `\"smithy.api#default\": \"\"`",
        );
    }
}

pub(super) fn is_stream(shape: &Shape) -> bool {
    // On other shapes the trait is reported.
    shape.traits.has(STREAMING) && matches!(shape.kind, Kind::Blob | Kind::Union(_))
}
