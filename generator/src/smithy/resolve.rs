//! Takes one service and all that it reaches out of an AST.

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
use super::id::ShapeId;
use crate::diagnostics::Diagnostics;
use crate::protocol::Protocol;

/// A model put together: its shapes with all their traits, and the service that a client is made of.
pub struct Assembled<'a> {
    ast: &'a Ast,
    shapes: Shapes<'a>,
    service: ShapeId,
}

/// Which of a service's operations a client does not have.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    /// Those that nobody wants.
    pub unwanted: BTreeSet<ShapeId>,
    /// Those that are not supported, and why.
    pub unsupported: BTreeMap<ShapeId, String>,
}

impl LeftOut {
    /// Whether it is an operation that the client does not have.
    pub(crate) fn has(&self, operation: &ShapeId) -> bool {
        self.unwanted.contains(operation) || self.unsupported.contains_key(operation)
    }
}

/// Puts a model together, with the service of this absolute shape id; without an id, with its only
/// service.
///
/// Shapes get the members of their mixins and the traits of `apply` statements, and those of version
/// 1.0 are raised to 2.0. What hinders that is reported, and nothing else is checked yet.
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

/// Reports what [`assemble`] does, without asking for a service.
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

    /// The ids of all operations of the service, those of its resources among them, in order.
    pub fn operations(&self) -> Vec<ShapeId> {
        closure::operations(&self.shapes, &self.service)
    }

    /// The operations that a client can have which [`resolve`](Self::resolve) would refuse because
    /// they are not supported, by this protocol if there is one.
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

    /// The service with all that it reaches, whatever is wrong with it.
    pub(crate) fn unchecked(&self) -> Model {
        self.collect(LeftOut::default(), &mut Diagnostics::new())
    }

    /// Resolves the model of a client, unless there are errors: see [`Model`] for what holds of the
    /// result.
    ///
    /// Errors are what Smithy refuses in the service's closure, every trait that is unknown, and every
    /// trait that a client must heed and a generated one does not. What Smithy warns of, and a client
    /// can be made without, is a warning. Shapes that the client's operations do not reach are not
    /// looked at.
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

    /// Gives a shape or member a trait, in place of one of the same id.
    pub(crate) fn set_trait(&mut self, id: &ShapeId, name: &str, value: Value) {
        if let Some(traits) = self.shapes.traits_mut(id) {
            traits.get_or_insert_default().set(name, value);
        }
    }

    /// Makes a shape one of another type.
    pub(crate) fn set_type(&mut self, id: &ShapeId, r#type: ShapeType) {
        if let Some(shape) = self.shapes.get_mut(id) {
            shape.r#type = r#type;
        }
    }

    /// Makes a member the last one of its structure, but for a new one behind it.
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

    /// Takes a trait off a shape or member.
    pub(crate) fn remove_trait(&mut self, id: &ShapeId, name: &str) {
        if let Some(Some(traits)) = self.shapes.traits_mut(id) {
            traits.remove(name);
        }
    }

    fn collect(&self, left_out: LeftOut, diagnostics: &mut Diagnostics) -> Model {
        closure::collect(self.ast, &self.shapes, &self.service, left_out, diagnostics)
    }
}

/// The operations of a model that are not supported, and why.
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
