//! Lowers the parameters of the endpoint rules that operations bind.
//!
//! A parameter can be bound in several ways. The [most
//! specific](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#binding-parameter-values)
//! wins: `@staticContextParams`, then `@contextParam`, then `@operationContextParams`.

use std::cell::LazyCell;

use serde_json::Value as Json;

use super::input::{self, Target};
use super::parameters::{self, Parameters};
use super::path::{Path, Step, parse};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::{
    BoundValue, EndpointParameter, Otherwise, ParameterBinding, ParameterSource,
};
use crate::lower::sensitivity::{is_hidden, sensitive_shapes};
use crate::smithy::{Member, Model, Operation};

/// Constant values.
const STATIC: &str = "smithy.rules#staticContextParams";

/// A member of the input.
const MEMBER: &str = "smithy.rules#contextParam";

/// A path into the input.
const PATH: &str = "smithy.rules#operationContextParams";

/// The bindings of `operation`, in the order of `parameters`.
pub(in crate::lower) fn bindings(
    model: &Model,
    operation: &Operation,
    parameters: &Parameters,
    diagnostics: &mut Diagnostics,
) -> Vec<ParameterBinding> {
    let mut lowering = Lowering {
        model,
        operation,
        diagnostics,
    };
    lowering.check_names(parameters);
    let bound = parameters.iter().filter_map(|parameter| {
        Some(ParameterBinding {
            parameter: parameter.field.clone(),
            value: lowering.value(parameter)?,
        })
    });
    bound.collect()
}

struct Lowering<'a> {
    model: &'a Model,
    operation: &'a Operation,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Lowering<'a> {
    fn value(&mut self, parameter: &EndpointParameter) -> Option<BoundValue> {
        if let Some(json) = self.entry(STATIC, &parameter.name) {
            return self.literal(parameter, json);
        }
        let member = self
            .members()
            .find(|member| bound_name(member) == Some(&parameter.name));
        if let Some(member) = member {
            let path = Path {
                steps: vec![Step::Member(member.name.clone())],
                keys: false,
            };
            let place = self.member_place(member);
            return self.path(parameter, &path, &member.name, place);
        }
        let json = self.entry(PATH, &parameter.name)?;
        let place = self.place(PATH, &parameter.name).key("path");
        let text = json.get("path").and_then(Json::as_str).unwrap_or_default();
        match parse(text) {
            Some(path) => self.path(parameter, &path, text, place),
            None => {
                self.diagnostics.error(
                    place,
                    format!("`{text}` is not a path that the endpoint rules can be bound to"),
                    "use only members, `.`, `[*]`, `*`, `[]`, `[a, b]` and `keys(…)`",
                );
                None
            }
        }
    }

    fn literal(&mut self, parameter: &EndpointParameter, json: &Json) -> Option<BoundValue> {
        let value = json.get("value").unwrap_or(&Json::Null);
        let literal = parameters::literal(parameter.r#type, value);
        if literal.is_none() {
            self.diagnostics.error(
                self.place(STATIC, &parameter.name).key("value"),
                format!(
                    "{value} is not of the type of the parameter `{}`",
                    parameter.name
                ),
                format!("write {}", parameters::values_of(parameter.r#type)),
            );
        }
        literal.map(BoundValue::Static)
    }

    fn path(
        &mut self,
        parameter: &EndpointParameter,
        path: &Path,
        text: &str,
        place: Place,
    ) -> Option<BoundValue> {
        let input = self.operation.input.as_ref().map(|id| self.model.shape(id));
        let target = Target {
            model: self.model,
            input,
            r#type: parameter.r#type,
        };
        match input::resolve(&target, path) {
            Ok(path) => {
                // Without another source there is no value to keep.
                let otherwise = match parameter.source {
                    ParameterSource::OperationOnly => Otherwise::Unset,
                    ParameterSource::BuiltIn(_) | ParameterSource::ClientContext(_) => {
                        Otherwise::Keep
                    }
                };
                Some(BoundValue::Input(path, otherwise))
            }
            Err(problem) => {
                self.diagnostics.error(
                    place,
                    format!(
                        "`{text}` cannot be bound to the parameter `{}`: {problem}",
                        parameter.name
                    ),
                    "bind a part of the input that has the parameter's type",
                );
                None
            }
        }
    }

    /// Checks that every bound name is a parameter.
    fn check_names(&mut self, parameters: &Parameters) {
        let mut bound: Vec<(&str, Place)> = Vec::new();
        for id in [STATIC, PATH] {
            let entries = self.operation.traits.get(id).and_then(Json::as_object);
            let names = entries.into_iter().flat_map(|entries| entries.keys());
            bound.extend(names.map(|name| (name.as_str(), self.place(id, name).the_key())));
        }
        let members = self.members();
        bound.extend(
            members.filter_map(|member| Some((bound_name(member)?, self.member_place(member)))),
        );
        for (name, place) in bound {
            if parameters.lack(name) {
                self.diagnostics.error(
                    place,
                    format!("`{name}` is not a parameter of the endpoint rules"),
                    parameters.mend_name(name),
                );
            }
        }
    }

    fn members(&self) -> impl Iterator<Item = &'a Member> + use<'a> {
        let input = self.operation.input.as_ref().map(|id| self.model.shape(id));
        input.into_iter().flat_map(|input| input.members())
    }

    fn entry(&self, id: &str, name: &str) -> Option<&'a Json> {
        self.operation.traits.get(id)?.get(name)
    }

    fn place(&self, id: &str, name: &str) -> Place {
        Place::shape(&self.operation.id).r#trait(id).key(name)
    }

    fn member_place(&self, member: &Member) -> Place {
        match &self.operation.input {
            Some(input) => Place::shape(&input.with_member(&member.name)).r#trait(MEMBER),
            None => Place::shape(&self.operation.id),
        }
    }
}

/// Whether the value of a parameter may come from a sensitive member.
pub(super) fn may_be_sensitive(model: &Model, parameter: &str) -> bool {
    let sensitive = LazyCell::new(|| sensitive_shapes(model));
    model.operations.iter().any(|operation| {
        let paths = operation.traits.get(PATH).and_then(|it| it.get(parameter));
        let path = paths.and_then(|it| parse(it.get("path")?.as_str()?));
        let input = operation.input.as_ref().map(|id| model.shape(id));
        let mut members = input.into_iter().flat_map(|input| input.members());
        members.any(|member| {
            let is_hidden = is_hidden(model, member);
            let below = || is_hidden || sensitive.contains(&member.target);
            let begins = |path: &Path| matches!(path.steps.first(), Some(Step::Member(it)) if *it == member.name);
            is_hidden && bound_name(member) == Some(parameter)
                || path.as_ref().is_some_and(begins) && below()
        })
    })
}

/// Whether every call requires a member, because the endpoint depends on it.
pub(in crate::lower) fn is_needed(member: &Member, parameters: &Parameters) -> bool {
    let is_known = |name| parameters.iter().any(|parameter| parameter.name == name);
    member.traits.required() && bound_name(member).is_some_and(is_known)
}

/// The name of the parameter that a member is bound to.
fn bound_name(member: &Member) -> Option<&str> {
    member.traits.get(MEMBER)?.get("name")?.as_str()
}
