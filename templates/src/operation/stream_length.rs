//! Streams whose length the service has to know before they begin.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

/// Fails unless a request says how long it is.
pub(crate) fn require(request: &HttpRequest) -> Result<(), BoxError> {
    match request.headers().get("content-length") {
        Some(_) => Ok(()),
        None => Err("the service needs to know the length of the stream before it begins".into()),
    }
}
