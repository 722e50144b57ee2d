//! Compares a generated client with an official crate, in one process and without a network.
//!
//! The tests set the same [`Value`]s in the builders of both crates, through code that is generated
//! from the model (`differential-calls`). Then they compare the requests of both crates, and the
//! results of the same response, as text. [`differences`] lists the allowed differences. This crate
//! knows no service.

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
    /// The operations that both have, in the model's order.
    pub operations: &'static [&'static str],
    /// Creates a client of the official crate.
    pub official: fn(&Transport) -> Box<dyn Client>,
    /// Creates a client of the generated crate.
    pub ours: fn(&Transport) -> Box<dyn Client>,
}
