//! The results of the rules.

use std::borrow::Cow;

use aws_smithy_http::endpoint::ResolveEndpointError;

use super::Endpoint;

/// An endpoint that is no more than its URL.
///
/// A client may have been configured with an empty URL, on which the endpoint's builder would
/// panic.
pub(super) fn endpoint_at(
    url: impl Into<Cow<'static, str>>,
) -> Result<Endpoint, ResolveEndpointError> {
    let url = url.into();
    if url.is_empty() {
        return no_endpoint("the endpoint URL is empty");
    }
    Ok(Endpoint::builder().url(url).build())
}

/// No endpoint, and why there is none.
pub(super) fn no_endpoint(message: impl Into<String>) -> Result<Endpoint, ResolveEndpointError> {
    Err(ResolveEndpointError::message(message))
}
