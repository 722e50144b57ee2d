//! Finds places in a model's text.

use std::collections::{BTreeMap, HashMap};

use serde_json::value::RawValue;

use super::json::{Entries, Key, offset_in};
use super::place::{Place, Step};

/// A range of the text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) offset: usize,
    pub(crate) length: usize,
}

/// Where a place is in the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    pub(super) span: Span,
    /// All steps of the place exist.
    pub(super) is_whole: bool,
}

/// Finds all places in one pass: every object on the way to any of them is read once.
///
/// The position of a scalar is that of its value. The position of an object or array, and of a
/// problem with a key, is that of the key. A place that does not exist has the position of the
/// deepest step that does.
pub(super) fn locate(text: &str, places: &[&Place]) -> Vec<Found> {
    let mut found = vec![Found::default(); places.len()];
    let wanted = places
        .iter()
        .enumerate()
        .map(|(index, place)| Wanted {
            index,
            steps: &place.steps,
            is_key: place.is_key,
            in_members: false,
        })
        .collect();
    if let Ok(root) = serde_json::from_str::<&RawValue>(text) {
        walk(text, root, wanted, &mut found);
    }
    found
}

/// A place that has not been found yet, and the remaining steps.
struct Wanted<'p> {
    index: usize,
    steps: &'p [Step],
    is_key: bool,
    /// Whether the `members` object has been entered, so that a member's name is a plain key.
    in_members: bool,
}

/// The depth of the recursion is the number of steps of the longest place.
fn walk(text: &str, value: &RawValue, wanted: Vec<Wanted<'_>>, found: &mut [Found]) {
    let children = Children::of(value);
    let mut by_child: BTreeMap<usize, Vec<Wanted<'_>>> = BTreeMap::new();
    for mut place in wanted {
        let Some((step, rest)) = place.steps.split_first() else {
            continue;
        };
        let child = match (step, children.key("members")) {
            (Step::Member(_), Some(members)) if !place.in_members => {
                place.in_members = true;
                Some(members)
            }
            _ => {
                place.in_members = false;
                place.steps = rest;
                children.child(step)
            }
        };
        if let Some(child) = child {
            by_child.entry(child).or_default().push(place);
        }
    }
    for (child, wanted) in by_child {
        if let Some((key, value)) = children.get(child) {
            for place in wanted.iter().filter(|place| !place.in_members) {
                let is_whole = place.steps.is_empty();
                found[place.index] = Found {
                    span: span(text, key, value, place.is_key && is_whole),
                    is_whole,
                };
            }
            walk(text, value, wanted, found);
        }
    }
}

/// The children of a value.
enum Children<'a> {
    Object {
        entries: Vec<(Key<'a>, &'a RawValue)>,
        /// If a key occurs twice, the last entry wins, as in serde_json.
        by_key: HashMap<String, usize>,
    },
    Array(Vec<&'a RawValue>),
}

impl<'a> Children<'a> {
    fn of(value: &'a RawValue) -> Self {
        match serde_json::from_str(value.get()) {
            Ok(Entries(entries)) => {
                let keys = entries.iter().enumerate();
                let by_key = keys.map(|(index, (key, _))| (key.as_str().to_owned(), index));
                Children::Object {
                    by_key: by_key.collect(),
                    entries,
                }
            }
            Err(_) => Children::Array(serde_json::from_str(value.get()).unwrap_or_default()),
        }
    }

    fn child(&self, step: &Step) -> Option<usize> {
        match step {
            Step::Key(name) | Step::Member(name) => self.key(name),
            Step::Index(index) => Some(*index),
        }
    }

    fn key(&self, name: &str) -> Option<usize> {
        match self {
            Children::Object { by_key, .. } => by_key.get(name).copied(),
            Children::Array(_) => None,
        }
    }

    fn get(&self, child: usize) -> Option<(Option<&Key<'a>>, &'a RawValue)> {
        match self {
            Children::Object { entries, .. } => {
                let (key, value) = entries.get(child)?;
                Some((Some(key), *value))
            }
            Children::Array(values) => Some((None, *values.get(child)?)),
        }
    }
}

fn span(text: &str, key: Option<&Key<'_>>, value: &RawValue, is_key: bool) -> Span {
    let value = value.get();
    let container = value.starts_with(['{', '[']);
    let key = key
        .filter(|_| container || is_key)
        .and_then(|key| key_span(text, key));
    key.unwrap_or(Span {
        offset: offset_in(text, value).unwrap_or_default(),
        length: if container { 1 } else { value.len() },
    })
}

/// The key with its quotes, unless it contains escapes.
pub(crate) fn key_span(text: &str, key: &Key<'_>) -> Option<Span> {
    let Key::Borrowed(name) = key else {
        return None;
    };
    Some(Span {
        offset: offset_in(text, name)?.checked_sub(1)?,
        length: name.len() + 2,
    })
}
