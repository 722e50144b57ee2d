//! Calls that both crates refuse, with different messages.

use super::{Difference, Rule};
use crate::outcome::Outcome;

/// Whether a call failed with this kind of error, and the message of its innermost source contains
/// `words`.
pub fn says(outcome: &Outcome, kind: &str, words: &str) -> bool {
    let facts = outcome.error.as_ref();
    let reason = facts.and_then(|facts| facts.chain.last());
    outcome.kind == kind && reason.is_some_and(|reason| reason.contains(words))
}

/// A call that both refuse: the error's kind, a part of the official message, and parts of ours.
macro_rules! refused_by_both {
    ($kind:literal, $official:literal, $($ours:literal)|+) => {
        Rule::Lost(|official, ours| {
            says(official, $kind, $official) && ($(says(ours, $kind, $ours))||+)
        })
    };
}

pub const HOSTS: Difference = Difference {
    name: "words about hosts",
    reason: "Both refuse a text that cannot be part of a host, with different messages.",
    format: None,
    rule: refused_by_both!(
        "construction failure",
        "forms part of the endpoint host",
        "is no part of a host" | "cannot be empty or unset"
    ),
};

pub const HEADERS: Difference = Difference {
    name: "words about headers",
    reason: "Both refuse a text that cannot be in a header, with different messages.",
    format: None,
    rule: refused_by_both!(
        "construction failure",
        "cannot be used as a header value",
        "invalid header value"
    ),
};

pub const AUTHENTICATION: Difference = Difference {
    name: "words about authentication",
    reason: "Our message names the scheme that an endpoint requires and a client lacks. The official \
             crates say that the endpoint has no configuration.",
    format: None,
    rule: refused_by_both!(
        "dispatch failure",
        "missing endpoint config",
        "has to be authenticated by"
    ),
};

pub const WHICH_OF_TWO: Difference = Difference {
    name: "which of two problems",
    reason: "A call has a time that cannot be written and lacks a required member: the official crate \
             reports the first problem, and ours the second.",
    format: None,
    rule: refused_by_both!(
        "construction failure",
        "cannot be formatted",
        "cannot be empty or unset"
    ),
};

pub const CHECKSUMS: Difference = Difference {
    name: "words about checksums",
    reason: "Both refuse an unknown algorithm, with different messages.",
    format: None,
    rule: refused_by_both!(
        "dispatch failure",
        "unknown checksum algorithm",
        "cannot take checksums by"
    ),
};

pub const FRAMES: Difference = Difference {
    name: "words about frames",
    reason: "Both report a stream of events that breaks off, with different messages.",
    format: None,
    rule: Rule::Outcome(|outcome| {
        for words in ["a frame is too long", "the stream ends within a frame"] {
            outcome.value = outcome.value.replace(words, "unexpected end of stream");
        }
    }),
};
