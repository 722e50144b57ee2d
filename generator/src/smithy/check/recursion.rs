//! Checks that every shape has a finite value and a finite type; see
//! [recursive shape definitions](https://smithy.io/2.0/spec/aggregate-types.html#recursive-shape-definitions).

use std::collections::{BTreeSet, HashMap};

use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::ShapeId;
use crate::smithy::resolve::{Kind, Member, Model, Shape};

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for cycle in cycles(model, finite_values(model), needed) {
        report(
            &cycle,
            |id| format!("`{id}` cannot be built, because it requires itself"),
            way_out(&cycle),
            diagnostics,
        );
    }
    for cycle in cycles(model, finite_types(model), element) {
        report(
            &cycle,
            |id| format!("`{id}` contains itself, with no structure or union in between"),
            "put a structure or union between: Rust needs a type with a name in the cycle",
            diagnostics,
        );
    }
}

/// The shapes that have a finite value.
///
/// Structures need all their required members, unions any member; lists and maps may be empty.
fn finite_values(model: &Model) -> BTreeSet<&ShapeId> {
    closure(model, |shape| match &shape.kind {
        Kind::Union(members) => Needs {
            members: members.iter().collect(),
            is_one_enough: true,
        },
        _ => Needs::all(needed(shape)),
    })
}

/// The shapes that have a finite type: a list of itself has none.
fn finite_types(model: &Model) -> BTreeSet<&ShapeId> {
    closure(model, |shape| Needs::all(element(shape)))
}

/// The members whose targets must be found before a shape.
struct Needs<'m> {
    members: Vec<&'m Member>,
    is_one_enough: bool,
}

impl<'m> Needs<'m> {
    fn all(members: impl Iterator<Item = &'m Member>) -> Self {
        Self {
            members: members.collect(),
            is_one_enough: false,
        }
    }
}

/// The shapes that are found, each once its needs are.
fn closure<'m>(model: &'m Model, needs: impl Fn(&'m Shape) -> Needs<'m>) -> BTreeSet<&'m ShapeId> {
    let mut missing: HashMap<&ShapeId, usize> = HashMap::new();
    let mut waiting: HashMap<&ShapeId, Vec<&ShapeId>> = HashMap::new();
    let mut open = Vec::new();
    for shape in model.shapes.values() {
        let Needs {
            members,
            is_one_enough,
        } = needs(shape);
        let count = if is_one_enough {
            members.len().min(1)
        } else {
            members.len()
        };
        missing.insert(&shape.id, count);
        if count == 0 {
            open.push(&shape.id);
        }
        for member in members {
            waiting.entry(&member.target).or_default().push(&shape.id);
        }
    }
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !found.insert(id) {
            continue;
        }
        for waiting in waiting.get(id).into_iter().flatten() {
            let missing = missing.entry(waiting).or_default();
            *missing = missing.saturating_sub(1);
            if *missing == 0 {
                open.push(waiting);
            }
        }
    }
    found
}

/// The members that a value of a structure or union requires.
fn needed(shape: &Shape) -> impl Iterator<Item = &Member> {
    let is_union = matches!(shape.kind, Kind::Union(_));
    let is_structure = matches!(shape.kind, Kind::Structure(_));
    let members = shape.members().into_iter();
    members.filter(move |member| is_union || (is_structure && member.traits.required()))
}

/// The members of lists and maps.
fn element(shape: &Shape) -> impl Iterator<Item = &Member> {
    let collection = matches!(shape.kind, Kind::List(_) | Kind::Map { .. });
    shape.members().into_iter().filter(move |_| collection)
}

/// A member on a cycle, and the shape that it belongs to.
type Step<'m> = (&'m Shape, &'m Member);

/// The cycles among the shapes that are not `sound`, each once, without shapes that only lead into
/// a cycle.
fn cycles<'m, I: Iterator<Item = &'m Member>>(
    model: &'m Model,
    sound: BTreeSet<&ShapeId>,
    members: impl Fn(&'m Shape) -> I,
) -> Vec<Vec<Step<'m>>> {
    let mut visited: BTreeSet<&ShapeId> = BTreeSet::new();
    let mut cycles = Vec::new();
    for start in model.shapes.values() {
        let mut path: Vec<Step<'m>> = Vec::new();
        let mut on_path: HashMap<&ShapeId, usize> = HashMap::new();
        let mut shape = start;
        while !sound.contains(&shape.id) && visited.insert(&shape.id) {
            let next = members(shape).find(|member| !sound.contains(&member.target));
            let Some((member, target)) =
                next.and_then(|member| Some((member, model.shapes.get(&member.target)?)))
            else {
                break;
            };
            on_path.insert(&shape.id, path.len());
            path.push((shape, member));
            if let Some(first) = on_path.get(&target.id) {
                cycles.push(path.split_off(*first));
                break;
            }
            shape = target;
        }
    }
    cycles
}

/// The remedy for a cycle.
fn way_out(cycle: &[Step<'_>]) -> &'static str {
    let is_union = |(shape, _): &Step<'_>| matches!(shape.kind, Kind::Union(_));
    match (cycle.iter().all(is_union), cycle.iter().any(is_union)) {
        (true, _) => "add a member that does not lead back",
        (false, false) => {
            "remove `smithy.api#required` from one of these members, or put a list between"
        }
        (false, true) => {
            "add a member to the union that does not lead back, or remove `smithy.api#required` \
             from a member of a structure"
        }
    }
}

fn report(
    cycle: &[Step<'_>],
    problem: impl Fn(&ShapeId) -> String,
    remedy: &str,
    diagnostics: &mut Diagnostics,
) {
    let Some((shape, member)) = cycle.first() else {
        return;
    };
    let members = cycle
        .iter()
        .map(|(shape, member)| format!("{}${}", shape.id.name(), member.name));
    let members: Vec<String> = members.collect();
    diagnostics.error(
        Place::shape(&shape.id).member(&member.name),
        format!("{}: {}", problem(&shape.id), members.join(" → ")),
        remedy,
    );
}
