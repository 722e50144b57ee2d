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
use self::version::Version;
use super::ast::Ast;
use super::check;
use crate::diagnostics::Diagnostics;

/// What is to be resolved.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResolveOptions<'a> {
    /// The absolute shape id of the service; needed where a model has several.
    pub service: Option<&'a str>,
}

/// Resolves a model: see [`Model`] for what holds of the result.
///
/// # Errors
///
/// Everything in the service's closure that the Smithy specification forbids and that a client
/// could not be generated from, every trait that is unknown, and every trait that a client must
/// heed and a generated one does not. Shapes that the service does not reach are not looked at.
pub fn resolve(ast: &Ast, options: &ResolveOptions<'_>) -> Result<Model, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let Some(version) = Version::of(ast, &mut diagnostics) else {
        return Err(diagnostics);
    };
    let shapes = assemble::assemble(ast, version, &mut diagnostics);
    let Some(service) = service::choose(&shapes, options, &mut diagnostics) else {
        return Err(diagnostics);
    };
    let mut model = closure::collect(ast, &shapes, service, &mut diagnostics);
    rename::rename(&mut model, &shapes, &mut diagnostics);
    check::pagination::merge_defaults(&mut model);
    check::check(&model, &shapes, &mut diagnostics);
    diagnostics.into_result(model)
}
