//! Finds the service of the client.

use super::assemble::Shapes;
use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::ShapeId;
use crate::smithy::ast::{AstShape, ShapeType};
use crate::smithy::suggest::did_you_mean;

/// The requested service, or the only one.
pub(super) fn choose<'s>(
    shapes: &'s Shapes<'_>,
    wanted: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<(&'s ShapeId, &'s AstShape)> {
    let services: Vec<_> = shapes
        .iter()
        .filter(|(_, shape)| is_service(shape))
        .collect();
    let ids = || services.iter().map(|(id, _)| id.as_str());
    let place = Place::root().key("shapes");
    if let Some(wanted) = wanted {
        let found = services.iter().find(|(id, _)| id.as_str() == wanted);
        if found.is_none() {
            let (message, remedy) = unknown(wanted, ids());
            diagnostics.error(place, message, remedy);
        }
        return found.copied();
    }
    match services.as_slice() {
        [service] => return Some(*service),
        [] => diagnostics.error(
            place,
            "the model has no service",
            "a client is generated for a shape of type `service`; check that this is the whole \
             model of a service",
        ),
        _ => diagnostics.error(
            place,
            format!("the model has {} services", services.len()),
            format!(
                "select one with `service` in services.toml or with `--service`: {}",
                quoted(ids())
            ),
        ),
    }
    None
}

/// Message and remedy for a service that does not exist.
pub(crate) fn unknown<'a>(
    wanted: &str,
    services: impl Iterator<Item = &'a str> + Clone,
) -> (String, String) {
    let remedy = did_you_mean(wanted, services.clone()).unwrap_or_else(|| match quoted(services) {
        list if list.is_empty() => "the model has no service at all".to_owned(),
        list => format!("the model has {list}"),
    });
    (format!("there is no service `{wanted}`"), remedy)
}

fn quoted<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.map(|id| format!("`{id}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn is_service(shape: &AstShape) -> bool {
    shape.r#type == ShapeType::Service && !shape.has_trait("smithy.api#mixin")
}
