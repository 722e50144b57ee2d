//! The generated clients against the official crates.

mod by_chance;
mod by_example;
mod repeated;
