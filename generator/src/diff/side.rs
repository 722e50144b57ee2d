//! One of the two clients, with what its model says beyond the IR.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::ir::{
    Client, Enum, EnumValue, Field, Home, LeftOut, MemberSchema, Operation, SchemaBody, SchemaDef,
    Structure, StructureId, Type, Union,
};
use crate::lower::Shapes;
use crate::names::ConstName;
use crate::smithy::{
    EnumValue as ModelEnumValue, Kind, Member, Model, Operation as ModelOperation, Shape, ShapeId,
};
use crate::{Diagnostics, Lowered, Partitions, ServiceConfig, Source};

/// A client to compare with another one.
///
/// What users see comes from the lowered client; what is not in generated code, such as
/// constraints, from the model.
#[derive(Clone, Debug)]
pub struct Side {
    pub(crate) model: Model,
    pub(super) client: Client,
    warnings: Diagnostics,
    schemas: BTreeMap<ConstName, usize>,
    /// The structures that are part of requests.
    sent: BTreeSet<StructureId>,
    /// The shapes of the enums, in the order of the client's.
    enums: Vec<ShapeId>,
    /// The shapes that occur anywhere in requests.
    sent_shapes: BTreeSet<ShapeId>,
}

impl Side {
    /// Lowers a model.
    ///
    /// # Errors
    ///
    /// The same as [`generate`](crate::generate).
    pub fn read(
        source: &Source,
        config: &ServiceConfig,
        partitions: &Partitions,
    ) -> Result<Self, Diagnostics> {
        let Lowered {
            model,
            client,
            warnings,
        } = crate::lower(source, config, partitions)?;
        let shapes = Shapes::of(&model);
        let ids = model.shapes.keys().filter(|id| shapes.is_sent(id));
        let sent_shapes = ids.cloned().collect();
        let names = client.schemas.iter().map(|schema| schema.name.clone());
        Ok(Self {
            schemas: names.zip(0..).collect(),
            sent: sent(&client),
            enums: shapes.enums.into_keys().collect(),
            sent_shapes,
            model,
            client,
            warnings,
        })
    }

    /// Checks that `other`, the model in a file called `name`, is about the same service, because
    /// files that were mixed up differ in everything. The shape of a service may be renamed, but
    /// its namespace stays.
    ///
    /// # Errors
    ///
    /// Fails if the two are about different services; `remedy` becomes the remedy of the problem.
    pub fn same_service(&self, other: &Self, name: &str, remedy: &str) -> Result<(), Diagnostics> {
        let [expected, found] = [self, other].map(|side| &side.model.service.id);
        let mut diagnostics = Diagnostics::new();
        if expected.namespace() != found.namespace() {
            diagnostics.file_error(
                Path::new(name),
                format!("this is the model of `{found}`, not of `{expected}`"),
                remedy,
            );
        }
        diagnostics.into_result(())
    }

    /// What the model contains and the client ignores.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// The initial change log of the client.
    pub fn begun_changelog(&self) -> String {
        crate::emit::changelog(&self.client)
    }

