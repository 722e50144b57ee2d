//! What may differ, and why.
//!
//! Each difference is an exact statement, not a place where nobody looks: either of what the
//! official crate would have to receive in order to say what ours says, or of what is taken out of
//! both before they are compared. A test makes sure that each is still needed.

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

/// A difference that is meant.
pub struct Difference {
    /// What it is called in tests.
    pub name: &'static str,
    /// Why it is meant.
    pub reason: &'static str,
    /// The format of bodies that it is about, if it is about one.
    pub format: Option<Format>,
    /// What it is.
    pub rule: Rule,
}

/// What a difference consists of.
pub enum Rule {
    /// Ours makes of a response what the official crate makes of another one.
    Response(fn(&Model, &Operation, &Response) -> Option<Response>),
    /// The official crate makes of a response what ours makes of another one.
    OurResponse(fn(&Model, &Operation, &Response) -> Option<Response>),
    /// Something is taken out of the outcomes of both.
    Outcome(fn(&mut Outcome)),
    /// Something is changed in our outcome, as the official crate's has it.
    Ours(fn(&Outcome, &mut Outcome)),
    /// One crate may find this response unreadable that the other reads.
    Refusal(fn(&Model, &Operation, &Response) -> bool),
    /// Ours refuses this response, whatever the official crate makes of it.
    OurRefusal(fn(&Model, &Operation, &Response) -> bool),
    /// Both may send requests that differ in body, length and signature alone: the official crate's
    /// body, and ours.
    Form(fn(&Model, &[u8], &[u8]) -> bool),
    /// Something is changed in both requests, where they differ, before they are compared.
    Request(fn(&mut Request)),
    /// The official crate, whose outcome is the first, has an error of another kind or of other words
    /// where ours has this.
    Lost(fn(&Outcome, &Outcome) -> bool),
    /// Ours does not print a list or map that the official crate prints.
    Hidden,
    /// The official crate does not print a value that ours prints.
    HiddenThere,
    /// The official crate panics with this text where this becomes of a call with ours.
    Panic(fn(&str, &Outcome) -> bool),
}

impl Rule {
    /// Whether it can matter to a call that is answered with this response.
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
