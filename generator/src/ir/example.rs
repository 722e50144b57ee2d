//! Examples of calls.

use super::{Docs, StructureId, Value};
use crate::names::FieldName;

/// An example of a call from
/// [`@examples`](https://smithy.io/2.0/spec/documentation-traits.html#examples-trait).
#[derive(Clone, Debug)]
pub struct CallExample {
    /// Its title and documentation.
    pub docs: Docs,
    /// The values of the input's members.
    pub input: Vec<(FieldName, Value)>,
    /// The result.
    pub result: ExampleResult,
}

/// The result of a call.
#[derive(Clone, Debug)]
pub enum ExampleResult {
    /// An output, with those of its members that fit on a line.
    Output(Vec<(FieldName, Value)>),
    /// An error.
    Error(StructureId),
}
