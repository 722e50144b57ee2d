//! URLs of endpoints.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The parts of a URL.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Url<'a> {
    /// `http` or `https`.
    pub(super) scheme: &'a str,
    /// The host, and the port if there is one.
    pub(super) authority: &'a str,
    /// The path as it was written. Empty if there is none.
    pub(super) path: &'a str,
    /// The path, with a slash at both ends.
    pub(super) normalized_path: String,
    /// Whether the host is an IP address.
    pub(super) is_ip: bool,
}

/// Parses a URL; `None` if an endpoint cannot have it.
///
/// URLs with a query are refused, since requests have queries of their own.
pub(super) fn parse_url(value: &str) -> Option<Url<'_>> {
    let (scheme, rest) = value.split_once("://")?;
    if !matches!(scheme, "http" | "https") || rest.contains(['?', '#']) {
        return None;
    }
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, ""),
    };
    let host = host(authority)?;
    let is_ip = match host.strip_prefix('[') {
        Some(address) => {
            let address: Result<Ipv6Addr, _> = address.strip_suffix(']')?.parse();
            address.ok()?;
            true
        }
        None => host.parse::<Ipv4Addr>().is_ok(),
    };
    let normalized_path = match path.ends_with('/') {
        true => path.to_owned(),
        false => format!("{path}/"),
    };
    Some(Url {
        scheme,
        authority,
        path,
        normalized_path,
        is_ip,
    })
}

/// The host of an authority; `None` if the port is invalid, or if there is more than host and port.
fn host(authority: &str) -> Option<&str> {
    let after_address = authority.rfind(']').map_or(0, |end| end + 1);
    let host = match authority[after_address..].find(':') {
        Some(colon) => {
            let (host, port) = authority.split_at(after_address + colon);
            port[1..].parse::<u16>().ok()?;
            host
        }
        None => authority,
    };
    let is_text = |c: char| c.is_ascii_graphic() && !matches!(c, '@' | '\\' | '<' | '>' | '"');
    (!host.is_empty() && host.chars().all(is_text)).then_some(host)
}

//~ if package
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        for (value, scheme, authority, path, normalized_path, is_ip) in [
            (
                "https://example.com",
                "https",
                "example.com",
                "",
                "/",
                false,
            ),
            (
                "http://example.com:80/a/b",
                "http",
                "example.com:80",
                "/a/b",
                "/a/b/",
                false,
            ),
            ("https://127.0.0.1/", "https", "127.0.0.1", "/", "/", true),
            (
                "https://[fe80::1]:443/a/",
                "https",
                "[fe80::1]:443",
                "/a/",
                "/a/",
                true,
            ),
        ] {
            let url = Url {
                scheme,
                authority,
                path,
                normalized_path: normalized_path.to_owned(),
                is_ip,
            };
            assert_eq!(parse_url(value), Some(url), "{value}");
        }
        for invalid in [
            "example.com",
            "ftp://example.com",
            "https://",
            "https:///path",
            "https://example.com?a=b",
            "https://example.com/a?b",
            "https://example.com:port",
            "https://example.com:70000",
            "https://user@example.com",
            "https://[fe80",
            "https://[::g]",
        ] {
            assert_eq!(parse_url(invalid), None, "{invalid}");
        }
    }
}
//~ end
