//! Random values, requests and responses according to the model.

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
    /// In a request: everything that a user can set in a builder.
    Sent,
    /// In a response: everything that a service can write.
    Received,
}
