//! Compares values.

use std::fmt;

/// Compares two values. Unlike in `==`, NaN equals NaN.
#[track_caller]
pub(super) fn check_same<T: PartialEq + fmt::Debug>(actual: &T, expected: &T) {
    let (actual_text, expected_text) = (format!("{actual:?}"), format!("{expected:?}"));
    let same = actual == expected || actual_text.contains("NaN") && actual_text == expected_text;
    assert!(same, "read: {actual_text}\nexpected: {expected_text}");
}
