//! Stage 1: a [Smithy JSON AST](https://smithy.io/2.0/spec/json-ast.html) becomes a resolved
//! model.
//!
//! [`parse`] reads the JSON into an [`Ast`] that derives nothing and can be written back unchanged.
//! [`assemble`] flattens mixins, applies `apply` statements and converts models of version 1.0 to
//! 2.0. Resolving takes what the operations of a client reach, and checks that every target exists
//! and every trait is known. Each stage reports all its problems at once.

/// The remedy for an unsupported operation, with an optional text before it.
macro_rules! leave_out {
    ($($reason:literal)?) => {
        concat!(
            $($reason, ": ",)?
            "leave the operation out with `unsupported = \"leave-out\"` in services.toml, or with \
             `--leave-out-unsupported`"
        )
    };
}

pub mod ast;
pub mod resolve;
pub mod traits;

pub(crate) mod check;
pub(crate) mod components;
pub(crate) mod exact;
pub(crate) mod idl;
mod prelude;
pub(crate) mod suggest;

pub use self::ast::{Ast, AstMember, AstReference, AstShape, ShapeType, parse};
#[cfg(feature = "cli")]
pub(crate) use self::resolve::check_shapes;
pub use self::resolve::{
    Assembled, EnumValue, IntEnumValue, Kind, LeftOut, Member, Model, Operation, Service, Shape,
    assemble,
};
pub(crate) use self::resolve::{unknown_service, unsupported};
pub use self::traits::{HttpChecksum, Support, Traits, support};
pub use crate::shape_id::{InvalidShapeId, ShapeId};

#[cfg(test)]
mod tests;
