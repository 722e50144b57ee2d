//! Checks the methods of operations.

use super::HTTP;
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::Operation;

/// The methods of HTTP, which are case-sensitive.
const METHODS: [&str; 9] = [
    "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
];

pub(super) fn check(operation: &Operation, method: &str, diagnostics: &mut Diagnostics) {
    let place = Place::shape(&operation.id).r#trait(HTTP).key("method");
    if !is_token(method) {
        diagnostics.error(
            place,
            format!("`{method}` is not a method of HTTP"),
            "write one such as `GET` or `POST`: letters, and no spaces",
        );
        return;
    }
    let standard = METHODS.iter().find(|it| it.eq_ignore_ascii_case(method));
    if let Some(standard) = standard.filter(|it| **it != method) {
        diagnostics.warning(
            place,
            format!("the method is `{method}`, and that of HTTP is `{standard}`"),
            format!("write `{standard}`: most servers know no other spelling"),
        );
    }
}

/// Whether a text can be a method or the name of a header; see
/// [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2).
pub(in crate::smithy::check) fn is_token(text: &str) -> bool {
    let is_allowed = |c: u8| c.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&c);
    !text.is_empty() && text.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        assert!(
            ["GET", "x-amz.meta_a", "!#$%&'*+-.^_`|~09"]
                .iter()
                .all(|it| is_token(it))
        );
        assert!(
            ["", "GE T", "X Foo", "a:b", "a/b", "ä", "a\n"]
                .iter()
                .all(|it| !is_token(it))
        );
    }
}
