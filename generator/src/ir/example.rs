//! Examples of calls.

use super::{Docs, StructureId, Value};
use crate::names::FieldName;

/// A call that the model shows, by
/// [`@examples`](https://smithy.io/2.0/spec/documentation-traits.html#examples-trait).
#[derive(Clone, Debug)]
pub struct CallExample {
    /// Its title, and what it shows.
    pub docs: Docs,
    /// What the input's members are set to.
    pub input: Vec<(FieldName, Value)>,
    /// What comes of the call.
    pub result: ExampleResult,
}

/// What comes of a call.
#[derive(Clone, Debug)]
pub enum ExampleResult {
    /// An output. Of its members, those are here that are said in a line.
    Output(Vec<(FieldName, Value)>),
    /// An error.
    Error(StructureId),
}
