//! Implementations that hold no information beyond a table of names.
//!
//! Paths are spelled out, because a model may call a shape `Option` or `Result`.

#[macro_use]
mod builders;
#[macro_use]
mod errors;
#[macro_use]
mod operations;
#[macro_use]
mod schemas;
#[macro_use]
mod structures;
