//! Files as they are written, and the first line of generated files.

use crate::harmless;

/// The file beside a client in a module, with the dependencies that the crate around it needs.
pub(crate) const DEPENDENCIES: &str = "dependencies.toml";

/// A file of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Path in the crate's folder, with `/`.
    pub path: String,
    /// Content of the file.
    pub text: String,
}

/// Rust code below the header of generated files. The header tells the generator which files it may
/// remove, and people which files not to edit.
pub(crate) fn headed(header: &str, text: &str) -> String {
    let blank = if text.starts_with("//!") { "" } else { "\n" };
    format!("// {}\n{blank}{text}", harmless::line(header))
}
