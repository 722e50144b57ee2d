//! Lowers `smithy.rules#endpointBdd`, the rules as a [decision
//! diagram](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#bdd-node-structure).
//!
//! The diagram becomes rules again: if a condition holds, the rules of its high branch apply,
//! otherwise those of its low branch, which follow. A node that several branches share is lowered
//! once for each, because they set different variables. If there would be too many rules, the
//! diagram becomes a table (`table.rs`).

mod table;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

use aws_smithy_types::base64;
use serde_json::Value as Json;

use super::expressions::Lowering;
use super::rules::{self, Result as Decision, Rule};
use super::scope::Scope;
use super::{Rules, conditions, parameters::Parameters, partitions::Partitions};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::Condition;

/// References from this number on are results. The first means no result and is not listed.
const RESULTS: i32 = 100_000_000;

/// The maximum number of rules; larger diagrams become tables. Of 22 published ones, all but three
/// become less than a hundred rules, and two become more than this.
const MOST: usize = 2_000;

/// The remedy for invalid nodes.
const REMEDY: &str = "take the trait from the model that the service publishes, or add \
                      `smithy.rules#endpointRuleSet`";

/// The diagram's rules, as functions.
pub(super) fn lower(
    json: &Json,
    parameters: &Parameters,
    partitions: &Partitions,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Rules> {
    let diagram = match Diagram::read(json) {
        Ok(diagram) => diagram,
        Err(problem) => {
            diagnostics.error(place.clone().key("nodes"), problem, REMEDY);
            return None;
        }
    };
    if diagram.rules > MOST {
        let lowering = Lowering {
            partitions,
            diagnostics,
        };
        return table::lower(&diagram, parameters, place, lowering);
    }
    let subject = "the rules that the decision diagram stands for";
    let functions = rules::functions(
        subject,
        parameters,
        partitions,
        diagnostics,
        |lowering, scope| {
            let mut builder = Builder {
                diagram: &diagram,
                place,
                lowering,
                broken: BTreeSet::new(),
            };
            let rules = builder.rules(diagram.root, scope);
            builder.broken.is_empty().then_some(rules)
        },
    );
    functions.map(Rules::from)
}

/// A condition and its two successors.
#[derive(Clone, Copy)]
struct Node {
    condition: usize,
    high: i32,
    low: i32,
}

/// The target of a reference.
enum Target {
    NoMatch,
    Result(usize),
    Node(Node),
}

struct Diagram<'a> {
    conditions: &'a [Json],
    results: &'a [Json],
    nodes: Vec<Node>,
    root: i32,
    /// The number of rules below it.
    rules: usize,
}

impl<'a> Diagram<'a> {
    fn read(json: &'a Json) -> Result<Self, String> {
        let list = |key: &str| {
            let list = json.get(key).and_then(Json::as_array);
            list.ok_or_else(|| format!("the decision diagram has no list of {key}"))
        };
        let nodes = json.get("nodes").and_then(Json::as_str);
        let nodes = nodes.and_then(|text| base64::decode(text).ok());
        let nodes = nodes.ok_or("the nodes of the decision diagram are not in Base64")?;
        let (nodes, rest) = nodes.as_chunks::<12>();
        let root = json.get("root").and_then(Json::as_i64);
        let root = root.and_then(|root| i32::try_from(root).ok());
        let mut diagram = Self {
            conditions: list("conditions")?,
            results: list("results")?,
            nodes: nodes.iter().map(node).collect(),
            root: root.ok_or("the decision diagram has no root")?,
            rules: 0,
        };
        let count = json.get("nodeCount").and_then(Json::as_u64);
        if !rest.is_empty() || count != u64::try_from(nodes.len()).ok() {
            return Err("the decision diagram does not have the stated number of nodes".to_owned());
        }
        diagram.rules = diagram.size(diagram.root, &mut HashMap::new())?;
        Ok(diagram)
    }

