//! Paths into inputs and outputs: JMESPath, with a Rust type for every part.

use super::Type;
pub use crate::jmespath::Comparator;
use crate::names::{FieldName, VariantName};

/// A path of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Its text in the model.
    pub text: String,
    /// What it means.
    pub expr: PathExpr,
}

/// An expression.
///
/// Its value has a type `T`, or `Option<T>` if it may be null. If it fails, it returns from the
/// function or closure around it with `?`.
#[derive(Clone, Debug, PartialEq)]
pub struct PathExpr {
    /// What it is.
    pub node: PathNode,
    /// The type of its value, if that is not null.
    pub ty: PathType,
    /// Whether its value may be null.
    pub nullable: bool,
    /// Whether it may fail: a function fails if its argument is null.
    pub fallible: bool,
}

impl PathExpr {
    /// The values that it starts from.
    pub fn roots(&self) -> Vec<PathRoot> {
        let mut roots = Vec::new();
        let mut open = vec![self];
        while let Some(expr) = open.pop() {
            match &expr.node {
                PathNode::Root(root) => roots.push(*root),
                node => open.extend(node.parts()),
            }
        }
        roots.sort();
        roots.dedup();
        roots
    }
}

impl PathNode {
    /// Its subexpressions.
    fn parts(&self) -> Vec<&PathExpr> {
        match self {
            Self::Root(_) | Self::It | Self::Literal(_) => Vec::new(),
            Self::Field { of, .. } | Self::Variant { of, .. } | Self::Entry { of, .. } => vec![of],
            Self::Index(inner, _) | Self::Truth(inner) | Self::Not(inner) | Self::IsNull(inner) => {
                vec![inner]
            }
            Self::Iterate { source, steps, .. } => {
                let steps = steps.iter().filter_map(|step| match step {
                    PathStage::Each(expr) | PathStage::Map(expr) | PathStage::Keep(_, expr) => {
                        Some(expr)
                    }
                    _ => None,
                });
                steps.chain([&**source]).collect()
            }
            Self::List(parts) | Self::Call(_, parts) => parts.iter().collect(),
            Self::Let(one, other)
            | Self::With(one, other)
            | Self::And(one, other)
            | Self::Or(one, other)
            | Self::Either(one, other)
            | Self::Both(one, other)
            | Self::Compare(_, one, other) => vec![one, other],
        }
    }
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum PathType {
    /// `bool`
    Boolean,
    /// `i64`
    Integer,
    /// `f64`
    Float,
    /// `&str`
    Text,
    /// `String`
    String,
    /// `&[T]`, a list of the model.
    Slice(Type),
    /// `&HashMap<String, T>`, a map of the model: its keys and its values.
    Map(Type, Type),
    /// A reference to a structure, and its optional fields if there are no others.
    Structure(Option<Vec<FieldName>>),
    /// A reference to anything else.
    Other,
    /// `Vec<T>`, a list that the expression creates.
    List(Box<PathItem>),
    /// Nothing.
    Null,
}

/// An element of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct PathItem {
    /// Its type, if it is not null.
    pub ty: PathType,
    /// Whether it may be null.
    pub nullable: bool,
}

