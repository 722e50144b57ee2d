//! Reads errors in XML, with any wrapper: `<ErrorResponse><Error>`, `<Error>` alone, or
//! `<Response><Errors><Error>`.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::error_envelope::sanitize_error_code;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_types::error::metadata::{Builder, ErrorMetadata};
use aws_smithy_xml::codec::find_depth2_element_slice_by;
use aws_smithy_xml::decode::{Document, ScopedDecoder, try_data};

use super::document;

/// Where `aws_types::request_id` looks for the request id.
const REQUEST_ID: &str = "aws_request_id";

/// Who caused the error: `Sender` or `Receiver`.
const FAULT: &str = "type";

/// Where a tag is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Inner,
    Error,
}

/// The generic parts of an error.
#[derive(Default, PartialEq, Eq)]
struct Found {
    /// Whether there is an error.
    is_error: bool,
    code: Option<String>,
    message: Option<String>,
    /// The member that models call `message`.
    member: Option<String>,
    fault: Option<String>,
    request_id: Option<String>,
}

/// Reads code, message, fault and request id. Without a body, the code comes from a header, if any.
pub(super) fn metadata(response: &HttpResponse) -> Result<Builder, SerdeError> {
    let body = body(response)?;
    let mut found = Found::default();
    if !body.is_empty() {
        found.read_document(body)?;
    }
    let header = response.headers().get("x-amzn-errortype");
    let code = found.code.as_deref().filter(|code| !code.is_empty());
    let code = code.or(header.map(sanitize_error_code));
    let mut builder = ErrorMetadata::builder();
    if let Some(code) = code {
        builder = builder.code(code);
    }
    if let Some(message) = found.message.or(found.member) {
        builder = builder.message(message);
    }
    for (name, value) in [(FAULT, found.fault), (REQUEST_ID, found.request_id)] {
        if let Some(value) = value {
            builder = builder.custom(name, value);
        }
    }
    Ok(builder)
}

/// The deserializer for the members of the error.
pub(super) fn members(response: &HttpResponse) -> Result<impl ShapeDeserializer + '_, SerdeError> {
    let error = match body(response)? {
        [] => Some(&b"<None/>"[..]),
        body => element(body),
    };
    let error = error.ok_or_else(no_error)?;
    Ok(document::CODEC.create_deserializer(error))
}

/// The body, if it is a whole document or empty: half a document is not an error of the service.
fn body(response: &HttpResponse) -> Result<&[u8], SerdeError> {
    let body = response.body().bytes().unwrap_or_default();
    // Services send spaces before the declaration to keep a connection open.
    let body = body.trim_ascii_start();
    if !body.is_empty() {
        document::check(body)?;
    }
    Ok(body)
}

/// The element `<Error>`.
fn element(body: &[u8]) -> Option<&[u8]> {
    let found = find_depth2_element_slice_by(body, |name| matches!(name, "Error" | "Errors"))?;
    find_depth2_element_slice_by(found, |name| name == "Error")
}

fn no_error() -> SerdeError {
    SerdeError::invalid_input("the XML has no element `Error`")
}

impl Found {
    fn read_document(&mut self, body: &[u8]) -> Result<(), SerdeError> {
        let invalid = |error| SerdeError::invalid_input(format!("{error}"));
        let mut document = Document::try_from(body).map_err(invalid)?;
        let mut root = document.root_element().map_err(invalid)?;
        self.is_error = root.start_el().local() == "Error";
        let place = match self.is_error {
            true => Place::Error,
            false => Place::Root,
        };
        self.read(&mut root, place);
        match *self == Self::default() {
            true => Err(no_error()),
            false => Ok(()),
        }
    }

    /// Reads the first error. If an element is repeated, the last one counts, as for members.
    fn read(&mut self, scope: &mut ScopedDecoder<'_, '_>, place: Place) {
        while let Some(mut tag) = scope.next_tag() {
            let field = match (place, tag.start_el().local()) {
                (Place::Root | Place::Inner, "Error") if !self.is_error => {
                    self.is_error = true;
                    self.read(&mut tag, Place::Error);
                    continue;
                }
                (Place::Root, "Errors" | "ResponseMetadata") => {
                    self.read(&mut tag, Place::Inner);
                    continue;
                }
                (_, "RequestId" | "RequestID" | "requestId") => &mut self.request_id,
                (Place::Error, "Code") => &mut self.code,
                (Place::Error, "Message") => &mut self.message,
                (Place::Error, "message") => &mut self.member,
                (Place::Error, "Type") => &mut self.fault,
                _ => continue,
            };
            // An element with children is another member with that name.
            if let Ok(text) = try_data(&mut tag) {
                *field = Some(text.into_owned());
            }
        }
    }
}
