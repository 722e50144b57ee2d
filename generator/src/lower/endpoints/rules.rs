//! Lowers endpoint rules, error rules and trees of rules.

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
    /// The conditions, in order.
    pub(super) conditions: Vec<Condition>,
    /// The result if they hold.
    pub(super) result: Result,
}

/// The result of a rule.
#[derive(Clone, Debug)]
pub(super) enum Result {
    /// Other rules determine the result, and the rules after this one are not tried.
    Tree(Vec<Rule>),
    /// An endpoint or an error.
    Final(Outcome),
}

/// Lowers the rules of `rule_set` to functions.
///
/// Returns nothing if the names of the parameters are unknown, because references cannot be checked
/// then.
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

/// The functions for the rules that `rules` returns in the scope of the parameters. `subject` is
/// their name in the functions' documentation.
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
    // The rest is lowered even after a wrong condition, so that all problems are reported.
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
                format!("`{}` is not a type of rule", other.unwrap_or("(none)")),
                "use `endpoint`, `error` or `tree`",
            );
        }
    };
    let mut conditions = conditions?;
    conditions.extend(scope.take_pending());
    Some(Rule { conditions, result })
}
