//! Takes one service and all that it reaches out of an AST.

mod assemble;
mod closure;
mod convert;
mod mixins;
mod model;
mod rename;
mod service;
mod version;

pub(crate) use self::assemble::Shapes;
pub use self::model::{EnumValue, IntEnumValue, Kind, Member, Model, Operation, Service, Shape};
pub(crate) use self::service::unknown as unknown_service;
use self::version::Version;
use super::ast::Ast;
use super::check;
use super::id::ShapeId;
use crate::diagnostics::Diagnostics;
use crate::protocol::Protocol;

/// What is to be resolved.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResolveOptions<'a> {
    /// The absolute shape id of the service; needed where a model has several.
    pub service: Option<&'a str>,
    /// The protocol of the client: operations are not supported that it cannot carry.
    pub protocol: Option<&'static Protocol>,
}

/// An operation that is not supported, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// The operation.
    pub operation: ShapeId,
    /// Which part of it is not supported.
    pub reason: String,
}

/// The service's operations that [`resolve`] refuses because they are not supported.
///
/// Nothing is found in a model that cannot be resolved for another reason.
pub fn unsupported(ast: &Ast, options: &ResolveOptions<'_>) -> Vec<Unsupported> {
    let Some(model) = unchecked(ast, options) else {
        return Vec::new();
    };
    let operations = model.operations.iter();
    operations
        .filter_map(|operation| {
            Some(Unsupported {
                operation: operation.id.clone(),
                reason: check::unsupported(&model, operation, options.protocol)?,
            })
        })
        .collect()
}

/// The ids of all operations of the service, those of its resources among them.
///
/// Nothing is found in a model that cannot be resolved.
pub fn operations(ast: &Ast, options: &ResolveOptions<'_>) -> Vec<ShapeId> {
    let operations = unchecked(ast, options).map(|model| model.operations);
    let operations = operations.into_iter().flatten();
    operations.map(|operation| operation.id).collect()
}

/// The service with all that it reaches, whatever is wrong with it.
pub(crate) fn unchecked(ast: &Ast, options: &ResolveOptions<'_>) -> Option<Model> {
    let mut diagnostics = Diagnostics::new();
    let version = Version::of(ast, &mut diagnostics)?;
    let shapes = assemble::assemble(ast, version, &mut diagnostics);
    let service = service::choose(&shapes, options, &mut diagnostics)?;
    Some(closure::collect(ast, &shapes, service, &mut diagnostics))
}

/// The id of the service, and its protocols.
pub(crate) fn protocols(
    ast: &Ast,
    options: &ResolveOptions<'_>,
) -> Option<(ShapeId, Vec<ShapeId>)> {
    let mut diagnostics = Diagnostics::new();
    let version = Version::of(ast, &mut diagnostics)?;
    let shapes = assemble::assemble(ast, version, &mut diagnostics);
    let (id, service) = service::choose(&shapes, options, &mut diagnostics)?;
    Some((id.clone(), closure::protocols(service)))
}

/// Resolves a model, unless there are errors: see [`Model`] for what holds of the result.
///
/// Errors are what Smithy refuses in the service's closure, every trait that is unknown, and every
/// trait that a client must heed and a generated one does not. What Smithy warns of, and a client
/// can be made without, is a warning. Shapes that the service does not reach are not looked at.
pub fn resolve(
    ast: &Ast,
    options: &ResolveOptions<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Model> {
    let version = Version::of(ast, diagnostics)?;
    let shapes = assemble::assemble(ast, version, diagnostics);
    let service = service::choose(&shapes, options, diagnostics)?;
    let mut model = closure::collect(ast, &shapes, service, diagnostics);
    rename::rename(&mut model, &shapes, diagnostics);
    check::pagination::merge_defaults(&mut model);
    check::defaults::pass_over(&mut model, diagnostics);
    check::check(&model, &shapes, options.protocol, diagnostics);
    diagnostics.unless_errors(model)
}
