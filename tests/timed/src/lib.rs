//! Times calls of a generated client beside those of the official crate, in memory.
//!
//! What is called, and what the service answers, is data: a file of `services` for each official
//! crate. `cargo xtask bench call` and `parse` write a program with both crates that makes the calls
//! by [`program::run`]. No service is known here.

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

/// A parser by `serde` that reads the bodies of some operation's responses, and drops what they hold.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The operation, by its name in the model.
    pub operation: &'static str,
    /// Reads a body; it panics at one that cannot be read.
    pub parse: fn(&[u8]),
}
