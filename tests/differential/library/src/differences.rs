//! The intended differences and their reasons.
//!
//! Each difference is an exact statement: either the response with which the official crate would
//! return the same as ours, or the parts that are removed from both before they are compared. A
//! test checks that each difference is still needed.

mod cbor;
mod form;
mod list;
mod message;
mod neutral;
mod requests;
mod signatures;
mod tolerance;
mod words;
mod xml;

use generator::ir::Operation;

use crate::model::Model;
use crate::outcome::Outcome;
use crate::transport::{Request, Response};
use crate::tree::Format;

pub use self::list::DIFFERENCES;
pub use self::neutral::is_unreadable;
pub use self::signatures::unsigned;

/// An intended difference.
pub struct Difference {
    /// Its name in tests.
    pub name: &'static str,
    /// Its reason.
    pub reason: &'static str,
    /// The format of bodies to which it is limited, if any.
    pub format: Option<Format>,
    /// The rule.
    pub rule: Rule,
}

/// The kinds of differences.
pub enum Rule {
    /// Ours reads a response as the official crate reads another one.
    Response(fn(&Model, &Operation, &Response) -> Option<Response>),
    /// The official crate reads a response as ours reads another one.
    OurResponse(fn(&Model, &Operation, &Response) -> Option<Response>),
    /// Something is removed from both outcomes.
    Outcome(fn(&mut Outcome)),
    /// Something in our outcome is changed to match the official crate's.
    Ours(fn(&Outcome, &mut Outcome)),
    /// One crate may fail to read this response although the other reads it.
    Refusal(fn(&Model, &Operation, &Response) -> bool),
    /// Ours refuses this response. The official crate may do anything.
    OurRefusal(fn(&Model, &Operation, &Response) -> bool),
    /// The requests may differ in body, length and signature alone: the official crate's body, and
    /// ours.
    Form(fn(&Model, &[u8], &[u8]) -> bool),
    /// Something is changed in both requests before they are compared, if they differ.
    Request(fn(&mut Request)),
    /// The official crate, whose outcome is the first, has an error with another kind or message
    /// than this one of ours.
    Lost(fn(&Outcome, &Outcome) -> bool),
    /// Ours does not print a list or map that the official crate prints.
    Hidden,
    /// The official crate does not print a value that ours prints.
    HiddenThere,
    /// The official crate panics with this text if ours has this outcome.
    Panic(fn(&str, &Outcome) -> bool),
}

impl Rule {
    /// Whether it can affect a call that gets this response.
    pub fn concerns(&self, model: &Model, operation: &Operation, response: &Response) -> bool {
        match self {
            Self::Response(rule) | Self::OurResponse(rule) => {
                rule(model, operation, response).is_some()
            }
            Self::Refusal(rule) | Self::OurRefusal(rule) => rule(model, operation, response),
            Self::Outcome(_)
            | Self::Ours(_)
            | Self::Form(_)
            | Self::Request(_)
            | Self::Lost(_)
            | Self::Hidden
            | Self::HiddenThere
            | Self::Panic(_) => true,
        }
    }
}
