//! What both refuse, in words of their own.

use super::{Difference, Rule};
use crate::outcome::Outcome;

/// Whether a call ended with this kind of error, whose innermost source says this.
pub fn says(outcome: &Outcome, kind: &str, words: &str) -> bool {
    let facts = outcome.error.as_ref();
    let reason = facts.and_then(|facts| facts.chain.last());
    outcome.kind == kind && reason.is_some_and(|reason| reason.contains(words))
}

pub const HOSTS: Difference = Difference {
    name: "words about hosts",
    reason: "A text that no part of a host can be is refused by both, in words of their own.",
    format: None,
    rule: Rule::Lost(|official, ours| {
        says(
            official,
            "construction failure",
            "forms part of the endpoint host",
        ) && ["is no part of a host", "cannot be empty or unset"]
            .iter()
            .any(|words| says(ours, "construction failure", words))
    }),
};

pub const HEADERS: Difference = Difference {
    name: "words about headers",
    reason: "A text that no header can have is refused by both, in words of their own.",
    format: None,
    rule: Rule::Lost(|official, ours| {
        says(
            official,
            "construction failure",
            "cannot be used as a header value",
        ) && says(ours, "construction failure", "invalid header value")
    }),
};

pub const AUTHENTICATION: Difference = Difference {
    name: "words about authentication",
    reason: "A client without the scheme that an endpoint wants says which one that is. The official \
             crates say that the endpoint has no configuration.",
    format: None,
    rule: Rule::Lost(|official, ours| {
        says(official, "dispatch failure", "missing endpoint config")
            && says(ours, "dispatch failure", "has to be authenticated by")
    }),
};

pub const WHICH_OF_TWO: Difference = Difference {
    name: "which of two problems",
    reason: "A call with a time that cannot be written and without a member that is required is \
             refused for the one by the official crate, and for the other by ours.",
    format: None,
    rule: Rule::Lost(|official, ours| {
        says(official, "construction failure", "cannot be formatted")
            && says(ours, "construction failure", "cannot be empty or unset")
    }),
};

pub const CHECKSUMS: Difference = Difference {
    name: "words about checksums",
    reason: "An algorithm that there is not is refused by both, in words of their own.",
    format: None,
    rule: Rule::Lost(|official, ours| {
        says(official, "dispatch failure", "unknown checksum algorithm")
            && says(ours, "dispatch failure", "cannot take checksums by")
    }),
};

pub const FRAMES: Difference = Difference {
    name: "words about frames",
    reason: "Where a stream of events breaks off, both say so, in words of their own.",
    format: None,
    rule: Rule::Outcome(|outcome| {
        for words in ["a frame is too long", "the stream ends within a frame"] {
            outcome.value = outcome.value.replace(words, "unexpected end of stream");
        }
    }),
};
