//! Cargo features: one for each operation, and one for each shape that operations share.
//!
//! The features refer to one another as the shapes do: that of an operation turns on those of the
//! shapes it sends and receives, its errors among them, and theirs those of the shapes in them.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{
    Client, EnumId, Feature, Home, NamedShape, Operation, SchemaBody, SchemaRef, Structure,
    StructureId, Union, UnionId,
};
use crate::lower::names::{ConstName, FeatureName};

/// crates.io takes packages with at most this many features; some are the same in every client.
const MOST: usize = 280;

/// Gives operations, shapes and their schemas features, unless there would be too many.
pub(super) fn assign(client: &mut Client) {
    if client.operations.len() > MOST {
        return;
    }
    for operation in &mut client.operations {
        operation.feature = Some(FeatureName::of_operation(operation.name.as_str()));
    }
    for shape in shared(client) {
        match shape {
            NamedShape::Structure(id) => {
                let structure = &mut client.structures[id.0 as usize];
                let name = structure.name.as_str();
                structure.feature = Some(match structure.home {
                    Home::Error => FeatureName::of_error(name),
                    _ => FeatureName::of_type(name),
                });
            }
            NamedShape::Union(id) => {
                let union = &mut client.unions[id.0 as usize];
                union.feature = Some(FeatureName::of_type(union.name.as_str()));
            }
            NamedShape::Enum(id) => {
                let r#enum = &mut client.enums[id.0 as usize];
                r#enum.feature = Some(FeatureName::of_type(r#enum.name.as_str()));
            }
        }
    }
    gate_schemas(client);
    client.features = features(client);
}

/// The shapes that get features: of all kinds if that is not too many, or else of those kinds that
/// cost most to compile.
fn shared(client: &Client) -> Vec<NamedShape> {
    let types = structures(client).filter(|(_, it)| it.home == Home::Types);
    let kinds = [
        client
            .errors
            .iter()
            .copied()
            .map(NamedShape::Structure)
            .collect(),
        types.map(|(id, _)| NamedShape::Structure(id)).collect(),
        unions(client)
            .map(|(id, _)| NamedShape::Union(id))
            .collect(),
        enums(client).map(NamedShape::Enum).collect::<Vec<_>>(),
    ];
    let fitting = (0..=kinds.len()).rev().map(|count| {
        let (gated, open) = kinds.split_at(count);
        let always = always_there(client, open.concat());
        let mut gated = gated.concat();
        gated.retain(|shape| !always.contains(shape));
        gated
    });
    let mut fitting = fitting.filter(|gated| client.operations.len() + gated.len() <= MOST);
    fitting.next().unwrap_or_default()
}

/// These shapes, those that the schema of a list or map refers to, and what is in all of them.
fn always_there(client: &Client, mut open: Vec<NamedShape>) -> BTreeSet<NamedShape> {
    open.extend(in_collections(client));
    let mut always = BTreeSet::new();
    while let Some(shape) = open.pop() {
        if always.insert(shape) {
            open.extend(inside(client, shape));
        }
    }
    always
}

/// The shapes that the schema of a list or map refers to.
fn in_collections(client: &Client) -> Vec<NamedShape> {
    let named: BTreeSet<_> = client
        .schemas
        .iter()
        .flat_map(|schema| match &schema.body {
            SchemaBody::List(element) => vec![element],
            SchemaBody::Map(key, value) => vec![key, value],
            SchemaBody::Members(..) | SchemaBody::Element(..) => Vec::new(),
        })
        .filter_map(|reference| match reference {
            SchemaRef::Static(name) => Some(name),
            SchemaRef::Prelude(_) => None,
        })
        .collect();
    let structures = structures(client)
        .filter(|(_, it)| named.contains(&it.schema))
        .map(|(id, _)| NamedShape::Structure(id));
    let unions = unions(client)
        .filter(|(_, it)| named.contains(&it.schema))
        .map(|(id, _)| NamedShape::Union(id));
    structures.chain(unions).collect()
}

