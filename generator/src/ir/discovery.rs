//! Endpoints that the service names.

use super::{OperationId, PathStep};
use crate::names::FieldName;

/// How endpoints are discovered.
#[derive(Clone, Debug)]
pub struct EndpointDiscovery {
    /// The operation that names endpoints.
    pub operation: OperationId,
    /// The field of its input that takes the name of the operation which wants one.
    pub asks_for_operation: Option<FieldName>,
    /// The field of its input that takes the members which the endpoint depends on.
    pub asks_for_ids: Option<FieldName>,
    /// The list of endpoints in its output.
    pub endpoints: PathStep,
    /// The address of an endpoint.
    pub address: PathStep,
    /// For how many minutes it holds.
    pub minutes: PathStep,
    /// The codes of the error of a call whose endpoint does not hold any more.
    pub error_codes: Vec<String>,
}

/// An operation whose endpoint can be discovered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscoveredEndpoint {
    /// Whether it has to be.
    pub required: bool,
    /// Members of the input that the endpoint depends on, by the model's name.
    pub ids: Vec<(String, FieldName)>,
}
