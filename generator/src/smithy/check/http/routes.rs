//! No two operations have one method and URI: a service could not tell them apart.

use std::collections::BTreeMap;

use serde_json::Value;

use super::HTTP;
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::{Model, Operation};

/// What Smithy calls the problem, for models that are to have it.
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
        if [first, operation].iter().any(|it| is_meant(model, it)) {
            continue;
        }
        diagnostics.error(
            place(operation),
            format!(
                "`{}` and `{}` have the same method and URI: `{} {}`",
                first.name, operation.name, http.method, http.uri
            ),
            format!(
                "give one of them another URI; if it is meant, give one `smithy.api#suppress` with \
                 `{EVENT}`"
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

/// Whether the model says that it is so on purpose.
fn is_meant(model: &Model, operation: &Operation) -> bool {
    let suppressed = operation.traits.get("smithy.api#suppress");
    let mut suppressed = suppressed.and_then(Value::as_array).into_iter().flatten();
    let everywhere = model.metadata.get("suppressions").and_then(Value::as_array);
    let mut everywhere = everywhere.into_iter().flatten();
    suppressed.any(|id| is_event(Some(id)))
        || everywhere.any(|suppression| {
            let namespace = suppression.get("namespace").and_then(Value::as_str);
            let is_here = namespace == Some("*") || namespace == Some(operation.id.namespace());
            is_here && is_event(suppression.get("id"))
        })
}

fn is_event(id: Option<&Value>) -> bool {
    id.and_then(Value::as_str) == Some(EVENT)
}
