//! The protocol of a service that used to have a query protocol, and whose errors keep their old
//! codes: see [`@awsQueryCompatible`][trait].
//!
//! [trait]: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_schema::codec::DynCodec;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeId};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::metadata::Builder;

/// Wraps the service's current protocol, and asks the service for the old codes.
#[derive(Debug)]
pub(crate) struct QueryCompatible<P>(pub(crate) P);

impl<P> ClientProtocolInner for QueryCompatible<P>
where
    P: ClientProtocolInner<Request = HttpRequest, Response = HttpResponse>,
{
    type Request = HttpRequest;
    type Response = HttpResponse;

    delegate!(0.protocol_id() -> &ShapeId<'static>);
    delegate!(0.deserialize_response<'a>(
        response: &'a HttpResponse, schema: &Schema<'_>, cfg: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError>);
    delegate!(0.parse_error_metadata(
        response: &HttpResponse, cfg: &ConfigBag,
    ) -> Result<Builder, SerdeError>);
    delegate!(0.deserialize_error_response<'a>(
        response: &'a HttpResponse, cfg: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError>);
    delegate!(0.payload_codec() -> Option<&dyn DynCodec>);
    delegate!(0.event_stream_media_type() -> Option<&str>);
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
        request.headers_mut().insert("x-amzn-query-mode", "true");
        Ok(request)
    }
}
