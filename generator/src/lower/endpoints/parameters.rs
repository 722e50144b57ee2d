//! The parameters of a rule set, and where their values come from.

use serde_json::Value as Json;

use super::values::{Hold, Type, Value};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::{
    BuiltIn, EndpointParameter, Expression, Items, Literal, ParameterCheck, ParameterSource,
    ParameterType, Presence,
};
use crate::lower::names::{FieldName, TypeName};
use crate::smithy::Model;

/// The trait that makes parameters settings of the client.
const CLIENT_CONTEXT: &str = "smithy.rules#clientContextParams";

/// The built-ins that a client's configuration can set, and what they are for.
const BUILT_INS: [(&str, BuiltIn, &str); 6] = [
    (
        "AWS::Region",
        BuiltIn::Region,
        "The AWS Region that requests go to.",
    ),
    (
        "AWS::UseDualStack",
        BuiltIn::UseDualStack,
        "Whether to use an endpoint that can be reached by IPv4 and by IPv6.",
    ),
    (
        "AWS::UseFIPS",
        BuiltIn::UseFips,
        "Whether to use an endpoint with cryptography validated against FIPS 140.",
    ),
    (
        "SDK::Endpoint",
        BuiltIn::Endpoint,
        "The URL that requests go to, if the client is configured with one.",
    ),
    (
        "AWS::Auth::AccountId",
        BuiltIn::AccountId,
        "The AWS account of the credentials, if they tell.",
    ),
    (
        "AWS::Auth::AccountIdEndpointMode",
        BuiltIn::AccountIdEndpointMode,
        "Whether the account may be part of the endpoint: `preferred`, `required` or `disabled`.",
    ),
];

/// The parameters of a rule set.
pub(super) fn lower(
    model: &Model,
    rule_set: &Json,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<EndpointParameter>> {
    let place = place.clone().key("parameters");
    let Some(parameters) = rule_set.get("parameters").and_then(Json::as_object) else {
        diagnostics.error(
            place,
            "the rule set has no map of parameters",
            "add `parameters`, an empty object if there are none",
        );
        return None;
    };
    let client_context = model.service.traits.get(CLIENT_CONTEXT);
    check_client_context(model, client_context, parameters, diagnostics);
    let lowered: Vec<_> = parameters
        .iter()
        .map(|(name, json)| {
            let context = client_context.and_then(|context| context.get(name));
            parameter(name, json, context, &place.clone().key(name), diagnostics)
        })
        .collect();
    lowered.into_iter().collect()
}

/// The parameters of a service that has no rules.
pub(super) fn without_rules() -> Vec<EndpointParameter> {
    [("Region", BUILT_INS[0]), ("Endpoint", BUILT_INS[3])]
        .map(|(name, (_, built_in, docs))| EndpointParameter {
            name: name.to_owned(),
            field: FieldName::new(name),
            docs: vec![docs.to_owned()],
            r#type: ParameterType::String,
            presence: Presence::Optional,
            source: ParameterSource::BuiltIn(built_in),
            check: check_of(built_in),
        })
        .into()
}

/// The literal in `json`, if it is of this type.
pub(super) fn literal(r#type: ParameterType, json: &Json) -> Option<Literal> {
    Some(match r#type {
        ParameterType::String => Literal::String(json.as_str()?.to_owned()),
        ParameterType::Boolean => Literal::Boolean(json.as_bool()?),
        ParameterType::StringArray => Literal::StringArray(
            json.as_array()?
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect::<Option<_>>()?,
        ),
    })
}

impl EndpointParameter {
    /// What a reference to the parameter stands for.
    pub(super) fn value(&self) -> Value {
        let optional = self.presence == Presence::Optional;
        let place = Expression::Parameter(self.field.clone());
        let view = Expression::ParameterView(self.field.clone());
        let (r#type, expression, hold) = match (self.r#type, optional) {
            (ParameterType::Boolean, _) => (Type::Boolean, place, Hold::Copied),
            (ParameterType::String, false) => (Type::String, place, Hold::Place),
            (ParameterType::String, true) => (Type::String, view, Hold::Borrowed),
            (ParameterType::StringArray, false) => (Type::Array(Items::Owned), place, Hold::Place),
            (ParameterType::StringArray, true) => (Type::Array(Items::Owned), view, Hold::Borrowed),
        };
        Value {
            expression,
            r#type,
            optional,
            hold,
        }
    }
}

