//! Cargo features: one for each operation, and the gates of shapes that only some operations need.
//!
//! If users choose operations, shapes that none of them reaches are not compiled. So shapes and
//! schemas are grouped by the set of operations that reach them: each set has one [`Gate`].

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{
    Client, EnumId, Gate, GateId, Home, MemberTarget, NamedShape, OperationId, SchemaBody,
    SchemaDef, SchemaRef, StructureId, UnionId,
};
use crate::names::{ConstName, FeatureName, GateName};

/// A shape or schema that may be left out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Shape(NamedShape),
    Schema(&'a ConstName),
}

/// Assigns features to operations, and gates to what only few of them need.
pub(super) fn assign(client: &mut Client) {
    // Operations that others call for endpoints or sessions are always compiled.
    let discovery = client.discovery.as_ref().map(|it| it.operation);
    let sessions = client.sessions.as_ref().map(|it| it.operation);
    let needed = [discovery, sessions];
    for (id, operation) in (0..).map(OperationId).zip(&mut client.operations) {
        let feature = FeatureName::of_operation(operation.name.as_str());
        operation.feature = (!needed.contains(&Some(id))).then_some(feature);
    }
    let mut gates = Vec::new();
    let (mut shapes, mut schemas) = (BTreeMap::new(), BTreeMap::new());
    for (gate, parts) in gates_with_parts(client) {
        let id = GateId(u32::try_from(gates.len()).expect("there are fewer gates than shapes"));
        gates.push(gate);
        for part in parts {
            match part {
                Part::Shape(shape) => _ = shapes.insert(shape, id),
                Part::Schema(name) => _ = schemas.insert(name.clone(), id),
            }
        }
    }
    client.gates = gates;
    for (id, it) in (0..).map(StructureId).zip(&mut client.structures) {
        // Inputs and outputs are in the module of their operation, which already has a feature.
        if matches!(it.home, Home::Types | Home::Error) {
            it.gate = shapes.get(&NamedShape::Structure(id)).copied();
        }
    }
    for (id, it) in (0..).map(UnionId).zip(&mut client.unions) {
        it.gate = shapes.get(&NamedShape::Union(id)).copied();
    }
    for (id, it) in (0..).map(EnumId).zip(&mut client.enums) {
        it.gate = shapes.get(&NamedShape::Enum(id)).copied();
    }
    for schema in &mut client.schemas {
        schema.gate = schemas.get(&schema.name).copied();
    }
}

/// The gates, by name, with the parts behind each.
fn gates_with_parts(client: &Client) -> Vec<(Gate, Vec<Part<'_>>)> {
    let graph = Graph::of(client);
    let mut operations: BTreeMap<Part<'_>, Vec<OperationId>> = BTreeMap::new();
    for id in (0..).map(OperationId).take(client.operations.len()) {
        for part in graph.reached_by(id) {
            operations.entry(part).or_default().push(id);
        }
    }
    let mut sets: BTreeMap<Vec<OperationId>, Vec<Part<'_>>> = BTreeMap::new();
    for (part, operations) in operations {
        // Parts that most operations, or an operation without a feature, need are always compiled,
        // and so are the parts that they refer to.
        let is_optional = |id: &OperationId| client.operation(*id).feature.is_some();
        if operations.len() * 2 <= client.operations.len() && operations.iter().all(is_optional) {
            sets.entry(operations).or_default().push(part);
        }
    }
    let gates = sets.into_iter().map(|(operations, parts)| {
        let operations = operations.iter().map(|id| client.operation(*id));
        let operations: Vec<_> = operations.collect();
        let name = match operations.as_slice() {
            [operation] => GateName::of_operation(&operation.name),
            _ => graph.name_for(&parts),
        };
        let features = operations.into_iter().filter_map(|it| it.feature.clone());
        let operations = features.collect();
        (Gate { name, operations }, parts)
    });
    let mut gates: Vec<_> = gates.collect();
    gates.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
    gates
}

