//! How calls are authenticated; see <https://smithy.io/2.0/spec/authentication-traits.html>.

use serde_json::Value;

use super::endpoints;
use crate::ir::{ApiKey, AuthScheme};
use crate::names::FieldName;
use crate::smithy::{Model, Traits};

/// The schemes that clients know, in Smithy's order of preference where the model has no other:
/// that of their ids.
const SCHEMES: [(&str, AuthScheme); 4] = [
    ("aws.auth#sigv4", AuthScheme::SigV4),
    ("smithy.api#httpApiKeyAuth", AuthScheme::ApiKey),
    ("smithy.api#httpBasicAuth", AuthScheme::Basic),
    ("smithy.api#httpBearerAuth", AuthScheme::Bearer),
];

/// The schemes by which an operation, or the service as a whole, is authenticated, in order of
/// preference.
pub(super) fn schemes(service: &Traits, traits: &Traits) -> Vec<AuthScheme> {
    let mut schemes = Vec::new();
    let mut push = |id: &str| {
        let known = SCHEMES.iter().find(|(known, _)| *known == id);
        let offered = known.filter(|_| service.has(id));
        schemes.extend(offered.map(|(_, scheme)| *scheme));
    };
    match traits.auth().or_else(|| service.auth()) {
        Some(ids) => ids.iter().for_each(|id| push(id)),
        None => SCHEMES.iter().for_each(|(id, _)| push(id)),
    }
    if schemes.is_empty() || traits.optional_auth() {
        schemes.push(AuthScheme::NoAuth);
    }
    schemes
}

/// The schemes of the operations that are not authenticated as the service is.
pub(super) fn of_operations(
    model: &Model,
    of_service: &[AuthScheme],
) -> Vec<(String, Vec<AuthScheme>)> {
    let operations = model.operations.iter().map(|operation| {
        let schemes = schemes(&model.service.traits, &operation.traits);
        (operation.id.name().to_owned(), schemes)
    });
    operations
        .filter(|(_, schemes)| *schemes != of_service)
        .collect()
}

/// Whether a service wants what AWS's do: it is one, signs as they do, or its endpoints depend on
/// their settings.
pub(super) fn is_aws(service: &Traits) -> bool {
    let rules = endpoints::FORMS.into_iter();
    let rules = rules.filter_map(|form| service.get(form)?.get("parameters")?.as_object());
    let mut parameters = rules.flatten();
    let is_setting = |parameter: &Value| {
        let built_in = parameter.get("builtIn").and_then(Value::as_str);
        built_in.is_some_and(|it| it.starts_with("AWS::"))
    };
    let settings = service.get("smithy.rules#clientContextParams");
    let mut settings = settings.and_then(Value::as_object).into_iter().flatten();
    let is_setting_of_aws = |name: &str| {
        let field = FieldName::new(name);
        matches!(field.as_str(), "region" | "use_dual_stack" | "use_fips")
    };
    service.has("aws.api#service")
        || service.has("aws.auth#sigv4")
        || settings.any(|(name, _)| is_setting_of_aws(name))
        || parameters.any(|(_, parameter)| is_setting(parameter))
}

/// Where the service wants an API key.
pub(super) fn api_key(service: &Traits) -> Option<ApiKey> {
    let key = service.http_api_key_auth()?;
    let name = key.name.to_owned();
    Some(match key.in_query {
        true => ApiKey::Query(name),
        false => ApiKey::Header {
            name: name.to_lowercase(),
            scheme: key.scheme.map(str::to_owned),
        },
    })
}
