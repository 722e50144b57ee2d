//! Calls the client of the model `exact_values`, and checks what it sends and reads.

#![cfg(test)]

use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient, capture_request};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::{Blob, DateTime, Document, Number};
use client::config::retry::RetryConfig;
use client::config::{BehaviorVersion, Credentials, Region};
use client::error::ProvideErrorMetadata;
use client::operation::get_bound_values::GetBoundValuesOutput;
use client::operation::get_values::{GetValuesError, GetValuesOutput};
use client::{Client, ProvideResponseMetadata};

/// A client that gets these responses: status, headers, body.
fn client(responses: &[(u16, &[(&str, &str)], &str)]) -> Client {
    let events = responses.iter().map(|(status, headers, body)| {
        let mut response = http::Response::builder().status(*status);
        for (name, value) in *headers {
            response = response.header(*name, *value);
        }
        let request = http::Request::builder().body(SdkBody::empty());
        let response = response.body(SdkBody::from(*body));
        ReplayEvent::new(request.expect("a request"), response.expect("a response"))
    });
    let config = config().http_client(StaticReplayClient::new(events.collect()));
    Client::from_conf(config.build())
}

fn config() -> client::config::Builder {
    client::Config::builder()
        .with_test_defaults_v2()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url("https://example.com")
        .retry_config(RetryConfig::disabled())
        .credentials_provider(Credentials::for_tests())
}

/// Reads a body with the client's own reader.
async fn read(body: &str) -> Option<GetValuesOutput> {
    let sent = client(&[(200, &[], body)]).get_values().send().await;
    sent.ok()
}

/// The same with members in headers, so that the runtime reads the body.
async fn read_bound(headers: &[(&str, &str)], body: &str) -> Option<GetBoundValuesOutput> {
    let sent = client(&[(200, headers, body)]).get_bound_values().send();
    sent.await.ok()
}

