//! Compares a generated client with an official crate, in one process and without a network.
//!
//! The same [`Value`]s are put into the builders of both crates, by calling code that is written
//! once from the model (`differential-calls`). What the crates send, and what they make of the same
//! response, is then compared as text. What may differ is listed in [`differences`]. No service is
//! known here.

mod cbor;
pub mod chance;
pub mod compare;
pub mod debug;
pub mod differences;
pub mod example;
pub mod examples;
mod json;
pub mod model;
pub mod outcome;
pub mod program;
pub mod random;
pub mod show;
pub mod transport;
pub mod tree;
pub mod value;
pub mod wire;
mod xml;

use crate::outcome::Client;
use crate::transport::Transport;

pub use aws_smithy_types::error::operation::BuildError;
pub use differential_calls::{Lacking, Official};

pub use crate::compare::Pair;
pub use crate::model::Model;
pub use crate::value::Value;

/// The two crates for a service.
#[derive(Clone, Copy, Debug)]
pub struct Crates {
    /// Name of the model.
    pub service: &'static str,
    /// The operations that both have, in the order of the model.
    pub operations: &'static [&'static str],
    /// Makes a client of the official crate.
    pub official: fn(&Transport) -> Box<dyn Client>,
    /// Makes a client of the generated crate.
    pub ours: fn(&Transport) -> Box<dyn Client>,
}
