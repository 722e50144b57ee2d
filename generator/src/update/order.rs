//! What was there before keeps its order, and what is new comes after what precedes it.

use std::collections::HashSet;
use std::hash::Hash;

use indexmap::IndexMap;

use crate::smithy::{Ast, AstMember, AstReference, AstShape, Traits};

/// Puts a model into the order of another one.
pub(super) fn follow(old: &Ast, new: &mut Ast) {
    in_order_of(&old.shapes, &mut new.shapes);
    for (id, shape) in &mut new.shapes {
        if let Some(old) = old.shapes.get(id) {
            follow_shape(old, shape);
        }
    }
}

fn follow_shape(old: &AstShape, new: &mut AstShape) {
    follow_traits(old.traits.as_ref(), new.traits.as_mut());
    if let (Some(old), Some(new)) = (&old.members, &mut new.members) {
        in_order_of(old, new);
        for (name, member) in new {
            follow_member(old.get(name), Some(member));
        }
    }
    follow_member(old.member.as_ref(), new.member.as_mut());
    follow_member(old.key.as_ref(), new.key.as_mut());
    follow_member(old.value.as_ref(), new.value.as_mut());
    // The order of mixins has a meaning.
    for (old, new) in [
        (&old.operations, &mut new.operations),
        (&old.collection_operations, &mut new.collection_operations),
        (&old.resources, &mut new.resources),
        (&old.errors, &mut new.errors),
    ] {
        if let (Some(old), Some(new)) = (old, new) {
            follow_references(old, new);
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
        in_order_of(old.entries(), new.entries_mut());
    }
}

fn follow_references(old: &[AstReference], new: &mut [AstReference]) {
    let targets = |list: &[AstReference]| -> Vec<String> {
        let list = list.iter();
        list.map(|it| it.target.as_str().to_owned()).collect()
    };
    let (old, targets) = (targets(old), targets(new));
    let order = order(&old, &targets);
    let position = |it: &AstReference| {
        let target = it.target.as_str();
        order.iter().position(|other| *other == target)
    };
    new.sort_by_key(position);
}

fn in_order_of<K: Clone + Eq + Hash, V>(old: &IndexMap<K, V>, new: &mut IndexMap<K, V>) {
    let keys = |map: &IndexMap<K, V>| -> Vec<K> { map.keys().cloned().collect() };
    for (index, key) in order(&keys(old), &keys(new)).into_iter().enumerate() {
        if let Some(from) = new.get_index_of(&key) {
            new.move_index(from, index);
        }
    }
}

/// All of `new`: what `old` has in its order, and each of the others after the one that precedes it.
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
