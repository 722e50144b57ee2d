//! What `tracing` is told of calls.
//!
//! The same as by the macro `debug_span!`, which every operation would expand and compile. Some
//! items of `tracing` here are those that its own macros use.

use std::array::from_fn;

use tracing::callsite::{Callsite as _, DefaultCallsite, Identifier};
use tracing::field::{FieldSet, Value, ValueSet};
use tracing::level_filters::{LevelFilter, STATIC_MAX_LEVEL};
use tracing::metadata::Kind;
use tracing::{Level, Metadata, Span, dispatcher};

use crate::meta;

const LEVEL: Level = Level::DEBUG;

const COUNT: usize = 4;

const FIELDS: [&str; COUNT] = [
    "rpc.service",
    "rpc.method",
    "sdk_invocation_id",
    "rpc.system",
];

/// What is known of an operation's spans: their name is the service's and the operation's.
pub(crate) const fn metadata(
    name: &'static str,
    (target, file, line): (&'static str, &'static str, u32),
    callsite: &'static DefaultCallsite,
) -> Metadata<'static> {
    Metadata::new(
        name,
        target,
        LEVEL,
        Some(file),
        Some(line),
        Some(target),
        FieldSet::new(&FIELDS, Identifier(callsite)),
        Kind::SPAN,
    )
}

/// The span of one call.
pub(super) fn new(callsite: &'static DefaultCallsite, operation: &str) -> Span {
    let metadata = callsite.metadata();
    if is_enabled(callsite) {
        return with_values(metadata, operation, |values| Span::new(metadata, values));
    }
    let span = Span::new_disabled(metadata);
    tracing::if_log_enabled! { LEVEL, {
        with_values(metadata, operation, |values| {
            span.record_all(values);
        });
    }};
    span
}

fn is_enabled(callsite: &'static DefaultCallsite) -> bool {
    if LEVEL > STATIC_MAX_LEVEL || LEVEL > LevelFilter::current() {
        return false;
    }
    let interest = callsite.interest();
    !interest.is_never()
        && (interest.is_always()
            || dispatcher::get_default(|default| default.enabled(callsite.metadata())))
}

fn with_values<T>(
    metadata: &Metadata<'_>,
    operation: &str,
    with: impl FnOnce(&ValueSet<'_>) -> T,
) -> T {
    let invocation = fastrand::u32(1_000_000..10_000_000);
    let values: [&dyn Value; COUNT] = [&meta::SDK_ID, &operation, &invocation, &"aws-api"];
    let mut fields = metadata.fields().iter();
    let fields: [_; COUNT] = from_fn(|_| fields.next().expect("one for each of `FIELDS`"));
    let values: [_; COUNT] = from_fn(|index| (&fields[index], Some(values[index])));
    with(&metadata.fields().value_set(&values))
}