/// The shapes that the members of a shape have.
fn inside(client: &Client, shape: NamedShape) -> Vec<NamedShape> {
    match shape {
        NamedShape::Structure(id) => {
            let fields = client.structure(id).fields.iter();
            fields.flat_map(|field| field.ty.shapes()).collect()
        }
        NamedShape::Union(id) => {
            let variants = client.union(id).variants.iter();
            variants.flat_map(|variant| variant.ty.shapes()).collect()
        }
        NamedShape::Enum(_) => Vec::new(),
    }
}

/// A schema goes with the operation or the shape that it describes.
fn gate_schemas(client: &mut Client) {
    let of_structures = client.structures.iter().map(|structure| {
        let feature = match structure.home {
            Home::OperationInput(id) | Home::OperationOutput(id) => &client.operation(id).feature,
            Home::Types | Home::Error => &structure.feature,
        };
        (&structure.schema, feature)
    });
    let of_unions = client.unions.iter().map(|it| (&it.schema, &it.feature));
    let gates: BTreeMap<ConstName, FeatureName> = of_structures
        .chain(of_unions)
        .filter_map(|(schema, feature)| Some((schema.clone(), feature.clone()?)))
        .collect();
    for schema in &mut client.schemas {
        schema.feature = gates.get(&schema.name).cloned();
    }
}

/// The features with what each turns on, those of operations first.
fn features(client: &Client) -> Vec<Feature> {
    let of_operations = client.operations.iter().filter_map(|operation| {
        Some(Feature {
            name: operation.feature.clone()?,
            is_operation: true,
            enables: enabled(client, of_operation(client, operation)),
        })
    });
    let structures = structures(client).map(|(id, _)| NamedShape::Structure(id));
    let unions = unions(client).map(|(id, _)| NamedShape::Union(id));
    let shapes = structures
        .chain(unions)
        .chain(enums(client).map(NamedShape::Enum));
    let of_shapes = shapes.filter_map(|shape| {
        let inner = inside(client, shape).into_iter();
        Some(Feature {
            name: feature(client, shape)?.clone(),
            is_operation: false,
            enables: enabled(client, inner.filter(|it| *it != shape).collect()),
        })
    });
    let mut of_shapes: Vec<_> = of_shapes.collect();
    of_shapes.sort_by(|one, other| one.name.cmp(&other.name));
    of_operations.chain(of_shapes).collect()
}

/// The shapes that an operation needs by itself.
fn of_operation(client: &Client, operation: &Operation) -> Vec<NamedShape> {
    let ends = [operation.input, operation.output];
    let mut shapes: Vec<_> = ends
        .iter()
        .flat_map(|id| inside(client, NamedShape::Structure(*id)))
        .collect();
    shapes.extend(operation.errors.iter().copied().map(NamedShape::Structure));
    shapes
}

fn enabled(client: &Client, shapes: Vec<NamedShape>) -> Vec<FeatureName> {
    let features = shapes
        .into_iter()
        .filter_map(|shape| feature(client, shape));
    let features: BTreeSet<_> = features.cloned().collect();
    features.into_iter().collect()
}

fn feature(client: &Client, shape: NamedShape) -> Option<&FeatureName> {
    match shape {
        NamedShape::Structure(id) => client.structure(id).feature.as_ref(),
        NamedShape::Union(id) => client.union(id).feature.as_ref(),
        NamedShape::Enum(id) => client.r#enum(id).feature.as_ref(),
    }
}

fn structures(client: &Client) -> impl Iterator<Item = (StructureId, &Structure)> {
    (0..).map(StructureId).zip(&client.structures)
}

fn unions(client: &Client) -> impl Iterator<Item = (UnionId, &Union)> {
    (0..).map(UnionId).zip(&client.unions)
}

fn enums(client: &Client) -> impl Iterator<Item = EnumId> {
    (0..).map(EnumId).take(client.enums.len())
}
