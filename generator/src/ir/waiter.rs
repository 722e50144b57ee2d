//! Waiters.

use super::path::Path;
use super::{Deprecation, Docs};
use crate::names::{TypeName, WaiterName};

/// A waiter: it calls an operation until the response is what it waits for.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// Its Rust spellings.
    pub name: WaiterName,
    /// What it waits for.
    pub docs: Docs,
    /// Set if it is deprecated.
    pub deprecated: Option<Deprecation>,
    /// The minimum and maximum delay between two calls, in seconds.
    pub delays: [u32; 2],
    /// The paths that its acceptors use, each once.
    pub paths: Vec<Path>,
    /// Acceptors of outputs, in the order in which they are tried.
    pub of_output: Vec<Acceptor<OutputMatcher>>,
    /// Acceptors of errors, in the order in which they are tried.
    pub of_error: Vec<Acceptor<ErrorMatcher>>,
}

/// A matcher of responses and the resulting state.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptor<M> {
    /// Matches responses.
    pub matcher: M,
    /// The state for responses that match.
    pub state: WaiterState,
}

/// The state of a waiter after a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiterState {
    /// The waiter succeeds.
    Success,
    /// The waiter fails.
    Failure,
    /// The waiter calls again.
    Retry,
}

/// Matches outputs.
#[derive(Clone, Debug, PartialEq)]
pub enum OutputMatcher {
    /// Any.
    Any,
    /// An output in which a path, an index of [`Waiter::paths`], has the expected value.
    Path(usize, Expected),
}

/// The expected value of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// This text.
    Text(String),
    /// This boolean.
    Boolean(bool),
    /// A list that is not empty and contains nothing but this text.
    All(String),
    /// A list that contains this text.
    Any(String),
}

/// Matches errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorMatcher {
    /// Any.
    Any,
    /// The modeled error of this name.
    Modeled(TypeName),
    /// Any with this code.
    Code(String),
}
