//! Streams whose length must be known before they are sent.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

/// Fails if a request does not have its length.
pub(crate) fn require(request: &HttpRequest) -> Result<(), BoxError> {
    match request.headers().get("content-length") {
        Some(_) => Ok(()),
        None => Err("the service needs to know the length of the stream before it begins".into()),
    }
}
