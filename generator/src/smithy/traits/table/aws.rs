//! The traits of AWS.

use super::{Line, http_protocol, no, other_scheme, protocol, scheme, yes};
use crate::smithy::traits::form::{Field, Form};

const SDK_ID: Form = Form::Matching(
    is_sdk_id,
    "words of letters and digits with one space between two, and a letter first, such as `IVS \
     RealTime`",
);

const ARN_NAMESPACE: Form = Form::Matching(
    is_arn_namespace,
    "1 to 63 lower-case letters, digits, dots and hyphens, such as `ivs`",
);

const CLOUD_FORMATION_NAME: Form = Form::Matching(
    is_cloud_formation_name,
    "two or more letters and digits, starting with a capital, such as `IVSChat`",
);

/// `^[a-zA-Z][a-zA-Z0-9]*( [a-zA-Z0-9]+)*$`
fn is_sdk_id(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|it| it.is_ascii_alphanumeric());
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.split(' ').all(is_word)
}

/// `^[a-z0-9.\-]{1,63}$`
fn is_arn_namespace(text: &str) -> bool {
    let is_part = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b".-".contains(&it);
    (1..=63).contains(&text.len()) && text.bytes().all(is_part)
}

/// `^[A-Z][A-Za-z0-9]+$`
fn is_cloud_formation_name(text: &str) -> bool {
    let starts_well = text.starts_with(|first: char| first.is_ascii_uppercase());
    starts_well && text.len() > 1 && text.bytes().all(|it| it.is_ascii_alphanumeric())
}

/// <https://smithy.io/2.0/aws/aws-core.html>
pub(super) const API: &[Line] = &[
    yes(
        "service",
        Form::Object(&[
            Field::required("sdkId", SDK_ID),
            Field::optional("arnNamespace", ARN_NAMESPACE),
            Field::optional("cloudFormationName", CLOUD_FORMATION_NAME),
            Field::optional("cloudTrailEventSource", Form::Text),
            Field::optional("docId", Form::Text),
            Field::optional("endpointPrefix", Form::Text),
        ]),
    ),
    yes(
        "clientDiscoveredEndpoint",
        Form::Object(&[Field::required("required", Form::Boolean)]),
    ),
    yes(
        "clientEndpointDiscovery",
        Form::Object(&[
            Field::required("operation", Form::ShapeId),
            Field::optional("error", Form::ShapeId),
        ]),
    ),
    yes("clientEndpointDiscoveryId", Form::Annotation),
    // Optional for clients.
    no("awsChunked"),
    no("arn"),
    no("arnReference"),
    no("controlPlane"),
    no("data"),
    no("dataPlane"),
    no("tagEnabled"),
    no("taggable"),
];

const SIGNATURE: Form = Form::Object(&[Field::required("name", Form::NonEmptyText)]);

/// <https://smithy.io/2.0/aws/aws-auth.html>
pub(super) const AUTH: &[Line] = &[
    scheme("sigv4", SIGNATURE),
    scheme("sigv4a", SIGNATURE),
    other_scheme("cognitoUserPools"),
    no("cognitoUserPoolsScopes"),
    yes("unsignedPayload", Form::Annotation),
];

const QUERY_ERROR: Form = Form::Object(&[
    Field::required("code", Form::NonEmptyText),
    Field::required("httpResponseCode", Form::Integer(100, 999)),
]);

/// <https://smithy.io/2.0/aws/protocols/>
pub(super) const PROTOCOLS: &[Line] = &[
    http_protocol("restJson1"),
    http_protocol("restXml"),
    protocol("awsJson1_0"),
    protocol("awsJson1_1"),
    protocol("awsQuery"),
    protocol("ec2Query"),
    yes(
        "httpChecksum",
        Form::Object(&[
            Field::optional("requestAlgorithmMember", Form::NonEmptyText),
            Field::optional("requestChecksumRequired", Form::Boolean),
            Field::optional("requestValidationModeMember", Form::NonEmptyText),
            Field::optional("responseAlgorithms", Form::List(&Form::Text)),
        ]),
    ),
    yes("awsQueryCompatible", Form::Annotation),
    yes("awsQueryError", QUERY_ERROR),
    yes("ec2QueryName", Form::NonEmptyText),
];

pub(super) const CUSTOMIZATIONS: &[Line] = &[yes("s3UnwrappedXmlOutput", Form::Annotation)];

/// Input of the tool that writes a service's endpoint rules.
pub(super) const ENDPOINTS: &[Line] = &[
    no("dualStackOnlyEndpoints"),
    no("endpointsModifier"),
    no("rulesBasedEndpoints"),
    no("standardPartitionalEndpoints"),
    no("standardRegionalEndpoints"),
];

/// The configuration of API Gateway as the server.
pub(super) const APIGATEWAY: &[Line] = &[
    no("apiKeyRequired"),
    no("apiKeySource"),
    no("apiTlsPolicy"),
    no("authorizer"),
    no("authorizers"),
    no("endpointConfiguration"),
    no("gatewayResponses"),
    no("integration"),
    no("minimumCompressionSize"),
    no("mockIntegration"),
    no("requestValidator"),
    no("resourcePolicy"),
];

/// Resources in CloudFormation.
pub(super) const CLOUDFORMATION: &[Line] = &[
    no("cfnAdditionalIdentifier"),
    no("cfnDefaultValue"),
    no("cfnExcludeProperty"),
    no("cfnMutability"),
    no("cfnName"),
    no("cfnResource"),
];

/// Policies for a service.
pub(super) const IAM: &[Line] = &[
    no("actionName"),
    no("actionPermissionDescription"),
    no("conditionKeyValue"),
    no("conditionKeys"),
    no("defineConditionKeys"),
    no("disableConditionKeyInference"),
    no("iamAction"),
    no("iamResource"),
    no("principalTypes"),
    no("requiredActions"),
    no("serviceResolvedConditionKeys"),
    no("supportedPrincipalTypes"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_services() {
        type Row<'a> = (fn(&str) -> bool, &'a [&'a str], &'a [&'a str]);
        #[rustfmt::skip]
        let rows: [Row<'_>; 3] = [
            (is_sdk_id, &["Weather", "Weather RealTime", "W3", "a 1"], &["", "1a", "a  b", "a ", " a", "a/b", "a\n", "a-b", "é"]),
            (is_arn_namespace, &["weather", "a-1.b"], &["", "Weather", "a b", "a\n", &"a".repeat(64)]),
            (is_cloud_formation_name, &["Weather", "A1"], &["", "A", "weather", "A-b", "AB\n"]),
        ];
        for (holds, right, wrong) in rows {
            assert!(right.iter().all(|text| holds(text)), "{right:?}");
            assert!(!wrong.iter().any(|text| holds(text)), "{wrong:?}");
        }
    }
}
