//! The protocol `awsQuery`: forms are sent, and XML is read.

mod error;

use aws_smithy_query::protocol::AwsQueryProtocol;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeId};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::metadata::Builder;
use aws_smithy_xml::codec::XmlCodec;

/// Whether what reads a body says that there is a member which the model does not have.
pub(crate) const SHOWS_UNKNOWN_MEMBERS: bool = false;

/// The runtime's object, which knows no empty responses, and nothing of errors but their members.
#[derive(Debug)]
pub(crate) struct Protocol(AwsQueryProtocol);

impl Protocol {
    /// Takes the version of the service, which is sent with each request.
    pub(crate) fn new(version: &str) -> Self {
        Self(AwsQueryProtocol::new().with_service_version(version))
    }
}

impl ClientProtocolInner for Protocol {
    type Request = HttpRequest;
    type Response = HttpResponse;

    delegate!(0.protocol_id() -> &ShapeId<'static>);
    delegate!(0.serialize_request(
        input: &dyn SerializableStruct, schema: &Schema<'_>, endpoint: &str, cfg: &ConfigBag,
    ) -> Result<HttpRequest, SerdeError>);
    delegate!(0.update_endpoint(
        request: &mut HttpRequest, endpoint: &Endpoint, cfg: &ConfigBag,
    ) -> Result<(), SerdeError>);

    fn deserialize_response<'a>(
        &self,
        response: &'a HttpResponse,
        schema: &Schema<'_>,
        cfg: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        match response.body().bytes() {
            Some([]) => Ok(Box::new(
                XmlCodec::default().create_deserializer(b"<None/>"),
            )),
            _ => self.0.deserialize_response(response, schema, cfg),
        }
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
