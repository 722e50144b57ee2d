//! Endpoint discovery: the service returns endpoints.

use super::{OperationId, PathStep};
use crate::names::FieldName;

/// How endpoints are discovered.
#[derive(Clone, Debug)]
pub struct EndpointDiscovery {
    /// The operation that returns endpoints.
    pub operation: OperationId,
    /// The field of its input for the name of the operation that needs an endpoint.
    pub asks_for_operation: Option<FieldName>,
    /// The field of its input for the members that the endpoint depends on.
    pub asks_for_ids: Option<FieldName>,
    /// The list of endpoints in its output.
    pub endpoints: PathStep,
    /// The address of an endpoint.
    pub address: PathStep,
    /// The number of minutes for which it is valid.
    pub minutes: PathStep,
    /// The error codes of a call whose endpoint is no longer valid.
    pub error_codes: Vec<String>,
}

/// An operation whose endpoint can be discovered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscoveredEndpoint {
    /// Whether discovery is required.
    pub required: bool,
    /// Members of the input that the endpoint depends on, by the model's name.
    pub ids: Vec<(String, FieldName)>,
}
