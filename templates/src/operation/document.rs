//! Documents as the whole body of a request.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_schema::prelude;
use aws_smithy_types::Document;
use aws_smithy_types::body::SdkBody;

use super::runtime::protocol;

/// Converts a document to a body.
pub(crate) fn body(document: &Document) -> Result<SdkBody, BoxError> {
    let codec = protocol().payload_codec();
    let codec = codec.ok_or("the protocol has no way to write a document")?;
    let mut serializer = codec.create_serializer();
    serializer.write_document(&prelude::DOCUMENT, document)?;
    Ok(SdkBody::from(serializer.finish_boxed()))
}
