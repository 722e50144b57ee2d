//! Typed accessors, in the order of the specification's chapters.

use serde_json::Value;

use super::TimestampFormat;
use super::Traits;
use super::values::{
    AwsService, Deprecated, ErrorKind, Http, HttpApiKeyAuth, HttpChecksum, NumberRange, Paginated,
    Range, Retryable,
};

/// Documentation and classification.
impl Traits {
    /// [CommonMark](https://smithy.io/2.0/spec/documentation-traits.html#documentation-trait) text.
    pub fn documentation(&self) -> Option<&str> {
        self.string("smithy.api#documentation")
    }

    /// [Links](https://smithy.io/2.0/spec/documentation-traits.html#externaldocumentation-trait):
    /// title and URL.
    pub fn external_documentation(&self) -> Vec<(&str, &str)> {
        let links = self
            .get("smithy.api#externalDocumentation")
            .and_then(Value::as_object);
        links
            .into_iter()
            .flatten()
            .filter_map(|(title, url)| Some((title.as_str(), url.as_str()?)))
            .collect()
    }

    /// The service's proper name.
    pub fn title(&self) -> Option<&str> {
        self.string("smithy.api#title")
    }

    /// The version or date of the shape's addition.
    pub fn since(&self) -> Option<&str> {
        self.string("smithy.api#since")
    }

    /// [Examples](https://smithy.io/2.0/spec/documentation-traits.html#examples-trait) of calls:
    /// objects with `title`, `documentation`, `input`, `output` and `error`.
    pub fn examples(&self) -> &[Value] {
        self.get("smithy.api#examples")
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    /// Set on deprecated shapes and members.
    pub fn deprecated(&self) -> Option<Deprecated> {
        let value = self.get("smithy.api#deprecated")?;
        Some(Deprecated {
            since: text(value, "since"),
            message: text(value, "message"),
        })
    }

    /// Set on shapes that may change.
    pub fn unstable(&self) -> bool {
        self.has("smithy.api#unstable")
    }

    /// Set on shapes that are not meant for customers.
    pub fn internal(&self) -> bool {
        self.has("smithy.api#internal")
    }

    /// Why an optional member should be set; empty if the model gives no reason.
    pub fn recommended(&self) -> Option<&str> {
        let value = self.get("smithy.api#recommended")?;
        Some(value.get("reason").and_then(Value::as_str).unwrap_or(""))
    }

    /// Set on shapes whose values must not be shown.
    pub fn sensitive(&self) -> bool {
        self.has("smithy.api#sensitive")
    }
}

/// Presence and constraints.
impl Traits {
    /// Set on [required](https://smithy.io/2.0/spec/type-refinement-traits.html#required-trait)
    /// members.
    pub fn required(&self) -> bool {
        self.has("smithy.api#required")
    }

    /// Set on members that clients [treat as
    /// optional](https://smithy.io/2.0/spec/type-refinement-traits.html#clientoptional-trait),
    /// whatever their other traits.
    pub fn client_optional(&self) -> bool {
        self.has("smithy.api#clientOptional")
    }

    /// The [default](https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait) of a
    /// member; `Some(Null)` if the model removes the target's default.
    pub fn default(&self) -> Option<&Value> {
        self.get("smithy.api#default")
    }

    /// Set on members whose default was added after they were published.
    pub fn added_default(&self) -> bool {
        self.has("smithy.api#addedDefault")
    }

    /// Set on structures that are one operation's input only.
    pub fn input(&self) -> bool {
        self.has("smithy.api#input")
    }

    /// Set on structures that are one operation's output only.
    pub fn output(&self) -> bool {
        self.has("smithy.api#output")
    }

    /// Set on lists and maps that may contain null.
    pub fn sparse(&self) -> bool {
        self.has("smithy.api#sparse")
    }

    /// Set on lists without equal elements.
    pub fn unique_items(&self) -> bool {
        self.has("smithy.api#uniqueItems")
    }

    /// The value of an enum's member.
    pub fn enum_value(&self) -> Option<&Value> {
        self.get("smithy.api#enumValue")
    }

    /// Limits of a length.
    pub fn length(&self) -> Option<Range> {
        let value = self.get("smithy.api#length")?;
        Some(Range {
            min: value.get("min").and_then(Value::as_u64),
            max: value.get("max").and_then(Value::as_u64),
        })
    }

