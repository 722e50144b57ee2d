//! Compares endpoints.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Changes;
use super::kind::Kind;
use super::pairs::Pairs;
use super::{Side, Sides, spell};
use crate::ir::endpoints::{
    Block, BoundValue, Document, EndpointParameter, EndpointTest, Expectation, Expression, Literal,
    ParameterPresence, ParameterSource, ParameterType, RuleFunction, Variable,
};
use crate::ir::{Endpoints, HostPart, Operation};

/// Compares parameters and rules.
pub(super) fn compare(sides: &Sides<'_>, changes: &mut Changes) {
    let (old, new) = (&sides.old.client.endpoints, &sides.new.client.endpoints);
    parameters(old, new, changes);
    let pairs = cases(old, new);
    let mut leads_elsewhere = false;
    for (before, after) in &pairs {
        let kind = match before.expectation {
            Expectation::Endpoint { .. } => Kind::EndpointCase,
            // The case was an error before, so no valid call changes.
            Expectation::Error(_) => Kind::EndpointCaseOfError,
        };
        if let Some([old, new]) = outcomes(sides, before, after) {
            leads_elsewhere |= kind == Kind::EndpointCase;
            changes.differ(kind, &after.name, old, new);
        }
    }
    if !rules(old).eq(rules(new)) || old.diagram != new.diagram {
        // The models' test cases show whether rules that are written differently mean the same.
        let kind = match !pairs.is_empty() && !leads_elsewhere {
            true => Kind::EndpointRulesTested,
            false => Kind::EndpointRules,
        };
        changes.add(kind, "config::endpoint");
    }
}

/// The rules without their documentation.
fn rules(endpoints: &Endpoints) -> impl Iterator<Item = (&[Variable], &Block)> {
    let functions = endpoints.functions.iter();
    functions.map(
        |RuleFunction {
             arguments, body, ..
         }| (arguments.as_slice(), body),
    )
}

/// The test cases that both models have.
fn cases<'a>(old: &'a Endpoints, new: &'a Endpoints) -> Vec<(&'a EndpointTest, &'a EndpointTest)> {
    let pairs = new.tests.iter().filter_map(|case| {
        let is_same = |it: &&EndpointTest| it.parameters == case.parameters;
        Some((old.tests.iter().find(is_same)?, case))
    });
    pairs.collect()
}

/// The expectations of two cases, if they differ: where requests are sent, or how they are signed.
fn outcomes(sides: &Sides<'_>, old: &EndpointTest, new: &EndpointTest) -> Option<[String; 2]> {
    let of = |with_signing| {
        let outcome = |side, case| outcome(side, case, with_signing);
        [outcome(sides.old, old), outcome(sides.new, new)]
    };
    let differ = |outcomes: &[String; 2]| outcomes[0] != outcomes[1];
    Some(of(false))
        .filter(differ)
        .or_else(|| Some(of(true)).filter(differ))
}

fn outcome(side: &Side, case: &EndpointTest, with_signing: bool) -> String {
    match &case.expectation {
        Expectation::Endpoint {
            url,
            headers,
            properties,
        } => {
            let headers = headers.iter().map(|(name, values)| {
                let values = values.join(", ");
                format!("; {name}: {values}")
            });
            let headers: String = headers.collect();
            let schemes = properties.iter().find(|(name, _)| name == "authSchemes");
            let signing = schemes
                .filter(|_| with_signing)
                .and_then(|(_, schemes)| signing(side, case, schemes));
            format!("{url}{headers}{}", signing.unwrap_or_default())
        }
        Expectation::Error(message) => format!("error: {message}"),
    }
}

/// How requests to an endpoint are signed; `None` if that is the default.
fn signing(side: &Side, case: &EndpointTest, schemes: &Document) -> Option<String> {
    let Document::Array(schemes) = schemes else {
        return None;
    };
    let text = |value: &str| Document::Text(Expression::String(value.to_owned()));
    let region = case
        .parameters
        .iter()
        .find_map(|(name, value)| match value {
            Literal::String(value) if name.as_str() == "region" => Some(text(value)),
            _ => None,
        });
    let name = side.client.service.signing_name.as_deref().map(text);
    let schemes = schemes.iter().map(|scheme| {
        let Document::Object(members) = scheme else {
            return scheme.clone();
        };
        let usual = [
            ("signingName", name.as_ref()),
            ("signingRegion", region.as_ref()),
        ];
        let is_usual =
            |(key, value): &&(String, Document)| usual.contains(&(key.as_str(), Some(value)));
        let mut members: Vec<_> = members.iter().filter(|it| !is_usual(it)).cloned().collect();
        members.sort_by(|one, other| one.0.cmp(&other.0));
        Document::Object(members)
    });
    let schemes = Document::Array(schemes.collect());
    let usual = Document::Object(vec![("name".to_owned(), text("sigv4"))]);
    (schemes != Document::Array(vec![usual]))
        .then(|| format!("; signed by {}", spell::document(&schemes)))
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

/// The client's setting for a parameter, if it is specific to this service.
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
    let (before, after) = (bindings(old), bindings(new));
    let parameters: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for parameter in parameters {
        let text = |told: &Bindings| Some(format!("{parameter} = {}", told.get(parameter)?));
        let (before, after) = (text(&before), text(&after));
        let kind = match before {
            Some(_) => Kind::EndpointBinding,
            None => Kind::EndpointBindingAdded,
        };
        changes.differ_if_any(kind, path, before, after);
    }
    let (before, after) = (host(&old.host_prefix), host(&new.host_prefix));
    changes.differ_if_any(Kind::HostPrefix, path, before, after);
}

/// What an operation passes to the endpoint rules, by parameter.
type Bindings = BTreeMap<String, String>;

fn bindings(operation: &Operation) -> Bindings {
    let bindings = operation.endpoint_bindings.iter().map(|binding| {
        let value = match &binding.value {
            BoundValue::Static(value) => literal(value),
            BoundValue::Input(path, _) => spell::input(path),
        };
        (binding.parameter.to_string(), value)
    });
    bindings.collect()
}

fn host(parts: &[HostPart]) -> Option<String> {
    let parts = parts.iter().map(|part| match part {
        HostPart::Text(text) => text.clone(),
        HostPart::Field(field) => format!("{{{field}}}"),
    });
    let prefix: String = parts.collect();
    (!prefix.is_empty()).then_some(prefix)
}
