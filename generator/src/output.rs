//! Files as they are written, and the line on top of those that the generator has made.

use crate::harmless;

/// A file as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Path below the crate's folder, with `/`.
    pub path: String,
    /// The file's text.
    pub text: String,
}

/// Rust below the line that says who has made it, which every file has: by it the generator knows
/// what it may remove, and people what not to edit.
pub(crate) fn headed(header: &str, text: &str) -> String {
    let blank = if text.starts_with("//!") { "" } else { "\n" };
    format!("// {}\n{blank}{text}", harmless::line(header))
}
