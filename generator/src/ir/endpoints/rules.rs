//! Rules as statements.

use std::collections::BTreeSet;

use super::{Expression, Function};
use crate::names::FieldName;

/// The names from elsewhere that rules mention, besides those that every function mentions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mentions {
    /// The functions that are called.
    pub functions: BTreeSet<Function>,
    /// The types that functions take.
    pub records: BTreeSet<Record>,
    /// Whether `endpoint_at` is called.
    pub endpoint_at: bool,
    /// Whether `no_endpoint` is called.
    pub no_endpoint: bool,
    /// Whether `EndpointAuthScheme` is mentioned.
    pub auth_scheme: bool,
    /// Whether `Document` is mentioned.
    pub document: bool,
    /// Whether `HashMap` is mentioned.
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
    /// The variables of the enclosing rules that it reads; `params` comes before them if it is read.
    pub arguments: Vec<Variable>,
    /// Whether the parameters are read at all.
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

/// What a variable holds, and thus how a function takes it.
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

/// A decision diagram: where a condition holds, it goes on in another way than where it does not.
///
/// References that are not negative are nodes. -1 stands for no result, -2 for the first result, -3
/// for the second one.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagram {
    /// How many of [`Endpoints::functions`](super::Endpoints::functions) are conditions.
    pub conditions: usize,
    /// The nodes; each leads to earlier ones.
    pub nodes: Vec<DiagramNode>,
    /// Where it begins.
    pub root: i32,
}

/// A condition, and where it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiagramNode {
    /// Which condition is asked for.
    pub condition: usize,
    /// Where it goes on if the condition holds.
    pub high: i32,
    /// Where it goes on otherwise.
    pub low: i32,
}

/// A list of rules: the first whose conditions hold decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What is tried, in order.
    pub statements: Vec<Statement>,
    /// What happens if nothing of it was final.
    pub outcome: Outcome,
}

/// One line of a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `let region = …;`
    Let(Variable, Expression),
    /// `if … { … }`, which never falls through.
    Guard {
        /// What has to hold.
        conditions: Vec<Condition>,
        /// What then happens.
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
    /// An endpoint was found of which only the URL matters, which converts into a
    /// `Cow<'static, str>`.
    At(Expression),
    /// An endpoint was found.
    Endpoint(Box<Endpoint>),
    /// A rule says that there is none.
    Error(Expression),
    /// The rules are exhausted.
    Exhausted,
    /// A condition of a diagram holds, or it does not.
    Boolean(bool),
    /// Another function goes on.
    Call {
        /// The function.
        function: String,
        /// Whether it takes the parameters.
        reads_params: bool,
        /// What else it takes.
        arguments: Vec<Expression>,
    },
}

/// The endpoint that a rule makes, if it is more than a URL.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// What converts into a `Cow<'static, str>`.
    pub url: Expression,
    /// Names and values, which convert into `Cow<'static, str>` as well.
    pub headers: Vec<(String, Expression)>,
    /// The authentication schemes, in order of preference.
    pub auth_schemes: Vec<AuthScheme>,
    /// Everything else that rules say about the endpoint.
    pub properties: Vec<(String, Document)>,
}

/// One entry of the property `authSchemes`.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthScheme {
    /// The name of the scheme, which converts into a `Cow<'static, str>`.
    pub name: Expression,
    /// The other members.
    pub properties: Vec<(String, Document)>,
}

/// What rules call an authentication scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedScheme {
    /// `sigv4`
    SigV4,
    /// `sigv4a`
    SigV4A,
    /// Any other, or a name that is computed.
    Other,
}

/// A document, in which a text can be computed.
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