/// The content of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum PathNode {
    /// The operation's input or output.
    Root(PathRoot),
    /// The variable `it` of the closure or block around it.
    It,
    /// A field of a structure.
    Field {
        /// The structure.
        of: Box<PathExpr>,
        /// The field.
        name: FieldName,
        /// Its type.
        ty: Type,
        /// Whether it is an `Option`.
        optional: bool,
    },
    /// The value of a union, if it is this variant.
    Variant {
        /// The union.
        of: Box<PathExpr>,
        /// The variant.
        name: VariantName,
        /// The type of its value.
        ty: Type,
    },
    /// An entry of a map.
    Entry {
        /// The map.
        of: Box<PathExpr>,
        /// The key.
        key: String,
        /// The type of the value.
        ty: Type,
    },
    /// An element of a list, from its end if the number is negative.
    Index(Box<PathExpr>, i64),
    /// An iteration over the elements of a list.
    Iterate {
        /// The list or map.
        source: Box<PathExpr>,
        /// Keys or values.
        what: Elements,
        /// The steps.
        steps: Vec<PathStage>,
    },
    /// A constant.
    Literal(PathLiteral),
    /// A list of these.
    List(Vec<PathExpr>),
    /// The second expression, in which the first is called `it`.
    Let(Box<PathExpr>, Box<PathExpr>),
    /// The same, but null if the first is.
    With(Box<PathExpr>, Box<PathExpr>),
    /// Whether a value counts as true: it is neither null nor false nor empty.
    Truth(Box<PathExpr>),
    /// `!`, of a truth.
    Not(Box<PathExpr>),
    /// `&&`, of truths.
    And(Box<PathExpr>, Box<PathExpr>),
    /// `||`, of truths.
    Or(Box<PathExpr>, Box<PathExpr>),
    /// The first if that counts as true, else the second.
    Either(Box<PathExpr>, Box<PathExpr>),
    /// The second if the first counts as true, else the first.
    Both(Box<PathExpr>, Box<PathExpr>),
    /// The comparison of two values; null if one of them is null, except for equality.
    Compare(Comparator, Box<PathExpr>, Box<PathExpr>),
    /// Whether a value is null.
    IsNull(Box<PathExpr>),
    /// A function of values that must not be null.
    Call(PathFunction, Vec<PathExpr>),
}

/// The value that a path starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PathRoot {
    /// The operation's input.
    Input,
    /// The operation's output.
    Output,
}

/// What to iterate over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elements {
    /// Elements of a list, or values of a map.
    Values,
    /// Keys of a map.
    Keys,
}

/// A step of an iteration. In its expressions, `it` is the element.
#[derive(Clone, Debug, PartialEq)]
pub enum PathStage {
    /// Maps each element and skips nulls.
    Each(PathExpr),
    /// Maps each element, even to null.
    Map(PathExpr),
    /// Keeps the elements for which this is true.
    Keep(PathItem, PathExpr),
    /// Flattens lists: their type, and whether they may be null.
    Flatten(PathItem),
    /// Skips the first elements.
    Skip(usize),
    /// Keeps only the first elements.
    Take(usize),
    /// Keeps every n-th element.
    StepBy(usize),
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum PathLiteral {
    /// `true`
    Boolean(bool),
    /// `1`
    Integer(i64),
    /// `1.5`
    Float(f64),
    /// `"a"`
    Text(String),
    /// Null, of any type.
    Null,
}

/// A function of JMESPath.
#[derive(Clone, Debug, PartialEq)]
pub enum PathFunction {
    /// `abs`
    Abs,
    /// `avg`, null for an empty list.
    Average,
    /// `ceil`, of a float.
    Ceil,
    /// `contains`, of a list.
    Contains,
    /// `contains`, of a text.
    ContainsText,
    /// `ends_with`
    EndsWith,
    /// `floor`, of a float.
    Floor,
    /// `join`
    Join,
    /// `length`
    Length,
    /// `max`
    Max,
    /// `max_by`: of these keys.
    MaxBy(Box<PathExpr>),
    /// `min`
    Min,
    /// `min_by`
    MinBy(Box<PathExpr>),
    /// `not_null`, whose arguments may be null.
    NotNull,
    /// `reverse`, of a list.
    Reverse,
    /// `reverse`, of a text.
    ReverseText,
    /// `sort`
    Sort,
    /// `sort_by`
    SortBy(Box<PathExpr>),
    /// `starts_with`
    StartsWith,
    /// `sum`
    Sum,
    /// `to_number`, of a text.
    ToNumber,
    /// `to_string`, of a number or boolean.
    ToText,
    /// `type`, of a value that may be null: the result if it is not null.
    Type(&'static str),
}
