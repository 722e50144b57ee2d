//! Lowers a diagram that would become too many rules to a table, which clients evaluate.
//!
//! Each condition and each result is a function that is independent of the others. If it needs a
//! variable that another condition assigns, it computes it again.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::parameters::Parameters;
use super::super::subtrees::Subtrees;
use super::super::template::{self, Part};
use super::super::{simplify, usage};
use super::{Builder, Decision, Diagram, Lowering, REMEDY, Rule, Rules, Scope, Target};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::{self, Condition, DiagramNode, Outcome, RuleFunction};

/// The conditions and results as functions, and the nodes.
pub(super) fn lower(
    diagram: &Diagram<'_>,
    parameters: &Parameters,
    place: &Place,
    mut lowering: Lowering<'_>,
) -> Option<Rules> {
    let assigned = assigned(diagram, place, lowering.diagnostics)?;
    let mut scope = Scope::new(parameters);
    for name in parameters.broken()? {
        scope.break_name(name);
    }
    let variables = scope.take_pending();
    let mut table = Table {
        builder: Builder {
            diagram,
            place,
            lowering: &mut lowering,
            broken: Default::default(),
        },
        assigned,
        scope,
        variables,
    };
    let mut functions: Vec<_> = (0..diagram.conditions.len())
        .map(|index| table.condition(index))
        .collect();
    functions.extend((0..diagram.results.len()).filter_map(|index| table.result(index)));
    let is_sound = table.builder.broken.is_empty();
    let mut nodes = Vec::new();
    let root = number(diagram, diagram.root, &mut nodes, &mut BTreeMap::new());
    let conditions = diagram.conditions.len();
    is_sound.then_some(Rules {
        functions,
        diagram: Some(endpoints::Diagram {
            conditions,
            nodes,
            root,
        }),
    })
}

/// Which condition assigns a variable.
fn assigned<'a>(
    diagram: &Diagram<'a>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<&'a str, usize>> {
    let mut assigned = BTreeMap::new();
    let mut is_sound = true;
    for (index, condition) in diagram.conditions.iter().enumerate() {
        let Some(name) = condition.get("assign").and_then(Json::as_str) else {
            continue;
        };
        if assigned.insert(name, index).is_some() {
            let place = place.clone().key("conditions").index(index).key("assign");
            let message = format!("`{name}` is assigned by an earlier condition, too");
            diagnostics.error(place, message, REMEDY);
            is_sound = false;
        }
    }
    is_sound.then_some(assigned)
}

struct Table<'a, 'l, 'd> {
    builder: Builder<'a, 'l>,
    /// Which condition assigns a variable.
    assigned: BTreeMap<&'d str, usize>,
    /// The scope of the parameters, and its variables.
    scope: Scope,
    variables: Vec<Condition>,
}