    /// The operations that are not compared because they are not supported.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.client.left_out
    }

    pub(super) fn schema(&self, name: &ConstName) -> Option<&SchemaDef> {
        self.schemas
            .get(name)
            .map(|index| &self.client.schemas[*index])
    }

    /// The schema of an operation's input, which contains its method and URI.
    pub(super) fn input_schema(&self, operation: &Operation) -> Option<&SchemaDef> {
        self.schema(&self.client.structure(operation.input).schema)
    }

    /// Whether requests contain the structure.
    pub(super) fn is_sent(&self, structure: &Structure) -> bool {
        let position = self
            .client
            .structures
            .iter()
            .position(|it| it.home == structure.home && it.name == structure.name);
        position.is_some_and(|index| self.sent.contains(&StructureId(index as u32)))
    }

    /// Whether requests contain the shape, at any depth.
    pub(super) fn sends(&self, id: &ShapeId) -> bool {
        self.sent_shapes.contains(id)
    }

    /// The model's shape of a structure; `None` for an input or output that the model lacks.
    pub(super) fn shape(&self, structure: &Structure) -> Option<&Shape> {
        self.shape_of_schema(&structure.schema)
    }

    /// The model's shape of a union.
    pub(super) fn union_shape(&self, union: &Union) -> Option<&Shape> {
        self.shape_of_schema(&union.schema)
    }

    /// The model's shape of an enum.
    pub(super) fn enum_shape(&self, r#enum: &Enum) -> Option<&Shape> {
        let mut enums = self.client.enums.iter().zip(&self.enums);
        let (_, id) = enums.find(|(it, _)| it.name == r#enum.name)?;
        self.model.shapes.get(id)
    }

    /// The model's value for a value of an enum.
    pub(super) fn enum_value(&self, r#enum: &Enum, value: &EnumValue) -> Option<&ModelEnumValue> {
        let Kind::Enum(values) = &self.enum_shape(r#enum)?.kind else {
            return None;
        };
        values.iter().find(|it| it.value == value.value)
    }

    /// The operation in the model.
    pub(super) fn operation(&self, operation: &Operation) -> Option<&ModelOperation> {
        let mut operations = self.model.operations.iter();
        operations.find(|it| it.name == operation.name.shape())
    }

    /// The member of a field.
    pub(super) fn member(&self, structure: &Structure, field: &Field) -> Option<SideMember<'_>> {
        self.member_at(&structure.schema, field.index?)
    }

    /// The member of a union's variant.
    pub(super) fn variant(&self, union: &Union, index: usize) -> Option<SideMember<'_>> {
        self.member_at(&union.schema, index)
    }

    fn member_at(&self, schema: &ConstName, index: usize) -> Option<SideMember<'_>> {
        let SchemaBody::Members(_, members) = &self.schema(schema)?.body else {
            return None;
        };
        let schema_member = members.get(index)?;
        let owner = self.shape_of_schema(schema)?;
        let member = owner.member(&schema_member.name)?;
        Some(SideMember {
            side: self,
            owner,
            schema: schema_member,
            member,
        })
    }

    fn shape_of_schema(&self, name: &ConstName) -> Option<&Shape> {
        let schema = self.schema(name)?;
        let id = ShapeId::parse(&format!("{}#{}", schema.namespace, schema.shape)).ok()?;
        self.model.shapes.get(&id)
    }
}

/// A member with its schema.
#[derive(Clone, Copy)]
pub(super) struct SideMember<'a> {
    pub(super) side: &'a Side,
    /// The shape that contains it.
    pub(super) owner: &'a Shape,
    pub(super) schema: &'a MemberSchema,
    pub(super) member: &'a Member,
}

fn sent(client: &Client) -> BTreeSet<StructureId> {
    let mut reached = BTreeSet::new();
    for operation in &client.operations {
        reach(client, operation.input, &mut reached);
    }
    reached
}

fn reach(client: &Client, id: StructureId, reached: &mut BTreeSet<StructureId>) {
    if reached.insert(id) {
        for field in &client.structure(id).fields {
            reach_type(client, &field.ty, reached, &mut BTreeSet::new());
        }
    }
}

/// `unions` are those that have been visited, because they may contain themselves.
fn reach_type(
    client: &Client,
    ty: &Type,
    reached: &mut BTreeSet<StructureId>,
    unions: &mut BTreeSet<u32>,
) {
    match ty {
        Type::Structure(id) => reach(client, *id, reached),
        Type::Union(id) if unions.insert(id.0) => {
            for variant in &client.union(*id).variants {
                reach_type(client, &variant.ty, reached, unions);
            }
        }
        Type::List(inner) | Type::Map(_, inner) | Type::Sparse(inner) | Type::Boxed(inner) => {
            reach_type(client, inner, reached, unions);
        }
        _ => {}
    }
}

/// The public path of a structure: `types::Channel`.
pub(super) fn path(client: &Client, structure: &Structure) -> String {
    let name = structure.name.as_str();
    match structure.home {
        Home::Types => format!("types::{name}"),
        Home::Error => format!("types::error::{name}"),
        Home::OperationInput(id) | Home::OperationOutput(id) => {
            let module = client.operation(id).name.module();
            format!("operation::{}::{name}", module.ident())
        }
    }
}
