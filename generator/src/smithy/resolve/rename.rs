//! Renames shapes within a service.

use std::collections::BTreeMap;

use super::assemble::Shapes;
use super::model::{Kind, Model};
use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::{IDENTIFIERS, ShapeId, is_identifier};
use crate::smithy::ast::ShapeType;
use crate::smithy::suggest::did_you_mean;

/// Applies the service's `rename`, and checks that names are unique; see [service
/// closure](https://smithy.io/2.0/spec/service-types.html#service-closure).
pub(super) fn rename(model: &mut Model, shapes: &Shapes<'_>, diagnostics: &mut Diagnostics) {
    for (id, name) in &model.service.rename {
        let place = Place::shape(&model.service.id)
            .key("rename")
            .key(id.as_str());
        if !is_identifier(name) {
            diagnostics.error(
                place.clone(),
                format!("`{name}` is not a valid name for a shape"),
                IDENTIFIERS,
            );
        }
        let entity = shapes.get(id).map(|shape| shape.r#type).filter(is_entity);
        match (model.shapes.get_mut(id), entity) {
            (Some(shape), _) => shape.name.clone_from(name),
            (None, Some(r#type)) => diagnostics.error(
                place.the_key(),
                format!(
                    "`{id}` is {}, which a service cannot rename",
                    r#type.with_article()
                ),
                "rename the shape itself",
            ),
            // Something that has been reported may reach it.
            (None, None) if model.gaps.contains(&model.service.id) => {}
            (None, None) => diagnostics.error(
                place.the_key(),
                format!("the service does not reach `{id}`, which it renames"),
                did_you_mean(id.as_str(), model.shapes.keys().map(ShapeId::as_str))
                    .unwrap_or_else(|| "remove the entry".to_owned()),
            ),
        }
    }
    unique_names(model, diagnostics);
}

fn is_entity(r#type: &ShapeType) -> bool {
    matches!(
        r#type,
        ShapeType::Service | ShapeType::Resource | ShapeType::Operation
    )
}

/// Checks that names are unique. Simple types, lists and maps may share a name, because no item
/// gets it, and so may `smithy.api#Unit` and a structure of the model.
fn unique_names(model: &Model, diagnostics: &mut Diagnostics) {
    let named = model.shapes.values().filter(|shape| {
        let is_named = matches!(
            shape.kind,
            Kind::Structure(_) | Kind::Union(_) | Kind::Enum(_) | Kind::IntEnum(_)
        );
        is_named && shape.id.namespace() != "smithy.api"
    });
    let operations = model
        .operations
        .iter()
        .map(|operation| (&operation.name, &operation.id));
    let mut seen: BTreeMap<String, (&String, &ShapeId)> = BTreeMap::new();
    for (name, id) in operations.chain(named.map(|shape| (&shape.name, &shape.id))) {
        if let Some((other, first)) = seen.insert(name.to_ascii_lowercase(), (name, id)) {
            let is_operation = model.operations.iter().any(|it| it.id == *first);
            diagnostics.error(
                Place::shape(id),
                match name == other {
                    true => format!("`{first}` and `{id}` have the same name"),
                    false => format!("`{first}` and `{id}` have names that differ only in case"),
                },
                match is_operation {
                    // Operations cannot be renamed, so they come first.
                    true => format!("rename `{id}`, in the model or with the service's `rename`"),
                    false => {
                        "rename one of them, in the model or with the service's `rename`".to_owned()
                    }
                },
            );
            diagnostics.see(Place::shape(first), format!("`{first}`"));
        }
    }
}
