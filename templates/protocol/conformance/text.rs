//! Compares the bodies of requests.

use aws_smithy_protocol_test::{MediaType, assert_ok, validate_body};

/// Compares a body with a text, by its media type if there is one.
#[track_caller]
pub(super) fn check(body: &[u8], media_type: &str, expected: &str) {
    match media_type {
        "" => assert_eq!(String::from_utf8_lossy(body), expected),
        _ => assert_ok(validate_body(body, expected, MediaType::from(media_type))),
    }
}
