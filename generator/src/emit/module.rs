//! A client as a module of another crate.
//!
//! Emitters and templates write files below `src` and paths from `crate`, as in a package. This
//! moves both to the place of the module, before anything is printed.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;

use super::file::{Contents, File, Item};
use super::scope::ident;

/// The path that replaces `crate`.
pub(super) struct Root {
    text: String,
    tokens: TokenStream,
}

impl Root {
    /// A path that has been checked, such as `crate::weather`.
    pub(super) fn new(path: &str) -> Self {
        let tokens = path.parse();
        Self {
            text: path.to_owned(),
            tokens: tokens.unwrap_or_else(|error| panic!("`{path}` is not a path: {error}")),
        }
    }

    /// Moves a file of the module, which has no folder `src`.
    pub(super) fn place(&self, file: File) -> File {
        let path = match file.path.strip_prefix("src/") {
            Some(path) => path.to_owned(),
            None => file.path,
        };
        let contents = match file.contents {
            Contents::Rust {
                docs,
                attributes,
                items,
            } => Contents::Rust {
                docs: docs.iter().map(|line| self.of_text(line)).collect(),
                attributes,
                items: self.of_items(items),
            },
            Contents::Template(text) => Contents::Template(Cow::Owned(self.of_text(&text))),
            text @ Contents::Text(_) => text,
        };
        File { path, contents }
    }

    fn of_items(&self, items: Vec<Item>) -> Vec<Item> {
        let items = items.into_iter().map(|item| match item {
            Item::Code(tokens) => Item::Code(self.of_tokens(tokens)),
            Item::Table { name, head, rows } => Item::Table {
                name,
                head: self.of_tokens(head),
                rows: rows.into_iter().map(|row| self.of_tokens(row)).collect(),
            },
            Item::Gated { name, items } => Item::Gated {
                name,
                items: self.of_items(items),
            },
            Item::Module { head, items } => Item::Module {
                head: self.of_tokens(head),
                items: self.of_items(items),
            },
        });
        items.collect()
    }

    /// Makes every path that starts at `crate` start at the module, in code and in documentation.
    /// Other literals do not change, because they may be sent.
    pub(super) fn of_tokens(&self, tokens: TokenStream) -> TokenStream {
        let mut moved = TokenStream::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let is_path =
                matches!(tokens.peek(), Some(TokenTree::Punct(sign)) if sign.as_char() == ':');
            match token {
                TokenTree::Ident(name) if is_path && name == "crate" => {
                    moved.extend(self.tokens.clone());
                }
                TokenTree::Group(group) => {
                    let inner = match documentation(&group) {
                        Some(line) => {
                            let line = self.of_line(&line);
                            quote!(doc = #line)
                        }
                        None => self.of_tokens(group.stream()),
                    };
                    let group = Group::new(group.delimiter(), inner);
                    moved.extend([TokenTree::Group(group)]);
                }
                other => moved.extend([other]),
            }
        }
        moved
    }

    /// A line of documentation. Paths contain nothing to escape, so the literal need not be parsed.
    fn of_line(&self, line: &Literal) -> Literal {
        let text = line.to_string();
        match text.contains("crate::") {
            true => self.of_text(&text).parse().unwrap_or_else(|_| line.clone()),
            false => line.clone(),
        }
    }

    /// A text with Rust paths: a template, or documentation with links.
    fn of_text(&self, text: &str) -> String {
        let mut moved = String::with_capacity(text.len() + text.len() / 16);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("crate::") {
            moved.push_str(before);
            let is_part_of_a_word = |c: char| c.is_alphanumeric() || c == '_';
            let is_word = !moved.ends_with(is_part_of_a_word);
            moved.push_str(if is_word { &self.text } else { "crate" });
            moved.push_str("::");
            rest = after;
        }
        moved + rest
    }
}

/// The literal of `[doc = "…"]`.
fn documentation(group: &Group) -> Option<Literal> {
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let mut tokens = group.stream().into_iter();
    match (tokens.next()?, tokens.next()?, tokens.next()?) {
        (TokenTree::Ident(name), TokenTree::Punct(sign), TokenTree::Literal(line)) => {
            (name == "doc" && sign.as_char() == '=').then_some(line)
        }
        _ => None,
    }
}

/// `mod.rs` of a module, which its user includes. It declares the module, because an included file
/// can have neither attributes nor documentation of its own.
pub(super) fn included(path: &str) -> File {
    let name = path.rsplit("::").next().unwrap_or(path);
    let name = match name.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
        None => ident(name),
    };
    let declared = quote! {
        #[path = "lib.rs"]
        pub mod #name;
    };
    File {
        path: "mod.rs".to_owned(),
        contents: Contents::Rust {
            docs: Vec::new(),
            attributes: TokenStream::new(),
            items: vec![Item::Code(declared)],
        },
    }
}
