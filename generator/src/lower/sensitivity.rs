//! What `Debug` and logs must not show.

use std::collections::{BTreeMap, BTreeSet};

use crate::smithy::{Kind, Member, Model, ShapeId};

/// Whether a member's value is hidden as a whole.
///
/// A structure hides its own sensitive members, so that it need not be hidden where it is used.
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

/// The shapes that are sensitive, or below which anything is.
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
