//! Authentication; see <https://smithy.io/2.0/spec/authentication-traits.html>.

use super::http::is_token;
use super::streaming::sent_events;
use super::suppressions::is_suppressed;
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::{Model, Operation, Shapes};
use crate::smithy::traits::{Support, Traits, ids, is_auth_scheme, support};

const AUTH: &str = "smithy.api#auth";
const API_KEY: &str = "smithy.api#httpApiKeyAuth";
const SIGV4A: &str = "aws.auth#sigv4a";

/// Smithy's event for a scheme that the service does not have, which models can suppress.
const EVENT: &str = "AuthTrait";

/// Smithy's event for different signing names.
const NAMES: &str = "SigV4Traits";

const LEAVE_OUT: &str = "leave the operations out that need another one (`except` in \
                         services.toml, or `--except`)";

pub(super) fn check(model: &Model, shapes: &Shapes<'_>, diagnostics: &mut Diagnostics) {
    let service = &model.service;
    let place = Place::shape(&service.id);
    api_key(&service.traits, &place, diagnostics);
    if !is_suppressed(model, &service.id, &service.traits, NAMES) {
        signing_names(&service.traits, &place, diagnostics);
    }
    let offered: Vec<&str> = schemes(&service.traits, shapes);
    if !is_suppressed(model, &service.id, &service.traits, EVENT) {
        names_offered(&service.traits, &offered, place.clone(), diagnostics);
    }
    let default = service.traits.auth();
    let default: Vec<&str> = match &default {
        Some(ids) => ids.iter().map(String::as_str).collect(),
        None => offered.clone(),
    };
    // The service's list matters only for operations without their own.
    if model
        .operations
        .iter()
        .any(|operation| inherits(operation) && needs_other(&default))
    {
        // The responsible trait: the list, or the only scheme.
        let place = match default.as_slice() {
            _ if service.traits.has(AUTH) => place.r#trait(AUTH).the_key(),
            [only] => place.r#trait(only).the_key(),
            _ => place,
        };
        let help = match model.operations.iter().all(inherits) {
            true => "add that scheme if the service accepts it".to_owned(),
            false => format!("add that scheme if the service accepts it, or {LEAVE_OUT}"),
        };
        refuse(&default, place, &help, diagnostics);
    }
    for operation in &model.operations {
        let place = Place::shape(&operation.id);
        if !is_suppressed(model, &operation.id, &operation.traits, EVENT) {
            names_offered(&operation.traits, &offered, place.clone(), diagnostics);
        }
        if let Some(own) = operation.traits.auth() {
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            if needs_other(&own) && !operation.traits.optional_auth() {
                let known = offered.iter().find(|scheme| is_known(scheme));
                let help = match known {
                    Some(known) => format!("add `{known}` to this list, or {LEAVE_OUT}"),
                    None => LEAVE_OUT.to_owned(),
                };
                refuse(&own, place.clone().r#trait(AUTH), &help, diagnostics);
            }
        }
        events(model, operation, &default, place, diagnostics);
    }
}

/// Checks the values of the trait.
fn api_key(traits: &Traits, service: &Place, diagnostics: &mut Diagnostics) {
    let Some(key) = traits.http_api_key_auth() else {
        return;
    };
    let place = |property: &str| service.clone().r#trait(API_KEY).key(property);
    if !key.in_query && !is_token(key.name) {
        diagnostics.error(
            place("name"),
            format!("`{}` cannot be the name of a header", key.name),
            "name the header that has the API key, such as `X-Api-Key`",
        );
    }
    if key.in_query && key.scheme.is_some() {
        diagnostics.error(
            place("scheme"),
            "a parameter of the query has no scheme before the API key",
            "remove the scheme, or have the key in a header",
        );
    }
}

/// All schemes must use the same signing name.
fn signing_names(traits: &Traits, service: &Place, diagnostics: &mut Diagnostics) {
    let (Some(name), Some(other)) = (traits.sigv4_name(), traits.sigv4a_name()) else {
        return;
    };
    if name != other {
        diagnostics.warning(
            service.clone().r#trait(SIGV4A).key("name"),
            format!(
                "the signing name of the service is `{other}` here, but `{name}` in `aws.auth#sigv4`"
            ),
            format!("clients sign for `{name}` either way: give both schemes one name"),
        );
    }
}

/// Reports events that must be signed and cannot be.
fn events(
    model: &Model,
    operation: &Operation,
    default: &[&str],
    place: Place,
    diagnostics: &mut Diagnostics,
) {
    let own = operation.traits.auth();
    let own: Option<Vec<&str>> = own
        .as_ref()
        .map(|it| it.iter().map(String::as_str).collect());
    let schemes = own.as_deref().unwrap_or(default);
    let mut known = schemes.iter().filter(|scheme| is_known(scheme)).peekable();
    let has_only_this = known.peek().is_some() && known.all(|scheme| *scheme == SIGV4A);
    if let (Some(member), true) = (sent_events(model, operation), has_only_this) {
        diagnostics.error(
            place.key("input").key("target"),
            format!(
                "`{}` of its input is an event stream, whose events cannot be signed by `{SIGV4A}`",
                member.name
            ),
            format!("add `aws.auth#sigv4` if the service accepts it, or {LEAVE_OUT}"),
        );
    }
}

fn inherits(operation: &Operation) -> bool {
    operation.traits.auth().is_none() && !operation.traits.optional_auth()
}

/// The schemes whose traits a service has.
fn schemes<'t>(traits: &'t Traits, shapes: &Shapes<'_>) -> Vec<&'t str> {
    let ids = traits.iter().map(|(id, _)| id);
    ids.filter(|id| is_auth_scheme(id) || shapes.defines_auth_scheme(id))
        .collect()
}

/// Whether none of these schemes is supported, and a client must use one.
fn needs_other(schemes: &[&str]) -> bool {
    !schemes.is_empty() && !schemes.iter().any(is_known)
}

fn is_known(scheme: &&str) -> bool {
    support(scheme) == Some(Support::Supported)
}

fn names_offered(traits: &Traits, offered: &[&str], place: Place, diagnostics: &mut Diagnostics) {
    let listed = traits.auth().unwrap_or_default();
    for (index, id) in listed.iter().enumerate() {
        if !offered.contains(&id.as_str()) {
            diagnostics.error(
                place.clone().r#trait(AUTH).index(index),
                format!("`{id}` is not an authentication scheme of the service"),
                match offered {
                    [] => "the service has none; add the trait to it".to_owned(),
                    offered => format!(
                        "use one of the service's, {}, or add the trait to the service",
                        quoted(offered).join(" or ")
                    ),
                },
            );
        }
    }
}

fn quoted(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| format!("`{id}`")).collect()
}

fn refuse(schemes: &[&str], place: Place, help: &str, diagnostics: &mut Diagnostics) {
    let known = ids().filter(|id| is_auth_scheme(id) && is_known(id));
    let known: Vec<&str> = known.collect();
    diagnostics.error(
        place,
        format!(
            "authentication by {} is not supported",
            quoted(schemes).join(" or ")
        ),
        format!(
            "generated clients support {}: {help}",
            quoted(&known).join(", ")
        ),
    );
}
