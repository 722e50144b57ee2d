//! Traits that say how values are sent.

use serde_json::Value;

use super::{strings, text};
use crate::smithy::traits::{Http, HttpChecksum, TimestampFormat, Traits};

impl Traits {
    /// The XML namespace of a structure, a member or a whole service: URI and prefix.
    pub fn xml_namespace(&self) -> Option<(String, Option<String>)> {
        let value = self.get("smithy.api#xmlNamespace")?;
        Some((text(value, "uri")?, text(value, "prefix")))
    }

    /// Whether `restXml` errors are [not
    /// wrapped](https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html#error-response-serialization).
    pub fn has_bare_errors(&self) -> bool {
        let protocol = self.get("aws.protocols#restXml");
        let setting = protocol.and_then(|it| it.get("noErrorWrapping"));
        setting.and_then(Value::as_bool).unwrap_or_default()
    }

    /// Whether errors keep the [codes](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait)
    /// that they had in the query protocol.
    pub fn query_compatible(&self) -> bool {
        self.has("aws.protocols#awsQueryCompatible")
    }

    /// The [code](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsqueryerror-trait)
    /// of an error in the query protocol, if it is not the name of the shape.
    pub fn query_error_code(&self) -> Option<String> {
        text(self.get("aws.protocols#awsQueryError")?, "code")
    }

    /// The HTTP status of an error in the query protocol, if it differs.
    pub fn query_error_status(&self) -> Option<u16> {
        let status = self
            .get("aws.protocols#awsQueryError")?
            .get("httpResponseCode")?;
        status.as_u64()?.try_into().ok()
    }

    /// A timestamp's format.
    pub fn timestamp_format(&self) -> Option<TimestampFormat> {
        match self.string("smithy.api#timestampFormat")? {
            "epoch-seconds" => Some(TimestampFormat::EpochSeconds),
            "date-time" => Some(TimestampFormat::DateTime),
            "http-date" => Some(TimestampFormat::HttpDate),
            _ => None,
        }
    }

    /// What a blob or string contains.
    pub fn media_type(&self) -> Option<&str> {
        self.string("smithy.api#mediaType")
    }

    /// Whether an operation's output has no XML element around its only member.
    pub fn s3_unwrapped_xml_output(&self) -> bool {
        self.has("aws.customizations#s3UnwrappedXmlOutput")
    }

    /// An operation's method, URI and status.
    pub fn http(&self) -> Option<Http> {
        let value = self.get("smithy.api#http")?;
        let code = value.get("code").and_then(Value::as_u64);
        Some(Http {
            method: text(value, "method")?,
            uri: text(value, "uri")?,
            code: code
                .and_then(|code| u16::try_from(code).ok())
                .unwrap_or(200),
        })
    }

    /// The status of an error.
    pub fn http_error(&self) -> Option<u16> {
        let code = self.get("smithy.api#httpError")?.as_u64()?;
        u16::try_from(code).ok()
    }

    /// Set on members that are part of the URI.
    pub fn http_label(&self) -> bool {
        self.has("smithy.api#httpLabel")
    }

    /// The query parameter that a member is sent as.
    pub fn http_query(&self) -> Option<&str> {
        self.string("smithy.api#httpQuery")
    }

    /// Set on maps that are query parameters.
    pub fn http_query_params(&self) -> bool {
        self.has("smithy.api#httpQueryParams")
    }

    /// The header that a member is sent as.
    pub fn http_header(&self) -> Option<&str> {
        self.string("smithy.api#httpHeader")
    }

    /// The prefix of the headers that a map is sent as; may be empty.
    pub fn http_prefix_headers(&self) -> Option<&str> {
        self.string("smithy.api#httpPrefixHeaders")
    }

    /// Set on the member that is the body.
    pub fn http_payload(&self) -> bool {
        self.has("smithy.api#httpPayload")
    }

    /// Set on operations whose requests are
    /// [signed without their body](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-unsignedpayload-trait).
    pub fn unsigned_payload(&self) -> bool {
        self.has("aws.auth#unsignedPayload")
    }

    /// The [checksums](https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait) of
    /// an operation's requests and responses.
    pub fn http_checksum(&self) -> Option<HttpChecksum<'_>> {
        let value = self.get("aws.protocols#httpChecksum")?;
        let text = |key: &str| value.get(key)?.as_str();
        let required = value.get("requestChecksumRequired");
        Some(HttpChecksum {
            required: required.and_then(Value::as_bool).unwrap_or_default(),
            algorithm_member: text("requestAlgorithmMember"),
            mode_member: text("requestValidationModeMember"),
            response_algorithms: strings(value.get("responseAlgorithms")),
        })
    }

    /// Set on operations whose requests need a checksum.
    pub fn http_checksum_required(&self) -> bool {
        self.has("smithy.api#httpChecksumRequired")
    }

    /// Whether an operation's requests are [compressed] with this algorithm: clients use the first
    /// supported one.
    ///
    /// [compressed]: https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
    pub fn is_compressed_by(&self, algorithm: &str) -> bool {
        let encodings = self
            .get("smithy.api#requestCompression")
            .and_then(|value| value.get("encodings")?.as_array());
        let mut names = encodings.into_iter().flatten().filter_map(|it| it.as_str());
        names.any(|name| name.eq_ignore_ascii_case(algorithm))
    }

    /// The [host prefix](https://smithy.io/2.0/spec/endpoint-traits.html#endpoint-trait) of an
    /// operation, such as `data-{id}.`.
    pub fn endpoint(&self) -> Option<&str> {
        self.get("smithy.api#endpoint")?.get("hostPrefix")?.as_str()
    }

    /// The shape ids of the operation that returns endpoints, and of the error of a call whose
    /// endpoint is no longer valid; see [endpoint
    /// discovery](https://smithy.io/2.0/aws/aws-core.html#aws-api-clientendpointdiscovery-trait).
    pub fn endpoint_discovery(&self) -> Option<(&str, Option<&str>)> {
        let value = self.get("aws.api#clientEndpointDiscovery")?;
        let text = |key: &str| value.get(key)?.as_str();
        Some((text("operation")?, text("error")))
    }

    /// Set on operations whose endpoint can be
    /// [discovered](https://smithy.io/2.0/aws/aws-core.html#aws-api-clientdiscoveredendpoint-trait):
    /// whether discovery is required.
    pub fn discovered_endpoint(&self) -> Option<bool> {
        let value = self.get("aws.api#clientDiscoveredEndpoint")?;
        value.get("required")?.as_bool()
    }

    /// Set on members that the discovered endpoint depends on.
    pub fn endpoint_discovery_id(&self) -> bool {
        self.has("aws.api#clientEndpointDiscoveryId")
    }

    /// Set on members that are part of the host prefix.
    pub fn host_label(&self) -> bool {
        self.has("smithy.api#hostLabel")
    }
}
