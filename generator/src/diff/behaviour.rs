//! Compares the behaviour of calls that compile and succeed.

use super::Sides;
use super::change::Changes;
use super::kind::Kind;
use super::members::Member;
use super::side::SideMember;
use super::spell;
use crate::ir::{Deprecation, Operation, Presence, Redaction, RetryKind, Structure, Type};
use crate::lower::is_known_checksum;

/// Compares a field's default, the value that is filled in, sensitivity and deprecation.
pub(super) fn member(
    path: &str,
    old: &Member<'_>,
    new: &Member<'_>,
    is_same_type: bool,
    changes: &mut Changes,
) {
    defaults(path, old, new, is_same_type, changes);
    sensitivity(path, old.field.sensitive, new.field.sensitive, changes);
    let (old, new) = (&old.field.deprecated, &new.field.deprecated);
    deprecation(path, old.as_ref(), new.as_ref(), changes);
}

/// Compares the value of a member that is not set or that a response lacks.
fn defaults(
    path: &str,
    old: &Member<'_>,
    new: &Member<'_>,
    is_same_type: bool,
    changes: &mut Changes,
) {
    let (before, after) = (default(old.model), default(new.model));
    let is_same_default = before == after;
    let is_only_read = !old.is_sent && !new.is_sent;
    // The value that is filled in is the default.
    let is_same_value = is_only_read && is_same_type && absent(old) == absent(new);
    if !is_same_value {
        // If the client does not know the member, the service fills it in.
        let is_known = |member: &Member<'_>| {
            matches!(member.field.presence, Presence::Defaulted(_)) || member.field.unsent.is_some()
        };
        let kind = match is_known(old) || is_known(new) {
            true => Kind::Default,
            false => Kind::ServiceDefault,
        };
        changes.differ_if_any(kind, path, before, after);
    }
    if is_same_default && is_same_type {
        let sent = |member: &Member<'_>| match member.field.unsent {
            Some(_) => "not sent",
            None => "sent",
        };
        changes.differ(Kind::DefaultSent, path, sent(old), sent(new));
    }
    if is_same_type && !new.is_sent && is_same_default {
        let filled = |member: &Member<'_>| match member.field.required {
            true => "filled in",
            false => "left out",
        };
        changes.differ(Kind::FilledIn, path, filled(old), filled(new));
    }
}

/// The value that users get if a response lacks the member, as JSON; `None` if there is none, or no
/// default could have that value.
fn absent(member: &Member<'_>) -> Option<String> {
    let is_filled = member.field.required && member.field.presence == Presence::Required;
    let empty = match member.field.ty {
        Type::String => "\"\"",
        Type::Boolean => "false",
        Type::Integer(_) | Type::Float | Type::Double => "0",
        _ => return default(member.model),
    };
    default(member.model).or_else(|| is_filled.then(|| empty.to_owned()))
}

/// The default of a member, as JSON.
fn default(member: Option<SideMember<'_>>) -> Option<String> {
    let value = member?.member.traits.default()?;
    (!value.is_null()).then(|| value.to_string())
}

/// Compares whether a structure is deprecated, sensitive as a whole, or retryable.
pub(super) fn structure(path: &str, old: &Structure, new: &Structure, changes: &mut Changes) {
    deprecation(
        path,
        old.deprecated.as_ref(),
        new.deprecated.as_ref(),
        changes,
    );
    redaction(path, old.redaction, new.redaction, changes);
    if let (Some(old), Some(new)) = (&old.error, &new.error) {
        changes.differ(Kind::Retryability, path, retry(old.retry), retry(new.retry));
    }
}

fn retry(kind: Option<RetryKind>) -> &'static str {
    match kind {
        None => "by its code or status only",
        Some(RetryKind::Throttling) => "always, as throttling",
        Some(RetryKind::Server | RetryKind::Client) => "always",
    }
}

/// Compares whether a value is sensitive as a whole; sensitive fields are reported separately.
pub(super) fn redaction(path: &str, old: Redaction, new: Redaction, changes: &mut Changes) {
    let (old, new) = (old == Redaction::Whole, new == Redaction::Whole);
    sensitivity(path, old, new, changes);
}

/// Compares whether a value is sensitive.
pub(super) fn sensitivity(path: &str, old: bool, new: bool, changes: &mut Changes) {
    let text = |is_hidden| if is_hidden { "hidden" } else { "shown" };
    changes.differ(Kind::Sensitivity, path, text(old), text(new));
}

