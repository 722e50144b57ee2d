//! Finds the members that need a `Box` because a type would contain itself.

use std::collections::{BTreeSet, HashMap, VecDeque};

use crate::smithy::components::components;
use crate::smithy::{Kind, Member, Model, ShapeId};

/// The members, as `shape$member`, whose values are boxed.
///
/// Like in the official crates, a cycle of structures and unions without a list or map is cut at
/// the member with the smallest id. Cycles are processed shape by shape, in the order of ids, the
/// shortest first.
pub(super) fn boxed_members(model: &Model) -> BTreeSet<ShapeId> {
    let mut graph = Graph::of(model);
    let mut boxed = BTreeSet::new();
    for start in 0..graph.edges.len() {
        while let Some(cycle) = graph.cycle_through(start) {
            let ids = cycle.iter().map(|edge| graph.id(*edge));
            let (id, edge) = ids.zip(&cycle).min().expect("a cycle has members");
            graph.cut(*edge);
            boxed.insert(id);
        }
    }
    boxed
}

/// A member, by its shape and its position there.
type Edge = (usize, usize);

/// The structures and unions by number, in the order of their ids.
struct Graph<'m> {
    ids: Vec<&'m ShapeId>,
    members: Vec<&'m [Member]>,
    /// The shape that each member targets; `None` if it is boxed, or neither structure nor union.
    edges: Vec<Vec<Option<usize>>>,
    /// The strongly connected component of each shape, which contains all its cycles.
    component: Vec<usize>,
    /// The number of members visited without finding a cycle since components were computed.
    in_vain: usize,
}

impl<'m> Graph<'m> {
    fn of(model: &'m Model) -> Self {
        let shapes = model.shapes.values();
        let (ids, members): (Vec<_>, Vec<_>) = shapes
            .filter_map(|shape| match &shape.kind {
                Kind::Structure(members) | Kind::Union(members) => {
                    Some((&shape.id, members.as_slice()))
                }
                _ => None,
            })
            .unzip();
        let numbers: HashMap<&ShapeId, usize> = ids.iter().copied().zip(0..).collect();
        let targets = |members: &&[Member]| -> Vec<_> {
            let targets = members.iter().map(|member| &member.target);
            targets.map(|target| numbers.get(target).copied()).collect()
        };
        let edges = members.iter().map(targets).collect();
        let mut graph = Self {
            ids,
            members,
            edges,
            component: Vec::new(),
            in_vain: 0,
        };
        graph.find_components();
        graph
    }

    fn find_components(&mut self) {
        let edges: Vec<Vec<usize>> = self
            .edges
            .iter()
            .map(|it| it.iter().flatten().copied().collect())
            .collect();
        self.component = vec![0; edges.len()];
        for (number, component) in components(&edges).iter().enumerate() {
            for shape in component {
                self.component[*shape] = number;
            }
        }
        self.in_vain = 0;
    }

    /// The members of a shortest cycle through a shape.
    fn cycle_through(&mut self, start: usize) -> Option<Vec<Edge>> {
        let mut reached_by: HashMap<usize, Edge> = HashMap::new();
        let mut open = VecDeque::from([start]);
        let mut looked_at = 0;
        while let Some(shape) = open.pop_front() {
            for (position, target) in self.edges[shape].iter().enumerate() {
                looked_at += 1;
                let Some(target) = *target else { continue };
                if target == start {
                    let mut cycle = vec![(shape, position)];
                    let mut shape = shape;
                    while shape != start {
                        let edge = reached_by[&shape];
                        cycle.push(edge);
                        shape = edge.0;
                    }
                    return Some(cycle);
                }
                let is_new = self.component[target] == self.component[start]
                    && !reached_by.contains_key(&target);
                if is_new {
                    reached_by.insert(target, (shape, position));
                    open.push_back(target);
                }
            }
        }
        // Cuts make components smaller. They are recomputed once the wasted visits cost as much as
        // that.
        self.in_vain += looked_at;
        if self.in_vain > self.edges.iter().map(Vec::len).sum::<usize>() * 2 {
            self.find_components();
        }
        None
    }

    fn id(&self, (shape, position): Edge) -> ShapeId {
        self.ids[shape].with_member(&self.members[shape][position].name)
    }

    fn cut(&mut self, (shape, position): Edge) {
        self.edges[shape][position] = None;
    }
}