/// Every setting of the client has to be a parameter of the rules.
fn check_client_context(
    model: &Model,
    client_context: Option<&Json>,
    parameters: &serde_json::Map<String, Json>,
    diagnostics: &mut Diagnostics,
) {
    let settings = client_context.and_then(Json::as_object);
    for name in settings.into_iter().flat_map(|settings| settings.keys()) {
        if !parameters.contains_key(name) {
            diagnostics.error(
                Place::shape(&model.service.id)
                    .r#trait(CLIENT_CONTEXT)
                    .key(name),
                format!("`{name}` is not a parameter of the endpoint rules"),
                "add it to the rule set's `parameters`, or remove it here",
            );
        }
    }
}

fn parameter(
    name: &str,
    json: &Json,
    client_context: Option<&Json>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<EndpointParameter> {
    let r#type = parameter_type(json, place, diagnostics)?;
    let built_in = json.get("builtIn").and_then(Json::as_str);
    let known = BUILT_INS.iter().find(|(id, _, _)| Some(*id) == built_in);
    let presence = presence(json, r#type, place, diagnostics)?;
    let source = match (client_context, known) {
        // A setting that every client has anyway needs no second one beside it.
        (_, Some((_, built_in, _))) => ParameterSource::BuiltIn(*built_in),
        (Some(_), None) => ParameterSource::ClientContext(TypeName::new(name)),
        (None, None) => ParameterSource::OperationOnly,
    };
    if presence == Presence::Required
        && built_in.is_some()
        && source == ParameterSource::OperationOnly
    {
        diagnostics.error(
            place.clone().key("builtIn"),
            format!(
                "`{name}` is required and nothing can set it: no client has the built-in `{}`",
                built_in.unwrap_or_default()
            ),
            "give the parameter a default, or make it optional",
        );
        return None;
    }
    Some(EndpointParameter {
        name: name.to_owned(),
        field: FieldName::new(name),
        docs: docs(name, json, client_context, known.map(|(_, _, docs)| *docs)),
        r#type,
        presence,
        check: known.and_then(|(_, built_in, _)| check_of(*built_in)),
        source,
    })
}

fn check_of(built_in: BuiltIn) -> Option<ParameterCheck> {
    (built_in == BuiltIn::Region).then_some(ParameterCheck::HostLabel)
}

fn parameter_type(
    json: &Json,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<ParameterType> {
    let name = json.get("type").and_then(Json::as_str).unwrap_or_default();
    // The specification writes the types in lower case; published rule sets also capitalize them.
    if name.eq_ignore_ascii_case("string") {
        Some(ParameterType::String)
    } else if name.eq_ignore_ascii_case("boolean") {
        Some(ParameterType::Boolean)
    } else if name.eq_ignore_ascii_case("stringArray") {
        Some(ParameterType::StringArray)
    } else {
        diagnostics.error(
            place.clone().key("type"),
            format!("`{name}` is not a type of parameters"),
            "use `string`, `boolean` or `stringArray`",
        );
        None
    }
}

fn presence(
    json: &Json,
    r#type: ParameterType,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Presence> {
    let required = json.get("required").and_then(Json::as_bool) == Some(true);
    let Some(default) = json.get("default") else {
        return Some(if required {
            Presence::Required
        } else {
            Presence::Optional
        });
    };
    if !required {
        diagnostics.error(
            place.clone().key("required"),
            "a parameter with a default is always set, and has to be marked as such",
            "add `\"required\": true`, or remove the default",
        );
        return None;
    }
    let literal = literal(r#type, default);
    if literal.is_none() {
        diagnostics.error(
            place.clone().key("default"),
            format!("the default {default} is not of the parameter's type"),
            "write a value of the type that `type` names",
        );
    }
    literal.map(Presence::Defaulted)
}

/// What the model says about the parameter, or else what its built-in is for.
fn docs(
    name: &str,
    json: &Json,
    client_context: Option<&Json>,
    built_in: Option<&str>,
) -> Vec<String> {
    let documentation = |json: &Json| {
        let text = json.get("documentation")?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let text = documentation(json)
        .or_else(|| client_context.and_then(documentation))
        .or_else(|| built_in.map(str::to_owned))
        .unwrap_or_else(|| format!("The parameter `{name}` of the endpoint rules."));
    let mut lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
    if let Some(deprecated) = json.get("deprecated") {
        let part = |key| deprecated.get(key).and_then(Json::as_str);
        let since = part("since").map_or(String::new(), |since| format!(" since {since}"));
        let message = part("message").map_or(String::new(), |message| format!(": {message}"));
        lines.push(String::new());
        lines.push(format!("Deprecated{since}{message}"));
    }
    lines
}