    /// Limits of a number.
    pub fn range(&self) -> Option<NumberRange> {
        let value = self.get("smithy.api#range")?;
        let number = |key| value.get(key).and_then(Value::as_number).cloned();
        Some(NumberRange {
            min: number("min"),
            max: number("max"),
        })
    }

    /// A regular expression.
    pub fn pattern(&self) -> Option<&str> {
        self.string("smithy.api#pattern")
    }
}

/// Behaviour of operations and errors.
impl Traits {
    /// Set on error structures.
    pub fn error(&self) -> Option<ErrorKind> {
        match self.string("smithy.api#error")? {
            "client" => Some(ErrorKind::Client),
            "server" => Some(ErrorKind::Server),
            _ => None,
        }
    }

    /// Set on errors that may be retried.
    pub fn retryable(&self) -> Option<Retryable> {
        let value = self.get("smithy.api#retryable")?;
        let throttling = value
            .get("throttling")
            .and_then(Value::as_bool)
            .unwrap_or(false);
        Some(Retryable { throttling })
    }

    /// Set on operations that change nothing.
    pub fn readonly(&self) -> bool {
        self.has("smithy.api#readonly")
    }

    /// Set on operations that may be repeated.
    pub fn idempotent(&self) -> bool {
        self.has("smithy.api#idempotent")
    }

    /// Set on the member by which the service recognizes a repeated request.
    pub fn idempotency_token(&self) -> bool {
        self.has("smithy.api#idempotencyToken")
    }

    /// Set on paginated operations.
    pub fn paginated(&self) -> Option<Paginated> {
        let value = self.get("smithy.api#paginated")?;
        Some(Paginated {
            input_token: text(value, "inputToken"),
            output_token: text(value, "outputToken"),
            items: text(value, "items"),
            page_size: text(value, "pageSize"),
        })
    }

    /// The [waiters](https://smithy.io/2.0/additional-specs/waiters.html) of an operation, by
    /// name.
    pub fn waitable(&self) -> Option<&Value> {
        self.get("smithy.waiters#waitable")
    }

    /// Set on blobs and unions that are
    /// [streams](https://smithy.io/2.0/spec/streaming.html#streaming-trait).
    pub fn streaming(&self) -> bool {
        self.has("smithy.api#streaming")
    }

    /// Set on streams whose length must be known before they are sent.
    pub fn requires_length(&self) -> bool {
        self.has("smithy.api#requiresLength")
    }
}

/// Serialization.
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

/// The service, its authentication and its endpoints.
impl Traits {
    /// The names of the service in AWS tools.
    pub fn aws_service(&self) -> Option<AwsService> {
        let value = self.get("aws.api#service")?;
        Some(AwsService {
            sdk_id: text(value, "sdkId")?,
            arn_namespace: text(value, "arnNamespace"),
            endpoint_prefix: text(value, "endpointPrefix"),
            cloud_formation_name: text(value, "cloudFormationName"),
            cloud_trail_event_source: text(value, "cloudTrailEventSource"),
            doc_id: text(value, "docId"),
        })
    }

    /// The name that the service is
    /// [signed](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait) for.
    pub fn sigv4_name(&self) -> Option<&str> {
        self.get("aws.auth#sigv4")?.get("name")?.as_str()
    }

    /// The same for [Signature Version
    /// 4A](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4a-trait).
    pub fn sigv4a_name(&self) -> Option<&str> {
        self.get("aws.auth#sigv4a")?.get("name")?.as_str()
    }

    /// Where the service expects an [API
    /// key](https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth-trait).
    pub fn http_api_key_auth(&self) -> Option<HttpApiKeyAuth<'_>> {
        let value = self.get("smithy.api#httpApiKeyAuth")?;
        let text = |key: &str| value.get(key)?.as_str();
        Some(HttpApiKeyAuth {
            name: text("name")?,
            in_query: text("in")? == "query",
            scheme: text("scheme"),
        })
    }

    /// The authentication schemes in order of
    /// [preference](https://smithy.io/2.0/spec/authentication-traits.html#auth-trait), as trait
    /// ids; `Some` of none means anonymous.
    pub fn auth(&self) -> Option<Vec<String>> {
        let value = self.get("smithy.api#auth")?;
        Some(
            strings(Some(value))
                .into_iter()
                .map(str::to_owned)
                .collect(),
        )
    }

    /// Set on operations that may be called anonymously.
    pub fn optional_auth(&self) -> bool {
        self.has("smithy.api#optionalAuth")
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

fn strings(value: Option<&Value>) -> Vec<&str> {
    let elements = value.and_then(Value::as_array);
    elements
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}
