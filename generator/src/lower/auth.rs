//! How calls are authenticated; see <https://smithy.io/2.0/spec/authentication-traits.html>.

use super::endpoints;
use crate::ir::{ApiKey, AuthScheme};
use crate::smithy::{Model, Operation, Traits};

/// The supported schemes, in Smithy's order of preference if the model sets none: sorted by id.
const SCHEMES: [(&str, AuthScheme); 5] = [
    ("aws.auth#sigv4", AuthScheme::SigV4),
    ("aws.auth#sigv4a", AuthScheme::SigV4A),
    ("smithy.api#httpApiKeyAuth", AuthScheme::ApiKey),
    ("smithy.api#httpBasicAuth", AuthScheme::Basic),
    ("smithy.api#httpBearerAuth", AuthScheme::Bearer),
];

/// The authentication schemes of an operation, or of the service as a whole, in order of
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

/// The authentication schemes of one operation.
pub(super) fn of_operation(model: &Model, operation: &Operation) -> Vec<AuthScheme> {
    let mut schemes = schemes(&model.service.traits, &operation.traits);
    let input = operation.input.as_ref().map(|id| model.shape(id));
    if model.has_events(input) {
        // The runtime cannot sign events with this scheme.
        schemes.retain(|scheme| *scheme != AuthScheme::SigV4A);
    }
    schemes
}

/// The schemes of operations whose authentication differs from the service's.
pub(super) fn of_operations(
    model: &Model,
    of_service: &[AuthScheme],
) -> Vec<(String, Vec<AuthScheme>)> {
    let operations = model.operations.iter().map(|operation| {
        (
            operation.id.name().to_owned(),
            of_operation(model, operation),
        )
    });
    operations
        .filter(|(_, schemes)| *schemes != of_service)
        .collect()
}

/// The signing name, if requests are signed.
pub(super) fn signing_name(service: &Traits) -> Option<&str> {
    service.sigv4_name().or_else(|| service.sigv4a_name())
}

/// Whether clients need credentials and a region like those of AWS: the service is AWS's, signs
/// like AWS, or its endpoints depend on AWS's settings.
pub(super) fn is_aws(service: &Traits) -> bool {
    service.has("aws.api#service")
        || signing_name(service).is_some()
        || endpoints::take_settings_of_aws(service)
}

/// Where an API key is sent.
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