/// The value of a member, which must be the same with both.
macro_rules! member {
    ($member:ident, $name:literal, $value:expr) => {{
        let body = format!(r#"{{"{}":{}}}"#, $name, $value);
        let (own, runtime) = (read(&body).await, read_bound(&[], &body).await);
        let own = own.map(|output| output.$member);
        let runtime = runtime.map(|output| output.$member);
        assert_eq!(format!("{own:?}"), format!("{runtime:?}"), "{body}");
        own.map(|member| member.expect("it is there"))
    }};
}

#[tokio::test]
async fn integers_are_exact_or_refused() {
    for (text, value) in [
        ("9223372036854775807", Some(i64::MAX)),
        ("9223372036854775808", None),
        ("-9223372036854775808", Some(i64::MIN)),
        ("-9223372036854775809", None),
        ("9007199254740993.0", Some(9_007_199_254_740_993)),
        ("9.007199254740993e15", Some(9_007_199_254_740_993)),
        ("4503599627370497.2", None),
        ("1e3", Some(1000)),
        ("1.5", None),
        ("1e400", None),
        ("\"1\"", None),
        ("true", None),
        ("1 2", None),
    ] {
        assert_eq!(member!(long, "long", text), value, "{text}");
    }
    for (text, value) in [("127", Some(127)), ("128", None), ("-1.28e2", Some(-128))] {
        assert_eq!(member!(byte, "byte", text), value, "{text}");
    }
    for (text, value) in [
        ("32767.0", Some(32767)),
        ("32768", None),
        ("3.2768e4", None),
    ] {
        assert_eq!(member!(short, "short", text), value, "{text}");
    }
    for (text, value) in [("2147483647", Some(i32::MAX)), ("2147483648", None)] {
        assert_eq!(member!(integer, "integer", text), value, "{text}");
        assert_eq!(member!(kind, "kind", text), value, "{text}");
    }
    let longs = member!(longs, "longs", "[1, 9223372036854775807, 2.0]");
    assert_eq!(longs, Some(vec![1, i64::MAX, 2]));
    assert_eq!(member!(longs, "longs", "[1, 9223372036854775808]"), None);
    // A refused number is not skipped in favor of the next one.
    assert_eq!(member!(bytes, "bytes", "[300 5]"), None);
}

#[tokio::test]
async fn big_numbers_keep_their_digits() {
    let digits = "123456789012345678901234567890";
    let read = member!(big_integer, "bigInteger", digits).expect("a number");
    assert_eq!(read.as_ref(), digits);
    assert!(member!(big_integer, "bigInteger", "1.5").is_none());
    let digits = "-0.123456789012345678901234567890e-400";
    let read = member!(big_decimal, "bigDecimal", digits).expect("a number");
    assert_eq!(read.as_ref(), digits);
}

#[tokio::test]
async fn floats_are_the_nearest_or_refused() {
    for (text, value) in [
        ("0.1", Some(0.1)),
        ("-0", Some(-0.0)),
        ("18446744073709551617", Some(18_446_744_073_709_551_616.0)),
        ("1e308", Some(1e308)),
        ("1e309", None),
        ("-1e400", None),
        ("\"Infinity\"", Some(f64::INFINITY)),
        ("\"-Infinity\"", Some(f64::NEG_INFINITY)),
        ("\"1.5\"", None),
        ("\"1e400\"", None),
        ("\"x\"", None),
    ] {
        let read = member!(double, "double", text);
        assert_eq!(format!("{read:?}"), format!("{value:?}"), "{text}");
    }
    assert!(member!(double, "double", "\"NaN\"").is_some_and(f64::is_nan));
    assert_eq!(member!(float, "float", "1e39"), None);
    let tie = "1.000000059604644775390625000001";
    assert_eq!(member!(float, "float", tie), Some(1.000_000_1));
    let words = member!(doubles, "doubles", r#"[1.5, "Infinity"]"#);
    assert_eq!(words, Some(vec![1.5, f64::INFINITY]));
    assert_eq!(member!(doubles, "doubles", r#"["1.5" 2]"#), None);
}

#[tokio::test]
async fn numbers_of_documents_are_finite() {
    let number = |value| Document::Number(value);
    for (text, value) in [
        (
            "18446744073709551615",
            Some(number(Number::PosInt(u64::MAX))),
        ),
        (
            "-9223372036854775808",
            Some(number(Number::NegInt(i64::MIN))),
        ),
        ("0.5", Some(number(Number::Float(0.5)))),
        ("1e400", None),
        (r#"{"a": [1, {"b": -1e400}]}"#, None),
    ] {
        assert_eq!(member!(document, "document", text), value, "{text}");
    }
}

#[tokio::test]
async fn times_are_exact_or_refused() {
    for (text, nanos) in [
        ("1700000000.123", Some(1_700_000_000_123_000_000)),
        ("1700000000", Some(1_700_000_000_000_000_000)),
        ("-1.25", Some(-1_250_000_000)),
        ("-0.5", Some(-500_000_000)),
        ("1.700000000123e9", Some(1_700_000_000_123_000_000)),
        ("0.1234567899", Some(123_456_789)),
        ("1e400", None),
        ("9223372036854775808", None),
        ("true", None),
        ("1 2", None),
    ] {
        let read = member!(time, "time", text).map(|time| time.as_nanos());
        assert_eq!(read, nanos, "{text}");
        let read = member!(date, "date", text).map(|time| time.as_nanos());
        assert_eq!(read, nanos, "{text}");
    }
    let text = r#""2023-11-14T22:13:20.123Z""#;
    let read = member!(date, "date", text).map(|time| time.as_nanos());
    assert_eq!(read, Some(1_700_000_000_123_000_000));
    assert_eq!(member!(date, "date", r#""yesterday""#), None);
    let times = member!(times, "times", "[0.1, 1.3]").expect("times");
    let nanos: Vec<_> = times.iter().map(DateTime::as_nanos).collect();
    assert_eq!(nanos, [100_000_000, 1_300_000_000]);
    let inner = member!(inners, "inners", r#"[{"time": 1.3}]"#).expect("structures");
    assert_eq!(inner[0].time().map(DateTime::as_nanos), Some(1_300_000_000));
}

#[tokio::test]
async fn headers_are_exact_or_refused() {
    let header = |name, value| async move { read_bound(&[(name, value)], "{}").await };
    for (text, value) in [
        ("9223372036854775807", Some(i64::MAX)),
        ("9223372036854775808", None),
        ("1.0", None),
    ] {
        let read = header("x-long", text).await;
        assert_eq!(read.map(|it| it.header_long), value.map(Some), "{text}");
        let read = header("x-longs", text).await;
        assert_eq!(
            read.map(|it| it.header_longs),
            value.map(|it| Some(vec![it])),
            "{text}"
        );
    }
    for (text, value) in [("127", Some(127)), ("128", None)] {
        let read = header("x-byte", text).await;
        assert_eq!(read.map(|it| it.header_byte), value.map(Some), "{text}");
    }
    for (text, value) in [
        ("1.5", Some(1.5)),
        ("Infinity", Some(f64::INFINITY)),
        ("1e400", None),
    ] {
        let read = header("x-double", text).await;
        assert_eq!(read.map(|it| it.header_double), value.map(Some), "{text}");
        let read = header("x-doubles", text).await;
        assert_eq!(
            read.map(|it| it.header_doubles),
            value.map(|it| Some(vec![it])),
            "{text}"
        );
    }
    for (text, nanos) in [
        ("1700000000.123", Some(1_700_000_000_123_000_000)),
        ("-0.5", Some(-500_000_000)),
        ("1.7e9", Some(1_700_000_000_000_000_000)),
        ("0.1234567899", Some(123_456_789)),
        ("1e400", None),
        ("x", None),
    ] {
        let read = header("x-time", text).await;
        let time = read.map(|it| it.header_time.expect("a time").as_nanos());
        assert_eq!(time, nanos, "{text}");
    }
    let output = header("x-long", "1").await.expect("an output");
    assert_eq!(output.status(), Some(200));
}

#[tokio::test]
async fn nulls_are_no_elements_unless_a_list_is_sparse() {
    let strings = |texts: &[&str]| texts.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let names = member!(names, "names", r#"[null, "one", null]"#);
    assert_eq!(names, Some(strings(&["one"])));
    assert_eq!(member!(names, "names", "[null]"), Some(strings(&[])));
    assert_eq!(member!(longs, "longs", "[1, null ,2]"), Some(vec![1, 2]));
    let inners = member!(inners, "inners", r#"[null, {"names": [null, "a"]}]"#);
    let inners = inners.expect("structures");
    assert_eq!(inners.len(), 1);
    assert_eq!(inners[0].names(), ["a"]);
    let sparse = member!(sparse, "sparse", r#"[null, "one"]"#);
    assert_eq!(sparse, Some(vec![None, Some("one".to_owned())]));
    let map = member!(by_name, "byName", r#"{"a": null, "b": "c"}"#).expect("a map");
    assert_eq!(
        map.into_iter().collect::<Vec<_>>(),
        [("b".to_owned(), "c".to_owned())]
    );
    // In a document, null is a value.
    let documents = member!(documents, "documents", "[null, true]");
    assert_eq!(documents, Some(vec![Document::Null, Document::Bool(true)]));
    let documents = member!(documents_by_name, "documentsByName", r#"{"a": null}"#);
    assert_eq!(documents.expect("a map")["a"], Document::Null);
}

const THROTTLED: &[(&str, &str)] = &[
    ("x-amzn-errortype", "SlowDown"),
    ("x-amzn-requestid", "request"),
];

/// The members of an error are read like those of an output.
#[tokio::test]
async fn errors_are_read_as_outputs_are() {
    let kind: &[_] = &[("x-amzn-errortype", "Refusal")];
    let body = r#"{"long": 9223372036854775807, "time": 1700000000.123, "names": [null, "a"]}"#;
    let error = client(&[(400, kind, body)]).get_values().send().await;
    let GetValuesError::Refusal(refusal) = error.expect_err("an error").into_service_error() else {
        panic!("another error");
    };
    assert_eq!(refusal.long(), Some(i64::MAX));
    let nanos = refusal.time().map(DateTime::as_nanos);
    assert_eq!(nanos, Some(1_700_000_000_123_000_000));
    assert_eq!(refusal.names(), ["a"]);
}

/// Its members cannot be read, but its kind and its message can.
#[tokio::test]
async fn an_error_whose_members_cannot_be_read_is_known() {
    let kind: &[_] = &[
        ("x-amzn-errortype", "Refusal"),
        ("x-amzn-requestid", "request"),
    ];
    let body = r#"{"message": "no", "long": 9223372036854775808}"#;
    let error = client(&[(400, kind, body)]).get_values().send().await;
    let error = error.expect_err("an error").into_service_error();
    assert!(!error.is_refusal(), "{error:?}");
    assert_eq!(
        (error.code(), error.message()),
        (Some("Refusal"), Some("no"))
    );
    let metadata = error.response_metadata();
    assert_eq!(metadata.request_id(), Some("request"));
    assert_eq!(metadata.http_status(), Some(400));
    assert_eq!(metadata.attempts(), Some(1));
}

/// It is retried, as the model says, even if the body cannot be read.
#[tokio::test]
async fn an_error_that_cannot_be_read_is_retried_as_the_model_says() {
    let html = "<html>slow down</html>";
    for body in [html, "", r#"{"limit": "x"}"#, r#"{"message": "slo"#] {
        let client = client(&[(400, THROTTLED, body), (200, &[], "{}")]);
        let retries = client::Config::builder()
            .retry_config(RetryConfig::standard().with_initial_backoff(std::time::Duration::ZERO));
        let sent = client
            .get_values()
            .customize()
            .config_override(retries)
            .send();
        let output = sent
            .await
            .unwrap_or_else(|error| panic!("{body}: {error:?}"));
        assert_eq!(output.response_metadata().attempts(), Some(2), "{body}");
    }
}

/// An unreadable successful response has metadata.
#[tokio::test]
async fn an_output_that_cannot_be_read_has_a_request_id() {
    let headers: &[_] = &[("x-amzn-requestid", "request")];
    for body in ["<html>", r#"{"long": 1.5}"#] {
        let sent = client(&[(200, headers, body)]).get_values().send().await;
        let error = sent.expect_err("an error").into_service_error();
        assert_eq!(error.code(), None);
        let metadata = error.response_metadata();
        assert_eq!(metadata.request_id(), Some("request"), "{body}");
        assert_eq!(metadata.http_status(), Some(200));
        assert_eq!(metadata.attempts(), Some(1));
    }
}

#[tokio::test]
async fn maps_yield_to_the_uri_and_to_members() {
    let (http_client, request) = capture_request(None);
    let client = Client::from_conf(config().http_client(http_client).build());
    let sent = client
        .import_things()
        .agent("member")
        .headers("x-agent", "map")
        .headers("X-Other", "map")
        .kind("member")
        .parameters("kind", "map")
        .parameters("mode", "map")
        .parameters("dry-run", "map")
        .parameters("other", "map");
    let _ = sent.send().await;
    let request = request.expect_request();
    assert_eq!(
        request.uri(),
        "https://example.com/things?mode=import&dry-run&other=map&kind=member"
    );
    let agents: Vec<_> = request.headers().get_all("x-agent").collect();
    assert_eq!(agents, ["member"]);
    assert_eq!(request.headers().get("x-other"), Some("map"));
}

/// A header of the map is sent if the member is not set.
#[tokio::test]
async fn a_map_says_what_members_do_not() {
    let (http_client, request) = capture_request(None);
    let client = Client::from_conf(config().http_client(http_client).build());
    let _ = client
        .import_things()
        .headers("x-agent", "map")
        .send()
        .await;
    let request = request.expect_request();
    assert_eq!(request.headers().get("x-agent"), Some("map"));
    assert_eq!(
        request.uri(),
        "https://example.com/things?mode=import&dry-run"
    );
}

/// A body of bytes that is not set is empty, and has a media type.
#[tokio::test]
async fn bytes_that_are_not_set_are_an_empty_body() {
    for (bytes, length) in [(None, "0"), (Some("abc"), "3")] {
        let (http_client, request) = capture_request(None);
        let client = Client::from_conf(config().http_client(http_client).build());
        let bytes = bytes.map(Blob::new);
        let _ = client.put_bytes().set_bytes(bytes).send().await;
        let request = request.expect_request();
        let header = |name: &str| request.headers().get(name);
        assert_eq!(header("content-type"), Some("application/octet-stream"));
        assert_eq!(header("content-length"), Some(length));
    }
}
