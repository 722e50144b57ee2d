//! The functions that know an operation's types. An `OperationSpec` points to them.

//~ if not transient-errors
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
//~ end
//~ if transient-errors
use aws_runtime::retries::classifiers::{AwsErrorCodeClassifier, TRANSIENT_ERRORS};
//~ end
use aws_runtime::service_clock_skew::ServiceClockSkewClassifier;
use aws_smithy_runtime::client::retries::classifiers::{
    ModeledAsRetryableClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output, OutputOrError};
use aws_smithy_runtime_api::client::interceptors::error::ContextAttachedError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeType, shape_id};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::{Builder as ErrorMetadataBuilder, ErrorMetadata};
//~ if host-labels
use aws_smithy_types::error::operation::BuildError;
//~ end
use aws_smithy_types::telemetry::{CapturedTelemetryAttributes, RequestedTelemetryAttributes};

use super::runtime::{Operation, OperationError, OperationOutput, protocol};
use crate::config;
use crate::error::sealed_unhandled::Unhandled;
use crate::meta;
use crate::reader::Reader;
use crate::response_metadata::{self, ResponseMetadata};
use crate::serde::{self, Members, Structure};

fn typed<O: Operation>(input: &Input) -> Result<&O::Input, BoxError> {
    input
        .downcast_ref()
        .ok_or_else(|| "the input is of another operation".into())
}

pub(super) fn prepare<O: Operation>(input: &mut Input, cfg: &ConfigBag) -> Result<(), BoxError> {
    let input = input
        .downcast_mut()
        .ok_or("the input is of another operation")?;
    O::prepare(input, cfg);
    Ok(())
}

/// Sets the endpoint's parameters, and records members as the user asked.
pub(super) fn observe<O: Operation>(input: &Input, cfg: &mut ConfigBag) -> Result<(), BoxError> {
    let input = typed::<O>(input)?;
    let params = O::endpoint_params(config::endpoint::params_from(cfg), input)
        .build()
        .map_err(|error| ContextAttachedError::new("endpoint params could not be built", error))?;
    cfg.interceptor_state()
        .store_put(EndpointResolverParams::new(params));
    let Some(requested) = cfg.load::<RequestedTelemetryAttributes>() else {
        return Ok(());
    };
    if !requested.is_empty() {
        let mut captured = CapturedTelemetryAttributes::default();
        for (name, value) in O::recordable(input) {
            if let (true, Some(value)) = (requested.should_capture(name), value) {
                captured.insert(name, value);
            }
        }
        cfg.interceptor_state().store_put(captured);
    }
    Ok(())
}

pub(super) fn serialize<O: Operation>(
    input: Input,
    cfg: &mut ConfigBag,
) -> Result<HttpRequest, BoxError> {
    let mut input: O::Input = input
        .downcast()
        .map_err(|_| "the input is of another operation")?;
    O::check(&input)?;
    if let Some(prefix) = O::host_prefix(&input)? {
        cfg.interceptor_state().store_put(prefix);
    }
    O::leave_out(&mut input);
    let body = O::take_body(&mut input, cfg)?;
    let mut request = write_request(&Members(&input), body, cfg)?;
    if !O::UNSET_BODY.is_empty() {
        fill_body(&mut request, O::UNSET_BODY);
    }
    //~ if labeled-bodies
    if !O::CONTENT_TYPE.is_empty() {
        label_body(&mut request, O::CONTENT_TYPE, cfg);
    }
    //~ end
    //~ if headers
    for (name, value) in meta::HEADERS {
        request.headers_mut().insert(*name, *value);
    }
    //~ end
    O::finish(&mut request, cfg)?;
    Ok(request)
}

//~ if host-labels
/// Checks a member that becomes a part of the host, so that it cannot change the host.
pub(super) fn host_label<'a>(
    value: &'a Option<String>,
    member: &'static str,
) -> Result<&'a str, BuildError> {
    let value = value.as_deref().unwrap_or_default();
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '-';
    if value.is_empty() || value.len() > 63 || !value.chars().all(is_part) {
        let reason = "is no part of a host, which has letters, digits and `-`, 63 at most";
        return Err(BuildError::invalid_field(member, reason));
    }
    Ok(value)
}

