//! Host labels of [RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1).

/// Whether `value` can be a label of a host name, or several if dots are allowed.
pub(super) fn is_valid_host_label(value: &str, allow_dots: bool) -> bool {
    if allow_dots {
        value.split('.').all(is_label)
    } else {
        is_label(value)
    }
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

//~ if package
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        let long = "a".repeat(63);
        let too_long = "a".repeat(64);
        for (value, alone, with_dots) in [
            ("us-east-1", true, true),
            ("3com", true, true),
            ("a.b.c", false, true),
            (long.as_str(), true, true),
            (too_long.as_str(), false, false),
            ("", false, false),
            (".", false, false),
            ("a..b", false, false),
            ("a.", false, false),
            ("-a", false, false),
            ("a.-b", false, false),
            ("a_b", false, false),
            ("a b", false, false),
            ("a/b", false, false),
            ("caf\u{e9}", false, false),
        ] {
            assert_eq!(is_valid_host_label(value, false), alone, "{value}");
            assert_eq!(is_valid_host_label(value, true), with_dots, "{value}");
        }
    }
}
//~ end
