//! What the model's tests are run with: a client whose requests stay in memory.

use std::fmt;
use std::sync::{Arc, Mutex};

use aws_smithy_protocol_test::{
    MediaType, assert_ok, forbid_headers, forbid_query_params, require_headers,
    require_query_params, validate_body, validate_headers, validate_query_string,
};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::retry::RetryConfig;

use crate::Client;
use crate::config::{BehaviorVersion, Credentials, Region};

/// The request that a call has sent.
pub(super) struct Sent(Arc<Wire>);

/// What has to be true of a request.
#[derive(Default)]
pub(super) struct Expected {
    /// The method.
    pub(super) method: &'static str,
    /// The path, without the query.
    pub(super) uri: &'static str,
    /// The host, if it is not the one that the client is configured with.
    pub(super) host: Option<&'static str>,
    /// Pairs that the query has.
    pub(super) query: &'static [&'static str],
    /// Names that the query has not.
    pub(super) forbidden_query: &'static [&'static str],
    /// Names that the query has.
    pub(super) required_query: &'static [&'static str],
    /// Headers that there are.
    pub(super) headers: &'static [(&'static str, &'static str)],
    /// Headers that there are not.
    pub(super) forbidden_headers: &'static [&'static str],
    /// Headers that there are, whatever they say.
    pub(super) required_headers: &'static [&'static str],
    /// The body: its media type, which may be empty, and its text.
    pub(super) body: Option<(&'static str, &'static str)>,
}

/// A client whose requests are kept, and answered with nothing of interest.
pub(super) fn listening(host: &str) -> (Client, Sent) {
    let wire = Arc::new(Wire::new(200, &[], "{}"));
    (client(&wire, host), Sent(wire))
}

/// A client that gets this response.
pub(super) fn answering(code: u16, headers: &[(&'static str, &'static str)], body: &str) -> Client {
    client(&Arc::new(Wire::new(code, headers, body)), "example.com")
}

fn client(wire: &Arc<Wire>, host: &str) -> Client {
    let connector = SharedHttpConnector::new(Connector(wire.clone()));
    let config = super::settings()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-west-2"))
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "a secret",
            None,
            None,
            "tests",
        ))
        .retry_config(RetryConfig::disabled())
        .endpoint_url(format!("https://{host}"))
        .http_client(http_client_fn(move |_, _| connector.clone()));
    Client::from_conf(config.build())
}

impl Sent {
    /// Compares what was sent with what was expected.
    #[track_caller]
    pub(super) fn check(self, result: &impl fmt::Debug, expected: Expected) {
        let request = self.0.request.lock().unwrap().take();
        let request = request.unwrap_or_else(|| panic!("nothing was sent: {result:?}"));
        let uri = request.uri().parse::<http::Uri>().expect("the URI is one");
        assert_eq!(request.method(), expected.method);
        assert_eq!(uri.path(), expected.uri);
        if let Some(host) = expected.host {
            assert_eq!(uri.host(), Some(host));
        }
        assert_ok(validate_query_string(&request, expected.query));
        assert_ok(forbid_query_params(&request, expected.forbidden_query));
        assert_ok(require_query_params(&request, expected.required_query));
        assert_ok(validate_headers(
            request.headers(),
            expected.headers.iter().copied(),
        ));
        assert_ok(forbid_headers(
            request.headers(),
            expected.forbidden_headers,
        ));
        assert_ok(require_headers(
            request.headers(),
            expected.required_headers,
        ));
        if let Some((media_type, text)) = expected.body {
            let body = request.body().bytes().expect("the body is in memory");
            match media_type {
                "" => assert_eq!(String::from_utf8_lossy(body), text),
                _ => assert_ok(validate_body(body, text, MediaType::from(media_type))),
            }
        }
    }
}

/// Compares two values. Unlike for `==`, NaN is the same as NaN.
#[track_caller]
pub(super) fn check_same<T: PartialEq + fmt::Debug>(actual: &T, expected: &T) {
    let (actual_text, expected_text) = (format!("{actual:?}"), format!("{expected:?}"));
    let same = actual == expected || actual_text.contains("NaN") && actual_text == expected_text;
    assert!(same, "read: {actual_text}\nexpected: {expected_text}");
}

/// Compares what a stream has with a text.
pub(super) async fn check_stream(stream: ByteStream, expected: &str) {
    let bytes = stream.collect().await.expect("the stream can be read");
    assert_eq!(String::from_utf8_lossy(&bytes.into_bytes()), expected);
}

/// A network in memory.
struct Wire {
    request: Mutex<Option<HttpRequest>>,
    code: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: String,
}

impl Wire {
    fn new(code: u16, headers: &[(&'static str, &'static str)], body: &str) -> Self {
        Self {
            request: Mutex::default(),
            code,
            headers: headers.to_vec(),
            body: body.to_owned(),
        }
    }

    fn response(&self) -> HttpResponse {
        let status = self.code.try_into().expect("the code is a status");
        let body = SdkBody::from(self.body.as_str());
        let mut response = HttpResponse::new(status, body);
        for (name, value) in &self.headers {
            response.headers_mut().append(*name, *value);
        }
        response
    }
}

#[derive(Clone)]
struct Connector(Arc<Wire>);

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        *self.0.request.lock().unwrap() = Some(request);
        HttpConnectorFuture::ready(Ok(self.0.response()))
    }
}
