//! Compares the generated clients with the official crates.

mod by_chance;
mod by_example;
mod repeated;
