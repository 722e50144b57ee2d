//! Customizations for which Smithy has traits.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::names::{Names, Side};
use super::{Find, Key, found, rows, said};
use crate::config::Layer;
use crate::smithy::{Assembled, ShapeId};

/// The keys that mean a trait, how to find their shapes, and the trait with its value.
const TRAITS: [(Key, Find, &str, &str); 6] = [
    (
        |it| it.sensitive.as_ref(),
        Names::shape_or_member,
        "smithy.api#sensitive",
        "{}",
    ),
    (
        |it| it.retryable.as_ref(),
        Names::shape_or_member,
        "smithy.api#retryable",
        "{}",
    ),
    (
        |it| it.server_errors.as_ref(),
        Names::shape_or_member,
        "smithy.api#error",
        "\"server\"",
    ),
    (
        |it| it.without_authentication.as_ref(),
        Names::operations,
        "smithy.api#auth",
        "[]",
    ),
    (
        |it| it.optional_authentication.as_ref(),
        Names::operations,
        "smithy.api#optionalAuth",
        "{}",
    ),
    (
        |it| it.optional_types.as_ref(),
        Names::members_of_type,
        CLIENT_OPTIONAL,
        "{}",
    ),
];

const AUTH: &str = "smithy.api#auth";

/// Authentication schemes whose traits have no properties.
const SCHEMES: [&str; 3] = [
    SIGV4A,
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
];

const SIGV4A: &str = "aws.auth#sigv4a";

/// Adds authentication schemes to the service. Operations with `@auth` do not change.
fn add_schemes(model: &mut Assembled<'_>, layers: &[Layer<'_>], names: &mut Names) {
    let Some((layer, schemes)) = said(layers, |it| it.added_authentication.as_ref()) else {
        return;
    };
    let service = model.service().clone();
    for entry in schemes {
        let Some(id) = names.one_of(layer, entry, "no authentication scheme", &SCHEMES) else {
            continue;
        };
        let traits = model.shape(&service).and_then(|it| it.traits.as_ref());
        if traits.is_some_and(|it| it.has(id)) {
            continue;
        }
        let name = traits.and_then(|it| it.sigv4_name());
        let value = match (id, name) {
            (SIGV4A, Some(name)) => json!({ "name": name }),
            (SIGV4A, None) => {
                let remedy = "a service can have it beside `aws.auth#sigv4`: remove it";
                names.wrong(layer, entry, "there is no signing name for", remedy);
                continue;
            }
            _ => json!({}),
        };
        let listed = traits.and_then(|it| it.get(AUTH)).and_then(Value::as_array);
        let mut listed = listed.cloned();
        model.set_trait(&service, id, value);
        if let Some(listed) = &mut listed {
            listed.push(id.into());
            model.set_trait(&service, AUTH, listed.clone().into());
        }
    }
}

const CONTEXT_PARAM: &str = "smithy.rules#contextParam";
const CLIENT_OPTIONAL: &str = "smithy.api#clientOptional";

/// Applies the customizations for which Smithy has traits. Returns the optional members, which
/// lowering needs, too.
pub(super) fn apply_traits(
    model: &mut Assembled<'_>,
    layers: &[Layer<'_>],
    names: &mut Names,
) -> BTreeSet<ShapeId> {
    for (key, find, name, value) in TRAITS {
        let value: Value = serde_json::from_str(value).expect("it is JSON");
        for id in found(model, layers, names, key, find) {
            model.set_trait(&id, name, value.clone());
        }
    }
    add_schemes(model, layers, names);
    let key: Key = |it| it.without_default.as_ref();
    for id in found(model, layers, names, key, Names::shape_or_member) {
        model.remove_default(&id);
    }
    let key: Key = |it| it.without_host_prefix.as_ref();
    for id in found(model, layers, names, key, Names::operations) {
        model.remove_host_prefix(&id);
    }
    let parameter = model.endpoint_parameter();
    for (layer, operation, member) in rows(layers, |it| it.endpoint_members.as_ref()) {
        for id in names.operations(model, layer, operation) {
            if let Some(id) = names.member_of(Side::Input, model, layer, &id, member) {
                model.set_trait(&id, CONTEXT_PARAM, json!({ "name": parameter }));
            }
        }
    }
    let key: Key = |it| it.optional.as_ref();
    let optional = found(model, layers, names, key, Names::structure_members);
    for id in &optional {
        model.set_trait(id, CLIENT_OPTIONAL, json!({}));
    }
    optional.into_iter().collect()
}
