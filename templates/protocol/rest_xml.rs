//! The protocol `restXml`.

mod document;
mod elements;
mod error;
mod markup;
mod plain;

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_schema::codec::DynCodec;
use aws_smithy_schema::http_protocol::{
    HttpBindingProtocol, http_error_deserializer, http_output_deserializer,
};
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeId, ShapeType};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::metadata::Builder;
use aws_smithy_xml::codec::XmlCodec;
use aws_smithy_xml::protocol::aws_rest_xml::AwsRestXmlProtocol;

use self::plain::Plain;

/// Whether readers of bodies report members that the model does not have.
pub(crate) const SHOWS_UNKNOWN_MEMBERS: bool = false;

/// Wraps the runtime's object, which writes requests. It would read whatever it finds, and reads
/// less of errors.
#[derive(Debug)]
pub(crate) struct Protocol {
    requests: AwsRestXmlProtocol,
    responses: HttpBindingProtocol<XmlCodec>,
}

impl Protocol {
    /// Takes the XML namespace of documents: URI and prefix.
    pub(crate) fn new(namespace: Option<(&str, Option<&str>)>) -> Self {
        let mut requests = AwsRestXmlProtocol::new();
        if let Some((uri, prefix)) = namespace {
            requests = requests.with_service_xml_namespace(uri, prefix.map(str::to_owned));
        }
        let id = requests.protocol_id().clone();
        Self {
            requests,
            responses: HttpBindingProtocol::new(id, document::codec(), "application/xml"),
        }
    }
}

impl ClientProtocolInner for Protocol {
    type Request = HttpRequest;
    type Response = HttpResponse;

    delegate!(requests.protocol_id() -> &ShapeId<'static>);
    delegate!(requests.serialize_request(
        input: &dyn SerializableStruct, schema: &Schema<'_>, endpoint: &str, cfg: &ConfigBag,
    ) -> Result<HttpRequest, SerdeError>);
    delegate!(requests.payload_codec() -> Option<&dyn DynCodec>);
    delegate!(requests.event_stream_media_type() -> Option<&str>);
    delegate!(requests.update_endpoint(
        request: &mut HttpRequest, endpoint: &Endpoint, cfg: &ConfigBag,
    ) -> Result<(), SerdeError>);

    fn deserialize_response<'a>(
        &self,
        response: &'a HttpResponse,
        schema: &Schema<'_>,
        cfg: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        let body = response.body().bytes().unwrap_or_default();
        let name = root_name(schema);
        if let Some(plain) = Plain::of(body) {
            let elements = plain.elements(name, None)?;
            return Ok(http_output_deserializer(elements, response, schema, cfg));
        }
        if let (Some(name), [_, ..]) = (name, body) {
            document::check_root(body, name, None)?;
        }
        self.responses.deserialize_response(response, schema, cfg)
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
        cfg: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        Ok(http_error_deserializer(
            error::members(response)?,
            response,
            cfg,
        ))
    }
}

//~ if errors-in-success
/// Whether a response is an error although its status may say otherwise.
pub(crate) fn is_error(response: &HttpResponse) -> bool {
    let body = response.body().bytes().unwrap_or_default();
    document::check_root(body.trim_ascii_start(), "Error", None).is_ok()
}

//~ end
/// The name of the root element of an output, if its body is an element.
fn root_name<'a>(output: &'a Schema<'a>) -> Option<&'a str> {
    let members = output.members();
    let payload = members.iter().find(|it| it.http_payload().is_some());
    let is_element = |member: &&&Schema<'_>| {
        let bindings = [
            member.http_header().is_some(),
            member.http_prefix_headers().is_some(),
            member.http_response_code().is_some(),
        ];
        !bindings.contains(&true)
    };
    let element = match payload {
        Some(payload) => matches!(
            payload.shape_type(),
            ShapeType::Structure | ShapeType::Union
        )
        .then_some(*payload)?,
        None if members.iter().any(|it| is_element(&it)) => output,
        None => return None,
    };
    if element.xml_unwrapped_output() {
        // The member is the root.
        let member = members.iter().find(is_element)?;
        return member
            .xml_name()
            .map(|name| name.value())
            .or_else(|| member.member_name());
    }
    //~ if any-root
    if crate::meta::ANY_ROOT.contains(&element.shape_id().shape_name()) {
        return None;
    }
    //~ end
    let name = element.xml_name().map(|name| name.value());
    Some(name.unwrap_or_else(|| element.shape_id().shape_name()))
}
