//! What the client's protocol cannot carry.

use std::collections::BTreeSet;

use super::streaming::is_stream;
use crate::diagnostics::{Diagnostics, Place};
use crate::protocol::Protocol;
use crate::smithy::id::ShapeId;
use crate::smithy::resolve::{Kind, Member, Model, Operation, Shape};

/// Why an operation cannot be called by the protocol, if it cannot.
pub(super) fn unsupported(
    model: &Model,
    operation: &Operation,
    protocol: Option<&Protocol>,
) -> Option<String> {
    let protocol = protocol?;
    // Most models have nothing of the kind at all.
    if !model.shapes.values().any(|it| what(it, protocol).is_some()) {
        return None;
    }
    reached(model, operation).into_iter().find_map(|shape| {
        let mut members = shape.members().into_iter();
        members.find_map(|member| problem(shape, member, target(model, member)?, protocol))
    })
}

pub(super) fn check(model: &Model, protocol: Option<&Protocol>, diagnostics: &mut Diagnostics) {
    let Some(protocol) = protocol else {
        return;
    };
    for shape in model.shapes.values() {
        for member in shape.members() {
            let target = target(model, member);
            if let Some(problem) = target.and_then(|it| problem(shape, member, it, protocol)) {
                diagnostics.error(
                    Place::shape(&shape.id).member(&member.name).key("target"),
                    problem,
                    leave_out!(),
                );
            }
        }
    }
}

fn problem(shape: &Shape, member: &Member, target: &Shape, protocol: &Protocol) -> Option<String> {
    let what = what(target, protocol)?;
    Some(format!(
        "`{}${}` is {what}, which `{}` does not have",
        shape.id.name(),
        member.name,
        protocol.name
    ))
}

/// What a shape is, if the protocol has nothing of that kind.
fn what(shape: &Shape, protocol: &Protocol) -> Option<&'static str> {
    match &shape.kind {
        Kind::Document if !protocol.has_documents() => Some("a document"),
        Kind::Blob if is_stream(shape) && !protocol.has_streams() => Some("a stream of bytes"),
        _ => None,
    }
}

fn target<'m>(model: &'m Model, member: &Member) -> Option<&'m Shape> {
    model.shapes.get(&member.target)
}

/// All shapes that an operation has somewhere.
fn reached<'m>(model: &'m Model, operation: &'m Operation) -> Vec<&'m Shape> {
    let ends = operation.input.iter().chain(&operation.output);
    let mut open: Vec<&ShapeId> = ends.chain(&operation.errors).collect();
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
