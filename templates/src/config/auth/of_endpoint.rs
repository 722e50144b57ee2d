//! Auth schemes of endpoints: endpoint rules may name schemes, the preferred one first.
//!
//! See the [property] of endpoints. The schemes of an endpoint come before those of the service's
//! model, if the operation supports them.
//!
//! [property]: https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-authschemes-list-property

use std::borrow::Cow;

use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_smithy_runtime_api::client::endpoint::{EndpointResolverParams, ResolveEndpoint};
use aws_smithy_types::Document;
use aws_smithy_types::endpoint::Endpoint;

use crate::config::{ConfigBag, RuntimeComponents};

/// The schemes for a request, out of those of its operation.
pub(super) async fn schemes(
    of_operation: &[AuthSchemeId],
    cfg: &ConfigBag,
    components: &RuntimeComponents,
) -> Result<Vec<AuthSchemeId>, BoxError> {
    let of_endpoint = of_endpoint(cfg, components).await.into_iter();
    let possible = of_endpoint.filter(|scheme| is_possible(scheme, of_operation));
    let mut schemes: Vec<_> = possible.collect();
    let is_chosen = !schemes.is_empty();
    if !is_chosen {
        schemes.extend_from_slice(of_operation);
    }
    if !has_any(&schemes, components) {
        return Err(unknown(&schemes));
    }
    if is_chosen {
        let anonymous = of_operation.iter().filter(|it| **it == NO_AUTH_SCHEME_ID);
        schemes.extend(anonymous.cloned());
    }
    Ok(schemes)
}

/// The schemes that the request's endpoint names.
///
/// Returns none if there is no endpoint yet: it may depend on the caller's identity. If resolving
/// it fails, the call fails later.
async fn of_endpoint(cfg: &ConfigBag, components: &RuntimeComponents) -> Vec<AuthSchemeId> {
    let Some(params) = cfg.load::<EndpointResolverParams>() else {
        return Vec::new();
    };
    let endpoint = components
        .endpoint_resolver()
        .resolve_endpoint(params)
        .await;
    let names = endpoint.map(|endpoint| names(&endpoint));
    let names = names.unwrap_or_default().into_iter();
    names
        .map(|name| Cow::<'static, str>::Owned(name).into())
        .collect()
}

/// The schemes that an endpoint names, in either of the two forms.
fn names(endpoint: &Endpoint) -> Vec<String> {
    let typed = endpoint.auth_schemes().iter();
    let typed: Vec<_> = typed.map(|scheme| scheme.name().to_owned()).collect();
    if !typed.is_empty() {
        return typed;
    }
    let listed = endpoint.properties().get("authSchemes");
    let listed = listed.and_then(Document::as_array);
    let names = listed.into_iter().flatten();
    let names = names.filter_map(|scheme| scheme.as_object()?.get("name")?.as_string());
    names.map(str::to_owned).collect()
}

/// Whether an operation supports a scheme of an endpoint: the operation has it, or both are forms
/// of Signature Version 4.
fn is_possible(scheme: &AuthSchemeId, of_operation: &[AuthSchemeId]) -> bool {
    let is_signature = |scheme: &AuthSchemeId| scheme.inner().starts_with("sigv4");
    of_operation.contains(scheme) || is_signature(scheme) && of_operation.iter().any(is_signature)
}

/// Whether the client supports one of these schemes.
fn has_any(schemes: &[AuthSchemeId], components: &RuntimeComponents) -> bool {
    let mut schemes = schemes.iter();
    schemes.any(|scheme| components.auth_scheme(scheme).is_some())
}

/// The error for a request whose schemes the client does not support.
fn unknown(schemes: &[AuthSchemeId]) -> BoxError {
    let names: Vec<_> = schemes
        .iter()
        .map(|it| format!("`{}`", it.inner()))
        .collect();
    let names = names.join(" or ");
    //~ if sigv4a
    let is_left_out = cfg!(not(feature = "sigv4a")) && schemes.contains(&"sigv4a".into());
    let advice = match is_left_out {
        true => "it has Signature Version 4A with its cargo feature `sigv4a`",
        false => "`push_auth_scheme` of its configuration adds one",
    };
    //~ end
    //~ if not sigv4a
    let advice = "`push_auth_scheme` of its configuration adds one";
    //~ end
    format!(
        "the request has to be authenticated by {names}, which this client does not have: {advice}"
    )
    .into()
}
