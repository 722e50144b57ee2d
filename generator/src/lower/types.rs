//! Determines which shapes become which types.

use std::collections::{BTreeMap, BTreeSet};

use super::boxing::boxed_members;
use crate::ir::{EnumId, StructureId, Type, UnionId, Width};
use crate::smithy::{Kind, Member, Model, Shape, ShapeId};

/// The id of Smithy's unit shape.
pub(super) const UNIT: &str = "smithy.api#Unit";

/// The shapes that become types, with their ids, and the members that are boxed.
pub(crate) struct Shapes {
    /// Structures that are members of something, and errors.
    pub(super) structures: BTreeMap<ShapeId, StructureId>,
    /// Unions.
    pub(super) unions: BTreeMap<ShapeId, UnionId>,
    /// Enums.
    pub(crate) enums: BTreeMap<ShapeId, EnumId>,
    boxed: BTreeSet<ShapeId>,
    sent: BTreeSet<ShapeId>,
}

impl Shapes {
    /// Numbers the shapes in the order of their ids.
    ///
    /// An operation's input or output is a type of the operation. It is also a shared type only if
    /// a member targets it.
    pub(crate) fn of(model: &Model) -> Self {
        let mut reached = BTreeSet::new();
        let roots = model.operations.iter().flat_map(|operation| {
            let errors = operation.errors.iter();
            operation
                .input
                .iter()
                .chain(&operation.output)
                .chain(errors)
        });
        for root in roots {
            reach_members(model, model.shape(root), &mut reached);
        }
        let errors = model
            .operations
            .iter()
            .flat_map(|operation| &operation.errors);
        reached.extend(errors.cloned());
        let mut sent = BTreeSet::new();
        for input in model.operations.iter().filter_map(|it| it.input.as_ref()) {
            reach_members(model, model.shape(input), &mut sent);
        }
        let mut shapes = Self {
            structures: BTreeMap::new(),
            unions: BTreeMap::new(),
            enums: BTreeMap::new(),
            boxed: boxed_members(model),
            sent,
        };
        for id in reached {
            match &model.shape(&id).kind {
                Kind::Structure(_) if id.as_str() != UNIT => {
                    let number = shapes.structures.len() as u32;
                    shapes.structures.insert(id, StructureId(number));
                }
                Kind::Union(_) => {
                    let number = shapes.unions.len() as u32;
                    shapes.unions.insert(id, UnionId(number));
                }
                Kind::Enum(_) => {
                    let number = shapes.enums.len() as u32;
                    shapes.enums.insert(id, EnumId(number));
                }
                _ => {}
            }
        }
        shapes
    }

    /// Whether requests can contain the shape, at any depth.
    pub(crate) fn is_sent(&self, id: &ShapeId) -> bool {
        self.sent.contains(id)
    }

    /// The type of a member that is a stream of events.
    pub(super) fn stream_type(&self, target: &Shape, is_input: bool) -> Option<Type> {
        let id = *self.unions.get(&target.id)?;
        target.traits.streaming().then_some(match is_input {
            true => Type::EventSender(id),
            false => Type::EventReceiver(id),
        })
    }

    /// The type of a member's values.
    pub(super) fn member_type(&self, model: &Model, owner: &ShapeId, member: &Member) -> Type {
        let target = model.target(member);
        if matches!(target.kind, Kind::Blob) && target.traits.streaming() {
            return Type::ByteStream;
        }
        let ty = self.shape_type(model, target);
        if self.boxed.contains(&owner.with_member(&member.name)) {
            return Type::Boxed(Box::new(ty));
        }
        ty
    }

    /// The type of a shape's values.
    pub(super) fn shape_type(&self, model: &Model, shape: &Shape) -> Type {
        let element = |member: &Member| {
            let ty = self.shape_type(model, model.target(member));
            if shape.traits.sparse() {
                Type::Sparse(Box::new(ty))
            } else {
                ty
            }
        };
        match &shape.kind {
            Kind::Boolean => Type::Boolean,
            Kind::Byte => Type::Integer(Width::Byte),
            Kind::Short => Type::Integer(Width::Short),
            Kind::Integer | Kind::IntEnum(_) => Type::Integer(Width::Integer),
            Kind::Long => Type::Integer(Width::Long),
            Kind::Float => Type::Float,
            Kind::Double => Type::Double,
            Kind::BigInteger => Type::BigInteger,
            Kind::BigDecimal => Type::BigDecimal,
            Kind::String => Type::String,
            Kind::Blob => Type::Blob,
            Kind::Timestamp => Type::Timestamp,
            Kind::Document => Type::Document,
            Kind::Enum(_) => Type::Enum(self.enums[&shape.id]),
            Kind::List(member) => Type::List(Box::new(element(member))),
            Kind::Map { key, value } => {
                let key = self.shape_type(model, model.target(key));
                Type::Map(Box::new(key), Box::new(element(value)))
            }
            Kind::Structure(_) if shape.id.as_str() == UNIT => Type::Unit,
            Kind::Structure(_) => Type::Structure(self.structures[&shape.id]),
            Kind::Union(_) => Type::Union(self.unions[&shape.id]),
        }
    }
}

fn reach_members(model: &Model, shape: &Shape, reached: &mut BTreeSet<ShapeId>) {
    let mut open = vec![shape];
    while let Some(shape) = open.pop() {
        for member in shape.members() {
            if reached.insert(member.target.clone()) {
                open.push(model.target(member));
            }
        }
    }
}
