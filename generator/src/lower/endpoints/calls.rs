//! Lowers `operationInputs` of a test case: calls of the client with the same expected result.
//!
//! See the [rules engine](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#rules-engine-endpoint-test-operation-input).

use serde_json::Value as Json;

use super::cases;
use super::parameters::{self, Parameters};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::{
    BuiltIn, CallSetting, EndpointCall, EndpointParameter, Literal, ParameterSource, ParameterType,
};
use crate::names::{FieldName, OperationName};
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{Model, Operation};

/// The calls of a case, except for those that need a setting or an operation that the client lacks.
///
/// `set` are the parameters that the case sets. The calls need not repeat them.
pub(super) fn lower(
    model: &Model,
    case: &Json,
    set: &[(FieldName, Literal)],
    parameters: &Parameters,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<EndpointCall>> {
    let inputs = case.get("operationInputs").and_then(Json::as_array);
    let place = place.clone().key("operationInputs");
    let lowered: Vec<_> = inputs
        .into_iter()
        .flatten()
        .enumerate()
        .filter(|(_, json)| can_be_made(model, json, parameters))
        .map(|(index, json)| {
            let mut lowering = Lowering {
                parameters,
                place: place.clone().index(index),
                diagnostics,
            };
            lowering.call(model, json, set)
        })
        .collect();
    lowered.into_iter().collect()
}

/// Whether the client has the operation and all settings of the call.
fn can_be_made(model: &Model, call: &Json, parameters: &[EndpointParameter]) -> bool {
    let is_left_out = |name: &str| model.missing.contains(name);
    if operation(call).is_some_and(is_left_out) {
        return false;
    }
    let settable = |id: &str| {
        let built_in = parameters::built_in(id);
        built_in.is_some_and(|built_in| built_in != BuiltIn::AccountIdEndpointMode)
    };
    let only_bound = |name: &str| {
        parameters.iter().any(|parameter| {
            parameter.name == name && parameter.source == ParameterSource::OperationOnly
        })
    };
    entries(call, "builtInParams").all(|(id, _)| settable(id))
        && !entries(call, "clientParams").any(|(name, _)| only_bound(name))
}

/// The name of the operation that is called.
fn operation(call: &Json) -> Option<&str> {
    call.get("operationName").and_then(Json::as_str)
}

fn entries<'a>(call: &'a Json, key: &str) -> impl Iterator<Item = (&'a str, &'a Json)> {
    let entries = call
        .get(key)
        .and_then(Json::as_object)
        .into_iter()
        .flatten();
    entries.map(|(name, value)| (name.as_str(), value))
}

struct Lowering<'a> {
    parameters: &'a Parameters,
    place: Place,
    diagnostics: &'a mut Diagnostics,
}

impl Lowering<'_> {
    fn call(
        &mut self,
        model: &Model,
        json: &Json,
        set: &[(FieldName, Literal)],
    ) -> Option<EndpointCall> {
        let name = operation(json).unwrap_or_default();
        let mut operations = model.operations.iter();
        let Some(operation) = operations.find(|it| it.id.name() == name) else {
            self.diagnostics.error(
                self.place.clone().key("operationName"),
                format!("`{name}` is not an operation of the service"),
                did_you_mean(name, model.operations.iter().map(|it| it.id.name())).unwrap_or_else(
                    || "write the name of an operation's shape, without its namespace".to_owned(),
                ),
            );
            return None;
        };
        let built_ins = entries(json, "builtInParams").map(|(id, value)| self.built_in(id, value));
        let mut settings: Vec<_> = built_ins.collect();
        settings.extend(
            entries(json, "clientParams").map(|(name, value)| self.client_context(name, value)),
        );
        let mut settings = settings.into_iter().collect::<Option<Vec<_>>>()?;
        self.set_rest(&mut settings, set, model, operation);
        let input = entries(json, "operationParams");
        Some(EndpointCall {
            operation: OperationName::renamed(operation.id.name(), &operation.name),
            input: input
                .map(|(name, value)| (name.to_owned(), cases::document(value)))
                .collect(),
            settings,
        })
    }

    fn built_in(&mut self, id: &str, value: &Json) -> Option<CallSetting> {
        let built_in = parameters::built_in(id)?;
        let r#type = match built_in {
            BuiltIn::UseDualStack | BuiltIn::UseFips => ParameterType::Boolean,
            BuiltIn::Region
            | BuiltIn::Endpoint
            | BuiltIn::AccountId
            | BuiltIn::AccountIdEndpointMode => ParameterType::String,
        };
        let place = self.place.clone().key("builtInParams").key(id);
        let literal = cases::literal(r#type, value, &place, self.diagnostics)?;
        Some(CallSetting::BuiltIn(built_in, literal))
    }

    fn client_context(&mut self, name: &str, value: &Json) -> Option<CallSetting> {
        let place = self.place.clone().key("clientParams").key(name);
        let parameter = cases::named(name, self.parameters, &place, self.diagnostics)?;
        let literal = cases::literal(parameter.r#type, value, &place, self.diagnostics)?;
        CallSetting::of(parameter, literal)
    }

    /// Parameters that the case sets, but neither the call nor its operation, become settings of
    /// the client.
    fn set_rest(
        &self,
        settings: &mut Vec<CallSetting>,
        set: &[(FieldName, Literal)],
        model: &Model,
        operation: &Operation,
    ) {
        // Problems of the bindings are reported where those are lowered.
        let bound = super::bindings(model, operation, self.parameters, &mut Diagnostics::new());
        for (field, literal) in set {
            let mut parameters = self.parameters.iter();
            let parameter = parameters.find(|parameter| parameter.field == *field);
            let rest = parameter.and_then(|parameter| CallSetting::of(parameter, literal.clone()));
            let is_bound = bound.iter().any(|binding| binding.parameter == *field);
            if let Some(rest) = rest
                && !is_bound
                && !settings.iter().any(|setting| is_same(setting, &rest))
            {
                settings.push(rest);
            }
        }
    }
}

/// Whether two settings have the same name.
fn is_same(one: &CallSetting, other: &CallSetting) -> bool {
    match (one, other) {
        (CallSetting::BuiltIn(one, _), CallSetting::BuiltIn(other, _)) => one == other,
        (CallSetting::ClientContext(one, _), CallSetting::ClientContext(other, _)) => one == other,
        _ => false,
    }
}
