//! Parameters that operations set.

use super::Literal;
use crate::names::{FieldName, VariantName};

/// A parameter that an operation sets.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterBinding {
    /// The parameter's name in `ParamsBuilder`.
    pub parameter: FieldName,
    /// Its value.
    pub value: BoundValue,
}

/// The value of a parameter that an operation sets.
#[derive(Clone, Debug, PartialEq)]
pub enum BoundValue {
    /// A value from `@staticContextParams`.
    Static(Literal),
    /// A part of the input, from `@contextParam` or `@operationContextParams`.
    Input(InputPath, Otherwise),
}

/// What happens to the parameter if the input lacks the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// The parameter is not set.
    Unset,
    /// The parameter keeps the client's value.
    Keep,
}

/// A part of an operation's input.
#[derive(Clone, Debug, PartialEq)]
pub enum InputPath {
    /// A boolean.
    Flag(Vec<InputStep>),
    /// A text.
    Text(Vec<InputStep>, BoundText),
    /// A list of texts: the steps to a value, and the steps from there to the elements.
    List(Vec<InputStep>, Vec<ListStep>, BoundText),
}

/// The type of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundText {
    /// As a `String`.
    String,
    /// As an enum.
    Enum,
}

/// A step into a value.
#[derive(Clone, Debug, PartialEq)]
pub enum InputStep {
    /// To the member of a structure.
    Field {
        /// The field.
        name: FieldName,
        /// Whether the field is an `Option`.
        optional: bool,
    },
    /// To the variant of a union.
    Variant(VariantName),
}

/// A step from one iterator to the next, or to the first.
#[derive(Clone, Debug, PartialEq)]
pub enum ListStep {
    /// The elements of a list.
    Elements,
    /// The keys of a map.
    Keys,
    /// The values of a map.
    Values,
    /// The contents of elements that are `Option`s or lists.
    Flatten,
    /// A part of each element that has it.
    Reach(Vec<InputStep>),
    /// Several parts of each element, or of the value itself, without absent ones.
    Select(Vec<Vec<InputStep>>),
}
