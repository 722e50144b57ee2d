//! Checksums of requests and responses; see
//! <https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait>.

use super::{a, has_gap, input, is_string, kind, members_of};
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::{Kind, Member, Model, Operation, Shape};
use crate::smithy::traits::HttpChecksum;

const CHECKSUM: &str = "aws.protocols#httpChecksum";
const ALGORITHM: &str = "requestAlgorithmMember";
const MODE: &str = "requestValidationModeMember";
const ALGORITHMS: &str = "responseAlgorithms";

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        if let Some(checksum) = operation.traits.http_checksum() {
            purpose(operation, &checksum, diagnostics);
            of_requests(model, operation, &checksum, diagnostics);
            of_responses(model, operation, &checksum, diagnostics);
        }
    }
}

fn place(operation: &Operation) -> Place {
    Place::shape(&operation.id).r#trait(CHECKSUM)
}

/// Checks that the trait defines checksums of requests, of responses, or of both.
fn purpose(operation: &Operation, checksum: &HttpChecksum<'_>, diagnostics: &mut Diagnostics) {
    let is_of_requests = checksum.required || checksum.algorithm_member.is_some();
    let (has_mode, has_algorithms) = (
        checksum.mode_member.is_some(),
        !checksum.response_algorithms.is_empty(),
    );
    let (key, message, remedy) = match (has_mode, has_algorithms) {
        (false, false) if !is_of_requests => (
            None,
            format!(
                "`{}` has checksums neither of requests nor of responses",
                operation.name
            ),
            format!(
                "set `{ALGORITHM}` or `requestChecksumRequired`, or both `{MODE}` and `{ALGORITHMS}`"
            ),
        ),
        (true, false) => (
            Some(MODE),
            "the input can enable checksums of responses, but no algorithm is listed".to_owned(),
            format!("list those of responses in `{ALGORITHMS}`, or remove `{MODE}`"),
        ),
        (false, true) => (
            Some(ALGORITHMS),
            "the checksums of responses have algorithms, but no member enables them".to_owned(),
            format!("name that member of the input in `{MODE}`, or remove `{ALGORITHMS}`"),
        ),
        _ => return,
    };
    let place = place(operation);
    let place = match key {
        Some(key) => place.key(key),
        None => place,
    };
    diagnostics.error(place, message, remedy);
}

fn of_requests(
    model: &Model,
    operation: &Operation,
    checksum: &HttpChecksum<'_>,
    diagnostics: &mut Diagnostics,
) {
    if let Some(name) = checksum.algorithm_member {
        member(model, operation, (ALGORITHM, name), diagnostics);
    }
    let is_stream = |member: &&Member| {
        let target = model.shapes.get(&member.target);
        target.is_some_and(Shape::is_event_stream)
    };
    let is_of_requests = checksum.required || checksum.algorithm_member.is_some();
    let stream = members_of(input(model, operation)).iter().find(is_stream);
    if let (Some(stream), true) = (stream, is_of_requests) {
        let message = format!(
            "`{}` is a stream of events, which has no checksum",
            stream.name
        );
        let remedy = "remove the checksum of requests: each event has its own";
        diagnostics.error(place(operation), message, remedy);
    }
}

fn of_responses(
    model: &Model,
    operation: &Operation,
    checksum: &HttpChecksum<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(name) = checksum.mode_member else {
        return;
    };
    let Some(Kind::Enum(values)) = member(model, operation, (MODE, name), diagnostics) else {
        return;
    };
    if !values.iter().any(|value| value.value == "ENABLED") {
        diagnostics.error(
            place(operation).key(MODE),
            format!("`{name}` cannot enable checksums: it has no value `ENABLED`"),
            "add the value, or name another member",
        );
    }
}

/// The type of the input's member that a key of the trait names.
fn member<'m>(
    model: &'m Model,
    operation: &Operation,
    (key, name): (&str, &str),
    diagnostics: &mut Diagnostics,
) -> Option<&'m Kind> {
    let place = place(operation).key(key);
    let input = input(model, operation);
    let Some(member) = members_of(input).iter().find(|it| it.name == name) else {
        // The missing member may have been reported.
        if !has_gap(model, operation, input) {
            let message = format!("the input of `{}` has no member `{name}`", operation.name);
            diagnostics.error(place, message, "name a member of the input, or add it");
        }
        return None;
    };
    let kind = kind(model, member)?;
    if !is_string(kind) {
        let message = format!("`{name}` is {}, and must be an enum", a(kind));
        diagnostics.error(place, message, "name a member of the input that is an enum");
    }
    Some(kind)
}
