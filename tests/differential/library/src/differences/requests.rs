//! Requests that mean the same.

use super::{Difference, Rule};
use crate::tree::Format;

pub const SLASHES: Difference = Difference {
    name: "slashes behind buckets",
    reason: "Smithy's suite for S3 wants `/bucket` where the name of the bucket is all that \
             there is in a path. The official crate sends `/bucket/`, which means the same.",
    format: Some(Format::Xml),
    rule: Rule::Request(|request| {
        let (path, query) = match request.uri.split_once('?') {
            Some((path, query)) => (path, format!("?{query}")),
            None => (request.uri.as_str(), String::new()),
        };
        request.uri = format!("{}{query}", path.trim_end_matches('/'));
    }),
};

pub const ORDER: Difference = Difference {
    name: "order of headers",
    reason: "The runtime's protocol objects set a request's headers in another order, which \
             means nothing.",
    format: None,
    rule: Rule::Request(|request| request.headers.sort()),
};

pub const LENGTHS: Difference = Difference {
    name: "lengths of bodies without members",
    reason: "Where an input has no members, official crates leave it to the HTTP client to say \
             how long `{}` is. It is on the wire with both, and ours signs it.",
    format: Some(Format::Json),
    rule: Rule::Request(|request| {
        if request.body == b"{}" {
            request.headers.retain(|(name, _)| name != "content-length");
        }
    }),
};

pub const LISTS: Difference = Difference {
    name: "lists in headers",
    reason: "Ours sends a list as one header, as Smithy has it. The official crates send a header for \
             each element, which means the same.",
    format: None,
    rule: Rule::Request(|request| {
        let mut headers: Vec<(String, String)> = Vec::new();
        for (name, value) in std::mem::take(&mut request.headers) {
            match headers.iter_mut().find(|(other, _)| *other == name) {
                Some((_, list)) => *list += &format!(", {value}"),
                None => headers.push((name, value)),
            }
        }
        request.headers = headers;
    }),
};

pub const LENGTHS_OF_BODIES: Difference = Difference {
    name: "lengths of bodies",
    reason: "Ours says how long a body is that it has in memory. The official crates say what a member \
             of the input says, which nobody can send where it is another length, or a negative one.",
    format: None,
    rule: Rule::Request(|request| {
        let length = request.body.len().to_string();
        let headers = request.headers.iter_mut();
        for (_, value) in headers.filter(|(name, _)| name == "content-length") {
            value.clone_from(&length);
        }
    }),
};
