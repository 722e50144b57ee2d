//! The generated clients against the official crates.

mod by_example;
