//! Compares which values the service accepts. Clients do not check them.

use std::collections::BTreeMap;

use serde_json::Number;

use super::change::Changes;
use super::kind::Kind;
use super::side::SideMember;
use super::{Side, Sides};
use crate::smithy::{Kind as ShapeKind, Member, Model};

/// Compares the constraints of a member, and those of its elements, keys and values.
pub(super) fn compare(path: &str, old: SideMember<'_>, new: SideMember<'_>, changes: &mut Changes) {
    let (mut before, mut after) = (Limits::new(), Limits::new());
    collect(&old.side.model, old.member, "", &mut before);
    collect(&new.side.model, new.member, "", &mut after);
    let mut keys: Vec<_> = before.keys().chain(after.keys()).cloned().collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let (before, after) = (before.get(&key), after.get(&key));
        if let Some(kind) = verdict(before, after) {
            let (trait_name, part) = &key;
            let text = |limit: Option<&Limit>| Some(format!("{trait_name}{}", limit?.text()));
            let path = format!("{path}{part}");
            changes.differ_if_any(kind, path, text(before), text(after));
        }
    }
}

/// Constraints by name and part of the member.
type Limits = BTreeMap<(&'static str, String), Limit>;

/// A constraint of a value.
#[derive(PartialEq)]
enum Limit {
    /// Minimum and maximum.
    Between(Option<Number>, Option<Number>),
    /// A regular expression.
    Pattern(String),
    /// Unique elements.
    Unique,
}

impl Limit {
    fn text(&self) -> String {
        match self {
            Limit::Between(min, max) => {
                let text = |bound: &Option<Number>| bound.as_ref().map(ToString::to_string);
                let (min, max) = (text(min), text(max));
                format!(" {}..={}", min.unwrap_or_default(), max.unwrap_or_default())
            }
            Limit::Pattern(pattern) => format!(" {pattern}"),
            Limit::Unique => String::new(),
        }
    }
}

/// Whether more or fewer values are accepted; `None` if nothing changes.
fn verdict(old: Option<&Limit>, new: Option<&Limit>) -> Option<Kind> {
    if let (Some(Limit::Pattern(old)), Some(Limit::Pattern(new))) = (old, new) {
        return (old != new).then_some(Kind::Pattern);
    }
    let bounds = |limit: Option<&Limit>| match limit {
        None => (f64::NEG_INFINITY, f64::INFINITY),
        Some(Limit::Between(min, max)) => {
            let value = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_f64);
            (
                value(min).unwrap_or(f64::NEG_INFINITY),
                value(max).unwrap_or(f64::INFINITY),
            )
        }
        // Neither minimum nor maximum.
        Some(Limit::Pattern(_) | Limit::Unique) => (0.0, 0.0),
    };
    let (old, new) = (bounds(old), bounds(new));
    if new.0 > old.0 || new.1 < old.1 {
        Some(Kind::Narrowed)
    } else {
        (new != old).then_some(Kind::Widened)
    }
}

/// Collects constraints. Those of a member override those of its target. Members of structures are
/// compared separately.
fn collect(model: &Model, member: &Member, part: &str, limits: &mut Limits) {
    let target = model.target(member);
    let (own, of_target) = (&member.traits, &target.traits);
    let mut add = |name, limit: Option<Limit>| {
        if let Some(limit) = limit {
            limits.insert((name, part.to_owned()), limit);
        }
    };
    // No length is below 0.
    let length = own.length().or_else(|| of_target.length()).map(|it| {
        let min = it.min.filter(|min| *min > 0);
        Limit::Between(min.map(Number::from), it.max.map(Number::from))
    });
    let is_void = |limit: &Limit| *limit == Limit::Between(None, None);
    add("length", length.filter(|limit| !is_void(limit)));
    let range = own.range().or_else(|| of_target.range());
    add("range", range.map(|it| Limit::Between(it.min, it.max)));
    let pattern = own.pattern().or_else(|| of_target.pattern());
    add("pattern", pattern.map(|it| Limit::Pattern(it.to_owned())));
    let is_unique = own.unique_items() || of_target.unique_items();
    add("unique elements", is_unique.then_some(Limit::Unique));
    match &target.kind {
        ShapeKind::List(element) => collect(model, element, &format!("{part}[]"), limits),
        ShapeKind::Map { key, value } => {
            collect(model, key, &format!("{part}.keys()"), limits);
            collect(model, value, &format!("{part}.values()"), limits);
        }
        _ => {}
    }
}

/// Compares the values of integer enums, which are plain numbers in Rust.
pub(super) fn compare_numbers(sides: &Sides<'_>, changes: &mut Changes) {
    let (old, new) = (numbers(sides.old), numbers(sides.new));
    for (name, (before, was_sent)) in &old {
        let Some((after, is_sent)) = new.get(name) else {
            continue;
        };
        let removed = match *was_sent || *is_sent {
            true => Kind::NumberRemoved,
            false => Kind::NumberUnused,
        };
        let of = |value: &String| format!("{name} (i32): {value}");
        for value in before.iter().filter(|value| !after.contains(value)) {
            changes.add(removed, of(value));
        }
        for value in after.iter().filter(|value| !before.contains(value)) {
            changes.add(Kind::NumberAdded, of(value));
        }
    }
}

/// The values of each integer enum, by its name in the model, and whether requests contain them.
fn numbers(side: &Side) -> BTreeMap<&str, (Vec<String>, bool)> {
    let shapes = side.model.shapes.values();
    shapes
        .filter_map(|shape| match &shape.kind {
            ShapeKind::IntEnum(values) => {
                let values = values.iter().map(|value| value.value.to_string());
                let is_sent = side.sends(&shape.id);
                Some((shape.name.as_str(), (values.collect(), is_sent)))
            }
            _ => None,
        })
        .collect()
}
