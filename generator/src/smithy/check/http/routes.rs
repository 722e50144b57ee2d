//! Checks that no two operations have the same method and URI.

use std::collections::BTreeMap;

use super::HTTP;
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::check::suppressions::is_suppressed;
use crate::smithy::resolve::{Model, Operation};

/// Smithy's event for the problem, which models can suppress.
const EVENT: &str = "HttpUriConflict";

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<[String; 3], &Operation> = BTreeMap::new();
    for operation in &model.operations {
        let Some(http) = operation.traits.http() else {
            continue;
        };
        let prefix = operation.traits.endpoint().unwrap_or_default();
        let route = [http.method.clone(), unnamed(prefix), unnamed(&http.uri)];
        let Some(first) = seen.insert(route, operation) else {
            continue;
        };
        if [first, operation]
            .iter()
            .any(|it| is_suppressed(model, &it.id, &it.traits, EVENT))
        {
            continue;
        }
        diagnostics.error(
            place(operation),
            format!(
                "`{}` and `{}` have the same method and URI: `{} {}`",
                first.name, operation.name, http.method, http.uri
            ),
            format!(
                "give one of them another URI; if this is intended, suppress it with \
                 `smithy.api#suppress` and `{EVENT}`"
            ),
        );
        diagnostics.see(place(first), format!("that of `{}`", first.name));
    }
}

fn place(operation: &Operation) -> Place {
    Place::shape(&operation.id).r#trait(HTTP).key("uri")
}

/// The pattern without the names of its labels.
fn unnamed(pattern: &str) -> String {
    let parts = pattern.split('{');
    let parts = parts.map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    parts.collect::<Vec<_>>().join("{}")
}
