//! The cases of `smithy.rules#endpointTests`.

use super::{BuiltIn, Document, EndpointParameter, Literal, ParameterSource};
use crate::names::{FieldName, OperationName};

/// A case.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointTest {
    /// What the case is about.
    pub name: String,
    /// The parameters that are set.
    pub parameters: Vec<(FieldName, Literal)>,
    /// The expected result.
    pub expectation: Expectation,
    /// Calls of the client with the same expected result.
    pub calls: Vec<EndpointCall>,
}

/// A call of the client that tests the same as a case.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointCall {
    /// The operation that is called.
    pub operation: OperationName,
    /// The members of its input, by their names in the model.
    pub input: Vec<(String, Document)>,
    /// How the client is configured.
    pub settings: Vec<CallSetting>,
}

/// A setting of the client in a call.
#[derive(Clone, Debug, PartialEq)]
pub enum CallSetting {
    /// A setting of all clients.
    BuiltIn(BuiltIn, Literal),
    /// A setting of this client, by the name of its setter.
    ClientContext(FieldName, Literal),
}

impl CallSetting {
    /// The setting of a client that gives a parameter this value, if there is one.
    pub(crate) fn of(parameter: &EndpointParameter, value: Literal) -> Option<Self> {
        match parameter.source {
            ParameterSource::OperationOnly
            | ParameterSource::BuiltIn(BuiltIn::AccountIdEndpointMode) => None,
            ParameterSource::BuiltIn(built_in) => Some(Self::BuiltIn(built_in, value)),
            ParameterSource::ClientContext(_) => {
                Some(Self::ClientContext(parameter.field.clone(), value))
            }
        }
    }
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
        /// Its properties, including authentication schemes.
        properties: Vec<(String, Document)>,
    },
    /// An error with this text.
    Error(String),
}