/// Compares deprecations.
pub(super) fn deprecation(
    path: &str,
    old: Option<&Deprecation>,
    new: Option<&Deprecation>,
    changes: &mut Changes,
) {
    let (old, new) = (spell::deprecation(old), spell::deprecation(new));
    changes.differ_if_any(Kind::Deprecation, path, old, new);
}

/// Compares the checksums of an operation's requests and responses.
fn checksums(path: &str, old: &Operation, new: &Operation, changes: &mut Changes) {
    let is_required =
        |it: &Operation| it.checksum || it.request_checksum.as_ref().is_some_and(|it| it.required);
    let kind = match is_required(new) {
        true => Kind::ChecksumRequired,
        false => Kind::ChecksumRemoved,
    };
    let text = |it: &Operation| match is_required(it) {
        true => "with a checksum",
        false => "without a checksum",
    };
    changes.differ(kind, path, text(old), text(new));
    // Another kind of change reports that requests need a checksum, or no longer have one.
    let shows_requests = is_required(old) == is_required(new);
    let text = |it: &Operation| {
        let requests = requests(it).filter(|_| shows_requests);
        let requests = requests.map(|algorithm| format!("requests ({algorithm})"));
        let responses = it.response_checksum.as_ref().map(|checksum| {
            let known = checksum.algorithms.iter().map(String::as_str);
            let known: Vec<_> = known.filter(|name| is_known_checksum(name)).collect();
            format!("responses ({})", known.join(", "))
        });
        let parts: Vec<_> = requests.into_iter().chain(responses).collect();
        (!parts.is_empty()).then(|| parts.join(" and "))
    };
    changes.differ_if_any(Kind::Checksums, path, text(old), text(new));
}

/// The algorithm of an operation's requests, unless users choose another one.
fn requests(operation: &Operation) -> Option<&str> {
    match &operation.request_checksum {
        Some(checksum) => Some(&checksum.default),
        None => operation.checksum.then_some("MD5"),
    }
}

/// How the endpoint of an operation is discovered.
fn discovery(operation: &Operation) -> String {
    let Some(discovered) = &operation.discovered else {
        return "by the rules".to_owned();
    };
    let mut text = "by asking the service".to_owned();
    let ids: Vec<_> = discovered.ids.iter().map(|(id, _)| id.as_str()).collect();
    if !ids.is_empty() {
        text += &format!(" ({})", ids.join(", "));
    }
    if !discovered.required {
        text += " if that is enabled";
    }
    text
}

/// Compares what the client does for an operation, and what the model says about its effects.
pub(super) fn operation(
    sides: &Sides<'_>,
    path: &str,
    old: &Operation,
    new: &Operation,
    changes: &mut Changes,
) {
    deprecation(
        path,
        old.deprecated.as_ref(),
        new.deprecated.as_ref(),
        changes,
    );
    let token = |it: &Operation| it.idempotency_token.as_ref().map(ToString::to_string);
    changes.differ_if_any(Kind::IdempotencyToken, path, token(old), token(new));
    let is = |flag, yes: &'static str, no: &'static str| if flag { yes } else { no };
    let kind = match new.compressed {
        true => Kind::Compression,
        false => Kind::CompressionRemoved,
    };
    let text = |it: &Operation| is(it.compressed, "compressed", "as it is");
    changes.differ(kind, path, text(old), text(new));
    checksums(path, old, new, changes);
    let text = |it: &Operation| is(it.unsigned_payload, "without the body", "with the body");
    changes.differ(Kind::UnsignedPayload, path, text(old), text(new));
    let kind = match new.discovered {
        Some(_) => Kind::EndpointDiscovery,
        None => Kind::EndpointDiscoveryRemoved,
    };
    changes.differ(kind, path, discovery(old), discovery(new));
    let models = (sides.old.operation(old), sides.new.operation(new));
    if let (Some(old), Some(new)) = models {
        let (before, after) = (old.traits.readonly(), new.traits.readonly());
        let text = |flag| is(flag, "read-only", "may change something");
        changes.differ(Kind::ReadOnly, path, text(before), text(after));
        // An operation that only reads can be repeated, so this needs no report.
        if before == after {
            let (before, after) = (old.traits.idempotent(), new.traits.idempotent());
            let text = |flag| is(flag, "idempotent", "not idempotent");
            changes.differ(Kind::Idempotent, path, text(before), text(after));
        }
    }
}
