//! Lowers one parameter of a rule set.

use serde_json::Value as Json;

use super::{BUILT_INS, CLIENT_CONTEXT, built_in_setting, check_of, literal, names, values_of};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::Docs;
use crate::ir::endpoints::{
    BuiltIn, EndpointParameter, ParameterPresence, ParameterSource, ParameterType,
};
use crate::lower::describe::push_deprecation;
use crate::lower::docs::markdown;
use crate::lower::endpoints::bindings::may_be_sensitive;
use crate::names::{FieldName, TypeName};
use crate::shape_id::{IDENTIFIERS, is_identifier};
use crate::smithy::Model;

/// A parameter as a setting of the client.
pub(super) struct Setting<'a> {
    /// The parameter's name.
    pub(super) name: &'a str,
    /// Its entry in the service's client context parameters.
    pub(super) context: Option<&'a Json>,
    pub(super) model: &'a Model,
}

/// The parameter that `json` describes.
pub(super) fn lower(
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
    check_presence(&presence, &source, setting, built_in, place, diagnostics)?;
    Some(EndpointParameter {
        name: name.to_owned(),
        field,
        docs: docs(name, json, client_context, known.map(|(_, _, docs)| *docs)),
        r#type,
        presence,
        check: known.and_then(|(_, built_in, _)| check_of(*built_in)),
        source,
        sensitive: may_be_sensitive(setting.model, name),
    })
}

/// Checks that a parameter that must have a value can have one.
fn check_presence(
    presence: &ParameterPresence,
    source: &ParameterSource,
    setting: &Setting<'_>,
    built_in: Option<&str>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    let name = setting.name;
    if *presence == ParameterPresence::Required
        && built_in.is_some()
        && *source == ParameterSource::OperationOnly
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
    if *source == account_id && *presence != ParameterPresence::Optional {
        diagnostics.error(
            place.clone().key("required"),
            format!(
                "`{name}` is required, and the account is only known after parameters are built"
            ),
            "make the parameter optional, and let a rule test whether it is set",
        );
        return None;
    }
    Some(())
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
