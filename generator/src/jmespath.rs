//! [JMESPath](https://jmespath.org/specification.html): expressions that look into JSON values.
//!
//! This reads an expression, and knows no model. What waiters make of one is in `lower/paths.rs`,
//! and what endpoint rules allow of it in `lower/endpoints/path.rs`.

mod lexer;
mod parser;
#[cfg(test)]
mod tests;

use serde_json::Value;

pub(crate) use parser::parse;

/// An expression, and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    /// The first byte of the expression in the text, or of what it looks into.
    pub(crate) at: usize,
    /// What it is.
    pub(crate) node: Node,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// `@`, and what an expression looks into that begins with a step.
    Current,
    /// `name`
    Field(String),
    /// `a.b`
    Sub(Box<Expr>, Box<Expr>),
    /// `a[0]`, `a[-1]`
    Index(Box<Expr>, i64),
    /// What follows a wildcard, a slice or a filter, for each of the values that it gives.
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
