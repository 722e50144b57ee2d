//! The second id that the service gives a request.

use aws_smithy_runtime_api::http::{Headers, Response};
use aws_smithy_types::error::metadata::ErrorMetadata;

use crate::config::http::HttpResponse;
use crate::error::SdkError;

/// An output, an error or a response with the second id of its request.
///
/// AWS support asks for it together with the [request id](crate::operation::RequestId).
pub trait RequestIdExt {
    /// Returns the second id of the request, which is in the header `x-amz-id-2` of the response;
    /// `None` if there was no response, or it has no such header.
    fn extended_request_id(&self) -> Option<&str>;
}

impl RequestIdExt for Headers {
    fn extended_request_id(&self) -> Option<&str> {
        self.get("x-amz-id-2")
    }
}

impl<B> RequestIdExt for Response<B> {
    fn extended_request_id(&self) -> Option<&str> {
        self.headers().extended_request_id()
    }
}

impl RequestIdExt for ErrorMetadata {
    fn extended_request_id(&self) -> Option<&str> {
        crate::response_metadata::extended_request_id(self)
    }
}

impl<E> RequestIdExt for SdkError<E, HttpResponse> {
    fn extended_request_id(&self) -> Option<&str> {
        self.raw_response()?.extended_request_id()
    }
}

impl<O: RequestIdExt, E: RequestIdExt> RequestIdExt for Result<O, E> {
    fn extended_request_id(&self) -> Option<&str> {
        match self {
            Ok(output) => output.extended_request_id(),
            Err(error) => error.extended_request_id(),
        }
    }
}