    fn target(&self, reference: i32) -> Result<Target, String> {
        let missing = || format!("the decision diagram has nothing for the reference {reference}");
        if reference == 1 || reference == -1 {
            return Ok(Target::NoMatch);
        }
        if let Some(result) = reference.checked_sub(RESULTS).filter(|it| *it >= 0) {
            let index = usize::try_from(result).map_err(|_| missing())?;
            return match index.checked_sub(1) {
                None => Ok(Target::NoMatch),
                Some(index) if index < self.results.len() => Ok(Target::Result(index)),
                Some(_) => Err(missing()),
            };
        }
        let index = usize::try_from(reference.unsigned_abs()).map_err(|_| missing())?;
        let node = index.checked_sub(1).and_then(|index| self.nodes.get(index));
        let mut node = *node.ok_or_else(missing)?;
        if node.condition >= self.conditions.len() {
            return Err(missing());
        }
        if reference < 0 {
            std::mem::swap(&mut node.high, &mut node.low);
        }
        Ok(Target::Node(node))
    }

    /// The number of rules below a reference. `sizes` contains those that are known, and `None` for
    /// nodes that are being counted.
    fn size(
        &self,
        reference: i32,
        sizes: &mut HashMap<i32, Option<usize>>,
    ) -> Result<usize, String> {
        let Target::Node(node) = self.target(reference)? else {
            return Ok(1);
        };
        match sizes.get(&reference) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                return Err("a node of the decision diagram leads back to itself".to_owned());
            }
            None => {}
        }
        sizes.insert(reference, None);
        let high = self.size(node.high, sizes)?;
        let size = high.saturating_add(self.size(node.low, sizes)?);
        sizes.insert(reference, Some(size));
        Ok(size)
    }
}

fn node(bytes: &[u8; 12]) -> Node {
    let [a, b, c, d, e, f, g, h, i, j, k, l] = *bytes;
    let condition = i32::from_be_bytes([a, b, c, d]);
    Node {
        // The first node is a placeholder.
        condition: usize::try_from(condition).unwrap_or(usize::MAX),
        high: i32::from_be_bytes([e, f, g, h]),
        low: i32::from_be_bytes([i, j, k, l]),
    }
}

/// Converts a diagram into rules.
struct Builder<'a, 'l> {
    diagram: &'a Diagram<'a>,
    place: &'a Place,
    lowering: &'a mut Lowering<'l>,
    /// The conditions and results with problems, each of which is reported once.
    broken: BTreeSet<(&'static str, usize)>,
}

impl Builder<'_, '_> {
    /// The rules below a reference, in the scope of the conditions before it.
    fn rules(&mut self, reference: i32, scope: &Scope) -> Vec<Rule> {
        match self.diagram.target(reference) {
            Ok(Target::Result(index)) => self.result(index, scope).into_iter().collect(),
            Ok(Target::Node(node)) => {
                let mut inner = scope.clone();
                let conditions = self.condition(node.condition, &mut inner);
                let high = self.rules(node.high, &inner);
                let mut rules = vec![after(conditions, high)];
                rules.extend(self.rules(node.low, scope));
                rules
            }
            // References have already been checked.
            Ok(Target::NoMatch) | Err(_) => Vec::new(),
        }
    }

    fn condition(&mut self, index: usize, scope: &mut Scope) -> Vec<Condition> {
        let json = &self.diagram.conditions[index];
        let key = ("conditions", index);
        if self.broken.contains(&key) {
            conditions::break_names(json, scope);
            return Vec::new();
        }
        let place = self.place.clone().key(key.0).index(index);
        let condition = conditions::one(self.lowering, json, scope, &place);
        if condition.is_none() {
            self.broken.insert(key);
        }
        condition.unwrap_or_default()
    }

    fn result(&mut self, index: usize, scope: &Scope) -> Option<Rule> {
        let key = ("results", index);
        if self.broken.contains(&key) {
            return None;
        }
        let place = self.place.clone().key(key.0).index(index);
        let json = &self.diagram.results[index];
        let rule = rules::rule(self.lowering, json, scope.clone(), &place);
        if rule.is_none() {
            self.broken.insert(key);
        }
        rule
    }
}

/// One rule that applies `rules` if the conditions hold.
fn after(mut conditions: Vec<Condition>, rules: Vec<Rule>) -> Rule {
    let always = |rule: &Rule| {
        let mut conditions = rule.conditions.iter();
        conditions.all(|condition| matches!(condition, Condition::Let(..)))
    };
    match <[Rule; 1]>::try_from(rules) {
        Ok([rule]) if always(&rule) => {
            conditions.extend(rule.conditions);
            Rule {
                conditions,
                result: rule.result,
            }
        }
        Ok(rules) => Rule {
            conditions,
            result: Decision::Tree(rules.into()),
        },
        Err(rules) => Rule {
            conditions,
            result: Decision::Tree(rules),
        },
    }
}
