//! What an error in XML tells, whatever is around it: `<ErrorResponse><Error>`, `<Error>` alone, or
//! `<Response><Errors><Error>`.

use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::error::metadata::{Builder, ErrorMetadata};
use aws_smithy_xml::decode::{Document, ScopedDecoder, XmlDecodeError, try_data};

/// Where the request id is found that `aws_types::request_id` gives out.
const REQUEST_ID: &str = "aws_request_id";

/// Whose fault the error is: `Sender` or `Receiver`.
const FAULT: &str = "type";

/// Reads code, message, fault and request id. An empty body has none of them.
pub(super) fn metadata(body: &[u8]) -> Result<Builder, SerdeError> {
    if body.is_empty() {
        return Ok(ErrorMetadata::builder());
    }
    read(body).map_err(|error| SerdeError::invalid_input(error.to_string()))
}

fn read(body: &[u8]) -> Result<Builder, XmlDecodeError> {
    let mut document = Document::try_from(body)?;
    let mut root = document.root_element()?;
    match root.start_el().local() {
        "Error" => of_error(&mut root, ErrorMetadata::builder()),
        _ => of_envelope(&mut root, ErrorMetadata::builder()),
    }
}

fn of_envelope(
    envelope: &mut ScopedDecoder<'_, '_>,
    mut builder: Builder,
) -> Result<Builder, XmlDecodeError> {
    while let Some(mut tag) = envelope.next_tag() {
        builder = match tag.start_el().local() {
            "Error" => of_error(&mut tag, builder)?,
            "Errors" => of_errors(&mut tag, builder)?,
            "RequestId" | "RequestID" => builder.custom(REQUEST_ID, try_data(&mut tag)?),
            _ => builder,
        };
    }
    Ok(builder)
}

fn of_errors(
    errors: &mut ScopedDecoder<'_, '_>,
    builder: Builder,
) -> Result<Builder, XmlDecodeError> {
    // There is one, in a list.
    while let Some(mut tag) = errors.next_tag() {
        if tag.start_el().local() == "Error" {
            return of_error(&mut tag, builder);
        }
    }
    Ok(builder)
}

fn of_error(
    error: &mut ScopedDecoder<'_, '_>,
    mut builder: Builder,
) -> Result<Builder, XmlDecodeError> {
    while let Some(mut tag) = error.next_tag() {
        builder = match tag.start_el().local() {
            "Code" => builder.code(try_data(&mut tag)?),
            "Message" | "message" => builder.message(try_data(&mut tag)?),
            "Type" => builder.custom(FAULT, try_data(&mut tag)?),
            "RequestId" | "RequestID" => builder.custom(REQUEST_ID, try_data(&mut tag)?),
            _ => builder,
        };
    }
    Ok(builder)
}
