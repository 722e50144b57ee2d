//! Lowers the parameters of a rule set.

mod known;
mod names;

use serde_json::Value as Json;

pub(in crate::lower) use self::known::Parameters;
pub(in crate::lower) use self::names::taken_setting;
use super::FORMS;
use super::values::{Hold, Type, Value};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::Docs;
use crate::ir::endpoints::{
    BuiltIn, EndpointParameter, Expression, Items, Literal, ParameterCheck, ParameterPresence,
    ParameterSource, ParameterType,
};
use crate::lower::describe::push_deprecation;
use crate::lower::docs::markdown;
use crate::names::{FieldName, TypeName};
use crate::shape_id::{IDENTIFIERS, is_identifier};
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
        match parameter(json, &source, &place, diagnostics) {
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

/// A parameter as a setting of the client.
struct Setting<'a> {
    /// The parameter's name.
    name: &'a str,
    /// Its entry in the service's client context parameters.
    context: Option<&'a Json>,
    model: &'a Model,
}

fn parameter(
    json: &Json,
    setting: &Setting<'_>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<EndpointParameter> {
    let (name, client_context) = (setting.name, setting.context);
    if !is_identifier(name) {
        diagnostics.error(
            place.clone().the_key(),
            format!("`{name}` is not a valid name for a parameter"),
            IDENTIFIERS,
        );
        return None;
    }
    let r#type = parameter_type(json, place, diagnostics)?;
    let built_in = json.get("builtIn").and_then(Json::as_str);
    let known = BUILT_INS.iter().find(|(id, _, _)| Some(*id) == built_in);
    let presence = presence(json, r#type, place, diagnostics)?;
    let field = FieldName::new(name);
    let source = match (client_context, known) {
        // A setting that every client already has is used.
        (_, Some((_, built_in, _))) => ParameterSource::BuiltIn(*built_in),
        (Some(_), None) => setting.source(&field, diagnostics)?,
        (None, None) => ParameterSource::OperationOnly,
    };
    if presence == ParameterPresence::Required
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
    let account_id = ParameterSource::BuiltIn(BuiltIn::AccountId);
    if source == account_id && presence != ParameterPresence::Optional {
        diagnostics.error(
            place.clone().key("required"),
            format!(
                "`{name}` is required, and the account is only known after parameters are built"
            ),
            "make the parameter optional, and let a rule test whether it is set",
        );
        return None;
    }
    Some(EndpointParameter {
        name: name.to_owned(),
        field,
        docs: docs(name, json, client_context, known.map(|(_, _, docs)| *docs)),
        r#type,
        presence,
        check: known.and_then(|(_, built_in, _)| check_of(*built_in)),
        source,
        sensitive: super::bindings::may_be_sensitive(setting.model, name),
    })
}

impl Setting<'_> {
    /// The client's setting for the parameter, whose name in Rust is `field`.
    fn source(&self, field: &FieldName, diagnostics: &mut Diagnostics) -> Option<ParameterSource> {
        let name = self.name;
        if let Some(built_in) = built_in_setting(field) {
            return Some(ParameterSource::BuiltIn(built_in));
        }
        let Some(method) = names::taken_setting(field) else {
            let r#type = TypeName::new(&format!("{name}Setting"));
            return Some(ParameterSource::ClientContext(r#type));
        };
        diagnostics.error(
            Place::shape(&self.model.service.id)
                .r#trait(CLIENT_CONTEXT)
                .key(name),
            format!(
                "`{name}` would become the method `{method}` of a client's configuration, which \
                 has with another meaning"
            ),
            format!("rename `{name}` here and in the rules, or remove it here"),
        );
        None
    }
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
) -> Option<ParameterPresence> {
    let required = json.get("required").and_then(Json::as_bool) == Some(true);
    let Some(default) = json.get("default") else {
        return Some(if required {
            ParameterPresence::Required
        } else {
            ParameterPresence::Optional
        });
    };
    if !required {
        diagnostics.error(
            place.clone().key("required"),
            "a parameter with a default is always set, and must be marked as such",
            "add `\"required\": true`, or remove the default",
        );
        return None;
    }
    let literal = literal(r#type, default);
    if literal.is_none() {
        diagnostics.error(
            place.clone().key("default"),
            format!("the default {default} is not of the parameter's type"),
            format!("write {}", values_of(r#type)),
        );
    }
    literal.map(ParameterPresence::Defaulted)
}

/// The documentation of the parameter, or else of its built-in.
///
/// The documentation of the client's setting has precedence, because users read that.
fn docs(name: &str, json: &Json, client_context: Option<&Json>, built_in: Option<&str>) -> Docs {
    let documentation = |json: &Json| {
        let docs = markdown(json.get("documentation")?.as_str()?);
        (!docs.is_empty()).then_some(docs)
    };
    let mut docs = client_context
        .and_then(documentation)
        .or_else(|| documentation(json))
        .or_else(|| built_in.map(Docs::line))
        .unwrap_or_else(|| Docs::line(format!("The parameter `{name}` of the endpoint rules.")));
    if let Some(deprecated) = json.get("deprecated") {
        let part = |key| deprecated.get(key).and_then(Json::as_str);
        push_deprecation(&mut docs, part("since"), part("message"));
    }
    docs
}
