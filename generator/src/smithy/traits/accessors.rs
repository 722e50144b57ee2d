//! Typed accessors, in the order of the specification's chapters.

mod serialization;

use serde_json::Value;

use super::Traits;
use super::values::{
    AwsService, Deprecated, ErrorKind, HttpApiKeyAuth, NumberRange, Paginated, Range, Retryable,
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
