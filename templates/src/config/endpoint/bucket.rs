//! Names of S3 buckets that can be part of a host name.

use std::net::Ipv4Addr;

/// Whether `value` can be a bucket's name and a label of a host name, or several labels.
pub(super) fn is_virtual_hostable_s3_bucket(value: &str, allow_subdomains: bool) -> bool {
    (3..=63).contains(&value.len())
        && (allow_subdomains || !value.contains('.'))
        && value.split('.').all(is_label)
        && value.parse::<Ipv4Addr>().is_err()
}

fn is_label(label: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(is_inner)
}

//~ if package
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets() {
        let long = "a".repeat(63);
        let too_long = "a".repeat(64);
        for (value, alone, with_dots) in [
            ("bucket-1", true, true),
            ("b--b", true, true),
            (long.as_str(), true, true),
            (too_long.as_str(), false, false),
            ("ab", false, false),
            ("bucket.name", false, true),
            ("Bucket", false, false),
            ("a_b", false, false),
            ("-ab", false, false),
            ("ab-", false, false),
            ("ab-.cd", false, false),
            ("ab..cd", false, false),
            ("192.168.5.4", false, false),
        ] {
            assert_eq!(
                is_virtual_hostable_s3_bucket(value, false),
                alone,
                "{value}"
            );
            assert_eq!(
                is_virtual_hostable_s3_bucket(value, true),
                with_dots,
                "{value}"
            );
        }
    }
}
//~ end
