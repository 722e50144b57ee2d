//! Extracts one service and everything that it reaches from an AST.

mod assemble;
mod closure;
mod convert;
mod mixins;
mod model;
mod rename;
mod service;
mod version;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub(crate) use self::assemble::Shapes;
pub use self::model::{EnumValue, IntEnumValue, Kind, Member, Model, Operation, Service, Shape};
pub(crate) use self::service::unknown as unknown_service;
use self::version::Version;
use super::ast::{Ast, AstMember, AstShape, ShapeType};
use super::check;
use crate::diagnostics::Diagnostics;
use crate::protocol::Protocol;
use crate::shape_id::ShapeId;

/// An assembled model: its shapes with all their traits, and the service of the client.
pub struct Assembled<'a> {
    ast: &'a Ast,
    shapes: Shapes<'a>,
    service: ShapeId,
}

/// The operations of a service that a client leaves out.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    /// Operations that the configuration excludes.
    pub unwanted: BTreeSet<ShapeId>,
    /// Unsupported operations, with the reason.
    pub unsupported: BTreeMap<ShapeId, String>,
}

impl LeftOut {
    /// Whether the client leaves out an operation.
    pub(crate) fn has(&self, operation: &ShapeId) -> bool {
        self.unwanted.contains(operation) || self.unsupported.contains_key(operation)
    }
}

/// Assembles a model, for the service with this absolute shape id; without an id, for its only
/// service.
///
/// Shapes get the members of their mixins and the traits of `apply` statements, and shapes of
/// version 1.0 are converted to 2.0. Only problems that prevent this are reported.
pub fn assemble<'a>(
    ast: &'a Ast,
    service: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Assembled<'a>> {
    let version = Version::of(ast, diagnostics)?;
    let shapes = assemble::assemble(ast, version, diagnostics);
    let (id, _) = service::choose(&shapes, service, diagnostics)?;
    let service = id.clone();
    Some(Assembled {
        ast,
        shapes,
        service,
    })
}

/// Reports the same problems as [`assemble`], without requiring a service.
#[cfg(feature = "cli")]
pub(crate) fn check_shapes(ast: &Ast, diagnostics: &mut Diagnostics) {
    if let Some(version) = Version::of(ast, diagnostics) {
        assemble::assemble(ast, version, diagnostics);
    }
}

impl Assembled<'_> {
    /// The id of the service.
    pub fn service(&self) -> &ShapeId {
        &self.service
    }

    /// The ids of the service's protocols, in the order of the model.
    pub fn protocols(&self) -> Vec<ShapeId> {
        let service = self.shapes.get(&self.service);
        service.map_or_else(Vec::new, closure::protocols)
    }

    /// The ids of all operations of the service, including those of its resources, in order.
    pub fn operations(&self) -> Vec<ShapeId> {
        closure::operations(&self.shapes, &self.service)
    }

    /// The operations that [`resolve`](Self::resolve) would refuse because they are not supported,
    /// at all or by this protocol.
    pub(crate) fn unsupported(
        &self,
        protocol: Option<&'static Protocol>,
        unwanted: &BTreeSet<ShapeId>,
    ) -> BTreeMap<ShapeId, String> {
        let left_out = LeftOut {
            unwanted: unwanted.clone(),
            ..LeftOut::default()
        };
        let model = self.collect(left_out, &mut Diagnostics::new());
        unsupported(&model, protocol)
    }

    /// The service with everything that it reaches, without checks.
    pub(crate) fn unchecked(&self) -> Model {
        self.collect(LeftOut::default(), &mut Diagnostics::new())
    }

    /// Resolves the model of a client, unless there are errors. See [`Model`] for the guarantees
    /// about the result.
    ///
    /// Errors are what Smithy refuses in the service's closure, unknown traits, and traits that a
    /// client must implement and a generated one does not. What Smithy only warns about is a
    /// warning. Shapes that the client's operations do not reach are not checked.
    pub(crate) fn resolve(
        &self,
        protocol: Option<&'static Protocol>,
        left_out: LeftOut,
        diagnostics: &mut Diagnostics,
    ) -> Option<Model> {
        let mut model = self.collect(left_out, diagnostics);
        rename::rename(&mut model, &self.shapes, diagnostics);
        check::pagination::merge_defaults(&mut model);
        check::defaults::pass_over(&mut model, diagnostics);
        check::check(&model, &self.shapes, protocol, diagnostics);
        diagnostics.unless_errors(model)
    }

    /// One of the model's shapes, or of the prelude's.
    pub(crate) fn shape(&self, id: &ShapeId) -> Option<&AstShape> {
        self.shapes.get(id)
    }

    /// The shapes of a type.
    pub(crate) fn shapes_of(
        &self,
        r#type: ShapeType,
    ) -> impl Iterator<Item = (&ShapeId, &AstShape)> {
        let shapes = self.shapes.iter();
        shapes.filter(move |(_, shape)| shape.r#type == r#type)
    }

    /// The ids of all shapes.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &ShapeId> {
        self.shapes.iter().map(|(id, _)| id)
    }

    /// Sets a trait of a shape or member, replacing one with the same id.
    pub(crate) fn set_trait(&mut self, id: &ShapeId, name: &str, value: Value) {
        if let Some(traits) = self.shapes.traits_mut(id) {
            traits.get_or_insert_default().set(name, value);
        }
    }

    /// Changes the type of a shape.
    pub(crate) fn set_type(&mut self, id: &ShapeId, r#type: ShapeType) {
        if let Some(shape) = self.shapes.get_mut(id) {
            shape.r#type = r#type;
        }
    }

    /// Moves a member to the end of its structure and adds a new one after it.
    pub(crate) fn insert_last(&mut self, before: &ShapeId, name: &str, target: &str) {
        let shape = self.shapes.get_mut(&before.without_member());
        let members = shape.and_then(|it| it.members.as_mut());
        if let (Some(members), Some(before)) = (members, before.member()) {
            let member = AstMember {
                target: ShapeId::parse(target).expect("it is the id of a shape"),
                traits: None,
                unknown: None,
            };
            let last = members.shift_remove_entry(before);
            members.extend(last.into_iter().chain([(name.to_owned(), member)]));
        }
    }

    /// Removes a trait from a shape or member.
    pub(crate) fn remove_trait(&mut self, id: &ShapeId, name: &str) {
        if let Some(Some(traits)) = self.shapes.traits_mut(id) {
            traits.remove(name);
        }
    }

    fn collect(&self, left_out: LeftOut, diagnostics: &mut Diagnostics) -> Model {
        closure::collect(self.ast, &self.shapes, &self.service, left_out, diagnostics)
    }
}

/// The unsupported operations of a model, with the reason.
pub(crate) fn unsupported(
    model: &Model,
    protocol: Option<&'static Protocol>,
) -> BTreeMap<ShapeId, String> {
    let operations = model.operations.iter();
    let found = operations.filter_map(|operation| {
        let reason = check::unsupported(model, operation, protocol)?;
        Some((operation.id.clone(), reason))
    });
    found.collect()
}
