//! The error of rules that find no endpoint.

use aws_smithy_http::endpoint::ResolveEndpointError;

use super::Endpoint;

/// Returns an error with this message.
pub(super) fn no_endpoint(message: impl Into<String>) -> Result<Endpoint, ResolveEndpointError> {
    Err(ResolveEndpointError::message(message))
}