/// The references between parts.
struct Graph<'a> {
    client: &'a Client,
    schemas: BTreeMap<&'a ConstName, &'a SchemaDef>,
}

impl<'a> Graph<'a> {
    fn of(client: &'a Client) -> Self {
        let schemas = client.schemas.iter();
        Self {
            client,
            schemas: schemas.map(|schema| (&schema.name, schema)).collect(),
        }
    }

    /// Everything that an operation needs.
    fn reached_by(&self, id: OperationId) -> BTreeSet<Part<'a>> {
        let operation = self.client.operation(id);
        let ends = [operation.input, operation.output].into_iter();
        let structures = ends.chain(operation.errors.iter().copied());
        let mut open: Vec<_> = structures
            .map(NamedShape::Structure)
            .map(Part::Shape)
            .collect();
        let mut reached = BTreeSet::new();
        while let Some(part) = open.pop() {
            if reached.insert(part) {
                open.extend(self.inside(part));
            }
        }
        reached
    }

    /// What a shape or a schema refers to.
    fn inside(&self, part: Part<'a>) -> Vec<Part<'a>> {
        let client = self.client;
        let (types, schema): (Vec<_>, _) = match part {
            Part::Shape(NamedShape::Structure(id)) => {
                let it = client.structure(id);
                (
                    it.fields.iter().map(|field| &field.ty).collect(),
                    &it.schema,
                )
            }
            Part::Shape(NamedShape::Union(id)) => {
                let it = client.union(id);
                let errors = it.stream.iter().flat_map(|stream| &stream.errors);
                let errors = errors.map(|(_, id)| Part::Shape(NamedShape::Structure(*id)));
                let types = it.variants.iter().flat_map(|variant| variant.ty.shapes());
                let parts = types.map(Part::Shape).chain(errors);
                return parts.chain([Part::Schema(&it.schema)]).collect();
            }
            Part::Shape(NamedShape::Enum(_)) => return Vec::new(),
            Part::Schema(name) => {
                return self.schemas.get(name).map_or(Vec::new(), |it| named_in(it));
            }
        };
        let shapes = types.into_iter().flat_map(|ty| ty.shapes());
        shapes
            .map(Part::Shape)
            .chain([Part::Schema(schema)])
            .collect()
    }

    /// The name of the gate for these parts: that of a shape to which none of the others refers.
    fn name_for(&self, parts: &[Part<'a>]) -> GateName {
        let inner: BTreeSet<_> = parts
            .iter()
            .flat_map(|part| self.inside(*part).into_iter().filter(move |it| it != part))
            .collect();
        let outer = parts.iter().find(|part| !inner.contains(part));
        match outer.unwrap_or(&parts[0]) {
            Part::Shape(NamedShape::Structure(id)) => {
                let it = self.client.structure(*id);
                match it.home {
                    Home::Error => GateName::of_error(&it.name),
                    _ => GateName::of_type(&it.name),
                }
            }
            Part::Shape(NamedShape::Union(id)) => GateName::of_type(&self.client.union(*id).name),
            Part::Shape(NamedShape::Enum(id)) => GateName::of_type(&self.client.r#enum(*id).name),
            Part::Schema(name) => GateName::of_schema(name),
        }
    }
}

/// The schemas that a schema refers to.
fn named_in(schema: &SchemaDef) -> Vec<Part<'_>> {
    let references: Vec<_> = match &schema.body {
        SchemaBody::List(element) => vec![element],
        SchemaBody::Map(key, value) => vec![key, value],
        SchemaBody::Members(_, members) => members
            .iter()
            .flat_map(|member| match &member.target {
                MemberTarget::Plain => Vec::new(),
                MemberTarget::List(element) => vec![element],
                MemberTarget::Map(key, value) => vec![key, value],
            })
            .collect(),
        SchemaBody::Element(..) => Vec::new(),
    };
    let named = references
        .into_iter()
        .filter_map(|reference| match reference {
            SchemaRef::Static(name) => Some(Part::Schema(name)),
            SchemaRef::Any(_) | SchemaRef::Unit => None,
        });
    named.collect()
}
