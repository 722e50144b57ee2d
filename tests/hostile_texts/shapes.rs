//! The shape of a client's files: what hostile texts must not change.

use std::collections::BTreeMap;
use std::path::Path;

use generator::Rendered;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The kinds of tokens in a client's files, or the syntax error.
pub fn shape_of(client: &Rendered) -> BTreeMap<String, String> {
    let files = client.files.iter();
    let shapes = files.map(|file| {
        let shape = match Path::new(&file.path).extension().and_then(|it| it.to_str()) {
            _ if file.text.contains(is_harmful) => "it has control characters".to_owned(),
            Some("rs") => match syn::parse_file(&file.text) {
                Ok(_) => tokens(file.text.parse().expect("what is parsed has tokens")),
                Err(error) => format!("it is no Rust: {error}"),
            },
            Some("toml") => match file.text.parse::<toml::Table>() {
                Ok(table) => keys(&toml::Value::Table(table)),
                Err(error) => format!("it is no TOML: {error}"),
            },
            _ => String::new(),
        };
        (file.path.clone(), shape)
    });
    shapes.collect()
}

/// The kinds of tokens, without documentation and commas, because long lists have a trailing comma.
fn tokens(stream: TokenStream) -> String {
    let mut shape = String::new();
    let mut tokens = stream.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let inner = tokens.next_if(|next| next.to_string() == "!");
                if tokens.next_if(is_documentation).is_none() {
                    shape.push_str(if inner.is_some() { "#!" } else { "#" });
                }
            }
            TokenTree::Punct(sign) if sign.as_char() == ',' => {}
            TokenTree::Punct(sign) => shape.push(sign.as_char()),
            TokenTree::Ident(name) if name == "evil" => shape.push_str("evil"),
            TokenTree::Ident(_) => shape.push('i'),
            TokenTree::Literal(_) => shape.push('l'),
            // A long arm or closure is wrapped in braces.
            TokenTree::Group(group)
                if group.delimiter() == Delimiter::Brace
                    && ["=>", "|"].iter().any(|end| shape.ends_with(end)) =>
            {
                shape.push_str(&self::tokens(group.stream()));
            }
            TokenTree::Group(group) => {
                shape.push_str(&format!("({})", self::tokens(group.stream())));
            }
        }
    }
    shape
}

/// Whether this is the `[doc = "…"]` of an attribute.
fn is_documentation(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    let mut tokens = group.stream().into_iter();
    let is_doc = tokens
        .next()
        .is_some_and(|first| first.to_string() == "doc");
    is_doc
        && tokens
            .nth(1)
            .is_some_and(|it| matches!(it, TokenTree::Literal(_)))
}

fn keys(value: &toml::Value) -> String {
    match value {
        toml::Value::Table(table) => {
            let entries = table.iter();
            entries
                .map(|(key, value)| format!("{key}({})", keys(value)))
                .collect()
        }
        toml::Value::Array(values) => values.iter().map(keys).collect(),
        _ => "l".to_owned(),
    }
}

/// Whether neither sources nor terminals should get the character.
pub fn is_harmful(character: char) -> bool {
    let is_invisible = matches!(
        character,
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    );
    is_invisible || (character.is_control() && character != '\n')
}
