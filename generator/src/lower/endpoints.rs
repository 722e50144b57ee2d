//! `smithy.rules#endpointRuleSet` and what goes with it, made into [`Endpoints`].
//!
//! Only the tree form of the rules is read: it is what people write and review, and its nesting
//! becomes the nesting of the generated code. Its binary form, `smithy.rules#endpointBdd`, is made
//! from the tree by a tool and says the same.

mod arguments;
mod attributes;
mod conditions;
mod expressions;
mod functions;
mod parameters;
mod partitions;
mod results;
mod rules;
mod scope;
mod simplify;
mod template;
mod tests;
mod usage;
mod values;

use serde_json::Value as Json;

pub use self::partitions::Partitions;

use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::{Block, EndpointParameter, Endpoints, Expression, Function, Outcome};
use crate::ir::endpoints::{
    Condition, LibraryFile, RuleFunction, Statement, Variable, VariableType,
};
use crate::smithy::Model;

/// The trait that holds the rules.
const RULE_SET: &str = "smithy.rules#endpointRuleSet";

/// The trait that holds the rules in binary form.
const DECISION_DIAGRAM: &str = "smithy.rules#endpointBdd";

/// The versions of the rules engine whose functions and types are known here.
const VERSIONS: [&str; 4] = ["1.0", "1.1", "1.2", "1.3"];

/// What a client without rules says when it has no endpoint.
const NO_RULES: &str =
    "this service has no endpoint of its own: set `endpoint_url` or an `endpoint_resolver`";

/// The endpoints of the model's service.
///
/// A service without rules gets those that say what its clients can do: they call the endpoint that
/// they are configured with.
///
/// Returns `None` if anything about the rules is wrong; `diagnostics` then holds every problem.
pub fn lower(
    model: &Model,
    partitions: &Partitions,
    diagnostics: &mut Diagnostics,
) -> Option<Endpoints> {
    let service = Place::shape(&model.service.id);
    let Some(rule_set) = model.service.traits.get(RULE_SET) else {
        if model.service.traits.get(DECISION_DIAGRAM).is_some() {
            diagnostics.error(
                service.r#trait(DECISION_DIAGRAM),
                "the endpoint rules exist in their binary form only, which is not read",
                format!("add `{RULE_SET}`, the tree that the binary form was made from"),
            );
            return None;
        }
        return Some(without_rules());
    };
    let place = service.clone().r#trait(RULE_SET);
    check_version(rule_set, &place, diagnostics);
    let parameters = parameters::lower(model, rule_set, &place, diagnostics);
    let body = rules::lower(rule_set, &parameters, partitions, &place, diagnostics);
    let tests = tests::lower(model, &parameters, diagnostics);
    Some(assemble(parameters?, body?, tests?, partitions))
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
    body: Block,
    tests: Vec<crate::ir::endpoints::EndpointTest>,
    partitions: &Partitions,
) -> Endpoints {
    let functions = vec![RuleFunction {
        name: "resolve".to_owned(),
        docs: "The endpoint for these parameters.".to_owned(),
        arguments: Vec::new(),
        reads_params: usage::reads_params(&body),
        body,
    }];
    let used = usage::Usage::of(&functions);
    let asks_for_partition = used.mentions.functions.contains(&Function::Partition);
    let mut library = used.library(&parameters);
    if !tests.is_empty() {
        library.insert(LibraryFile::Cases);
    }
    Endpoints {
        partitions: asks_for_partition.then(|| partitions.table(&used.partition_attributes)),
        library,
        mentions: used.mentions,
        parameters,
        functions,
        tests,
    }
}

/// What stands in for the rules of a service that has none.
fn without_rules() -> Endpoints {
    let parameters = parameters::without_rules();
    let endpoint = &parameters[1].field;
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
    assemble(parameters, body, Vec::new(), &Partitions::default())
}
