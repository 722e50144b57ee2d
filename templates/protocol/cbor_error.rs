//! Reads errors in CBOR.

use std::borrow::Cow;

use aws_smithy_cbor::Decoder;
use aws_smithy_cbor::data::Type;
use aws_smithy_cbor::decode::DeserializeError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_schema::error_envelope::{parse_query_compatible_header, sanitize_error_code};
use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::error::metadata::{Builder, ErrorMetadata};

/// Reads code and message. Without a body, the code comes from a header, if there is one.
///
/// The runtime's own function fails if the message is not text, such as a null.
pub(super) fn metadata(response: &HttpResponse) -> Result<Builder, SerdeError> {
    let (code, message) = match response.body().bytes().unwrap_or_default() {
        [] => (None, None),
        body => read(body).map_err(|error| SerdeError::invalid_input(error.to_string()))?,
    };
    let header = response.headers().get("x-amzn-errortype");
    let code = code.as_deref().or(header).map(sanitize_error_code);
    let mut builder = ErrorMetadata::builder();
    if let Some(code) = code {
        builder = builder.code(code);
    }
    if let Some(message) = message {
        builder = builder.message(message);
    }
    Ok(match parse_query_compatible_header(response.headers()) {
        Some((code, fault)) => builder.code(code).custom("type", fault),
        None => builder,
    })
}

type Text<'a> = Option<Cow<'a, str>>;

fn read(body: &[u8]) -> Result<(Text<'_>, Text<'_>), DeserializeError> {
    let mut decoder = Decoder::new(body);
    let mut left = decoder.map()?;
    let (mut code, mut message) = (None, None);
    loop {
        let is_over = match &mut left {
            Some(left) => std::mem::replace(left, left.saturating_sub(1)) == 0,
            None => decoder.datatype()? == Type::Break,
        };
        if is_over {
            return Ok((code, message));
        }
        let name = decoder.str()?;
        let is_text = matches!(decoder.datatype()?, Type::String | Type::StringIndef);
        match &*name {
            "__type" if is_text => code = Some(decoder.str()?),
            "message" | "Message" | "errorMessage" if is_text => message = Some(decoder.str()?),
            _ => decoder.skip()?,
        }
    }
}
