//! The endpoint rules of a service, as the Rust that they become.
//!
//! The rules are those of the [Smithy rules engine](https://smithy.io/2.0/additional-specs/rules-engine/specification.html).
//! Types have been checked, variables that nobody reads are gone, and where a value is borrowed,
//! cloned or formatted is decided: whoever prints a [`Block`] has no questions left.

use std::collections::BTreeSet;

use crate::lower::names::{FieldName, TypeName};

/// All that a crate knows about its endpoints.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoints {
    /// What the endpoint depends on, in the order of the model.
    pub parameters: Vec<EndpointParameter>,
    /// The rules; the first function is the entry, the others are subtrees cut out of it.
    pub functions: Vec<RuleFunction>,
    /// The names from elsewhere that the functions mention.
    pub mentions: Mentions,
    /// The partitions, if a rule asks for them.
    pub partitions: Option<PartitionTable>,
    /// The template files that the parameters and the rules need.
    pub library: BTreeSet<LibraryFile>,
    /// The cases that come with the model.
    pub tests: Vec<EndpointTest>,
}

/// One input of the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointParameter {
    /// The name in the rule set, which `@contextParam` and its like refer to.
    pub name: String,
    /// The name in `Params` and `ParamsBuilder`.
    pub field: FieldName,
    /// What the accessor's documentation says, a line each.
    pub docs: Vec<String>,
    /// The type of a value.
    pub r#type: ParameterType,
    /// Whether there always is a value.
    pub presence: Presence,
    /// Where a value comes from when no operation binds one.
    pub source: ParameterSource,
    /// What `ParamsBuilder::build` checks.
    pub check: Option<ParameterCheck>,
}

/// The types that a parameter can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    String,
    Boolean,
    StringArray,
}

/// Whether a parameter always has a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    Optional,
    Required,
    Defaulted(Literal),
}

/// A value that stands in the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    String(String),
    Boolean(bool),
    StringArray(Vec<String>),
}

/// Where the value of a parameter comes from when no operation binds one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterSource {
    /// A setting that every client has.
    BuiltIn(BuiltIn),
    /// A setting of this client alone, kept in the config bag under a type of this name.
    ClientContext(TypeName),
    /// Nothing but the operations' bindings, or a built-in that no setting of a client can change.
    OperationOnly,
}

/// The [built-ins](https://smithy.io/2.0/aws/rules-engine/built-ins.html) that a client can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltIn {
    Region,
    UseDualStack,
    UseFips,
    Endpoint,
    /// Known once the identity is: the resolver fills it in just before it resolves.
    AccountId,
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
    AccountId,
    Arn,
    Bucket,
    Cases,
    Downcast,
    Encoding,
    Failed,
    Feature,
    Found,
    Host,
    Resolver,
    Split,
    Substring,
    Url,
}

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
    Arn,
    Partition,
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
        conditions: Vec<Condition>,
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
    /// Another function goes on.
    Call {
        function: String,
        reads_params: bool,
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

/// A document, in which a text can be computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    Null,
    Boolean(bool),
    Integer(i64),
    Text(Expression),
    Array(Vec<Document>),
    Object(Vec<(String, Document)>),
}

/// An expression of the generated code.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `"aws"`
    String(String),
    /// `true`
    Boolean(bool),
    /// `4`
    Number(usize),
    /// `params.region`
    Parameter(FieldName),
    /// `params.region.as_deref()`, for an optional parameter
    ParameterView(FieldName),
    /// `region`
    Variable(FieldName),
    /// `url.scheme`
    Attribute(Box<Expression>, Attribute),
    /// `parts.get(1).copied()`
    Element {
        array: Box<Expression>,
        index: Index,
        items: Items,
    },
    /// `parse_url(endpoint)`
    Call(Function, Vec<Expression>),
    /// `format!("https://{region}")`
    Format(Vec<Piece>),
    /// `&region`
    Borrow(Box<Expression>),
    /// `params.region.as_str()`
    View(Box<Expression>),
    /// `region.to_owned()`
    ToOwned(Box<Expression>),
    /// `params.region.clone()`
    Clone(Box<Expression>),
    /// `a == b`
    Equal(Box<Expression>, Box<Expression>),
    /// `a != b`
    NotEqual(Box<Expression>, Box<Expression>),
    /// `a.is_empty()`
    IsEmpty(Box<Expression>),
    /// `!a`
    Not(Box<Expression>),
    /// `a.is_some()`
    IsSome(Box<Expression>),
    /// `a.is_none()`
    IsNone(Box<Expression>),
    /// `Some(a)`
    Some(Box<Expression>),
    /// `a.unwrap_or(b)` and its like
    Fallback(Box<Expression>, Fallback, Box<Expression>),
    /// `if a { b } else { c }`
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `a.map(|url| url.scheme)`
    Map {
        option: Box<Expression>,
        variable: FieldName,
        value: Box<Expression>,
    },
    /// `a.and_then(|arn| arn.resource_id.first().copied())`
    AndThen {
        option: Box<Expression>,
        variable: FieldName,
        value: Box<Expression>,
    },
}

