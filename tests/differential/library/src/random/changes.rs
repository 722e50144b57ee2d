//! Changes valid responses.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::tree;
use crate::tree::Tree;

/// A few changes, or none.
pub fn changes() -> BoxedStrategy<Vec<Change>> {
    prop_oneof![1 => Just(Vec::new()), 2 => vec(change(), 1..4)].boxed()
}

/// A change of one value.
#[derive(Clone, Debug)]
pub struct Change {
    /// The number of the value, in the order of the text.
    place: Index,
    /// The number of its member or element.
    member: Index,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// Another value.
    Replace(Tree),
    /// A member or element is missing.
    Remove,
    /// A member or an element is duplicated.
    Repeat(Tree),
    /// A member that the model does not know.
    Insert(String, Tree),
    /// The members or elements are in another order.
    Reorder,
}

fn change() -> impl Strategy<Value = Change> {
    let kind = prop_oneof![
        3 => tree::any_tree().prop_map(Kind::Replace),
        1 => Just(Kind::Remove),
        1 => tree::any_tree().prop_map(Kind::Repeat),
        2 => (tree::name(), tree::any_tree()).prop_map(|(name, json)| Kind::Insert(name, json)),
        1 => Just(Kind::Reorder),
    ];
    (any::<Index>(), any::<Index>(), kind).prop_map(|(place, member, kind)| Change {
        place,
        member,
        kind,
    })
}

impl Change {
    /// Makes the change.
    pub fn apply(&self, json: &mut Tree) {
        let is_inner = !matches!(self.kind, Kind::Replace(_));
        let mut left = self.place.index(count(json, is_inner).max(1));
        let Some(place) = nth(json, is_inner, &mut left) else {
            return;
        };
        if let Kind::Replace(value) = &self.kind {
            *place = value.clone();
            return;
        }
        match place {
            Tree::Object(members) => self.change_object(members),
            Tree::Array(values) => self.change_array(values),
            _ => {}
        }
    }

    fn change_object(&self, members: &mut Vec<(String, Tree)>) {
        let at = self.member.index(members.len() + 1);
        match &self.kind {
            Kind::Insert(name, value) => members.insert(at, (name.clone(), value.clone())),
            Kind::Reorder => members.rotate_left(at),
            Kind::Remove if at < members.len() => drop(members.remove(at)),
            Kind::Repeat(value) if at < members.len() => {
                let name = members[at].0.clone();
                members.push((name, value.clone()));
            }
            _ => {}
        }
    }

    fn change_array(&self, values: &mut Vec<Tree>) {
        let at = self.member.index(values.len() + 1);
        match &self.kind {
            Kind::Insert(_, value) | Kind::Repeat(value) => values.insert(at, value.clone()),
            Kind::Reorder => values.rotate_left(at),
            Kind::Remove if at < values.len() => drop(values.remove(at)),
            _ => {}
        }
    }
}

/// The number of values, or of values that contain others.
fn count(json: &Tree, only_inner: bool) -> usize {
    let below: usize = match json {
        Tree::Array(values) => values.iter().map(|value| count(value, only_inner)).sum(),
        Tree::Object(members) => members
            .iter()
            .map(|(_, value)| count(value, only_inner))
            .sum(),
        _ if only_inner => return 0,
        _ => 0,
    };
    below + 1
}

/// The value after `left` others.
fn nth<'a>(json: &'a mut Tree, only_inner: bool, left: &mut usize) -> Option<&'a mut Tree> {
    let is_inner = matches!(json, Tree::Array(_) | Tree::Object(_));
    if is_inner || !only_inner {
        if *left == 0 {
            return Some(json);
        }
        *left -= 1;
    }
    match json {
        Tree::Array(values) => values
            .iter_mut()
            .find_map(|value| nth(value, only_inner, left)),
        Tree::Object(members) => members
            .iter_mut()
            .find_map(|(_, value)| nth(value, only_inner, left)),
        _ => None,
    }
}
