//! Lowers the parameters of a rule set.

mod known;
mod names;
mod parameter;

use serde_json::Value as Json;

pub(in crate::lower) use self::known::Parameters;
pub(in crate::lower) use self::names::taken_setting;
use self::parameter::Setting;
use super::FORMS;
use super::values::{Hold, Type, Value};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::Docs;
use crate::ir::endpoints::{
    BuiltIn, EndpointParameter, Expression, Items, Literal, ParameterCheck, ParameterPresence,
    ParameterSource, ParameterType,
};
use crate::names::FieldName;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{Model, Traits};

/// The trait that turns parameters into settings of the client.
const CLIENT_CONTEXT: &str = "smithy.rules#clientContextParams";

/// The built-ins that a client's configuration can set, with descriptions.
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
) -> Parameters {
    let place = place.clone().key("parameters");
    let Some(parameters) = rule_set.get("parameters").and_then(Json::as_object) else {
        diagnostics.error(
            place,
            "the rule set has no map of parameters",
            "add `parameters`, an empty object if there are none",
        );
        return Parameters {
            sound: Vec::new(),
            broken: None,
        };
    };
    let client_context = model.service.traits.get(CLIENT_CONTEXT);
    check_client_context(model, client_context, parameters, diagnostics);
    let (mut sound, mut broken) = (Vec::new(), Vec::new());
    for (name, json) in parameters {
        let context = client_context.and_then(|context| context.get(name));
        let place = place.clone().key(name);
        let source = Setting {
            name,
            context,
            model,
        };
        match parameter::lower(json, &source, &place, diagnostics) {
            Some(parameter) => sound.push(parameter),
            None => broken.push(name.clone()),
        }
    }
    names::check(&sound, &place, diagnostics);
    Parameters {
        sound,
        broken: Some(broken),
    }
}

/// The parameters of a service that has no rules.
pub(super) fn without_rules(is_aws: bool) -> Vec<EndpointParameter> {
    let region = is_aws.then_some(("Region", BUILT_INS[0]));
    let all = region.into_iter().chain([("Endpoint", BUILT_INS[3])]);
    let parameters = all.map(|(name, (_, built_in, docs))| EndpointParameter {
        name: name.to_owned(),
        field: FieldName::new(name),
        docs: Docs::line(docs),
        r#type: ParameterType::String,
        presence: ParameterPresence::Optional,
        source: ParameterSource::BuiltIn(built_in),
        check: check_of(built_in),
        sensitive: false,
    });
    parameters.collect()
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

/// The values of a parameter's type, for remedies.
pub(super) fn values_of(r#type: ParameterType) -> &'static str {
    match r#type {
        ParameterType::String => "a string",
        ParameterType::Boolean => "`true` or `false`",
        ParameterType::StringArray => "an array of strings",
    }
}

/// The remedy for the name of a parameter that the rule set lacks.
fn mend_name<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    did_you_mean(name, known)
        .unwrap_or_else(|| "add it to the rule set's `parameters`, or remove it here".to_owned())
}

impl EndpointParameter {
    /// The value of a reference to the parameter.
    pub(super) fn value(&self) -> Value {
        let optional = self.presence == ParameterPresence::Optional;
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

/// Checks that every setting of the client is a parameter of the rules.
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
                mend_name(name, parameters.keys().map(String::as_str)),
            );
        }
    }
}

/// The built-in that a client's configuration can set, if `id` names one.
pub(super) fn built_in(id: &str) -> Option<BuiltIn> {
    let found = BUILT_INS.iter().find(|(known, _, _)| *known == id);
    found.map(|(_, built_in, _)| *built_in)
}

/// The built-in that clients already have a setting for.
fn built_in_setting(field: &FieldName) -> Option<BuiltIn> {
    match field.as_str() {
        "endpoint_url" => Some(BuiltIn::Endpoint),
        "region" => Some(BuiltIn::Region),
        "use_dual_stack" => Some(BuiltIn::UseDualStack),
        "use_fips" => Some(BuiltIn::UseFips),
        _ => None,
    }
}

/// Whether the rules of a service, if it has any, use settings of AWS.
pub(in crate::lower) fn take_settings_of_aws(service: &Traits) -> bool {
    let rules = FORMS
        .iter()
        .find_map(|form| service.get(form)?.get("parameters")?.as_object());
    let is_of_aws = |parameter: &Json| {
        let built_in = parameter.get("builtIn").and_then(Json::as_str);
        built_in.is_some_and(|it| it.starts_with("AWS::"))
    };
    let settings = service.get(CLIENT_CONTEXT).and_then(Json::as_object);
    let is_setting_of_aws = |name: &str| {
        let built_in = built_in_setting(&FieldName::new(name));
        built_in.is_some_and(|it| it != BuiltIn::Endpoint)
    };
    rules.is_some_and(|rules| rules.values().any(is_of_aws))
        || settings.is_some_and(|settings| settings.keys().any(|name| is_setting_of_aws(name)))
}

fn check_of(built_in: BuiltIn) -> Option<ParameterCheck> {
    (built_in == BuiltIn::Region).then_some(ParameterCheck::HostLabel)
}
