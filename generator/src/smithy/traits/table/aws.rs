//! The traits of AWS.

use super::{
    CHECKSUM, Line, OTHER_AUTH, auth, http_protocol, no, protocol, signed, unsupported, yes,
};
use crate::smithy::traits::form::{Field, Form};

const ENDPOINT_DISCOVERY: &str = leave_out!("generated clients do not discover endpoints");

/// <https://smithy.io/2.0/aws/aws-core.html>
pub(super) const API: &[Line] = &[
    yes(
        "service",
        Form::Object(&[
            Field::required("sdkId", Form::NonEmptyText),
            Field::optional("arnNamespace", Form::Text),
            Field::optional("cloudFormationName", Form::Text),
            Field::optional("cloudTrailEventSource", Form::Text),
            Field::optional("docId", Form::Text),
            Field::optional("endpointPrefix", Form::Text),
        ]),
    ),
    unsupported("clientDiscoveredEndpoint", ENDPOINT_DISCOVERY),
    // The operations that need a discovered endpoint say so themselves.
    no("clientEndpointDiscovery"),
    no("clientEndpointDiscoveryId"),
    // An offer of the service, which a client need not take up.
    no("awsChunked"),
    no("arn"),
    no("arnReference"),
    no("controlPlane"),
    no("data"),
    no("dataPlane"),
    no("tagEnabled"),
    no("taggable"),
];

/// <https://smithy.io/2.0/aws/aws-auth.html>
pub(super) const AUTH: &[Line] = &[
    signed(
        "sigv4",
        Form::Object(&[Field::required("name", Form::NonEmptyText)]),
    ),
    auth("sigv4a", OTHER_AUTH),
    auth("cognitoUserPools", OTHER_AUTH),
    no("cognitoUserPoolsScopes"),
    unsupported(
        "unsignedPayload",
        leave_out!("generated clients sign every payload"),
    ),
];

/// <https://smithy.io/2.0/aws/protocols/>
pub(super) const PROTOCOLS: &[Line] = &[
    http_protocol("restJson1"),
    http_protocol("restXml"),
    protocol("awsJson1_0"),
    protocol("awsJson1_1"),
    protocol("awsQuery"),
    protocol("ec2Query"),
    unsupported("httpChecksum", CHECKSUM),
    unsupported(
        "awsQueryCompatible",
        "generated clients do not ask for the error codes of `awsQuery`: take the trait out of \
         the model if the codes of its errors do not matter",
    ),
    // Of the query protocols only, and none of those is generated.
    no("awsQueryError"),
    no("ec2QueryName"),
];

pub(super) const CUSTOMIZATIONS: &[Line] = &[unsupported(
    "s3UnwrappedXmlOutput",
    leave_out!("generated clients do not know this form of S3 responses"),
)];

/// Instructions to the tool that writes a service's endpoint rules.
pub(super) const ENDPOINTS: &[Line] = &[
    no("dualStackOnlyEndpoints"),
    no("endpointsModifier"),
    no("rulesBasedEndpoints"),
    no("standardPartitionalEndpoints"),
    no("standardRegionalEndpoints"),
];

/// How API Gateway is set up as the server.
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

/// How resources show in CloudFormation.
pub(super) const CLOUDFORMATION: &[Line] = &[
    no("cfnAdditionalIdentifier"),
    no("cfnDefaultValue"),
    no("cfnExcludeProperty"),
    no("cfnMutability"),
    no("cfnName"),
    no("cfnResource"),
];

/// What policies can say about a service.
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
