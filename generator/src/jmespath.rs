//! Parses [JMESPath](https://jmespath.org/specification.html): expressions that select from JSON values.
//!
//! The parser knows no model. `lower/paths.rs` lowers the expressions of waiters, and
//! `lower/endpoints/path.rs` those of endpoint rules.

mod lexer;
mod parser;
#[cfg(test)]
mod tests;

use serde_json::Value;

pub(crate) use parser::parse;

/// An expression and its position.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    /// The first byte of the expression in the text, or of its left operand.
    pub(crate) at: usize,
    /// The content.
    pub(crate) node: Node,
}

/// The content of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// `@`, and the implicit operand of an expression that begins with a step.
    Current,
    /// `name`
    Field(String),
    /// `a.b`
    Sub(Box<Expr>, Box<Expr>),
    /// `a[0]`, `a[-1]`
    Index(Box<Expr>, i64),
    /// A projection: the expression is evaluated for each value that a wildcard, slice or filter
    /// returns.
    Project(Source, Box<Expr>),
    /// `a | b`
    Pipe(Box<Expr>, Box<Expr>),
    /// `a || b`
    Or(Box<Expr>, Box<Expr>),
    /// `a && b`
    And(Box<Expr>, Box<Expr>),
    /// `!a`
    Not(Box<Expr>),
    /// `a == b`
    Compare(Comparator, Box<Expr>, Box<Expr>),
    /// `` `1` `` or `'text'`
    Literal(Value),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `{a: b}`
    Hash(Vec<(String, Expr)>),
    /// `length(a)`
    Call(String, Vec<Expr>),
    /// `&a`, an argument of a function.
    Reference(Box<Expr>),
}

/// Where the values of a projection come from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// `a[*]`
    Elements(Box<Expr>),
    /// `a[]`
    Flatten(Box<Expr>),
    /// `a.*`
    Values(Box<Expr>),
    /// `a[?b]`
    Filter(Box<Expr>, Box<Expr>),
    /// `a[1:2:3]`
    Slice(Box<Expr>, [Option<i64>; 3]),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// Why a text is not an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// The byte of the text that is not understood.
    pub(crate) at: usize,
    /// What is wrong.
    pub(crate) message: String,
}

impl SyntaxError {
    fn new(at: usize, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
        }
    }
}
