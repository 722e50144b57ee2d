//! Determines what `Debug` and logs must not show.

use std::collections::{BTreeMap, BTreeSet};

use crate::smithy::{Kind, Member, Model, Shape, ShapeId};

/// Whether a member's value is sensitive as a whole.
///
/// A structure hides its own sensitive members, so members that target it need not hide it.
pub(super) fn is_hidden(model: &Model, member: &Member) -> bool {
    if member.traits.sensitive() {
        return true;
    }
    let target = model.target(member);
    target.traits.sensitive()
        || match &target.kind {
            Kind::List(element) => is_hidden(model, element),
            Kind::Map { key, value } => is_hidden(model, key) || is_hidden(model, value),
            _ => false,
        }
}

/// Prefixes of headers with sensitive members of an output or an error.
pub(super) fn sensitive_headers(model: &Model, shape: &Shape) -> Vec<String> {
    let whole = shape.traits.sensitive();
    let hidden = shape
        .members()
        .into_iter()
        .filter(|it| whole || is_hidden(model, it));
    let headers = hidden.filter_map(|member| {
        let header = member.traits.http_header();
        header.or_else(|| member.traits.http_prefix_headers())
    });
    headers.map(str::to_lowercase).collect()
}

/// Whether the service's message of an error may be sensitive.
///
/// The protocol accepts several spellings of `message`, and uses the text for errors whose
/// structure has no message.
pub(super) fn has_sensitive_text(model: &Model, error: &Shape) -> bool {
    error.traits.sensitive()
        || error.members().into_iter().any(|member| {
            member.name.to_lowercase().ends_with("message") && is_hidden(model, member)
        })
}

/// The shapes that are sensitive or contain something sensitive.
pub(super) fn sensitive_shapes(model: &Model) -> BTreeSet<ShapeId> {
    let mut leading_to: BTreeMap<&ShapeId, Vec<&ShapeId>> = BTreeMap::new();
    let mut open = Vec::new();
    for shape in model.shapes.values() {
        let members = shape.members();
        if shape.traits.sensitive() || members.iter().any(|member| member.traits.sensitive()) {
            open.push(&shape.id);
        }
        for member in members {
            leading_to
                .entry(&member.target)
                .or_default()
                .push(&shape.id);
        }
    }
    let mut sensitive = BTreeSet::new();
    while let Some(id) = open.pop() {
        if sensitive.insert(id.clone()) {
            open.extend(leading_to.get(id).into_iter().flatten());
        }
    }
    sensitive
}