//~ end
/// Sets the body for a structure that is not set, if a request has no body.
fn fill_body(request: &mut HttpRequest, text: &'static str) {
    if request.body().content_length() == Some(0) {
        let length = text.len().to_string();
        request.headers_mut().insert("content-length", length);
        *request.body_mut() = SdkBody::from(text);
    }
}

//~ if labeled-bodies
/// Sets the media type of a body, unless the user has set it. A body that is not set is empty.
fn label_body(request: &mut HttpRequest, content_type: &'static str, _cfg: &ConfigBag) {
    let is_empty = request.body().content_length() == Some(0);
    //~ end
    //~ if labeled-bodies-of-others
    if is_empty && crate::presigning::is_presigned(_cfg) {
        // The sender of the request knows the media type of its body.
        return;
    }
    //~ end
    //~ if labeled-bodies
    let headers = request.headers_mut();
    if headers.get("content-type").is_none() {
        headers.insert("content-type", content_type);
    }
    if is_empty {
        headers.insert("content-length", "0");
    }
}

//~ end
fn write_request(
    input: &dyn SerializableStruct,
    body: Option<SdkBody>,
    cfg: &ConfigBag,
) -> Result<HttpRequest, BoxError> {
    let mut request = protocol().serialize_request(input, input.schema(), "", cfg)?;
    //~ if presigning
    let body = match body {
        // The sender of the request knows its length.
        Some(body) if crate::presigning::is_presigned(cfg) => {
            *request.body_mut() = body;
            None
        }
        body => body,
    };
    //~ end
    if let Some(body) = body {
        if let Some(length) = body.content_length() {
            request
                .headers_mut()
                .insert("content-length", length.to_string());
        }
        *request.body_mut() = body;
    }
    Ok(request)
}

pub(super) fn read_output<O: Operation>(
    response: &HttpResponse,
    cfg: &ConfigBag,
) -> Result<Output, Error> {
    match read_body::<O::Output>(response, cfg) {
        Ok(mut output) => {
            output.set_response_metadata(ResponseMetadata::from_response(response, cfg));
            Ok(Output::erase(output))
        }
        Err(error) => Err(unreadable::<O>(error, response, cfg)),
    }
}

/// Reads a body with the client's own reader if possible, otherwise with the protocol.
fn read_body<T: Structure>(response: &HttpResponse, cfg: &ConfigBag) -> Result<T, SerdeError> {
    let reader = Reader::of_body(response, T::schema());
    if let Some(Ok(output)) = reader.map(|mut it| serde::read_structure(&mut it)) {
        return Ok(output);
    }
    let mut de = protocol().deserialize_response(response, T::schema(), cfg)?;
    serde::read_structure(&mut Reader::of_response(&mut *de))
}

pub(super) fn read_stream<O: Operation>(
    response: &mut HttpResponse,
    cfg: &ConfigBag,
) -> OutputOrError {
    let body = std::mem::replace(response.body_mut(), SdkBody::taken());
    let read = || {
        let schema = <O::Output as Structure>::schema();
        let mut de = protocol().deserialize_response(response, schema, cfg)?;
        let mut builder = serde::read_members::<O::Output>(&mut Reader::of_response(&mut *de))?;
        if let Some(put_body) = O::PUT_BODY {
            put_body(&mut builder, body);
        }
        O::Output::finish(builder)
    };
    match read() {
        Ok(mut output) => {
            output.set_response_metadata(ResponseMetadata::from_response(response, cfg));
            Ok(Output::erase(output))
        }
        Err(error) => {
            let error = unreadable::<O>(error, response, cfg);
            Err(OrchestratorError::operation(error))
        }
    }
}

pub(super) fn read_error<O: Operation>(response: &HttpResponse, cfg: &ConfigBag) -> Error {
    let response = ErrorResponse { response, cfg };
    let (meta, unread) = response.metadata();
    // Errors of the model have names.
    let code = meta.code().unwrap_or_default().to_owned();
    let error = O::Error::read(&code, meta, &response).unwrap_or_else(|mut unhandled| {
        if let Some(unread) = unread {
            unhandled.source = unread.into();
        }
        unhandled.source = unquoted::<O>(unhandled.source);
        O::Error::of_unhandled(unhandled)
    });
    Error::erase(error)
}

