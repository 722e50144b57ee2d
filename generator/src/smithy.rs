//! STAGE 1: a [Smithy JSON AST](https://smithy.io/2.0/spec/json-ast.html) becomes a resolved
//! model.
//!
//! [`parse`] reads the JSON into an [`Ast`] that derives nothing and can be written back
//! unchanged. [`resolve()`] takes one service and all that it reaches out of the AST, with mixins
//! flattened, `apply` statements applied, models of version 1.0 raised to 2.0, every target in
//! existence and every trait known. Both report all problems at once.

/// What helps against an operation that is not supported, whatever stands before it.
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
pub mod id;
pub mod resolve;
pub mod traits;

pub(crate) mod check;
pub(crate) mod components;
pub(crate) mod exact;
mod prelude;
pub(crate) mod suggest;

pub use self::ast::{Ast, AstMember, AstReference, AstShape, ShapeType, parse};
pub use self::id::ShapeId;
pub use self::resolve::{
    EnumValue, IntEnumValue, Kind, Member, Model, Operation, ResolveOptions, Service, Shape,
    Unsupported, operations, resolve, unsupported,
};
pub(crate) use self::resolve::{protocols, unknown_service};
pub use self::traits::{Support, Traits, support};

#[cfg(test)]
mod tests;