impl Table<'_, '_, '_> {
    fn condition(&mut self, index: usize) -> RuleFunction {
        let mut scope = self.scope.clone();
        let mut conditions = Vec::new();
        let json = &self.builder.diagram.conditions[index];
        self.require(json, &mut scope, &mut conditions, &mut vec![index]);
        conditions.extend(self.builder.condition(index, &mut scope));
        let rule = Rule {
            conditions,
            result: Decision::Final(Outcome::Boolean(true)),
        };
        let mut function = self.function("condition", index, rule);
        if function.body.outcome == Outcome::Exhausted {
            function.body.outcome = Outcome::Boolean(false);
        }
        function
    }

    fn result(&mut self, index: usize) -> Option<RuleFunction> {
        let mut scope = self.scope.clone();
        let mut conditions = Vec::new();
        let json = &self.builder.diagram.results[index];
        self.require(json, &mut scope, &mut conditions, &mut Vec::new());
        let rule = self.builder.result(index, &scope)?;
        conditions.extend(rule.conditions);
        let rule = Rule { conditions, ..rule };
        Some(self.function("result", index, rule))
    }

    fn function(&self, kind: &str, index: usize, rule: Rule) -> RuleFunction {
        let mut subtrees = Subtrees::of("the diagram");
        let body = simplify::entry(self.variables.clone(), vec![rule], &mut subtrees);
        RuleFunction {
            name: format!("{kind}_{index}"),
            docs: format!("`{kind}s[{index}]` of the decision diagram."),
            arguments: Vec::new(),
            reads_params: usage::reads_params(&body),
            body,
        }
    }

    /// Sets everything that a JSON value with expressions refers to. `way` are the conditions that
    /// are being set.
    fn require(
        &mut self,
        json: &Json,
        scope: &mut Scope,
        conditions: &mut Vec<Condition>,
        way: &mut Vec<usize>,
    ) {
        match json {
            Json::String(text) => {
                // A wrong template is reported where it is lowered.
                for part in template::parse(text).unwrap_or_default() {
                    if let Part::Reference { name, .. } = part {
                        self.set(&name, scope, conditions, way);
                    }
                }
            }
            Json::Array(items) => {
                for item in items {
                    self.require(item, scope, conditions, way);
                }
            }
            Json::Object(object) => {
                if let Some(name) = object.get("ref").and_then(Json::as_str) {
                    return self.set(name, scope, conditions, way);
                }
                let function = object.get("fn").and_then(Json::as_str);
                let may_be_unset = matches!(function, Some("isSet" | "coalesce"));
                let arguments = object.get("argv").and_then(Json::as_array);
                for argument in arguments.into_iter().flatten() {
                    match argument.get("ref").and_then(Json::as_str) {
                        Some(name) if may_be_unset => self.offer(name, scope, way),
                        _ => self.require(argument, scope, conditions, way),
                    }
                }
                let others = object.iter().filter(|(key, _)| *key != "argv");
                for (_, value) in others {
                    self.require(value, scope, conditions, way);
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }

    /// Ensures that a name has a value, by adding conditions.
    fn set(
        &mut self,
        name: &str,
        scope: &mut Scope,
        conditions: &mut Vec<Condition>,
        way: &mut Vec<usize>,
    ) {
        if let Some(value) = scope.get(name).cloned() {
            if value.optional
                && let Some(variable) = scope.find_set(name, &value)
            {
                conditions.push(Condition::Bind(variable, value.expression));
            }
            return;
        }
        let Some(index) = self.waits_for(name, way) else {
            return;
        };
        let json = &self.builder.diagram.conditions[index];
        way.push(index);
        self.require(json, scope, conditions, way);
        way.pop();
        conditions.extend(self.builder.condition(index, scope));
    }

    /// Sets a variable to the optional value of its condition.
    fn offer(&mut self, name: &str, scope: &mut Scope, way: &mut Vec<usize>) {
        if scope.get(name).is_some() {
            return;
        }
        let Some(index) = self.waits_for(name, way) else {
            return;
        };
        if self.builder.broken.contains(&("conditions", index)) {
            return scope.break_name(name);
        }
        let json = &self.builder.diagram.conditions[index];
        let place = self.builder.place.clone().key("conditions").index(index);
        let mut needed = Vec::new();
        way.push(index);
        self.require(json, scope, &mut needed, way);
        way.pop();
        if needed.is_empty() {
            let lowering = &mut self.builder.lowering;
            if let Some(value) = lowering.expression(json, scope, &place) {
                return scope.set(name, value);
            }
        } else {
            let message = format!("`{name}` may be unset here, and so may what it is made of");
            self.builder
                .lowering
                .diagnostics
                .error(place, message, REMEDY);
        }
        self.builder.broken.insert(("conditions", index));
        scope.break_name(name);
    }

    /// The condition that assigns a variable, unless it needs the variable itself.
    fn waits_for(&self, name: &str, way: &[usize]) -> Option<usize> {
        let index = self.assigned.get(name).copied();
        index.filter(|index| !way.contains(index))
    }
}

/// The number of a reference in the table, in which its targets come first.
fn number(
    diagram: &Diagram<'_>,
    reference: i32,
    nodes: &mut Vec<DiagramNode>,
    known: &mut BTreeMap<i32, i32>,
) -> i32 {
    if let Some(number) = known.get(&reference) {
        return *number;
    }
    let count = |count: usize| i32::try_from(count).expect("a diagram has less than 2^31 parts");
    let place = match diagram.target(reference) {
        Ok(Target::Result(index)) => -2 - count(index),
        Ok(Target::Node(node)) => {
            let high = number(diagram, node.high, nodes, known);
            let low = number(diagram, node.low, nodes, known);
            let condition = node.condition;
            nodes.push(DiagramNode {
                condition,
                high,
                low,
            });
            count(nodes.len() - 1)
        }
        // References have already been checked.
        Ok(Target::NoMatch) | Err(_) => -1,
    };
    known.insert(reference, place);
    place
}
