//! Times calls of a generated client and of the official crate, in memory.
//!
//! Calls and responses are data: a file in `services` for each official crate. `cargo xtask bench
//! call` and `parse` generate a program with both crates that makes the calls with
//! [`program::run`]. This crate knows no service.

mod answer;
#[cfg(not(feature = "allocations"))]
mod clock;
mod network;
pub mod program;
mod timed;

pub use crate::answer::{Answer, Call, Calls};
pub use crate::network::{Network, credentials, sleep};
pub use crate::timed::Timed;

/// One of the crates that are compared.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// `ours` or `official`.
    pub name: &'static str,
    /// The calls, in the order of the file.
    pub calls: &'static [fn(&Network) -> Timed],
}

/// A parser with `serde` that reads the bodies of an operation's responses, and drops the values.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The operation, by its name in the model.
    pub operation: &'static str,
    /// Reads a body. Panics if that fails.
    pub parse: fn(&[u8]),
}
