//! Maps shapes and members of the new model to those of the old one.

use std::collections::BTreeMap;

use super::members::{self, Member};
use super::side::SideMember;
use super::structures::Types;
use super::{Side, Sides, operations, variants};
use crate::ir::{Enum, Structure, Union};
use crate::smithy::{Kind, Member as ModelMember, ShapeId};

/// Ids in the new model, with their ids in the old one.
#[derive(Clone, Debug, Default)]
pub struct Origins(BTreeMap<ShapeId, ShapeId>);

impl Origins {
    /// Follows all pairs of a comparison: what was renamed in Rust, and what is only spelled
    /// differently in the model.
    pub fn of(old: &Side, new: &Side) -> Self {
        let types = Types::of(old, new);
        let names = types.new_names();
        let sides = Sides { old, new, names };
        let mut origins = Self::default();
        for (old, new) in operations::pairs(&sides).both() {
            let models = (sides.old.operation(old), sides.new.operation(new));
            if let (Some(old), Some(new)) = models {
                origins.add(&old.id, &new.id);
            }
            for (old, new) in [(old.input, new.input), (old.output, new.output)] {
                let old = sides.old.client.structure(old);
                origins.add_structure(&sides, old, sides.new.client.structure(new));
            }
        }
        for (old, new) in types.structures.both() {
            origins.add_structure(&sides, old, new);
        }
        for (old, new) in types.unions.both() {
            origins.add_union(&sides, old, new);
        }
        for (old, new) in types.enums.both() {
            origins.add_enum(&sides, old, new);
        }
        origins
    }

    /// The id in the old model, or the same id if the old model lacks it.
    pub(crate) fn get(&self, id: &ShapeId) -> ShapeId {
        if let Some(origin) = self.0.get(id) {
            return origin.clone();
        }
        // A member without a field follows its shape.
        match id.member() {
            Some(member) => match self.0.get(&id.without_member()) {
                Some(origin) => origin.with_member(member),
                None => id.clone(),
            },
            None => id.clone(),
        }
    }

    /// Whether nothing was renamed.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn add(&mut self, old: &ShapeId, new: &ShapeId) {
        if old != new {
            self.0.entry(new.clone()).or_insert_with(|| old.clone());
        }
    }

    fn add_structure(&mut self, sides: &Sides<'_>, old: &Structure, new: &Structure) {
        if let (Some(old), Some(new)) = (sides.old.shape(old), sides.new.shape(new)) {
            self.add(&old.id, &new.id);
        }
        for (one, other) in members::pairs(sides, old, new).both() {
            let one = Member::of(sides.old, old, one);
            self.add_member(one.model, Member::of(sides.new, new, other).model);
        }
    }

    fn add_union(&mut self, sides: &Sides<'_>, old: &Union, new: &Union) {
        if let (Some(old), Some(new)) = (sides.old.union_shape(old), sides.new.union_shape(new)) {
            self.add(&old.id, &new.id);
        }
        for (one, other) in variants::of_unions(sides, old, new).both() {
            let one = sides.old.variant(old, one.index);
            self.add_member(one, sides.new.variant(new, other.index));
        }
    }

    fn add_enum(&mut self, sides: &Sides<'_>, old: &Enum, new: &Enum) {
        let shapes = (sides.old.enum_shape(old), sides.new.enum_shape(new));
        let (Some(old_shape), Some(new_shape)) = shapes else {
            return;
        };
        self.add(&old_shape.id, &new_shape.id);
        for (one, other) in variants::of_enums(old, new).both() {
            let name = |side: &Side, r#enum, value| {
                let value = side.enum_value(r#enum, value)?;
                value.name.clone()
            };
            let names = (name(sides.old, old, one), name(sides.new, new, other));
            if let (Some(one), Some(other)) = names {
                let old = old_shape.id.with_member(&one);
                self.add(&old, &new_shape.id.with_member(&other));
            }
        }
    }

    fn add_member(&mut self, old: Option<SideMember<'_>>, new: Option<SideMember<'_>>) {
        if let (Some(old), Some(new)) = (old, new) {
            let owners = (&old.owner.id, &new.owner.id);
            let (one, other) = (&old.member.name, &new.member.name);
            self.add(&owners.0.with_member(one), &owners.1.with_member(other));
            self.add_target((old.side, old.member), (new.side, new.member));
        }
    }

    /// Adds lists, maps and simple shapes, which are not types: they follow the member that targets
    /// them.
    fn add_target(&mut self, old: (&Side, &ModelMember), new: (&Side, &ModelMember)) {
        let shapes = (old.0.model.target(old.1), new.0.model.target(new.1));
        let is_prelude = [shapes.0, shapes.1]
            .iter()
            .any(|shape| shape.id.namespace() == "smithy.api");
        let is_type = matches!(
            shapes.1.kind,
            Kind::Structure(_) | Kind::Union(_) | Kind::Enum(_)
        );
        let is_same = shapes.0.kind.name() == shapes.1.kind.name();
        if is_prelude || is_type || !is_same || self.0.contains_key(&shapes.1.id) {
            return;
        }
        let ids = (&shapes.0.id, &shapes.1.id);
        // If the new model still has the old id, that shape keeps it.
        if ids.0 != ids.1 && !new.0.model.shapes.contains_key(ids.0) {
            self.add(ids.0, ids.1);
        } else if ids.0 != ids.1 {
            return;
        }
        match (&shapes.0.kind, &shapes.1.kind) {
            (Kind::List(one), Kind::List(other)) => {
                self.add_target((old.0, one), (new.0, other));
            }
            (Kind::Map { value: one, .. }, Kind::Map { value: other, .. }) => {
                self.add_target((old.0, one), (new.0, other));
            }
            (Kind::IntEnum(olds), Kind::IntEnum(news)) => {
                for one in olds {
                    let mut others = news.iter().filter(|other| other.value == one.value);
                    let kept = news.iter().any(|other| other.name == one.name);
                    if let (Some(other), false) = (others.next(), kept) {
                        let one = ids.0.with_member(&one.name);
                        self.add(&one, &ids.1.with_member(&other.name));
                    }
                }
            }
            _ => {}
        }
    }
}
