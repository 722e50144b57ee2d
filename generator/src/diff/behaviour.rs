//! What calls do differently although they compile and succeed.

use super::Sides;
use super::change::{Changes, Kind};
use super::members::Member;
use super::side::SideMember;
use super::spell;
use crate::ir::{Deprecation, Operation, Presence, Redaction, RetryKind, Structure};

/// Compares a field's default, what is filled in, hidden and discouraged.
pub(super) fn member(
    path: &str,
    old: &Member<'_>,
    new: &Member<'_>,
    is_same_type: bool,
    changes: &mut Changes,
) {
    let (before, after) = (default(old.model), default(new.model));
    let is_same_default = before == after;
    // Where the client knows nothing of it, the service fills it in.
    let is_known = |member: &Member<'_>| {
        matches!(member.field.presence, Presence::Defaulted(_)) || member.field.unsent.is_some()
    };
    let kind = match is_known(old) || is_known(new) {
        true => Kind::Default,
        false => Kind::ServiceDefault,
    };
    changes.differ_if_any(kind, path, before, after);
    if is_same_default && is_same_type {
        let sent = |member: &Member<'_>| match member.field.unsent {
            Some(_) => "not sent",
            None => "sent",
        };
        changes.differ(Kind::DefaultSent, path, sent(old), sent(new));
    }
    if is_same_type && !new.is_sent {
        let filled = |member: &Member<'_>| match member.field.required {
            true => "filled in",
            false => "left out",
        };
        changes.differ(Kind::FilledIn, path, filled(old), filled(new));
    }
    sensitivity(path, old.field.sensitive, new.field.sensitive, changes);
    let (old, new) = (&old.field.deprecated, &new.field.deprecated);
    deprecation(path, old.as_ref(), new.as_ref(), changes);
}

/// The default of a member, as JSON.
fn default(member: Option<SideMember<'_>>) -> Option<String> {
    let value = member?.member.traits.default()?;
    (!value.is_null()).then(|| value.to_string())
}

/// Compares whether a structure is discouraged, hidden as a whole, or retried.
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

/// Compares whether a value as a whole is hidden; hidden fields are reported as such.
pub(super) fn redaction(path: &str, old: Redaction, new: Redaction, changes: &mut Changes) {
    let (old, new) = (old == Redaction::Whole, new == Redaction::Whole);
    sensitivity(path, old, new, changes);
}

/// Compares whether a value is hidden.
pub(super) fn sensitivity(path: &str, old: bool, new: bool, changes: &mut Changes) {
    let text = |is_hidden| if is_hidden { "hidden" } else { "shown" };
    changes.differ(Kind::Sensitivity, path, text(old), text(new));
}

/// Compares what users are told about moving away.
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
    let text = |it: &Operation| {
        let is_offered = it.request_checksum.is_some() && !is_required(it);
        let what = match (is_offered, it.response_checksum.is_some()) {
            (false, false) => None,
            (true, false) => Some("requests"),
            (false, true) => Some("responses"),
            (true, true) => Some("requests and responses"),
        };
        what.map(str::to_owned)
    };
    changes.differ_if_any(Kind::Checksums, path, text(old), text(new));
}

/// How the endpoint of an operation is found.
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
        text += " if that is on";
    }
    text
}

/// Compares what an operation does by itself, and what the model says of its effects.
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
        // What only reads can be repeated: that need not be said too.
        if before == after {
            let (before, after) = (old.traits.idempotent(), new.traits.idempotent());
            let text = |flag| is(flag, "idempotent", "not idempotent");
            changes.differ(Kind::Idempotent, path, text(before), text(after));
        }
    }
}
