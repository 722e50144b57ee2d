//! The endpoint rules of a service, as the Rust that they become.
//!
//! The rules are those of the [Smithy rules engine]. Types have been checked, unused variables
//! removed, and it has been decided where a value is borrowed, cloned or formatted. Printing a
//! [`Block`] requires no further decisions.
//!
//! [Smithy rules engine]: https://smithy.io/2.0/additional-specs/rules-engine/specification.html

mod bindings;
mod cases;
mod expressions;
mod partitions;
mod rules;

use std::collections::BTreeSet;

pub use self::bindings::{
    BoundText, BoundValue, InputPath, InputStep, ListStep, Otherwise, ParameterBinding,
};
pub use self::cases::{CallSetting, EndpointCall, EndpointTest, Expectation};
pub use self::expressions::{
    ArnAttribute, Attribute, Expression, Fallback, Function, Index, Items, PartitionAttribute,
    Piece, UrlAttribute,
};
pub use self::partitions::{PartitionOutput, PartitionTable, Pattern, Segment};
pub use self::rules::{
    AuthScheme, Block, Condition, Diagram, DiagramNode, Document, Endpoint, EndpointFunction,
    Mentions, NamedScheme, Outcome, Record, RuleFunction, Statement, Variable, VariableType,
};

use crate::ir::Docs;
use crate::names::{FieldName, TypeName};

/// Everything that a crate knows about its endpoints.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoints {
    /// The parameters of the rules, in the order of the model.
    pub parameters: Vec<EndpointParameter>,
    /// The rules. The first function is the entry point; the others are subtrees moved out of it.
    /// With a diagram, they are its conditions, followed by its results.
    pub functions: Vec<RuleFunction>,
    /// The functions that make the endpoints of several rules.
    pub shared: Vec<EndpointFunction>,
    /// The decision diagram from conditions to results, if there would be too many rules.
    pub diagram: Option<Diagram>,
    /// The names that the functions import.
    pub mentions: Mentions,
    /// The authentication schemes of endpoints in the rules.
    pub schemes: BTreeSet<NamedScheme>,
    /// The partitions, if a rule uses them.
    pub partitions: Option<PartitionTable>,
    /// The template files that the parameters and the rules need.
    pub library: BTreeSet<LibraryFile>,
    /// The model's test cases.
    pub tests: Vec<EndpointTest>,
    /// Whether the rules may contain `let` among several conditions of an `if`, which requires
    /// edition 2024.
    pub has_let_chains: bool,
}

impl Endpoints {
    /// Removes the test cases and the code that runs them.
    pub(crate) fn remove_tests(&mut self) {
        self.tests.clear();
        self.library.remove(&LibraryFile::Cases);
        self.library.remove(&LibraryFile::Calls);
    }
}

/// A parameter of the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointParameter {
    /// The name in the rule set, which `@contextParam` and its like refer to.
    pub name: String,
    /// The name in `Params` and `ParamsBuilder`.
    pub field: FieldName,
    /// The documentation.
    pub docs: Docs,
    /// The type of a value.
    pub r#type: ParameterType,
    /// Whether it always has a value.
    pub presence: ParameterPresence,
    /// Where the value comes from if no operation binds it.
    pub source: ParameterSource,
    /// What `ParamsBuilder::build` checks.
    pub check: Option<ParameterCheck>,
    /// Whether `Debug` hides it, because it may come from a sensitive member of an input.
    pub sensitive: bool,
}

/// The types that a parameter can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// `String`
    String,
    /// `bool`
    Boolean,
    /// `Vec<String>`
    StringArray,
}

/// Whether a parameter always has a value.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterPresence {
    /// It may have none.
    Optional,
    /// It must be set.
    Required,
    /// It has a default.
    Defaulted(Literal),
}

/// A literal value in the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A string.
    String(String),
    /// A boolean.
    Boolean(bool),
    /// A list of strings.
    StringArray(Vec<String>),
}

/// Where the value of a parameter comes from if no operation binds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterSource {
    /// A setting of all clients.
    BuiltIn(BuiltIn),
    /// A setting of this client, stored in the config bag as a type of this name.
    ClientContext(TypeName),
    /// Nowhere: only operations bind it, or it is a built-in that no setting of a client changes.
    OperationOnly,
}

/// The [built-ins](https://smithy.io/2.0/aws/rules-engine/built-ins.html) that a client can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltIn {
    /// `AWS::Region`
    Region,
    /// `AWS::UseDualStack`
    UseDualStack,
    /// `AWS::UseFIPS`
    UseFips,
    /// `SDK::Endpoint`
    Endpoint,
    /// `AWS::Auth::AccountId`, which comes from the identity: the resolver sets it just before it
    /// resolves.
    AccountId,
    /// `AWS::Auth::AccountIdEndpointMode`
    AccountIdEndpointMode,
}

/// A check of a value by `ParamsBuilder::build`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterCheck {
    /// The value becomes part of a host name and must not change the host.
    HostLabel,
}

/// Templates in `config/endpoint/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LibraryFile {
    /// `aws.parseArn`
    Arn,
    /// `aws.isVirtualHostableS3Bucket`
    Bucket,
    /// Runs the calls in the model's test cases.
    Calls,
    /// Runs the model's test cases.
    Cases,
    /// `uriEncode`
    Encoding,
    /// Evaluates a decision diagram.
    Diagram,
    /// Error rules, if no endpoint is only a URL.
    Failed,
    /// Endpoints that are only a URL, and error rules.
    Found,
    /// `isValidHostLabel`
    Host,
    /// The trait for resolvers, the resolver that evaluates the rules, and the interceptor that
    /// adds a configured endpoint to the user agent.
    Resolver,
    /// `split`
    Split,
    /// `substring`
    Substring,
    /// `parseURL`
    Url,
}
