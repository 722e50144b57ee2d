//! The protocol `ec2Query`: requests are forms, responses are XML.

mod document;
mod elements;
mod error;
mod form;
mod markup;
mod plain;

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, Metadata};
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::protocol::{ClientProtocolInner, apply_http_endpoint};
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeId, shape_id};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::metadata::Builder;

use self::form::Form;
use self::plain::Plain;

static ID: ShapeId<'static> = shape_id!("aws.protocols", "ec2Query");

/// Whether readers of bodies report members that the model does not have.
pub(crate) const SHOWS_UNKNOWN_MEMBERS: bool = false;

/// The protocol. The runtime has no object for it.
#[derive(Debug)]
pub(crate) struct Protocol {
    version: &'static str,
}

impl Protocol {
    /// Takes the version of the service, which each request contains.
    pub(crate) fn new(version: &'static str) -> Self {
        Self { version }
    }
}

impl ClientProtocolInner for Protocol {
    type Request = HttpRequest;
    type Response = HttpResponse;

    fn protocol_id(&self) -> &ShapeId<'static> {
        &ID
    }

    fn serialize_request(
        &self,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
        _endpoint: &str,
        cfg: &ConfigBag,
    ) -> Result<HttpRequest, SerdeError> {
        let operation = cfg.load::<Metadata>().map(Metadata::name);
        let operation = operation.ok_or_else(|| SerdeError::custom("the operation has no name"))?;
        let mut form = Form::new(operation, self.version);
        input.serialize_members(&mut form)?;
        let body = form.finish();
        let length = body.len().to_string();
        let mut request = HttpRequest::new(SdkBody::from(body));
        let invalid = |error| SerdeError::custom(format!("the request is invalid: {error}"));
        request.set_method("POST").map_err(invalid)?;
        request.set_uri("/").map_err(invalid)?;
        let headers = request.headers_mut();
        headers.insert("content-type", "application/x-www-form-urlencoded");
        // Such a body is always the same, and its length is not signed.
        if !schema.members().is_empty() {
            headers.insert("content-length", length);
        }
        Ok(request)
    }

    fn deserialize_response<'a>(
        &self,
        response: &'a HttpResponse,
        schema: &Schema<'_>,
        cfg: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        let body = match response.body().bytes().unwrap_or_default() {
            [] => b"<None/>",
            body => {
                let operation = cfg.load::<Metadata>().map(Metadata::name);
                let operation = operation.filter(|_| !schema.members().is_empty());
                let root = operation.map(|operation| format!("{operation}Response"));
                if let Some(plain) = Plain::of(body) {
                    return Ok(Box::new(plain.elements(root.as_deref(), None)?));
                }
                if let Some(root) = root {
                    document::check_root(body, &root, None)?;
                }
                body
            }
        };
        Ok(Box::new(document::CODEC.create_deserializer(body)))
    }

    fn parse_error_metadata(
        &self,
        response: &HttpResponse,
        _cfg: &ConfigBag,
    ) -> Result<Builder, SerdeError> {
        error::metadata(response)
    }

    fn deserialize_error_response<'a>(
        &self,
        response: &'a HttpResponse,
        _cfg: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        Ok(Box::new(error::members(response)?))
    }

    fn update_endpoint(
        &self,
        request: &mut HttpRequest,
        endpoint: &Endpoint,
        cfg: &ConfigBag,
    ) -> Result<(), SerdeError> {
        apply_http_endpoint(request, endpoint, cfg)
    }
}