/// What takes the place of a value that is not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// `a.or(b)`
    Or,
    /// `a.or_else(|| b)`
    OrElse,
    /// `a.unwrap_or(b)`
    UnwrapOr,
    /// `a.unwrap_or_else(|| b)`
    UnwrapOrElse,
}

/// Which element of an array is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// Counted from the front, beginning with 0.
    Front(usize),
    /// Counted from the back, beginning with 0.
    Back(usize),
}

/// What an array holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    /// `String`s, as in a parameter.
    Owned,
    /// `&str`s, as in the result of a function.
    Borrowed,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Text(String),
    Value(Expression),
}

/// The functions of the templates that rules call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Function {
    IsValidHostLabel,
    IsVirtualHostableS3Bucket,
    ParseArn,
    ParseUrl,
    Partition,
    Split,
    Substring,
    UriEncode,
}

/// An attribute of what a function returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    Arn(ArnAttribute),
    Partition(PartitionAttribute),
    Url(UrlAttribute),
}

/// The attributes of an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArnAttribute {
    Partition,
    Service,
    Region,
    AccountId,
    ResourceId,
}

/// The attributes of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UrlAttribute {
    Scheme,
    Authority,
    Path,
    NormalizedPath,
    IsIp,
}

/// The attributes of a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartitionAttribute {
    Name,
    DnsSuffix,
    DualStackDnsSuffix,
    SupportsFips,
    SupportsDualStack,
    ImplicitGlobalRegion,
}

/// The partitions as the rules of one service see them.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionTable {
    /// What the rules read; nothing else is generated.
    pub attributes: BTreeSet<PartitionAttribute>,
    /// What a region can be mapped to.
    pub outputs: Vec<PartitionOutput>,
    /// Regions that are listed, and the index of their output.
    pub regions: Vec<(Vec<String>, usize)>,
    /// Patterns for regions that are not listed, and the index of their output.
    pub patterns: Vec<(Pattern, usize)>,
    /// The index of the output for all other regions, if there is one.
    pub fallback: Option<usize>,
}

/// One partition, or one region's deviation from it.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionOutput {
    /// The name of its static.
    pub name: crate::lower::names::ConstName,
    /// Its documentation.
    pub docs: String,
    /// The values, in the order of [`PartitionTable::attributes`].
    pub values: Vec<(PartitionAttribute, Literal)>,
}

/// The part of a regular expression that partitions use: segments joined by hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(pub Vec<Segment>);

/// What one segment of a region must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// One of these texts.
    OneOf(Vec<String>),
    /// `\w+`
    Word,
    /// `\d+`
    Digits,
}

/// A case of `smithy.rules#endpointTests`.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointTest {
    /// What the case is about.
    pub name: String,
    /// The parameters that are set.
    pub parameters: Vec<(FieldName, Literal)>,
    /// What comes out.
    pub expectation: Expectation,
}

/// What a case expects.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    Endpoint {
        url: String,
        headers: Vec<(String, Vec<String>)>,
        properties: Vec<(String, Document)>,
    },
    Error(String),
}

/// What an operation does with a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterBinding {
    /// The parameter's name in `ParamsBuilder`.
    pub parameter: FieldName,
    /// Its value.
    pub value: BoundValue,
}

/// The value that an operation gives to a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum BoundValue {
    /// A value from `@staticContextParams`.
    Static(Literal),
    /// A part of the input, from `@contextParam` or `@operationContextParams`.
    Input(InputPath),
}

/// A path into an operation's input.
#[derive(Clone, Debug, PartialEq)]
pub enum InputPath {
    /// A value: members, one inside the other.
    Value(Vec<MemberStep>),
    /// All values of a list that a chain of steps selects.
    List(Vec<ListStep>),
}

/// A step to a member.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberStep {
    /// The member.
    pub member: String,
    /// The field that holds it.
    pub field: FieldName,
}

/// A step of a projection.
#[derive(Clone, Debug, PartialEq)]
pub enum ListStep {
    Member(MemberStep),
}

impl Attribute {
    /// The name of the field that holds it.
    pub fn field(self) -> &'static str {
        match self {
            Attribute::Arn(attribute) => match attribute {
                ArnAttribute::Partition => "partition",
                ArnAttribute::Service => "service",
                ArnAttribute::Region => "region",
                ArnAttribute::AccountId => "account_id",
                ArnAttribute::ResourceId => "resource_id",
            },
            Attribute::Partition(attribute) => attribute.field(),
            Attribute::Url(attribute) => match attribute {
                UrlAttribute::Scheme => "scheme",
                UrlAttribute::Authority => "authority",
                UrlAttribute::Path => "path",
                UrlAttribute::NormalizedPath => "normalized_path",
                UrlAttribute::IsIp => "is_ip",
            },
        }
    }
}

impl PartitionAttribute {
    /// The name of the field that holds it.
    pub fn field(self) -> &'static str {
        match self {
            PartitionAttribute::Name => "name",
            PartitionAttribute::DnsSuffix => "dns_suffix",
            PartitionAttribute::DualStackDnsSuffix => "dual_stack_dns_suffix",
            PartitionAttribute::SupportsFips => "supports_fips",
            PartitionAttribute::SupportsDualStack => "supports_dual_stack",
            PartitionAttribute::ImplicitGlobalRegion => "implicit_global_region",
        }
    }
}
