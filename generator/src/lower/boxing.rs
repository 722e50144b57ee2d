//! Where a type would contain itself and needs a `Box`.

use std::collections::BTreeSet;

use crate::smithy::{Kind, Model, ShapeId};

/// The members, as `shape$member`, whose values are boxed.
///
/// A cycle of structures and unions that no list or map interrupts is cut at the member with the
/// smallest id, which is where the official crates cut it.
pub(super) fn boxed_members(model: &Model) -> BTreeSet<ShapeId> {
    let mut boxed = BTreeSet::new();
    loop {
        let cycle = model
            .shapes
            .keys()
            .find_map(|id| cycle_through(model, id, &boxed));
        match cycle.and_then(|members| members.into_iter().min()) {
            Some(member) => boxed.insert(member),
            None => return boxed,
        };
    }
}

/// The members on a shortest way from a shape back to itself.
fn cycle_through(
    model: &Model,
    start: &ShapeId,
    boxed: &BTreeSet<ShapeId>,
) -> Option<Vec<ShapeId>> {
    let mut seen = BTreeSet::new();
    let mut paths = vec![(start.clone(), Vec::new())];
    while !paths.is_empty() {
        let mut next = Vec::new();
        for (id, path) in paths {
            let shape = model.shape(&id);
            let (Kind::Structure(members) | Kind::Union(members)) = &shape.kind else {
                continue;
            };
            for member in members {
                let member_id = id.with_member(&member.name);
                if boxed.contains(&member_id) {
                    continue;
                }
                let mut path: Vec<ShapeId> = path.clone();
                path.push(member_id);
                if member.target == *start {
                    return Some(path);
                }
                if seen.insert(member.target.clone()) {
                    next.push((member.target.clone(), path));
                }
            }
        }
        paths = next;
    }
    None
}
