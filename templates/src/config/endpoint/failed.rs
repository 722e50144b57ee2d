//! The result of rules where they lead to no endpoint, for rules that need no more.

use aws_smithy_http::endpoint::ResolveEndpointError;

use super::Endpoint;

/// No endpoint, and why there is none.
pub(super) fn no_endpoint(message: impl Into<String>) -> Result<Endpoint, ResolveEndpointError> {
    Err(ResolveEndpointError::message(message))
}
