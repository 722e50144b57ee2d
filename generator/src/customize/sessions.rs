//! Resolves the customization `sessions` in the model.

use serde_json::Value;

use super::model::context_param;
use super::names::{Names, Side};
use super::said;
use crate::config::{Entry, Layer, SessionTerms};
use crate::smithy::ast::ShapeType;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{Assembled, ShapeId, Traits};

/// The members of credentials and their types.
pub(crate) const CREDENTIALS: [(&str, ShapeType); 4] = [
    ("AccessKeyId", ShapeType::String),
    ("SecretAccessKey", ShapeType::String),
    ("SessionToken", ShapeType::String),
    ("Expiration", ShapeType::Timestamp),
];

/// Sessions: the service issues short-lived credentials for one resource, and some calls are signed
/// with them.
#[derive(Clone, Debug)]
pub(crate) struct Sessions {
    /// The auth scheme of endpoints that require a session.
    pub(crate) scheme: String,
    /// The operation that opens a session.
    pub(crate) operation: ShapeId,
    /// The member of its input that names the resource of the session.
    pub(crate) input: String,
    /// The parameter of the endpoint rules that names the resource of any call.
    pub(crate) parameter: String,
    /// The member of its output that contains the credentials.
    pub(crate) credentials: String,
    /// The header that contains the token of a session, in lower case.
    pub(crate) token_header: String,
    /// The client's setting for other credentials.
    pub(crate) provider: String,
    /// The client's setting that disables sessions: a parameter of the endpoint rules.
    pub(crate) disabled_by: String,
    /// The environment variable for the same setting.
    pub(crate) variable: String,
    /// The key in profiles for the same setting.
    pub(crate) profile: String,
    /// The feature in the user agent.
    pub(crate) feature: Option<String>,
}

impl Sessions {
    /// The sessions; `None` if there is no such customization, or it does not fit the model.
    pub(super) fn of(
        model: &Assembled<'_>,
        layers: &[Layer<'_>],
        names: &mut Names,
    ) -> Option<Self> {
        let (layer, terms) = said(layers, |it| it.sessions.as_ref())?;
        Search {
            model,
            layer,
            names,
        }
        .sessions(terms.as_ref())
    }
}

/// A search for names in the model.
struct Search<'a> {
    model: &'a Assembled<'a>,
    layer: Layer<'a>,
    names: &'a mut Names,
}

impl Search<'_> {
    fn sessions(&mut self, terms: &SessionTerms) -> Option<Sessions> {
        let (operation, input) = (terms.operation.as_ref()?, terms.input.as_ref()?);
        let (model, layer) = (self.model, self.layer);
        let operation = self.names.operations(model, layer, operation);
        let operation = operation.into_iter().next();
        let parameter = operation.as_ref().and_then(|it| self.parameter(it, input));
        let has_credentials = operation
            .as_ref()
            .map(|it| self.has_credentials(it, terms.credentials.as_ref()));
        // Looks up all names, so that all problems are reported.
        let is_scheme = self.is_scheme(terms.scheme.as_ref()?);
        let is_setting = self.is_setting(terms.disabled_by.as_ref()?);
        if !(has_credentials? && is_scheme && is_setting) {
            return None;
        }
        let text = |entry: &Option<Entry>| Some(entry.as_ref()?.as_str().to_owned());
        Some(Sessions {
            scheme: text(&terms.scheme)?,
            operation: operation?,
            input: input.as_str().to_owned(),
            parameter: parameter?,
            credentials: text(&terms.credentials)?,
            token_header: terms.token_header.as_ref()?.as_ref().to_lowercase(),
            provider: terms.provider.as_ref()?.as_ref().clone(),
            disabled_by: text(&terms.disabled_by)?,
            variable: terms.variable.clone()?,
            profile: terms.profile.clone()?,
            feature: terms.feature.as_ref().map(|it| it.as_ref().clone()),
        })
    }

    /// The parameter of the endpoint rules that a member of the operation's input sets.
    fn parameter(&mut self, operation: &ShapeId, input: &Entry) -> Option<String> {
        let (model, layer) = (self.model, self.layer);
        let id = self
            .names
            .member_of(Side::Input, model, layer, operation, input)?;
        let bound = context_param(model.structure_member(&id)?);
        if bound.is_none() {
            let message = "no parameter of the endpoint rules is bound to the member";
            let remedy = "name a member with the trait `@contextParam`";
            self.names.wrong(layer, input, message, remedy);
        }
        bound
    }

    /// Whether a member of the operation's output contains credentials.
    fn has_credentials(&mut self, operation: &ShapeId, credentials: Option<&Entry>) -> bool {
        let (model, layer) = (self.model, self.layer);
        let Some(name) = credentials else {
            return false;
        };
        let member = self
            .names
            .member_of(Side::Output, model, layer, operation, name);
        let Some(member) = member.as_ref().and_then(|id| model.structure_member(id)) else {
            return false;
        };
        let structure = model.shape(&member.target);
        let members = structure.and_then(|it| it.members.as_ref());
        let is_there = |(name, wanted): &(&str, ShapeType)| {
            let member = members.and_then(|members| members.get(*name));
            let target = member.and_then(|member| model.shape(&member.target));
            target.is_some_and(|target| target.r#type == *wanted)
        };
        let is_structure = structure.is_some_and(|it| it.r#type == ShapeType::Structure);
        let is_right = is_structure && CREDENTIALS.iter().all(is_there);
        if !is_right {
            let message = "there are no credentials in the member";
            let remedy = "name a structure that has the strings `AccessKeyId`, `SecretAccessKey` and \
                          `SessionToken`, and the timestamp `Expiration`";
            self.names.wrong(layer, name, message, remedy);
        }
        is_right
    }

    /// Whether the rules return endpoints with this auth scheme.
    fn is_scheme(&mut self, scheme: &Entry) -> bool {
        let rules = ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"];
        let traits = self.service();
        let mut rules = rules.iter().filter_map(|name| traits?.get(name));
        let is_named = rules.any(|rules| has_text(rules, scheme.as_str()));
        if !is_named {
            let message = "no endpoint of the rules has the auth scheme";
            let remedy = "spell it as the endpoint rules do, or remove it";
            self.names.wrong(self.layer, scheme, message, remedy);
        }
        is_named
    }

    /// Whether the client has this setting and it is a boolean.
    fn is_setting(&mut self, name: &Entry) -> bool {
        let context = |traits: &Traits| traits.get("smithy.rules#clientContextParams").cloned();
        let context = self.service().and_then(context).unwrap_or_default();
        let is_switch = context[name.as_str()]["type"] == "boolean";
        if !is_switch {
            let switches = context.as_object().into_iter().flatten();
            let switches = switches.filter(|(_, context)| context["type"] == "boolean");
            let remedy = did_you_mean(name.as_str(), switches.map(|(name, _)| name.as_str()));
            let remedy = remedy.unwrap_or_else(|| {
                "name a boolean of the service's `@clientContextParams`".to_owned()
            });
            let message = "the client has no setting";
            self.names.wrong(self.layer, name, message, &remedy);
        }
        is_switch
    }

    fn service(&self) -> Option<&Traits> {
        self.model.shape(self.model.service())?.traits.as_ref()
    }
}

/// Whether a value contains a text anywhere.
fn has_text(value: &Value, text: &str) -> bool {
    match value {
        Value::String(found) => found == text,
        Value::Array(items) => items.iter().any(|it| has_text(it, text)),
        Value::Object(entries) => entries.values().any(|it| has_text(it, text)),
        _ => false,
    }
}
