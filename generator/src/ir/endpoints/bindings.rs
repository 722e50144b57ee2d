//! What operations do with the parameters.

use super::Literal;
use crate::names::{FieldName, VariantName};

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
    Input(InputPath, Otherwise),
}

/// What becomes of the parameter if the input does not have the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// There is no value.
    Unset,
    /// The client's value stays.
    Keep,
}

/// A part of an operation's input.
#[derive(Clone, Debug, PartialEq)]
pub enum InputPath {
    /// A boolean.
    Flag(Vec<InputStep>),
    /// A text.
    Text(Vec<InputStep>, BoundText),
    /// A list of texts: what the steps reach, and what is taken from it.
    List(Vec<InputStep>, Vec<ListStep>, BoundText),
}

/// How a text is held.
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
    /// What is in the elements that have something: they are `Option`s, or lists.
    Flatten,
    /// A part of every element that has it.
    Reach(Vec<InputStep>),
    /// Several parts of every element, or of the value itself, as far as they are there.
    Select(Vec<Vec<InputStep>>),
}
