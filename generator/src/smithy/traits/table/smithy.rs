//! The traits of Smithy itself.

use super::{Line, no, other_scheme, protocol, scheme, yes};
use crate::smithy::traits::form::{Field, Form};

const XML_NAMESPACE: Form = Form::Object(&[
    Field::required("uri", Form::NonEmptyText),
    Field::optional("prefix", Form::NonEmptyText),
]);

/// <https://smithy.io/2.0/spec/>
pub(super) const PRELUDE: &[Line] = &[
    // Documentation.
    yes("documentation", Form::Text),
    yes("externalDocumentation", Form::Map(&Form::NonEmptyText)),
    yes("title", Form::Text),
    yes("since", Form::Text),
    yes("tags", Form::List(&Form::Text)),
    yes("examples", Form::List(&Form::AnyObject)),
    yes(
        "deprecated",
        Form::Object(&[
            Field::optional("message", Form::Text),
            Field::optional("since", Form::Text),
        ]),
    ),
    yes("unstable", Form::Annotation),
    yes("internal", Form::Annotation),
    yes(
        "recommended",
        Form::Object(&[Field::optional("reason", Form::Text)]),
    ),
    yes("sensitive", Form::Annotation),
    // Type refinement.
    yes("required", Form::Annotation),
    yes("clientOptional", Form::Annotation),
    yes("default", Form::Any),
    yes("addedDefault", Form::Annotation),
    yes("input", Form::Annotation),
    yes("output", Form::Annotation),
    yes("unitType", Form::Annotation),
    yes("sparse", Form::Annotation),
    yes("error", Form::OneOf(&["client", "server"])),
    yes("enum", OLD_ENUM),
    yes("enumValue", Form::Any),
    // Resolving a model converts `box` into defaults.
    yes("box", Form::Annotation),
    yes(
        "mixin",
        Form::Object(&[Field::optional("localTraits", Form::List(&Form::Text))]),
    ),
    // Constraints. Services enforce them, not clients.
    yes("length", LENGTH),
    yes(
        "range",
        Form::Object(&[
            Field::optional("min", Form::Number),
            Field::optional("max", Form::Number),
        ]),
    ),
    yes("pattern", Form::Text),
    yes("uniqueItems", Form::Annotation),
    no("private"),
    no("idRef"),
    // Behaviour.
    yes(
        "retryable",
        Form::Object(&[Field::optional("throttling", Form::Boolean)]),
    ),
    yes("readonly", Form::Annotation),
    yes("idempotent", Form::Annotation),
    yes("idempotencyToken", Form::Annotation),
    yes("paginated", PAGINATED),
    yes(
        "requestCompression",
        Form::Object(&[Field::required("encodings", Form::List(&Form::Text))]),
    ),
    // It suggests a read timeout, which users configure.
    no("longPoll"),
    // Serialization.
    yes("jsonName", Form::Text),
    yes(
        "timestampFormat",
        Form::OneOf(&["date-time", "epoch-seconds", "http-date"]),
    ),
    yes("mediaType", Form::Text),
    yes("xmlAttribute", Form::Annotation),
    yes("xmlFlattened", Form::Annotation),
    yes("xmlName", Form::NonEmptyText),
    yes("xmlNamespace", XML_NAMESPACE),
    // HTTP bindings.
    yes("http", HTTP),
    yes("httpError", Form::Integer(100, 999)),
    yes("httpLabel", Form::Annotation),
    yes("httpQuery", Form::NonEmptyText),
    yes("httpQueryParams", Form::Annotation),
    yes("httpHeader", Form::NonEmptyText),
    yes("httpPrefixHeaders", Form::Text),
    yes("httpPayload", Form::Annotation),
    yes("httpResponseCode", Form::Annotation),
    yes("httpChecksumRequired", Form::Annotation),
    // For browsers and servers.
    no("cors"),
    // Streams, of bytes and of events.
    yes("streaming", Form::Annotation),
    yes("requiresLength", Form::Annotation),
    yes("eventHeader", Form::Annotation),
    yes("eventPayload", Form::Annotation),
    // Endpoints.
    yes(
        "endpoint",
        Form::Object(&[Field::required("hostPrefix", Form::NonEmptyText)]),
    ),
    yes("hostLabel", Form::Annotation),
    // Authentication.
    yes("auth", Form::List(&Form::ShapeId)),
    yes("optionalAuth", Form::Annotation),
    scheme(
        "httpApiKeyAuth",
        Form::Object(&[
            Field::required("name", Form::NonEmptyText),
            Field::required("in", Form::OneOf(&["header", "query"])),
            Field::optional("scheme", Form::NonEmptyText),
        ]),
    ),
    scheme("httpBasicAuth", Form::Annotation),
    scheme("httpBearerAuth", Form::Annotation),
    other_scheme("httpDigestAuth"),
    // Resources: clients know operations only.
    no("nestedProperties"),
    no("noReplace"),
    no("notProperty"),
    no("property"),
    no("references"),
    no("resourceIdentifier"),
    // The model of models.
    no("authDefinition"),
    no("enumDefault"),
    no("metadata"),
    no("protocolDefinition"),
    no("suppress"),
    no("synthetic"),
    no("trait"),
    no("traitValidators"),
    no("unordered"),
];

