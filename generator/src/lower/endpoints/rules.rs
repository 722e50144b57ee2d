//! Rules: endpoint rules, error rules and trees of rules.

use serde_json::Value as Json;

use super::expressions::Lowering;
use super::parameters::Parameters;
use super::partitions::Partitions;
use super::scope::Scope;
use super::subtrees::Subtrees;
use super::{Rules, conditions, results, simplify};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::{Condition, Outcome, RuleFunction};

/// A rule whose expressions are lowered, before its conditions become statements.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// What has to hold, in order.
    pub(super) conditions: Vec<Condition>,
    /// What the rule then says.
    pub(super) result: Result,
}

/// What a rule says.
#[derive(Clone, Debug)]
pub(super) enum Result {
    /// Other rules decide; the rules after this one no longer matter.
    Tree(Vec<Rule>),
    /// An endpoint or an error.
    Final(Outcome),
}

/// The rules of `rule_set`, as functions.
///
/// Without the names of the parameters there is no telling what is wrong with a reference: then
/// nothing is read.
pub(super) fn lower(
    rule_set: &Json,
    parameters: &Parameters,
    partitions: &Partitions,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Rules> {
    let functions = functions(
        "the rule set",
        parameters,
        partitions,
        diagnostics,
        |lowering, scope| list(lowering, rule_set.get("rules"), scope, place),
    );
    functions.map(Rules::from)
}

/// The functions of the rules that `rules` makes in the scope of the parameters. `subject` is what
/// the functions' documentation calls them.
pub(super) fn functions(
    subject: &'static str,
    parameters: &Parameters,
    partitions: &Partitions,
    diagnostics: &mut Diagnostics,
    rules: impl FnOnce(&mut Lowering<'_>, &Scope) -> Option<Vec<Rule>>,
) -> Option<Vec<RuleFunction>> {
    let mut scope = Scope::new(parameters);
    for name in parameters.broken()? {
        scope.break_name(name);
    }
    let variables = scope.take_pending();
    let mut lowering = Lowering {
        partitions,
        diagnostics,
    };
    let rules = rules(&mut lowering, &scope)?;
    let mut subtrees = Subtrees::of(subject);
    let entry = simplify::entry(variables, rules, &mut subtrees);
    Some(subtrees.into_functions(entry))
}

fn list(
    lowering: &mut Lowering<'_>,
    json: Option<&Json>,
    scope: &Scope,
    place: &Place,
) -> Option<Vec<Rule>> {
    let place = place.clone().key("rules");
    let Some(rules) = json
        .and_then(Json::as_array)
        .filter(|rules| !rules.is_empty())
    else {
        return lowering.error(
            &place,
            "there are no rules here",
            "add at least one endpoint or error rule",
        );
    };
    let lowered: Vec<_> = rules
        .iter()
        .enumerate()
        .map(|(index, json)| rule(lowering, json, scope.clone(), &place.clone().index(index)))
        .collect();
    lowered.into_iter().collect()
}

pub(super) fn rule(
    lowering: &mut Lowering<'_>,
    json: &Json,
    mut scope: Scope,
    place: &Place,
) -> Option<Rule> {
    // What is wrong with a condition does not hide what is wrong with the rest.
    let conditions = conditions::lower(lowering, json.get("conditions"), &mut scope, place);
    let result = match json.get("type").and_then(Json::as_str) {
        Some("tree") => Result::Tree(list(lowering, json.get("rules"), &scope, place)?),
        Some("endpoint") => {
            let place = place.clone().key("endpoint");
            Result::Final(results::endpoint(
                lowering,
                json.get("endpoint"),
                &mut scope,
                &place,
            )?)
        }
        Some("error") => {
            let place = place.clone().key("error");
            Result::Final(results::error(
                lowering,
                json.get("error"),
                &mut scope,
                &place,
            )?)
        }
        other => {
            return lowering.error(
                &place.clone().key("type"),
                format!("`{}` is not a type of rules", other.unwrap_or("(none)")),
                "use `endpoint`, `error` or `tree`",
            );
        }
    };
    let mut conditions = conditions?;
    conditions.extend(scope.take_pending());
    Some(Rule { conditions, result })
}
