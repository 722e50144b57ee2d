//! The protocol `awsQuery`: requests are forms, responses are XML.

mod document;
mod elements;
mod error;
mod markup;
mod plain;

use aws_smithy_query::protocol::AwsQueryProtocol;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, Metadata};
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeId};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::metadata::Builder;
use aws_smithy_xml::codec::find_depth2_element_slice_by;

use self::plain::Plain;

/// Whether readers of bodies report members that the model does not have.
pub(crate) const SHOWS_UNKNOWN_MEMBERS: bool = false;

/// Wraps the runtime's object, which does not know empty responses, reads whatever it finds, and
/// reads only the members of errors.
#[derive(Debug)]
pub(crate) struct Protocol(AwsQueryProtocol);

impl Protocol {
    /// Takes the version of the service, which each request contains.
    pub(crate) fn new(version: &str) -> Self {
        Self(AwsQueryProtocol::new().with_service_version(version))
    }
}

impl ClientProtocolInner for Protocol {
    type Request = HttpRequest;
    type Response = HttpResponse;

    delegate!(0.protocol_id() -> &ShapeId<'static>);
    delegate!(0.update_endpoint(
        request: &mut HttpRequest, endpoint: &Endpoint, cfg: &ConfigBag,
    ) -> Result<(), SerdeError>);

    fn serialize_request(
        &self,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
        endpoint: &str,
        cfg: &ConfigBag,
    ) -> Result<HttpRequest, SerdeError> {
        let mut request = self.0.serialize_request(input, schema, endpoint, cfg)?;
        // Such a body is always the same, and its length is not signed.
        if schema.members().is_empty() {
            request.headers_mut().remove("content-length");
        }
        Ok(request)
    }

    fn deserialize_response<'a>(
        &self,
        response: &'a HttpResponse,
        schema: &Schema<'_>,
        cfg: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        let mut found = &b"<None/>"[..];
        let body = response.body().bytes().unwrap_or_default();
        let plain = Plain::of(body);
        if !body.is_empty() && plain.is_none() {
            document::check(body)?;
        }
        let operation = cfg.load::<Metadata>().map(Metadata::name);
        if let (Some(operation), [_, ..], [_, ..]) = (operation, schema.members(), body) {
            let result = format!("{operation}Result");
            let root = format!("{operation}Response");
            if let Some(plain) = plain {
                return Ok(Box::new(plain.elements(Some(&root), Some(&result))?));
            }
            document::check_root(body, &root, Some(&result))?;
            found = find_depth2_element_slice_by(body, |name| name == result).unwrap_or(found);
        }
        Ok(Box::new(document::CODEC.create_deserializer(found)))
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
}
