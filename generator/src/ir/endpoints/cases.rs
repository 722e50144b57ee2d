//! The cases of `smithy.rules#endpointTests`.

use super::{Document, Literal};
use crate::lower::names::FieldName;

/// A case.
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
    /// An endpoint.
    Endpoint {
        /// Its URL.
        url: String,
        /// Its headers.
        headers: Vec<(String, Vec<String>)>,
        /// Its properties, the authentication schemes among them.
        properties: Vec<(String, Document)>,
    },
    /// An error with this text.
    Error(String),
}
