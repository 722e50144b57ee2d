//! Where calls go.

use super::Sides;
use super::change::{Changes, Kind};
use super::pairs::Pairs;
use crate::ir::endpoints::{
    Block, EndpointParameter, EndpointTest, Expectation, Literal, ParameterPresence,
    ParameterSource, ParameterType, RuleFunction, Variable,
};
use crate::ir::{Endpoints, HostPart, Operation};

/// Compares parameters and rules.
pub(super) fn compare(sides: &Sides<'_>, changes: &mut Changes) {
    let (old, new) = (&sides.old.client.endpoints, &sides.new.client.endpoints);
    parameters(old, new, changes);
    let pairs = cases(old, new);
    for (before, after) in &pairs {
        let texts = (text(&before.expectation), text(&after.expectation));
        changes.differ(Kind::EndpointCase, &after.name, texts.0, texts.1);
    }
    if !rules(old).eq(rules(new)) || old.diagram != new.diagram {
        // The models' own cases say whether rules that are written in another way mean the same.
        let is_same = |(before, after): &(&EndpointTest, &EndpointTest)| {
            text(&before.expectation) == text(&after.expectation)
        };
        let kind = match !pairs.is_empty() && pairs.iter().all(is_same) {
            true => Kind::EndpointRulesTested,
            false => Kind::EndpointRules,
        };
        changes.add(kind, "config::endpoint");
    }
}

/// The rules without what is said about them.
fn rules(endpoints: &Endpoints) -> impl Iterator<Item = (&[Variable], &Block)> {
    let functions = endpoints.functions.iter();
    functions.map(
        |RuleFunction {
             arguments, body, ..
         }| (arguments.as_slice(), body),
    )
}

/// The cases in which both models expect something.
fn cases<'a>(old: &'a Endpoints, new: &'a Endpoints) -> Vec<(&'a EndpointTest, &'a EndpointTest)> {
    let pairs = new.tests.iter().filter_map(|case| {
        let is_same = |it: &&EndpointTest| it.parameters == case.parameters;
        Some((old.tests.iter().find(is_same)?, case))
    });
    pairs.collect()
}

fn text(expectation: &Expectation) -> String {
    match expectation {
        Expectation::Endpoint { url, .. } => url.clone(),
        Expectation::Error(message) => format!("error: {message}"),
    }
}

fn parameters(old: &Endpoints, new: &Endpoints, changes: &mut Changes) {
    let pairs = Pairs::of(
        &old.parameters,
        &new.parameters,
        |parameter| parameter.field.clone(),
        |_, _| false,
    );
    for parameter in &pairs.removed {
        changes.removed(
            Kind::EndpointParameterRemoved,
            path(parameter),
            ty(parameter),
        );
        if let Some(setting) = setting(parameter) {
            changes.add(Kind::SettingRemoved, setting);
        }
    }
    for parameter in &pairs.added {
        changes.added(Kind::EndpointParameterAdded, path(parameter), ty(parameter));
        if let Some(setting) = setting(parameter) {
            changes.add(Kind::SettingAdded, setting);
        }
        if parameter.presence == ParameterPresence::Required {
            changes.add(Kind::EndpointParameterRequired, path(parameter));
        }
    }
    for (old, new) in &pairs.kept {
        parameter(old, new, changes);
    }
}

fn parameter(old: &EndpointParameter, new: &EndpointParameter, changes: &mut Changes) {
    let path = path(new);
    changes.differ(Kind::EndpointParameterType, &path, ty(old), ty(new));
    match (setting(old), setting(new)) {
        (Some(setting), None) => changes.add(Kind::SettingRemoved, setting),
        (None, Some(setting)) => changes.add(Kind::SettingAdded, setting),
        _ => {}
    }
    let is_required = |it: &EndpointParameter| it.presence == ParameterPresence::Required;
    if is_required(new) && !is_required(old) {
        changes.add(Kind::EndpointParameterRequired, &path);
    }
    let default = |parameter: &EndpointParameter| match &parameter.presence {
        ParameterPresence::Defaulted(value) => Some(literal(value)),
        ParameterPresence::Optional | ParameterPresence::Required => None,
    };
    changes.differ_if_any(
        Kind::EndpointParameterDefault,
        path,
        default(old),
        default(new),
    );
}

fn path(parameter: &EndpointParameter) -> String {
    format!("config::endpoint::Params::{}", parameter.field)
}

/// The setting of the client that a parameter is, if it is one of this service alone.
fn setting(parameter: &EndpointParameter) -> Option<String> {
    match parameter.source {
        ParameterSource::ClientContext(_) => Some(format!("config::Builder::{}", parameter.field)),
        ParameterSource::BuiltIn(_) | ParameterSource::OperationOnly => None,
    }
}

fn ty(parameter: &EndpointParameter) -> String {
    let ty = match parameter.r#type {
        ParameterType::String => "String",
        ParameterType::Boolean => "bool",
        ParameterType::StringArray => "Vec<String>",
    };
    match parameter.presence {
        ParameterPresence::Optional => format!("Option<{ty}>"),
        ParameterPresence::Required | ParameterPresence::Defaulted(_) => ty.to_owned(),
    }
}

fn literal(value: &Literal) -> String {
    match value {
        Literal::String(text) => format!("{text:?}"),
        Literal::Boolean(value) => value.to_string(),
        Literal::StringArray(texts) => format!("{texts:?}"),
    }
}

/// Compares what an operation adds to the client's endpoint.
pub(super) fn operation(path: &str, old: &Operation, new: &Operation, changes: &mut Changes) {
    if old.endpoint_bindings != new.endpoint_bindings {
        changes.add(Kind::EndpointBinding, path);
    }
    let (before, after) = (host(&old.host_prefix), host(&new.host_prefix));
    changes.differ_if_any(Kind::HostPrefix, path, before, after);
}

fn host(parts: &[HostPart]) -> Option<String> {
    let parts = parts.iter().map(|part| match part {
        HostPart::Text(text) => text.clone(),
        HostPart::Field(field) => format!("{{{field}}}"),
    });
    let prefix: String = parts.collect();
    (!prefix.is_empty()).then_some(prefix)
}