/// The error for a response that should have been an output.
fn unreadable<O: Operation>(error: SerdeError, response: &HttpResponse, cfg: &ConfigBag) -> Error {
    let meta = response_metadata::apply(ErrorMetadata::builder(), response, cfg).build();
    let error = unquoted::<O>(error.into());
    Error::erase(O::Error::of_unhandled(Unhandled::new(error, Some(meta))))
}

/// Why a response cannot be read. Hidden if it may quote sensitive data, as parsers do.
fn unquoted<O: Operation>(error: BoxError) -> BoxError {
    match O::SENSITIVE_OUTPUT && error.is::<SerdeError>() {
        true => "a response that may hold sensitive data cannot be read".into(),
        false => error,
    }
}

pub(super) fn classifiers<E: OperationError>(
    components: RuntimeComponentsBuilder,
) -> RuntimeComponentsBuilder {
    components
        .with_retry_classifier(TransientErrorClassifier::<E>::new())
        .with_retry_classifier(ModeledAsRetryableClassifier::<E>::new())
        //~ if not transient-errors
        .with_retry_classifier(AwsErrorCodeClassifier::<E>::new())
        //~ end
        //~ if transient-errors
        .with_retry_classifier(
            AwsErrorCodeClassifier::<E>::builder()
                .transient_errors([TRANSIENT_ERRORS, meta::TRANSIENT_ERRORS].concat())
                .build(),
        )
        //~ end
        .with_retry_classifier(ServiceClockSkewClassifier::<E>::new())
}

/// A failed response whose error is being read.
pub(crate) struct ErrorResponse<'a> {
    pub(super) response: &'a HttpResponse,
    pub(super) cfg: &'a ConfigBag,
}

impl ErrorResponse<'_> {
    /// The deserializer for the members of the error.
    pub(super) fn members(&self) -> Result<Box<dyn ShapeDeserializer + '_>, SerdeError> {
        protocol().deserialize_error_response(self.response, self.cfg)
    }

    /// Returns the error's code, message, request id and other metadata. If the body is invalid,
    /// the metadata comes from the headers alone, and the second value says why.
    fn metadata(&self) -> (ErrorMetadata, Option<SerdeError>) {
        let (meta, unread) = match protocol().parse_error_metadata(self.response, self.cfg) {
            Ok(meta) => (meta, None),
            Err(error) => (self.metadata_of_headers(), Some(error)),
        };
        let meta = response_metadata::apply(meta, self.response, self.cfg).build();
        //~ if empty-404
        let meta = self.with_code_of_empty_404(meta);
        //~ end
        let meta = match (meta.message(), meta::ERROR_TEXT_MEMBER) {
            (None, Some(member)) => match self.text(member) {
                Some(text) => meta.into_builder().message(text).build(),
                None => meta,
            },
            _ => meta,
        };
        (meta, unread)
    }

    //~ if empty-404
    /// Adds a code to metadata if only the status shows what is wrong.
    fn with_code_of_empty_404(&self, meta: ErrorMetadata) -> ErrorMetadata {
        let is_empty = self.response.body().bytes().is_some_and(<[u8]>::is_empty);
        let is_meant = is_empty && self.response.status().as_u16() == 404;
        match is_meant && meta.code().is_none() {
            true => meta.into_builder().code(meta::CODE_OF_EMPTY_404).build(),
            false => meta,
        }
    }

    //~ end
    /// The metadata that the protocol reads from the response without its body.
    fn metadata_of_headers(&self) -> ErrorMetadataBuilder {
        let mut response = HttpResponse::new(self.response.status(), SdkBody::empty());
        *response.headers_mut() = self.response.headers().clone();
        let meta = protocol().parse_error_metadata(&response, self.cfg);
        meta.unwrap_or_default()
    }

    /// The service's message, if it is in a member that the protocol does not know.
    fn text(&self, member: &str) -> Option<String> {
        let id = shape_id!("smithy.api", "String");
        let member = Schema::new_member(id.clone(), ShapeType::String, member, 0);
        let members = [&member];
        let schema = Schema::new_struct(id, ShapeType::Structure, &members);
        let mut text = None;
        let mut de = self.members().ok()?;
        de.read_struct(&schema, &mut |member, de| {
            if member.member_index().is_some() {
                text = Some(de.read_string(member)?);
            }
            Ok(())
        })
        .ok()?;
        text
    }
}
