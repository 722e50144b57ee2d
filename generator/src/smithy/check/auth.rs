//! Authentication; see <https://smithy.io/2.0/spec/authentication-traits.html>.

use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::{Model, Operation, Shapes};
use crate::smithy::traits::{Support, Traits, is_auth_scheme, support};

const AUTH: &str = "smithy.api#auth";

pub(super) fn check(model: &Model, shapes: &Shapes<'_>, diagnostics: &mut Diagnostics) {
    let service = &model.service;
    let place = Place::shape(&service.id);
    let offered: Vec<&str> = schemes(&service.traits, shapes);
    names_offered(&service.traits, &offered, place.clone(), diagnostics);
    let default = service.traits.auth();
    let default: Vec<&str> = match &default {
        Some(ids) => ids.iter().map(String::as_str).collect(),
        None => offered.clone(),
    };
    // The service's own list matters only to operations that do not have theirs.
    if model
        .operations
        .iter()
        .any(|operation| inherits(operation) && needs_other(&default))
    {
        // The trait that says so: the list, or the only scheme.
        let place = match default.as_slice() {
            _ if service.traits.has(AUTH) => place.r#trait(AUTH).the_key(),
            [only] => place.r#trait(only).the_key(),
            _ => place,
        };
        refuse(&default, place, diagnostics);
    }
    for operation in &model.operations {
        let place = Place::shape(&operation.id);
        names_offered(&operation.traits, &offered, place.clone(), diagnostics);
        if let Some(own) = operation.traits.auth() {
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            if needs_other(&own) && !operation.traits.optional_auth() {
                refuse(&own, place.r#trait(AUTH), diagnostics);
            }
        }
    }
}

fn inherits(operation: &Operation) -> bool {
    operation.traits.auth().is_none() && !operation.traits.optional_auth()
}

/// The schemes that a service has the traits of.
fn schemes<'t>(traits: &'t Traits, shapes: &Shapes<'_>) -> Vec<&'t str> {
    let ids = traits.iter().map(|(id, _)| id);
    ids.filter(|id| is_auth_scheme(id) || shapes.defines_auth_scheme(id))
        .collect()
}

/// Whether a client must use one of these schemes and knows none of them.
fn needs_other(schemes: &[&str]) -> bool {
    let known = |scheme: &&str| support(scheme) == Some(Support::Supported);
    !schemes.is_empty() && !schemes.iter().any(known)
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
                    offered => format!("the service has {}", quoted(offered).join(", ")),
                },
            );
        }
    }
}

fn quoted(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| format!("`{id}`")).collect()
}

fn refuse(schemes: &[&str], place: Place, diagnostics: &mut Diagnostics) {
    let remedy = schemes.iter().find_map(|scheme| match support(scheme)? {
        Support::Unsupported { remedy } => Some(remedy),
        _ => None,
    });
    diagnostics.error(
        place,
        format!(
            "authentication by {} is not supported",
            quoted(schemes).join(" or ")
        ),
        remedy.unwrap_or("add a scheme that generated clients know, `aws.auth#sigv4`"),
    );
}
