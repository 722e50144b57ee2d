//! Checks a resolved model for what the Smithy specification forbids and for what a client cannot do.
//!
//! Checks look up targets with `get`, because one that does not exist has already been reported and
//! must not stop other checks.

mod auth;
mod checksum;
mod compression;
pub(crate) mod defaults;
mod discovery;
mod endpoint;
mod http;
mod members;
mod nesting;
pub(crate) mod pagination;
mod protocol;
mod recursion;
mod selectors;
mod streaming;
mod structures;
mod suppressions;
pub(crate) mod traits;

pub(crate) use self::http::is_bound;
use super::ast::with_article;
use super::resolve::{Kind, Member, Model, Operation, Shape, Shapes};
use crate::diagnostics::{Diagnostics, Place};
use crate::protocol::Protocol;

/// Maximum depth of nested structures, unions, lists and maps, and of mixins.
///
/// By default, rustc follows types to a depth of 128, in the client and in every crate that uses
/// it, and each level counts two to four. AWS's models have up to 21 levels.
pub(crate) const LEVELS: usize = 32;

/// Runs every check.
pub(crate) fn check(
    model: &Model,
    shapes: &Shapes<'_>,
    protocol: Option<&Protocol>,
    diagnostics: &mut Diagnostics,
) {
    if model.operations.is_empty() && !model.gaps.contains(&model.service.id) {
        diagnostics.error(
            Place::shape(&model.service.id),
            "the service has no operations",
            "bind operations to it, or to a resource of it",
        );
    }
    traits::check(model, shapes, diagnostics);
    selectors::check(model, diagnostics);
    members::check(model, diagnostics);
    defaults::check(model, diagnostics);
    recursion::check(model, diagnostics);
    structures::check(model, diagnostics);
    nesting::check(model, diagnostics);
    streaming::check(model, protocol, diagnostics);
    http::check(model, diagnostics);
    protocol::check(model, protocol, diagnostics);
    endpoint::check(model, diagnostics);
    checksum::check(model, diagnostics);
    compression::check(model, diagnostics);
    discovery::check(model, diagnostics);
    pagination::check(model, diagnostics);
    auth::check(model, shapes, diagnostics);
}

/// The reason why an operation of a correct model is not supported, if there is one.
pub(crate) fn unsupported(
    model: &Model,
    operation: &Operation,
    protocol: Option<&Protocol>,
) -> Option<String> {
    streaming::unsupported(model, operation, protocol)
        .or_else(|| protocol::unsupported(model, operation, protocol))
}

/// The type of a member's values, if the target exists.
fn kind<'m>(model: &'m Model, member: &Member) -> Option<&'m Kind> {
    model.shapes.get(&member.target).map(|shape| &shape.kind)
}

/// The input structure of an operation.
fn input<'m>(model: &'m Model, operation: &Operation) -> Option<&'m Shape> {
    model.shapes.get(operation.input.as_ref()?)
}

/// The output structure of an operation.
fn output<'m>(model: &'m Model, operation: &Operation) -> Option<&'m Shape> {
    model.shapes.get(operation.output.as_ref()?)
}

/// The members of a structure; none for other shapes.
fn members_of(shape: Option<&Shape>) -> &[Member] {
    match shape.map(|shape| &shape.kind) {
        Some(Kind::Structure(members)) => members,
        _ => &[],
    }
}

/// Whether a structure of an operation, or some of its members, may be missing because of a problem
/// that has been reported.
fn has_gap(model: &Model, operation: &Operation, shape: Option<&Shape>) -> bool {
    match shape {
        Some(shape) => model.gaps.contains(&shape.id),
        None => model.gaps.contains(&operation.id),
    }
}

fn is_string(kind: &Kind) -> bool {
    matches!(kind, Kind::String | Kind::Enum(_))
}

fn is_number(kind: &Kind) -> bool {
    is_integer(kind)
        || matches!(
            kind,
            Kind::Float | Kind::Double | Kind::BigInteger | Kind::BigDecimal
        )
}

/// Whether values are integers of a fixed size.
fn is_integer(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::IntEnum(_)
    )
}

/// The name of a type with its article, for messages.
fn a(kind: &Kind) -> String {
    with_article(kind.name())
}
