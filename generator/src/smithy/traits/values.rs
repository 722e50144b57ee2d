//! Types for the values of traits.

use serde_json::Number;

/// The cause of an [error](https://smithy.io/2.0/spec/type-refinement-traits.html#error-trait).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request.
    Client,
    /// The service.
    Server,
}

/// How a [retryable](https://smithy.io/2.0/spec/behavior-traits.html#retryable-trait) error is
/// retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retryable {
    /// The service throttles the client.
    pub throttling: bool,
}

/// The [HTTP binding](https://smithy.io/2.0/spec/http-bindings.html#http-trait) of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    /// The method, as in `POST`.
    pub method: String,
    /// The URI pattern, such as `/things/{id}?list`.
    pub uri: String,
    /// The status of a success, 200 unless given.
    pub code: u16,
}

impl Http {
    /// The names of the query parameters that the URI sets.
    pub fn query_names(&self) -> impl Iterator<Item = &str> {
        let query = self.uri.split_once('?').map(|(_, query)| query);
        let literals = query.into_iter().flat_map(|query| query.split('&'));
        literals.map(|literal| literal.split('=').next().unwrap_or_default())
    }
}

/// The [pagination](https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait) of an
/// operation, with the service's defaults merged in.
///
/// Input members are names; output members are paths of names joined by dots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paginated {
    /// The input member for the token. Present after `resolve`.
    pub input_token: Option<String>,
    /// The path in the output to the next token. Present after `resolve`.
    pub output_token: Option<String>,
    /// The path in the output to a page's items, a list or map.
    pub items: Option<String>,
    /// The input member that limits a page's size.
    pub page_size: Option<String>,
}

/// The deprecation of a
/// [deprecated](https://smithy.io/2.0/spec/documentation-traits.html#deprecated-trait) shape or
/// member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deprecated {
    /// A version or date.
    pub since: Option<String>,
    /// A reason, or what to use instead.
    pub message: Option<String>,
}

/// The limits of a [length](https://smithy.io/2.0/spec/constraint-traits.html#length-trait), both
/// inclusive: elements, characters or bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// The least.
    pub min: Option<u64>,
    /// The most.
    pub max: Option<u64>,
}

/// The limits of a [number](https://smithy.io/2.0/spec/constraint-traits.html#range-trait), both
/// inclusive and exact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberRange {
    /// The least.
    pub min: Option<Number>,
    /// The most.
    pub max: Option<Number>,
}

/// Where a service expects an API key, from
/// [`httpApiKeyAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth-trait).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpApiKeyAuth<'a> {
    /// The header or the parameter of the query.
    pub name: &'a str,
    /// Whether it is a parameter of the query.
    pub in_query: bool,
    /// The prefix of the key in a header.
    pub scheme: Option<&'a str>,
}

/// The checksums of an operation, from
/// [`httpChecksum`](https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpChecksum<'a> {
    /// Whether a request needs a checksum.
    pub required: bool,
    /// The member of the input that names the algorithm of requests.
    pub algorithm_member: Option<&'a str>,
    /// The member of the input that enables checksums of responses.
    pub mode_member: Option<&'a str>,
    /// The algorithms of checksums of responses.
    pub response_algorithms: Vec<&'a str>,
}

/// The names of a service in AWS tools, from
/// [`aws.api#service`](https://smithy.io/2.0/aws/aws-core.html#aws-api-service-trait).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AwsService {
    /// The name from which SDKs derive names, such as `IVS RealTime`.
    pub sdk_id: String,
    /// The third part of the service's ARNs.
    pub arn_namespace: Option<String>,
    /// The first label of the service's host names.
    pub endpoint_prefix: Option<String>,
    /// The second part of CloudFormation resource types.
    pub cloud_formation_name: Option<String>,
    /// The source of the service's events in CloudTrail.
    pub cloud_trail_event_source: Option<String>,
    /// The name under which the service's API reference is published.
    pub doc_id: Option<String>,
}
