//! Random values, requests and responses, drawn by the model.

mod changes;
mod responses;
mod text;
mod tree;
mod values;

pub use responses::{failed, successful};
pub use values::structure;

/// Whether values are sent or received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// In a request: everything that a user can put into a builder.
    Sent,
    /// In a response: what a service can write.
    Received,
}
