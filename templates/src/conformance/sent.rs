//! Helpers of tests of requests.

use std::fmt;
use std::sync::Arc;

use aws_smithy_protocol_test::{
    assert_ok, forbid_headers, forbid_query_params, require_headers, require_query_params,
    validate_headers, validate_query_string,
};

use super::harness::{Wire, client};
use crate::Client;
use crate::config::Builder;

/// The request that a call sent.
pub(super) struct Sent(Arc<Wire>);

/// The expected parts of a request.
#[derive(Default)]
pub(super) struct Expected {
    /// The method.
    pub(super) method: &'static str,
    /// The path, without the query.
    pub(super) uri: &'static str,
    /// The host, if it is not the one that the client is configured with.
    pub(super) host: Option<&'static str>,
    /// Pairs that the query must have.
    pub(super) query: &'static [&'static str],
    /// Names that the query must not have.
    pub(super) forbidden_query: &'static [&'static str],
    /// Names that the query must have.
    pub(super) required_query: &'static [&'static str],
    /// Headers and their values.
    pub(super) headers: &'static [(&'static str, &'static str)],
    /// Headers that the request must not have.
    pub(super) forbidden_headers: &'static [&'static str],
    /// Headers that the request must have, with any value.
    pub(super) required_headers: &'static [&'static str],
    /// The body: its media type, which may be empty, and its text.
    pub(super) body: Option<(&'static str, &'static str)>,
}

/// Returns a client with these settings that keeps its requests, and gets empty responses.
pub(super) fn listening(settings: impl FnOnce(Builder) -> Builder) -> (Client, Sent) {
    let wire = Arc::new(Wire::new(200, &[], b""));
    (client(&wire, settings), Sent(wire))
}

impl Sent {
    /// Compares the request with the expected one.
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
            super::body::check(body, media_type, text);
        }
    }
}
