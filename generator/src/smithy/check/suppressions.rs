//! Reads [suppressions](https://smithy.io/2.0/spec/model-validation.html#suppressions).
//!
//! Smithy refuses a `DANGER` unless the model suppresses it, which AWS's models do.

use serde_json::Value;

use crate::shape_id::ShapeId;
use crate::smithy::resolve::Model;
use crate::smithy::traits::Traits;

/// Whether a shape or member, or its whole namespace, suppresses an event of Smithy's validation.
pub(super) fn is_suppressed(model: &Model, id: &ShapeId, traits: &Traits, event: &str) -> bool {
    let is_event = |id: Option<&Value>| {
        // An id includes all events below it.
        let id = id.and_then(Value::as_str);
        id.is_some_and(|id| {
            event
                .strip_prefix(id)
                .is_some_and(|it| it.is_empty() || it.starts_with('.'))
        })
    };
    let own = traits.get("smithy.api#suppress").and_then(Value::as_array);
    let mut own = own.into_iter().flatten();
    let everywhere = model.metadata.get("suppressions").and_then(Value::as_array);
    let mut everywhere = everywhere.into_iter().flatten();
    own.any(|it| is_event(Some(it)))
        || everywhere.any(|suppression| {
            let namespace = suppression.get("namespace").and_then(Value::as_str);
            let is_here = namespace == Some("*") || namespace == Some(id.namespace());
            is_here && is_event(suppression.get("id"))
        })
}
