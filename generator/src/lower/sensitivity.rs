//! What `Debug` and logs must not show.

use std::collections::BTreeSet;

use crate::smithy::{Kind, Member, Model, Shape, ShapeId};

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

/// Whether anything below a shape is sensitive.
pub(super) fn has_sensitive(model: &Model, shape: &Shape) -> bool {
    reaches_sensitive(model, shape, &mut BTreeSet::new())
}

fn reaches_sensitive(model: &Model, shape: &Shape, seen: &mut BTreeSet<ShapeId>) -> bool {
    shape.traits.sensitive()
        || shape.members().into_iter().any(|member| {
            member.traits.sensitive()
                || (seen.insert(member.target.clone())
                    && reaches_sensitive(model, model.target(member), seen))
        })
}
