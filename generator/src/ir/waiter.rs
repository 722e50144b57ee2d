//! Waiters.

use super::path::Path;
use super::{Deprecation, Docs};
use crate::names::{TypeName, WaiterName};

/// A waiter: it calls an operation until that says what it waits for.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// Its Rust spellings.
    pub name: WaiterName,
    /// What it waits for.
    pub docs: Docs,
    /// Set when users should move away from it.
    pub deprecated: Option<Deprecation>,
    /// The least and the greatest delay between two calls, in seconds.
    pub delays: [u32; 2],
    /// The paths that its acceptors look at, each once.
    pub paths: Vec<Path>,
    /// What an output means, in the order in which it is asked.
    pub of_output: Vec<Acceptor<OutputMatcher>>,
    /// What an error means, in the order in which it is asked.
    pub of_error: Vec<Acceptor<ErrorMatcher>>,
}

/// What a response means.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptor<M> {
    /// Which response.
    pub matcher: M,
    /// What it means.
    pub state: WaiterState,
}

/// What a response means for a waiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiterState {
    /// It has waited for this.
    Success,
    /// It would wait in vain.
    Failure,
    /// It has to ask again.
    Retry,
}

/// Which output.
#[derive(Clone, Debug, PartialEq)]
pub enum OutputMatcher {
    /// Any.
    Any,
    /// One in which a path leads to what is expected: an index of [`Waiter::paths`].
    Path(usize, Expected),
}

/// What a path is expected to lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// This text.
    Text(String),
    /// This boolean.
    Boolean(bool),
    /// A list of at least one of this text, and of nothing else.
    All(String),
    /// A list with this text in it.
    Any(String),
}

/// Which error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorMatcher {
    /// Any.
    Any,
    /// The modeled error of this name.
    Modeled(TypeName),
    /// Any with this code.
    Code(String),
}
