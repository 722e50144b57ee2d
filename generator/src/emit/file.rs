//! Files that emitters return.

use std::borrow::Cow;

use proc_macro2::TokenStream;

use crate::ir::Gate;

/// A file of the generated crate.
#[derive(Clone, Debug)]
pub struct File {
    /// Path below the crate's folder, with `/`.
    pub path: String,
    /// The contents.
    pub contents: Contents,
}

/// The contents of a file.
#[derive(Clone, Debug)]
pub enum Contents {
    /// Rust code generated from the model.
    Rust {
        /// Lines of the module's own documentation.
        docs: Vec<String>,
        /// Inner attributes.
        attributes: TokenStream,
        /// Items, in order.
        items: Vec<Item>,
    },
    /// Rust code that is the same for all models, except for sections that are left out.
    Template(Cow<'static, str>),
    /// Text that is not Rust.
    Text(String),
}

/// An item of a file. Items are separated by a blank line.
#[derive(Clone, Debug)]
pub enum Item {
    /// Code. `use` and `mod` declarations that belong together are one item.
    Code(TokenStream),
    /// A macro with a table, such as `structure!(Channel, schema::CHANNEL { 0 => arn });`.
    Table {
        /// The macro's name.
        name: &'static str,
        /// The arguments before the table.
        head: TokenStream,
        /// The rows between the braces.
        rows: Vec<TokenStream>,
    },
    /// Items in a macro that compiles them or leaves them out.
    Gated {
        /// The macro's name.
        name: String,
        /// The items.
        items: Vec<Item>,
    },
    /// An inline module.
    Module {
        /// Documentation and `pub mod name`.
        head: TokenStream,
        /// Items of the module.
        items: Vec<Item>,
    },
}

impl Item {
    /// Wraps items in a gate, if there is one.
    pub(crate) fn behind(gate: Option<&Gate>, items: Vec<Self>) -> Vec<Self> {
        match gate {
            Some(gate) => {
                let name = gate.name.as_str().to_owned();
                vec![Self::Gated { name, items }]
            }
            None => items,
        }
    }
}

impl File {
    /// A file of Rust code.
    pub(crate) fn rust(path: impl Into<String>, docs: &[&str], items: Vec<Item>) -> Self {
        let docs = docs.iter().map(|line| (*line).to_owned()).collect();
        let contents = Contents::Rust {
            docs,
            attributes: TokenStream::new(),
            items,
        };
        Self {
            path: path.into(),
            contents,
        }
    }

    /// A file that is copied.
    pub(crate) fn template(path: impl Into<String>, text: &'static str) -> Self {
        Self {
            path: path.into(),
            contents: Contents::Template(Cow::Borrowed(text)),
        }
    }

    /// A text file.
    pub(crate) fn text(path: impl Into<String>, text: String) -> Self {
        Self {
            path: path.into(),
            contents: Contents::Text(text),
        }
    }
}
