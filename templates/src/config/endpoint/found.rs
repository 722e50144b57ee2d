//! The results of the rules.

use std::borrow::Cow;

use aws_smithy_http::endpoint::ResolveEndpointError;

use super::Endpoint;

/// An endpoint with only a URL.
///
/// A client may have an empty URL in its configuration, and the endpoint's builder would panic on
/// it.
pub(super) fn endpoint_at(
    url: impl Into<Cow<'static, str>>,
) -> Result<Endpoint, ResolveEndpointError> {
    let url = url.into();
    if url.is_empty() {
        return no_endpoint("the endpoint URL is empty");
    }
    Ok(Endpoint::builder().url(url).build())
}

/// Returns an error with this message.
pub(super) fn no_endpoint(message: impl Into<String>) -> Result<Endpoint, ResolveEndpointError> {
    Err(ResolveEndpointError::message(message))
}
