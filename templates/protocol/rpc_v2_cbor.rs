//! The protocol `rpcv2Cbor`.

mod error;

use aws_smithy_cbor::codec::{CborCodec, CborCodecSettings};
use aws_smithy_cbor::protocol::RpcV2CborProtocol;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, Metadata};
use aws_smithy_schema::codec::{Codec, DynCodec};
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeId};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::metadata::Builder;

use crate::meta;

/// Whether readers of bodies report members that the model does not have.
pub(crate) const SHOWS_UNKNOWN_MEMBERS: bool = true;

/// Wraps the runtime's object, which sends a body even for operations without an input.
#[derive(Debug)]
pub(crate) struct Protocol {
    calls: RpcV2CborProtocol,
    /// Reads responses. Unless it is strict, it reads empty structures after the end of a body: a
    /// list that claims a million elements would get a million of them.
    codec: CborCodec,
}

impl Protocol {
    pub(crate) fn new() -> Self {
        Self {
            calls: RpcV2CborProtocol::new(),
            codec: CborCodec::new(CborCodecSettings::default().enforce_strictness(true)),
        }
    }
}

impl ClientProtocolInner for Protocol {
    type Request = HttpRequest;
    type Response = HttpResponse;

    fn protocol_id(&self) -> &ShapeId<'static> {
        self.calls.protocol_id()
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
        let path = format!("/service/{}/operation/{operation}", meta::SERVICE_SHAPE);
        let mut request = self.calls.serialize_request(input, schema, &path, cfg)?;
        if schema.shape_id().as_str() == "smithy.api#Unit" {
            *request.body_mut() = SdkBody::empty();
            request.headers_mut().remove("content-type");
            request.headers_mut().remove("content-length");
        }
        Ok(request)
    }

    fn deserialize_response<'a>(
        &self,
        response: &'a HttpResponse,
        _schema: &Schema<'_>,
        _cfg: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        let body = response.body().bytes().unwrap_or_default();
        Ok(Box::new(Codec::create_deserializer(&self.codec, body)))
    }

    fn parse_error_metadata(
        &self,
        response: &HttpResponse,
        _cfg: &ConfigBag,
    ) -> Result<Builder, SerdeError> {
        error::metadata(response)
    }

    fn payload_codec(&self) -> Option<&dyn DynCodec> {
        Some(&self.codec)
    }

    fn event_stream_media_type(&self) -> Option<&str> {
        self.calls.event_stream_media_type()
    }

    fn update_endpoint(
        &self,
        request: &mut HttpRequest,
        endpoint: &Endpoint,
        cfg: &ConfigBag,
    ) -> Result<(), SerdeError> {
        self.calls.update_endpoint(request, endpoint, cfg)
    }
}
