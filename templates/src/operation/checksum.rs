//! Checksums of requests.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::base64;
use md5::{Digest, Md5};

/// Adds the `Content-MD5` header of RFC 1864, unless the user has set it.
pub(crate) fn add(request: &mut HttpRequest) -> Result<(), BoxError> {
    if request.headers().get("content-md5").is_some() {
        return Ok(());
    }
    let body = request.body().bytes();
    let body = body.ok_or("a checksum is needed, and the body is a stream: set `Content-MD5`")?;
    let checksum = base64::encode(Md5::digest(body));
    request.headers_mut().insert("content-md5", checksum);
    Ok(())
}
