//! Keeps the order of what already exists, and inserts what is new after its predecessor.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use indexmap::IndexMap;

use crate::diff::Origins;
use crate::smithy::{Ast, AstMember, AstReference, AstShape, ShapeId, Traits};

/// Reorders a model like another one.
///
/// Renamed shapes and members keep their place.
pub(super) fn follow(old: &Ast, new: &mut Ast, origins: &Origins) {
    in_order_of(&old.shapes, &mut new.shapes, |id| origins.get(id));
    for (id, shape) in &mut new.shapes {
        if let Some(old) = old.shapes.get(&origins.get(id)) {
            follow_shape(old, id, shape, origins);
        }
    }
}

fn follow_shape(old: &AstShape, id: &ShapeId, new: &mut AstShape, origins: &Origins) {
    follow_traits(old.traits.as_ref(), new.traits.as_mut());
    if let (Some(old), Some(new)) = (&old.members, &mut new.members) {
        let origin = |name: &String| {
            let origin = origins.get(&id.with_member(name));
            origin.member().unwrap_or(name).to_owned()
        };
        in_order_of(old, new, origin);
        for (name, member) in new {
            follow_member(old.get(&origin(name)), Some(member));
        }
    }
    follow_member(old.member.as_ref(), new.member.as_mut());
    follow_member(old.key.as_ref(), new.key.as_mut());
    follow_member(old.value.as_ref(), new.value.as_mut());
    // The order of mixins is significant.
    for (old, new) in [
        (&old.operations, &mut new.operations),
        (&old.collection_operations, &mut new.collection_operations),
        (&old.resources, &mut new.resources),
        (&old.errors, &mut new.errors),
    ] {
        if let (Some(old), Some(new)) = (old, new) {
            follow_references(old, new, origins);
        }
    }
}

fn follow_member(old: Option<&AstMember>, new: Option<&mut AstMember>) {
    if let (Some(old), Some(new)) = (old, new) {
        follow_traits(old.traits.as_ref(), new.traits.as_mut());
    }
}

fn follow_traits(old: Option<&Traits>, new: Option<&mut Traits>) {
    if let (Some(old), Some(new)) = (old, new) {
        in_order_of(old.entries(), new.entries_mut(), Clone::clone);
    }
}

fn follow_references(old: &[AstReference], new: &mut [AstReference], origins: &Origins) {
    let old: Vec<ShapeId> = old.iter().map(|it| it.target.clone()).collect();
    let targets: Vec<ShapeId> = new.iter().map(|it| it.target.clone()).collect();
    let order = order_with(&old, &targets, |id| origins.get(id));
    new.sort_by_key(|it| order.iter().position(|other| *other == it.target));
}

fn in_order_of<K: Clone + Eq + Hash, V>(
    old: &IndexMap<K, V>,
    new: &mut IndexMap<K, V>,
    origin: impl Fn(&K) -> K,
) {
    let keys = |map: &IndexMap<K, V>| -> Vec<K> { map.keys().cloned().collect() };
    let order = order_with(&keys(old), &keys(new), origin);
    for (index, key) in order.into_iter().enumerate() {
        if let Some(from) = new.get_index_of(&key) {
            new.move_index(from, index);
        }
    }
}

/// Like [`order`], by the old names of keys. A name that still exists is not that of a renamed key.
fn order_with<K: Clone + Eq + Hash>(old: &[K], new: &[K], origin: impl Fn(&K) -> K) -> Vec<K> {
    let mut taken: HashSet<K> = new.iter().cloned().collect();
    let mut names: HashMap<K, K> = HashMap::new();
    let olds = new.iter().map(|key| {
        let was = origin(key);
        match was != *key && taken.insert(was.clone()) {
            true => {
                names.insert(was.clone(), key.clone());
                was
            }
            false => key.clone(),
        }
    });
    let olds: Vec<K> = olds.collect();
    let order = order(old, &olds).into_iter();
    order.map(|key| names.remove(&key).unwrap_or(key)).collect()
}

/// Sorts `new`: keys in `old` in that order, and each of the others after its predecessor.
fn order<K: Clone + Eq + Hash>(old: &[K], new: &[K]) -> Vec<K> {
    let [known, wanted] = [old, new].map(|keys| keys.iter().collect::<HashSet<_>>());
    let mut order: Vec<K> = old
        .iter()
        .filter(|key| wanted.contains(key))
        .cloned()
        .collect();
    let mut previous = None;
    for key in new {
        if !known.contains(key) {
            let after = previous.and_then(|previous| order.iter().position(|it| it == previous));
            order.insert(after.map_or(0, |index| index + 1), key.clone());
        }
        previous = Some(key);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_comes_after_what_precedes_it() {
        let rows = [
            ("abc", "cab", "abc"),
            ("ac", "abc", "abc"),
            ("ac", "xa", "xa"),
            ("acd", "dxyc", "cdxy"),
            ("", "ba", "ba"),
            ("ab", "", ""),
        ];
        for (old, new, expected) in rows {
            let [old, new] = [old, new].map(|text| text.chars().collect::<Vec<_>>());
            let found: String = order(&old, &new).into_iter().collect();
            assert_eq!(found, expected, "{new:?} after {old:?}");
        }
    }
}
