//! Expressions of the generated code.

use crate::names::FieldName;

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
    /// `url`, in the closure of a [`Map`](Expression::Map) or an [`AndThen`](Expression::AndThen)
    Argument(FieldName),
    /// `url.scheme`
    Attribute(Box<Expression>, Attribute),
    /// `parts.get(1).copied()`
    Element {
        /// The array.
        array: Box<Expression>,
        /// Which element.
        index: Index,
        /// What the array holds.
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
    /// `a.unwrap_or(b)` and similar methods
    Fallback(Box<Expression>, Fallback, Box<Expression>),
    /// `if a { b } else { c }`
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `a.map(|url| url.scheme)`
    Map {
        /// The option.
        option: Box<Expression>,
        /// What the closure calls the value.
        variable: FieldName,
        /// What the closure returns.
        value: Box<Expression>,
    },
    /// `a.and_then(|arn| arn.resource_id.first().copied())`
    AndThen {
        /// The option.
        option: Box<Expression>,
        /// What the closure calls the value.
        variable: FieldName,
        /// What the closure returns.
        value: Box<Expression>,
    },
}

/// How a value that is not set is replaced.
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
    /// Literal text.
    Text(String),
    /// A computed text.
    Value(Expression),
}

/// The functions of the templates that rules call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Function {
    /// `isValidHostLabel`
    IsValidHostLabel,
    /// `aws.isVirtualHostableS3Bucket`
    IsVirtualHostableS3Bucket,
    /// `aws.parseArn`
    ParseArn,
    /// `parseURL`
    ParseUrl,
    /// `aws.partition`
    Partition,
    /// `split`
    Split,
    /// `substring`
    Substring,
    /// `uriEncode`
    UriEncode,
}

impl Function {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::IsValidHostLabel,
        Self::IsVirtualHostableS3Bucket,
        Self::ParseArn,
        Self::ParseUrl,
        Self::Partition,
        Self::Split,
        Self::Substring,
        Self::UriEncode,
    ];

    /// The function's name in the templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::IsValidHostLabel => "is_valid_host_label",
            Self::IsVirtualHostableS3Bucket => "is_virtual_hostable_s3_bucket",
            Self::ParseArn => "parse_arn",
            Self::ParseUrl => "parse_url",
            Self::Partition => "partition_of",
            Self::Split => "split",
            Self::Substring => "substring",
            Self::UriEncode => "uri_encode",
        }
    }
}

/// An attribute of a function's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// Of an ARN.
    Arn(ArnAttribute),
    /// Of a partition.
    Partition(PartitionAttribute),
    /// Of a URL.
    Url(UrlAttribute),
}

/// The attributes of an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArnAttribute {
    /// `partition`
    Partition,
    /// `service`
    Service,
    /// `region`
    Region,
    /// `accountId`
    AccountId,
    /// `resourceId`
    ResourceId,
}

/// The attributes of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UrlAttribute {
    /// `scheme`
    Scheme,
    /// `authority`
    Authority,
    /// `path`
    Path,
    /// `normalizedPath`
    NormalizedPath,
    /// `isIp`
    IsIp,
}

/// The attributes of a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartitionAttribute {
    /// `name`
    Name,
    /// `dnsSuffix`
    DnsSuffix,
    /// `dualStackDnsSuffix`
    DualStackDnsSuffix,
    /// `supportsFIPS`
    SupportsFips,
    /// `supportsDualStack`
    SupportsDualStack,
    /// `implicitGlobalRegion`
    ImplicitGlobalRegion,
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
