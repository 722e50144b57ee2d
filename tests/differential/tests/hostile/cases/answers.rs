//! Complete responses that are empty, invalid or errors.

use crate::cases::{Case, OUTPUT, framed};
use crate::server::Reply;

const ONE_PARSER: &str = "there is one parser of the runtime, and none for each shape";
const HEADERS: &str = "what headers say of an error does not depend on its body";
const METADATA: &str = "the metadata of an error have its status and attempts";
const TEXT: &str = "exceptionMessage is the message of an error";

pub fn unreadable_responses() -> Vec<Case> {
    let deep = format!(r#"{{"composition":{{"new":{}"#, "[".repeat(200_000));
    let deep_structure = format!(r#"{{"composition":{}"#, r#"{"layout":"#.repeat(50_000));
    let html = [("content-type", "text/html")];
    let page = "<html><body><h1>It works!</h1></body></html>";
    vec![
        Case::new("sends half of the JSON", [Reply::ok(&OUTPUT[..40])])
            .ends("ServiceError(200 without a code)", 1, "unterminated string")
            .in_other_words(ONE_PARSER),
        Case::new(
            "promises less than it sends",
            [framed("content-length: 20", OUTPUT)],
        )
        .ends(
            "ServiceError(200 without a code)",
            1,
            "unterminated string key",
        )
        .in_other_words(ONE_PARSER),
        Case::new(
            "sends JSON of another type",
            [Reply::ok(r#"{"composition": [1]}"#)],
        )
        .ends("ServiceError(200 without a code)", 1, "expected object")
        .in_other_words(ONE_PARSER),
        Case::new("sends no JSON", [Reply::ok("\u{0}\u{1}")])
            .ends("ServiceError(200 without a code)", 1, "expected object")
            .in_other_words(ONE_PARSER),
        Case::new(
            "sends bytes that are no text",
            [Reply::raw(
                &b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"composition\": \"\xff\"}"[..],
            )],
        )
        .ends("ServiceError(200 without a code)", 1, "expected object")
        .in_other_words(ONE_PARSER),
        Case::new("sends a page, with 200", [Reply::http(200, &html, page)])
            .ends("ServiceError(200 without a code)", 1, "expected object")
            .in_other_words(ONE_PARSER),
        Case::new("nests lists in what is unknown", [Reply::ok(&deep)])
            .ends(
                "ServiceError(200 without a code)",
                1,
                "maximum nesting depth exceeded",
            )
            .in_other_words(ONE_PARSER),
        Case::new(
            "nests structures in what is unknown",
            [Reply::ok(&deep_structure)],
        )
        .ends(
            "ServiceError(200 without a code)",
            1,
            "maximum nesting depth exceeded",
        )
        .in_other_words(ONE_PARSER),
        Case::new("sends nothing, with 200", [Reply::ok("")]).ends("Ok", 1, ""),
        Case::new(
            "sends nothing, with 204",
            [Reply::raw("HTTP/1.1 204 No\r\n\r\n")],
        )
        .ends("Ok", 1, ""),
    ]
}

pub fn refusals() -> Vec<Case> {
    let html = [("content-type", "text/html")];
    let page = "<html><body><h1>Bad Gateway</h1></body></html>";
    let hour = [("retry-after", "3600")];
    let amazon_hour = [("x-amz-retry-after", "3600000")];
    let throttling =
        r#"{"__type":"com.amazonaws.ivs#ThrottlingException:http://x/","message":"slow down"}"#;
    let too_many = r#"{"code":"TooManyRequestsException","exceptionMessage":"too many"}"#;
    let throttled = [("x-amzn-errortype", "ThrottlingException")];
    let conflict = r#"{"exceptionMessage":"it runs"}"#;
    let conflict_type = [("x-amzn-errortype", "ConflictException:http://internal/")];
    vec![
        Case::new(
            "429, throttled in the header",
            [Reply::http(429, &throttled, "{}")],
        )
        .ends(
            "ServiceError(429 ThrottlingException)",
            3,
            "ThrottlingException",
        )
        .in_other_words(METADATA),
        Case::new("429", [Reply::http(429, &[], "{}")])
            .ends(
                "ServiceError(429 without a code)",
                1,
                "http_status: \"429\"",
            )
            .in_other_words(METADATA),
        Case::new("429, Retry-After", [Reply::http(429, &hour, "{}")])
            .ends(
                "ServiceError(429 without a code)",
                1,
                "http_status: \"429\"",
            )
            .in_other_words(METADATA),
        Case::new(
            "429, x-amz-retry-after",
            [Reply::http(429, &amazon_hour, "{}")],
        )
        .ends(
            "ServiceError(429 without a code)",
            1,
            "http_status: \"429\"",
        )
        .in_other_words(METADATA),
        Case::new("500", [Reply::http(500, &[], "{}")])
            .ends("ServiceError(500 without a code)", 3, "attempts: \"3\"")
            .in_other_words(METADATA),
        Case::new("500, Retry-After", [Reply::http(500, &hour, "{}")])
            .ends("ServiceError(500 without a code)", 3, "attempts: \"3\"")
            .in_other_words(METADATA),
        Case::new("502 with a page", [Reply::http(502, &html, page)])
            .ends(
                "ServiceError(502 without a code)",
                3,
                "unexpected token '<'",
            )
            .in_other_words(ONE_PARSER),
        Case::new("502, Retry-After", [Reply::http(502, &hour, "{}")])
            .ends(
                "ServiceError(502 without a code)",
                3,
                "http_status: \"502\"",
            )
            .in_other_words(METADATA),
        Case::new("503 with a page", [Reply::http(503, &html, page)])
            .ends(
                "ServiceError(503 without a code)",
                3,
                "unexpected token '<'",
            )
            .in_other_words(ONE_PARSER),
        Case::new("503 and nothing", [Reply::http(503, &[], "")])
            .ends(
                "ServiceError(503 without a code)",
                3,
                "http_status: \"503\"",
            )
            .in_other_words(METADATA),
        Case::new("503, Retry-After", [Reply::http(503, &hour, "{}")])
            .ends(
                "ServiceError(503 without a code)",
                3,
                "http_status: \"503\"",
            )
            .in_other_words(METADATA),
        Case::new(
            "503, x-amz-retry-after",
            [Reply::http(503, &amazon_hour, "{}")],
        )
        .ends(
            "ServiceError(503 without a code)",
            3,
            "http_status: \"503\"",
        )
        .in_other_words(METADATA),
        Case::new(
            "503 and half of the body",
            [Reply::raw("HTTP/1.1 503 No\r\ncontent-length: 9\r\n\r\n{").close()],
        )
        .ends("ResponseError(503)", 3, "end of file before message length"),
        Case::new(
            "400, throttled in __type",
            [Reply::http(400, &[], throttling)],
        )
        .ends("ServiceError(400 ThrottlingException)", 3, "slow down")
        .in_other_words(METADATA),
        Case::new("400, throttled in code", [Reply::http(400, &[], too_many)])
            .ends("ServiceError(400 TooManyRequestsException)", 3, "too many")
            .in_other_words(METADATA),
        Case::new("200, throttled in __type", [Reply::ok(throttling)]).ends("Ok", 1, ""),
        Case::new("409, modeled", [Reply::http(409, &conflict_type, conflict)])
            .ends(
                "ServiceError(409 ConflictException)",
                1,
                "ConflictException: it runs",
            )
            .in_other_words(TEXT),
        Case::new(
            "409, half of the JSON",
            [Reply::http(409, &conflict_type, &conflict[..20])],
        )
        .ends(
            "ServiceError(409 ConflictException)",
            1,
            "unexpected end of stream",
        )
        .in_other_words(HEADERS)
        .but_official("ServiceError(409 without a code)", 1),
        Case::new(
            "400, throttled in the header, with a page",
            [Reply::http(400, &throttled, page)],
        )
        .ends("ServiceError(400 ThrottlingException)", 3, "expected")
        .in_other_words(HEADERS)
        .but_official("ServiceError(400 without a code)", 1),
        Case::new(
            "400, throttled in the header, without a body",
            [Reply::http(400, &throttled, "")],
        )
        .ends("ServiceError(400 ThrottlingException)", 3, "")
        .in_other_words(METADATA),
        Case::new(
            "400, throttled in the header, not text",
            [Reply::raw(
                &b"HTTP/1.1 400 No\r\nx-amzn-errortype: ThrottlingException\r\n\
                   content-length: 16\r\n\r\n{\"message\": \"\xff\"}"[..],
            )],
        )
        .ends("ServiceError(400 ThrottlingException)", 3, "")
        .in_other_words(HEADERS)
        .but_official("ServiceError(400 without a code)", 1),
        Case::new("400 with a page", [Reply::http(400, &html, page)])
            .ends(
                "ServiceError(400 without a code)",
                1,
                "unexpected token '<'",
            )
            .in_other_words(ONE_PARSER),
        Case::new("599", [Reply::http(599, &[], "{}")])
            .ends(
                "ServiceError(599 without a code)",
                1,
                "http_status: \"599\"",
            )
            .in_other_words(METADATA),
    ]
}

/// Redirects are not followed: a signature is only valid for one place.
pub fn redirects() -> Vec<Case> {
    let elsewhere = [("location", "/elsewhere")];
    vec![
        Case::new("300", [Reply::http(300, &elsewhere, "{}")])
            .ends(
                "ServiceError(300 without a code)",
                1,
                "http_status: \"300\"",
            )
            .in_other_words(METADATA),
        Case::new("301", [Reply::http(301, &elsewhere, "{}")])
            .ends(
                "ServiceError(301 without a code)",
                1,
                "http_status: \"301\"",
            )
            .in_other_words(METADATA),
        Case::new("307", [Reply::http(307, &elsewhere, "{}")])
            .ends(
                "ServiceError(307 without a code)",
                1,
                "http_status: \"307\"",
            )
            .in_other_words(METADATA),
    ]
}
