//! Cargo features: one for each operation, and one for each structure that operations share.
//!
//! The features refer to one another as the shapes do: that of an operation turns on those of the
//! structures it sends and receives, and theirs those of the structures in them. Enums, unions and
//! errors are always there, and so is what they contain.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Client, Feature, Home, SchemaBody, SchemaRef, StructureId, Type};
use crate::lower::names::FeatureName;

/// crates.io takes packages with at most this many features; some are the same in every client.
const MOST: usize = 280;

/// Gives operations, structures and their schemas features, unless there would be too many.
pub(super) fn assign(client: &mut Client) {
    if client.operations.len() > MOST {
        return;
    }
    for operation in &mut client.operations {
        operation.feature = Some(FeatureName::of_operation(operation.name.as_str()));
    }
    let always = always_there(client);
    let shared: Vec<_> = (0..client.structures.len())
        .filter(|index| client.structures[*index].home == Home::Types)
        .filter(|index| !always.contains(index))
        .collect();
    if client.operations.len() + shared.len() <= MOST {
        for index in shared {
            let structure = &mut client.structures[index];
            structure.feature = Some(FeatureName::of_structure(structure.name.as_str()));
        }
    }
    gate_schemas(client);
    client.features = features(client);
}

/// The structures that are in a union or an error, or that the schema of a list or map refers to.
fn always_there(client: &Client) -> BTreeSet<usize> {
    let mut always = BTreeSet::new();
    let collections: BTreeSet<_> = client
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
    let variants = client.unions.iter().flat_map(|union| &union.variants);
    let mut open: Vec<_> = variants.flat_map(|variant| named(&variant.ty)).collect();
    open.extend(&client.errors);
    let structures = (0..).map(StructureId).zip(&client.structures);
    let in_collections = structures.filter(|(_, it)| collections.contains(&it.schema));
    open.extend(in_collections.map(|(id, _)| id));
    while let Some(id) = open.pop() {
        if always.insert(id.0 as usize) {
            open.extend(in_fields(client, id));
        }
    }
    always
}

/// A schema goes with the operation or the structure that it describes.
fn gate_schemas(client: &mut Client) {
    let gates: BTreeMap<_, _> = client
        .structures
        .iter()
        .filter_map(|structure| {
            let feature = match structure.home {
                Home::OperationInput(id) | Home::OperationOutput(id) => {
                    client.operation(id).feature.clone()
                }
                Home::Types | Home::Error => structure.feature.clone(),
            };
            Some((structure.schema.clone(), feature?))
        })
        .collect();
    for schema in &mut client.schemas {
        schema.feature = gates.get(&schema.name).cloned();
    }
}

/// The features with what each turns on, those of operations first.
fn features(client: &Client) -> Vec<Feature> {
    let of_operations = client.operations.iter().filter_map(|operation| {
        let structures = [operation.input, operation.output];
        Some(Feature {
            name: operation.feature.clone()?,
            is_operation: true,
            enables: enabled(client, &structures),
        })
    });
    let of_structures = (0..).map(StructureId).zip(&client.structures);
    let of_structures = of_structures.filter_map(|(id, structure)| {
        Some(Feature {
            name: structure.feature.clone()?,
            is_operation: false,
            enables: enabled(client, &[id]),
        })
    });
    of_operations.chain(of_structures).collect()
}

fn enabled(client: &Client, structures: &[StructureId]) -> Vec<FeatureName> {
    let inner = structures.iter().flat_map(|id| in_fields(client, *id));
    let features: BTreeSet<_> = inner
        .filter(|id| !structures.contains(id))
        .filter_map(|id| client.structure(id).feature.clone())
        .collect();
    features.into_iter().collect()
}

/// The structures that the fields of a structure hold.
fn in_fields(client: &Client, id: StructureId) -> impl Iterator<Item = StructureId> {
    let fields = client.structure(id).fields.iter();
    fields.flat_map(|field| named(&field.ty))
}

/// The structure that a type is or contains; a map has it as its value.
fn named(ty: &Type) -> Option<StructureId> {
    match ty {
        Type::Structure(id) => Some(*id),
        Type::List(inner) | Type::Sparse(inner) | Type::Boxed(inner) | Type::Map(_, inner) => {
            named(inner)
        }
        _ => None,
    }
}
