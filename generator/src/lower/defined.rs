//! The names that templates and generated code define, to test the lists of reserved names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::json;
use walkdir::WalkDir;

use crate::{ServiceConfig, Source};

/// The Rust files below a folder of the templates.
pub(super) fn templates(folder: &str) -> Vec<TokenStream> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../templates")).join(folder);
    let entries = WalkDir::new(&root).into_iter();
    let paths = entries.map(|entry| entry.expect("the templates can be read").into_path());
    let sources = paths.filter(|path| path.extension().is_some_and(|it| it == "rs"));
    sources
        .map(|path| {
            let text = fs::read_to_string(&path).expect("it can be read");
            text.parse().expect("it is Rust")
        })
        .collect()
}

/// A file below `src` of the client of a service with an operation `DoIt` and an error.
pub(super) fn emitted(path: &str) -> Vec<TokenStream> {
    let http = json!({ "smithy.api#http": { "method": "POST", "uri": "/" } });
    let error = json!({ "smithy.api#error": "client" });
    let model = json!({ "smithy": "2.0", "shapes": {
        "test#Service": {
            "type": "service",
            "version": "1",
            "operations": [{ "target": "test#DoIt" }],
            "traits": { "aws.protocols#restJson1": {}, "aws.auth#sigv4": { "name": "test" } },
        },
        "test#DoIt": {
            "type": "operation",
            "errors": [{ "target": "test#Failure" }],
            "traits": http,
        },
        "test#Failure": { "type": "structure", "traits": error },
    }});
    let source = Source::new("model.json", model.to_string());
    let config = ServiceConfig::new("client-test");
    let partitions = crate::partitions(&Source::new(
        "partitions.json",
        r#"{"version": "1.1", "partitions": []}"#,
    ));
    let rendered = crate::generate(&source, &config, &partitions.expect("it is a table"));
    let files = rendered.expect("a client can be generated").files;
    let file = files.iter().find(|file| file.path == format!("src/{path}"));
    let text = &file.unwrap_or_else(|| panic!("there is no `{path}`")).text;
    vec![text.parse().expect("it is Rust")]
}

/// The methods of a type.
pub(super) fn methods(sources: &[TokenStream], of: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources {
        each_block(source, &mut |head, body| {
            let is_of = head.last().is_some_and(|last| last == of);
            if is_of && head[0] == "impl" && !head.iter().any(|word| word == "for") {
                functions(body, true, &mut found);
            }
        });
    }
    found
}

/// The public methods that a macro defines, except for those whose names are arguments.
pub(super) fn methods_of_macro(sources: &[TokenStream], name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources {
        each_block(source, &mut |head, body| {
            if head == ["macro_rules", "!", name] {
                each_block(body, &mut |_, body| functions(body, false, &mut found));
            }
        });
    }
    found
}

/// Calls `look` with the tokens before each pair of braces, from the last end of an item on, and
/// those within.
fn each_block(tokens: &TokenStream, look: &mut dyn FnMut(&[String], &TokenStream)) {
    let mut head: Vec<String> = Vec::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                look(&head, &group.stream());
                each_block(&group.stream(), look);
                head.clear();
            }
            TokenTree::Group(_) => {}
            TokenTree::Punct(sign) if matches!(sign.as_char(), ';' | '#') => head.clear(),
            other => head.push(other.to_string()),
        }
    }
}

/// The functions with literal names: all, or only those with a visibility.
fn functions(body: &TokenStream, all: bool, found: &mut BTreeSet<String>) {
    let mut is_wanted = all;
    let mut tokens = body.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Ident(word) if word == "pub" => is_wanted = true,
            TokenTree::Ident(word) if word == "fn" => {
                if let (true, Some(TokenTree::Ident(name))) = (is_wanted, tokens.peek()) {
                    found.insert(name.to_string());
                }
                is_wanted = all;
            }
            TokenTree::Ident(word) if word == "async" || word == "const" => {}
            // The repetition of a macro, or `(crate)` after `pub`.
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                functions(&group.stream(), all, found);
            }
            _ => is_wanted = all,
        }
    }
}
