//! Checks the depth of nesting: types must not be too deep for rustc, nor shapes for the generator.

use std::collections::{BTreeSet, HashMap};

use super::LEVELS;
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::components::components;
use crate::smithy::resolve::{Kind, Model, Shape};

/// The shapes with members, by number.
struct Graph<'m> {
    shapes: Vec<&'m Shape>,
    targets: Vec<Vec<usize>>,
}

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let graph = Graph::of(model);
    let components = components(&graph.targets);
    let mut levels = vec![0; graph.shapes.len()];
    for component in &components {
        let members: BTreeSet<usize> = component.iter().copied().collect();
        let outer = component.iter().flat_map(|shape| &graph.targets[*shape]);
        let outer = outer.filter(|target| !members.contains(target));
        let below = outer.map(|target| levels[*target]).max().unwrap_or(0);
        let own = graph.levels_within(&members);
        for shape in component {
            levels[*shape] = own + below;
        }
    }
    // Shapes that lead to one that is too deep are too deep as well: only the first is reported.
    let mut reported = vec![false; graph.shapes.len()];
    for component in components.iter().rev() {
        let is_too_deep = levels[component[0]] > LEVELS;
        if is_too_deep && !component.iter().any(|shape| reported[*shape]) {
            let shapes = component.iter().map(|shape| graph.shapes[*shape]);
            if let Some(shape) = shapes.min_by_key(|shape| &shape.id) {
                too_deep(shape, levels[component[0]], diagnostics);
            }
        }
        for shape in component.iter().filter(|_| is_too_deep) {
            reported[*shape] = true;
            graph.targets[*shape]
                .iter()
                .for_each(|target| reported[*target] = true);
        }
    }
}

fn too_deep(shape: &Shape, levels: usize, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        Place::shape(&shape.id),
        format!("values of `{}` are nested {levels} levels deep", shape.id),
        format!(
            "nest at most {LEVELS} structures, unions, lists and maps, of which a map counts twice: \
             rustc refuses types that are much deeper"
        ),
    );
}

impl<'m> Graph<'m> {
    fn of(model: &'m Model) -> Self {
        let shapes = model.shapes.values().filter(|shape| weight(shape) > 0);
        let shapes: Vec<&Shape> = shapes.collect();
        let ids = shapes.iter().map(|shape| &shape.id);
        let numbers: HashMap<_, usize> = ids.zip(0..).collect();
        let targets = |shape: &&Shape| -> Vec<usize> {
            let members = shape.members().into_iter();
            members
                .filter_map(|member| numbers.get(&member.target).copied())
                .collect()
        };
        Self {
            targets: shapes.iter().map(targets).collect(),
            shapes,
        }
    }

    /// The number of levels of a path through a component. Like rustc, it visits each type once.
    fn levels_within(&self, component: &BTreeSet<usize>) -> usize {
        let Some(first) = component.first() else {
            return 0;
        };
        let mut seen = BTreeSet::from([*first]);
        let mut levels = weight(self.shapes[*first]);
        let mut most = levels;
        let mut path = vec![(*first, 0)];
        while let Some((shape, next)) = path.pop() {
            let Some(target) = self.targets[shape].get(next) else {
                levels -= weight(self.shapes[shape]);
                continue;
            };
            path.push((shape, next + 1));
            if component.contains(target) && seen.insert(*target) {
                path.push((*target, 0));
                levels += weight(self.shapes[*target]);
                most = most.max(levels);
            }
        }
        most
    }
}

/// The number of levels that a shape adds; none if it has no members. The type of a map is twice as
/// deep as that of a list.
fn weight(shape: &Shape) -> usize {
    match shape.kind {
        Kind::Structure(_) | Kind::Union(_) | Kind::List(_) => 1,
        Kind::Map { .. } => 2,
        _ => 0,
    }
}
