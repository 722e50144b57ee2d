//! [Percent-encoding](https://www.rfc-editor.org/rfc/rfc3986#section-2.1).

/// Encodes every byte except letters, digits, `-`, `_`, `.` and `~`.
pub(super) fn uri_encode(value: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(DIGITS[usize::from(byte >> 4)]));
            encoded.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    encoded
}

//~ if package
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes() {
        assert_eq!(uri_encode(""), "");
        assert_eq!(uri_encode("aZ09-_.~"), "aZ09-_.~");
        assert_eq!(uri_encode("a/b c"), "a%2Fb%20c");
        assert_eq!(uri_encode("\u{e9}\u{1f639}"), "%C3%A9%F0%9F%98%B9");
    }
}
//~ end
