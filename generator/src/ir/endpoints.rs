//! The endpoint rules of a service, as the Rust that they become.
//!
//! The rules are those of the [Smithy rules engine]. Types have been checked, variables that nobody
//! reads are gone, and where a value is borrowed, cloned or formatted is decided: whoever prints a
//! [`Block`] has no questions left.
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
    AuthScheme, Block, Condition, Diagram, DiagramNode, Document, Endpoint, Mentions, NamedScheme,
    Outcome, Record, RuleFunction, Statement, Variable, VariableType,
};

use crate::ir::Docs;
use crate::names::{FieldName, TypeName};

/// All that a crate knows about its endpoints.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoints {
    /// What the endpoint depends on, in the order of the model.
    pub parameters: Vec<EndpointParameter>,
    /// The rules; the first function is the entry, the others are subtrees cut out of it. With a
    /// diagram they are its conditions, and then its results.
    pub functions: Vec<RuleFunction>,
    /// What leads from the conditions to the results, where that would be too many rules.
    pub diagram: Option<Diagram>,
    /// The names from elsewhere that the functions mention.
    pub mentions: Mentions,
    /// The authentication schemes that the rules give to endpoints.
    pub schemes: BTreeSet<NamedScheme>,
    /// The partitions, if a rule asks for them.
    pub partitions: Option<PartitionTable>,
    /// The template files that the parameters and the rules need.
    pub library: BTreeSet<LibraryFile>,
    /// The cases that come with the model.
    pub tests: Vec<EndpointTest>,
    /// Whether the rules may have `let` among several conditions of an `if`, which Rust has only
    /// since its edition 2024.
    pub has_let_chains: bool,
}

impl Endpoints {
    /// Takes the cases out, and what runs them.
    pub(crate) fn remove_tests(&mut self) {
        self.tests.clear();
        self.library.remove(&LibraryFile::Cases);
        self.library.remove(&LibraryFile::Calls);
    }
}

/// One input of the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointParameter {
    /// The name in the rule set, which `@contextParam` and its like refer to.
    pub name: String,
    /// The name in `Params` and `ParamsBuilder`.
    pub field: FieldName,
    /// What it is.
    pub docs: Docs,
    /// The type of a value.
    pub r#type: ParameterType,
    /// Whether there always is a value.
    pub presence: ParameterPresence,
    /// Where a value comes from when no operation binds one.
    pub source: ParameterSource,
    /// What `ParamsBuilder::build` checks.
    pub check: Option<ParameterCheck>,
    /// Whether `Debug` hides it: it may come from a member of an input that is to be hidden.
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
    /// There may be none.
    Optional,
    /// There is no resolving without one.
    Required,
    /// There is this one if there is no other.
    Defaulted(Literal),
}

/// A value that stands in the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A text.
    String(String),
    /// True or false.
    Boolean(bool),
    /// Several texts.
    StringArray(Vec<String>),
}

/// Where the value of a parameter comes from when no operation binds one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterSource {
    /// A setting that every client has.
    BuiltIn(BuiltIn),
    /// A setting of this client alone, kept in the config bag under a type of this name.
    ClientContext(TypeName),
    /// Nothing: only operations bind it, or it is a built-in that no setting of a client changes.
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
    /// `AWS::Auth::AccountId`, which is known once the identity is: the resolver fills it in just
    /// before it resolves.
    AccountId,
    /// `AWS::Auth::AccountIdEndpointMode`
    AccountIdEndpointMode,
}

/// What `ParamsBuilder::build` checks of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterCheck {
    /// The value becomes part of a host name, and must not be able to change the host.
    HostLabel,
}

/// Verbatim files of the templates, in `config/endpoint/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LibraryFile {
    /// `aws.parseArn`
    Arn,
    /// `aws.isVirtualHostableS3Bucket`
    Bucket,
    /// What checks calls of the client that come with the model.
    Calls,
    /// What checks the cases that come with the model.
    Cases,
    /// `uriEncode`
    Encoding,
    /// The walk through a decision diagram.
    Diagram,
    /// Error rules, where no endpoint is just a URL.
    Failed,
    /// Endpoints that are just a URL, and error rules.
    Found,
    /// `isValidHostLabel`
    Host,
    /// The trait for resolvers, the resolver that follows the rules, and the interceptor that tells
    /// the user agent of a configured endpoint.
    Resolver,
    /// `split`
    Split,
    /// `substring`
    Substring,
    /// `parseURL`
    Url,
}
