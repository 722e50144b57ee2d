//! The protocol `rpcv2Json`.

use aws_smithy_json::codec::{JsonCodec, JsonCodecSettings};
use aws_smithy_json::protocol::aws_json_rpc::AwsJsonRpcProtocol;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, Metadata};
use aws_smithy_schema::codec::DynCodec;
use aws_smithy_schema::http_protocol::HttpRpcProtocol;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeId, shape_id};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::metadata::Builder;

use crate::meta;

/// The protocol, made of pieces of the runtime, which has no object for it.
#[derive(Debug)]
pub(crate) struct Protocol {
    calls: HttpRpcProtocol<JsonCodec>,
    /// Reads errors, which look like those of AWS's JSON protocols.
    errors: AwsJsonRpcProtocol,
}

impl Protocol {
    pub(crate) fn new() -> Self {
        let settings = JsonCodecSettings::builder()
            .use_json_name(false)
            .use_string_for_arbitrary_precision(true);
        let codec = JsonCodec::new(settings.build());
        let id = shape_id!("smithy.protocols", "rpcv2Json");
        Self {
            calls: HttpRpcProtocol::new(id, codec, "application/json"),
            errors: AwsJsonRpcProtocol::aws_json_1_0(),
        }
    }
}

impl ClientProtocolInner for Protocol {
    type Request = HttpRequest;
    type Response = HttpResponse;

    delegate!(calls.protocol_id() -> &ShapeId<'static>);
    delegate!(calls.deserialize_response<'a>(
        response: &'a HttpResponse, schema: &Schema<'_>, cfg: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError>);
    delegate!(errors.parse_error_metadata(
        response: &HttpResponse, cfg: &ConfigBag,
    ) -> Result<Builder, SerdeError>);
    delegate!(calls.payload_codec() -> Option<&dyn DynCodec>);
    delegate!(calls.update_endpoint(
        request: &mut HttpRequest, endpoint: &Endpoint, cfg: &ConfigBag,
    ) -> Result<(), SerdeError>);

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
        let headers = request.headers_mut();
        headers.insert("smithy-protocol", "rpc-v2-json");
        headers.insert("accept", "application/json");
        if schema.shape_id().as_str() == "smithy.api#Unit" {
            *request.body_mut() = SdkBody::empty();
            request.headers_mut().remove("content-type");
            request.headers_mut().remove("content-length");
        }
        Ok(request)
    }

    fn event_stream_media_type(&self) -> Option<&str> {
        Some("application/json")
    }
}
