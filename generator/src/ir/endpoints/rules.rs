//! Endpoint rules as statements.

use std::collections::BTreeSet;

use super::{Expression, Function};
use crate::names::FieldName;

/// The names that rules import, in addition to those that every function uses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mentions {
    /// The functions that are called.
    pub functions: BTreeSet<Function>,
    /// The types of functions' parameters.
    pub records: BTreeSet<Record>,
    /// Whether `endpoint_at` is called.
    pub endpoint_at: bool,
    /// Whether `no_endpoint` is called.
    pub no_endpoint: bool,
    /// Whether `EndpointAuthScheme` is used.
    pub auth_scheme: bool,
    /// Whether `Document` is used.
    pub document: bool,
    /// Whether `HashMap` is used.
    pub map: bool,
}

/// The types that only a function of the templates returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Record {
    /// `Arn`
    Arn,
    /// `Partition`
    Partition,
    /// `Url`
    Url,
}

/// A function of the generated `rules.rs`.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleFunction {
    /// The name of the function.
    pub name: String,
    /// Its documentation.
    pub docs: String,
    /// The variables of the enclosing rules that it reads. `params` comes first if it is read.
    pub arguments: Vec<Variable>,
    /// Whether it reads the parameters.
    pub reads_params: bool,
    /// What it does.
    pub body: Block,
}

/// A variable of the rules, or a parameter that has been found to be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name in the generated code.
    pub name: FieldName,
    /// What it holds.
    pub holds: VariableType,
}

/// The type of a variable, which determines how it is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableType {
    /// `&str`
    Text,
    /// `String`
    OwnedText,
    /// `bool`
    Flag,
    /// `Vec<&str>`
    Texts,
    /// `&[String]`
    Strings,
    /// `Url<'_>`, `Arn<'_>` or `&'static Partition`
    Record(Record),
}

/// A decision diagram: each node tests a condition and has a successor for either result.
///
/// References that are not negative are nodes. -1 means no result, -2 the first result, -3 the
/// second, and so on.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagram {
    /// The number of [`Endpoints::functions`](super::Endpoints::functions) that are conditions.
    pub conditions: usize,
    /// The nodes; each refers only to earlier ones.
    pub nodes: Vec<DiagramNode>,
    /// The first node.
    pub root: i32,
}

/// A condition and its two successors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiagramNode {
    /// The index of the condition.
    pub condition: usize,
    /// The successor if the condition holds.
    pub high: i32,
    /// The successor otherwise.
    pub low: i32,
}

/// A list of rules: the first whose conditions hold determines the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The statements, in order.
    pub statements: Vec<Statement>,
    /// The outcome if no statement returns.
    pub outcome: Outcome,
}

/// One line of a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `let region = …;`
    Let(Variable, Expression),
    /// `if … { … }`, which never falls through.
    Guard {
        /// The conditions.
        conditions: Vec<Condition>,
        /// The body.
        block: Block,
    },
}

/// One link of an `if`'s chain of conditions.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A `bool`.
    Holds(Expression),
    /// `let Some(region) = …`
    Bind(Variable, Expression),
    /// `let suffix = …`
    Let(Variable, Expression),
}

/// How resolving ends.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// An endpoint that is only a URL, which converts into a `Cow<'static, str>`.
    At(Expression),
    /// An endpoint.
    Endpoint(Box<Endpoint>),
    /// An error rule.
    Error(Expression),
    /// No rule matches.
    Exhausted,
    /// The result of a diagram's condition.
    Boolean(bool),
    /// A call of another function.
    Call {
        /// The function.
        function: String,
        /// Whether it takes the parameters.
        reads_params: bool,
        /// Its other arguments.
        arguments: Vec<Expression>,
    },
}

/// The endpoint of a rule, if it is more than a URL.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// The URL, which converts into a `Cow<'static, str>`.
    pub url: Expression,
    /// Names and values, which convert into `Cow<'static, str>` as well.
    pub headers: Vec<(String, Expression)>,
    /// The authentication schemes, in order of preference.
    pub auth_schemes: Vec<AuthScheme>,
    /// All other properties.
    pub properties: Vec<(String, Document)>,
}

/// A function that makes the endpoints of several rules.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointFunction {
    /// The name of the function.
    pub name: String,
    /// Its documentation.
    pub docs: String,
    /// The argument that is the URL.
    pub url: FieldName,
    /// The other arguments.
    pub texts: Vec<FieldName>,
    /// What it returns.
    pub endpoint: Endpoint,
}

/// One entry of the property `authSchemes`.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthScheme {
    /// The name of the scheme, which converts into a `Cow<'static, str>`.
    pub name: Expression,
    /// The other members.
    pub properties: Vec<(String, Document)>,
}

/// The name of an authentication scheme in rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedScheme {
    /// `sigv4`
    SigV4,
    /// `sigv4a`
    SigV4A,
    /// Any other, or a name that is computed.
    Other,
}

/// A document whose texts can be computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A text, which converts into a `Document`.
    Text(Expression),
    /// A list.
    Array(Vec<Document>),
    /// Names and values.
    Object(Vec<(String, Document)>),
}
