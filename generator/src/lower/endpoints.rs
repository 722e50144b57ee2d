//! Lowers `smithy.rules#endpointRuleSet` and related traits to [`Endpoints`].
//!
//! The tree form of the rules is preferred: people write and review it, and its nesting becomes the
//! nesting of the generated code. The other form, `smithy.rules#endpointBdd`, is an equivalent
//! decision diagram that a tool makes from the tree.

mod arguments;
mod attributes;
mod bindings;
mod calls;
mod cases;
mod conditions;
mod diagram;
mod expressions;
mod functions;
mod input;
mod parameters;
mod partitions;
mod path;
mod results;
mod rules;
mod scope;
mod shared;
mod simplify;
mod subtrees;
mod template;
#[cfg(test)]
mod tests;
mod usage;
mod values;

use serde_json::Value as Json;

pub(super) use self::bindings::{bindings, is_needed};
pub(super) use self::parameters::{Parameters, take_settings_of_aws, taken_setting};
pub use self::partitions::{Partitions, partitions};
use self::subtrees::Subtrees;

use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::{
    Block, Condition, Diagram, EndpointParameter, EndpointTest, Endpoints, Expression, Function,
    LibraryFile, Outcome, RuleFunction, Statement, Variable, VariableType,
};
use crate::smithy::{Model, Traits};

/// The trait with the rules.
const RULE_SET: &str = "smithy.rules#endpointRuleSet";

/// The trait with the rules as a decision diagram.
const DIAGRAM: &str = "smithy.rules#endpointBdd";

/// The traits that can contain the rules, in order of preference.
const FORMS: [&str; 2] = [RULE_SET, DIAGRAM];

/// The supported versions of the rules engine.
const VERSIONS: [&str; 4] = ["1.0", "1.1", "1.2", "1.3"];

/// The error of a client without rules if it has no endpoint.
const NO_RULES: &str =
    "this service has no endpoint of its own: set `endpoint_url` or an `endpoint_resolver`";

/// The endpoints of the model's service.
///
/// A service without rules gets default ones: its clients call the endpoint in their configuration.
///
/// Returns no endpoints if anything about the rules is wrong; `diagnostics` then contains every
/// problem. The parameters are returned for the bindings of operations.
pub(super) fn lower(
    model: &Model,
    partitions: &Partitions,
    diagnostics: &mut Diagnostics,
) -> (Option<Endpoints>, Parameters) {
    let traits = &model.service.traits;
    let found = FORMS.into_iter();
    let found = found.filter_map(|id| Some((id, traits.get(id)?))).next();
    let Some((id, rules)) = found else {
        let is_aws = super::auth::is_aws(traits);
        let parameters = Parameters::of(parameters::without_rules(is_aws));
        return (Some(without_rules(is_aws)), parameters);
    };
    let place = Place::shape(&model.service.id).r#trait(id);
    let problems_before = diagnostics.len();
    check_version(rules, &place, diagnostics);
    let parameters = parameters::lower(model, rules, &place, diagnostics);
    let lower = match id {
        DIAGRAM => diagram::lower,
        _ => rules::lower,
    };
    let rules = lower(rules, &parameters, partitions, &place, diagnostics);
    let tests = cases::lower(model, &parameters, diagnostics);
    let endpoints = match (rules, tests) {
        (Some(rules), Some(tests)) if diagnostics.len() == problems_before => {
            let parameters = parameters.to_vec();
            Some(assemble(parameters, rules, tests, partitions))
        }
        _ => None,
    };
    (endpoints, parameters)
}

/// The rules of a service, lowered.
struct Rules {
    functions: Vec<RuleFunction>,
    diagram: Option<Diagram>,
}

impl From<Vec<RuleFunction>> for Rules {
    fn from(functions: Vec<RuleFunction>) -> Self {
        Self {
            functions,
            diagram: None,
        }
    }
}

/// Whether a service has rules.
pub(super) fn has_rules(service: &Traits) -> bool {
    FORMS.into_iter().any(|id| service.has(id))
}

fn check_version(rule_set: &Json, place: &Place, diagnostics: &mut Diagnostics) {
    let version = rule_set.get("version").and_then(Json::as_str);
    if !version.is_some_and(|version| VERSIONS.contains(&version)) {
        diagnostics.error(
            place.clone().key("version"),
            format!(
                "version {} of the rules engine is not known",
                version.unwrap_or("(none)")
            ),
            format!("use one of {}", VERSIONS.join(", ")),
        );
    }
}

fn assemble(
    parameters: Vec<EndpointParameter>,
    rules: Rules,
    tests: Vec<EndpointTest>,
    partitions: &Partitions,
) -> Endpoints {
    let Rules {
        mut functions,
        diagram,
    } = rules;
    // What endpoints use is found before they become calls.
    let mut used = usage::Usage::of(&functions);
    let shared = shared::share(&mut functions);
    used.mentions.no_endpoint |= diagram.is_some();
    let asks_for_partition = used.mentions.functions.contains(&Function::Partition);
    let mut library = used.library(&parameters);
    library.extend(diagram.as_ref().map(|_| LibraryFile::Diagram));
    if !tests.is_empty() {
        library.insert(LibraryFile::Cases);
    }
    if tests.iter().any(|test| !test.calls.is_empty()) {
        library.insert(LibraryFile::Calls);
    }
    Endpoints {
        partitions: asks_for_partition.then(|| partitions.table(&used.partition_attributes)),
        library,
        mentions: used.mentions,
        schemes: used.schemes,
        parameters,
        functions,
        shared,
        diagram,
        tests,
        has_let_chains: true,
    }
}

/// The default rules of a service that has none.
fn without_rules(is_aws: bool) -> Endpoints {
    let parameters = parameters::without_rules(is_aws);
    let endpoint = &parameters.last().expect("there is one").field;
    let body = Block {
        statements: vec![Statement::Guard {
            conditions: vec![Condition::Bind(
                Variable {
                    name: endpoint.clone(),
                    holds: VariableType::Text,
                },
                Expression::ParameterView(endpoint.clone()),
            )],
            block: Block {
                statements: Vec::new(),
                outcome: Outcome::At(Expression::ToOwned(Box::new(Expression::Variable(
                    endpoint.clone(),
                )))),
            },
        }],
        outcome: Outcome::Error(Expression::String(NO_RULES.to_owned())),
    };
    let functions = Subtrees::of("the rules").into_functions(body);
    assemble(
        parameters,
        functions.into(),
        Vec::new(),
        &Partitions::default(),
    )
}