const LENGTH: Form = Form::Object(&[
    Field::optional("min", Form::Integer(0, i64::MAX)),
    Field::optional("max", Form::Integer(0, i64::MAX)),
]);

const HTTP: Form = Form::Object(&[
    Field::required("method", Form::NonEmptyText),
    Field::required("uri", Form::NonEmptyText),
    Field::optional("code", Form::Integer(100, 999)),
]);

const PAGINATED: Form = Form::Object(&[
    Field::optional("inputToken", Form::NonEmptyText),
    Field::optional("outputToken", Form::NonEmptyText),
    Field::optional("items", Form::NonEmptyText),
    Field::optional("pageSize", Form::NonEmptyText),
]);

const OLD_ENUM: Form = Form::List(&Form::Object(&[
    Field::required("value", Form::NonEmptyText),
    Field::optional("name", Form::NonEmptyText),
    Field::optional("documentation", Form::Text),
    Field::optional("tags", Form::List(&Form::Text)),
    Field::optional("deprecated", Form::Boolean),
]));

/// <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html>
pub(super) const RULES: &[Line] = &[
    yes("endpointRuleSet", Form::AnyObject),
    yes("endpointTests", Form::AnyObject),
    // The same rules in another form.
    yes("endpointBdd", Form::AnyObject),
    yes(
        "contextParam",
        Form::Object(&[Field::required("name", Form::NonEmptyText)]),
    ),
    yes(
        "staticContextParams",
        Form::Map(&Form::Object(&[Field::required("value", Form::Any)])),
    ),
    yes(
        "operationContextParams",
        Form::Map(&Form::Object(&[Field::required(
            "path",
            Form::NonEmptyText,
        )])),
    ),
    yes(
        "clientContextParams",
        Form::Map(&Form::Object(&[
            Field::required("type", Form::NonEmptyText),
            Field::optional("documentation", Form::Text),
        ])),
    ),
];

pub(super) const PROTOCOLS: &[Line] = &[protocol("rpcv2Cbor"), protocol("rpcv2Json")];

/// Tests of protocols and services, which clients do not need.
pub(super) const TESTS: &[Line] = &[
    no("eventStreamTests"),
    no("httpMalformedRequestTests"),
    no("httpRequestTests"),
    no("httpResponseTests"),
    no("smokeTests"),
];

/// <https://smithy.io/2.0/additional-specs/waiters.html>
pub(super) const WAITERS: &[Line] = &[yes("waitable", Form::Map(&WAITER))];

const WAITER: Form = Form::Object(&[
    Field::optional("documentation", Form::Text),
    Field::required("acceptors", Form::List(&ACCEPTOR)),
    Field::optional("minDelay", Form::Integer(1, u32::MAX as i64)),
    Field::optional("maxDelay", Form::Integer(1, u32::MAX as i64)),
    Field::optional("deprecated", Form::Boolean),
    Field::optional("tags", Form::List(&Form::Text)),
]);

const ACCEPTOR: Form = Form::Object(&[
    Field::required("state", Form::OneOf(&["success", "failure", "retry"])),
    Field::required(
        "matcher",
        Form::Object(&[
            Field::optional("output", PATH_MATCHER),
            Field::optional("inputOutput", PATH_MATCHER),
            Field::optional("success", Form::Boolean),
            Field::optional("errorType", Form::NonEmptyText),
        ]),
    ),
]);

const PATH_MATCHER: Form = Form::Object(&[
    Field::required("path", Form::NonEmptyText),
    Field::required("expected", Form::Text),
    Field::required(
        "comparator",
        Form::OneOf(&[
            "stringEquals",
            "booleanEquals",
            "allStringEquals",
            "anyStringEquals",
        ]),
    ),
]);
