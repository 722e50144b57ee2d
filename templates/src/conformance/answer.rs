//! Helpers of tests of responses.

use std::sync::Arc;

use super::harness::{Wire, client};
use crate::Client;

/// Returns a client that gets this response.
pub(super) fn answering(
    code: u16,
    headers: &[(&'static str, &'static str)],
    body: impl AsRef<[u8]>,
) -> Client {
    let wire = Wire::new(code, headers, body.as_ref());
    client(&Arc::new(wire), |config| {
        config.endpoint_url("https://example.com")
    })
}
