//! Writes trees as XML.

use aws_smithy_types::base64;

use xmlparser::{ElementEnd, Token, Tokenizer};

use crate::tree::Tree;

/// A tree as XML: each of its members is a root.
pub fn text(tree: &Tree) -> String {
    let mut text = String::new();
    match tree {
        Tree::Object(members) => {
            if members.len() == 1 {
                text += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
            }
            elements(&mut text, members, true);
        }
        other => content(&mut text, other),
    }
    text
}

/// The runtime's result for whitespace before elements that errors do not have.
const TEXTS: [&str; 5] = ["Code", "Message", "message", "Type", "RequestId"];

fn elements(out: &mut String, members: &[(String, Tree)], is_spaced: bool) {
    for (index, (name, tree)) in members.iter().enumerate() {
        // Services write XML with and without whitespace and comments: some elements have both.
        match members.len() % 7 {
            2 | 5 if is_spaced => *out += "\n  ",
            4 if index == 0 => *out += "<!-- <a> & more -->",
            _ => {}
        }
        element(out, name, tree);
    }
    if members.len() % 7 == 5 && is_spaced {
        *out += "\r\n";
    }
}

fn element(out: &mut String, name: &str, tree: &Tree) {
    if name.starts_with('@') {
        return;
    }
    let name = valid(name);
    *out += &format!("<{name}");
    if let Tree::Object(members) = tree {
        for (name, value) in members {
            if let Some(name) = name.strip_prefix('@') {
                let mut text = String::new();
                content(&mut text, value);
                *out += &format!(" {}=\"{}\"", valid(name), text.replace('"', "&quot;"));
            }
        }
    }
    let mut inside = String::new();
    match tree {
        Tree::Object(members) if TEXTS.contains(&&*name) => elements(&mut inside, members, false),
        tree => content(&mut inside, tree),
    }
    // Empty elements are written in both forms.
    if inside.is_empty() && name.len().is_multiple_of(2) {
        *out += "/>";
    } else {
        *out += &format!(">{inside}</{name}>");
    }
}

fn content(out: &mut String, tree: &Tree) {
    match tree {
        Tree::Null => {}
        Tree::Boolean(value) => *out += &value.to_string(),
        Tree::Verbatim(text) => escaped(out, text.trim_matches('"')),
        Tree::Raw(text) => *out += text,
        Tree::Text(text) if text.len() % 11 == 3 && text.chars().all(is_plain) => {
            *out += &format!("<![CDATA[{text}]]>");
        }
        Tree::Text(text) => escaped(out, text),
        Tree::Bytes(bytes) => *out += &base64::encode(bytes),
        Tree::Tagged(_, inner) => content(out, inner),
        Tree::Array(values) => values
            .iter()
            .for_each(|value| element(out, "member", value)),
        Tree::Object(members) => elements(out, members, true),
    }
}

/// Whether a character has no meaning in a CDATA section.
fn is_plain(c: char) -> bool {
    c != ']' && c != '>' && c >= ' '
}

fn escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '\n' | '\t' => out.push(c),
            c if c < ' ' => *out += &format!("&#x{:X};", u32::from(c)),
            // Half of the characters outside of ASCII are written as references, in both forms.
            c if u32::from(c) % 4 == 1 && !c.is_ascii() => *out += &format!("&#{};", u32::from(c)),
            c if u32::from(c) % 4 == 3 && !c.is_ascii() => {
                *out += &format!("&#x{:x};", u32::from(c))
            }
            c => out.push(c),
        }
    }
}

/// A valid name of an element.
fn valid(name: &str) -> String {
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let of_name = |c: char| {
        if c.is_ascii_alphanumeric() || ":-._".contains(c) {
            c
        } else {
            '_'
        }
    };
    let name: String = name.chars().take(60).map(of_name).collect();
    if begins { name } else { format!("_{name}") }
}

/// Reads a document without comments and CDATA sections. Text keeps its spelling, and is dropped
/// next to elements.
pub fn parse(text: &str) -> Option<Tree> {
    let mut open = vec![(String::new(), Vec::new(), String::new())];
    for token in Tokenizer::from(text) {
        let token = match token {
            Ok(token) => token,
            // Text after the root is not read.
            Err(_) if open.len() == 1 => break,
            Err(_) => return None,
        };
        match token {
            Token::ElementStart { prefix, local, .. } => {
                open.push((name(&prefix, &local), Vec::new(), String::new()));
            }
            Token::Attribute {
                prefix,
                local,
                value,
                ..
            } => {
                let attribute = format!("@{}", name(&prefix, &local));
                let value = Tree::Raw(value.as_str().to_owned());
                open.last_mut()?.1.push((attribute, value));
            }
            Token::ElementEnd {
                end: ElementEnd::Open,
                ..
            } => {}
            Token::ElementEnd { .. } => {
                let (name, members, text) = open.pop()?;
                let tree = match members.as_slice() {
                    [] => Tree::Raw(text),
                    _ => Tree::Object(members),
                };
                open.last_mut()?.1.push((name, tree));
            }
            Token::Text { text } => open.last_mut()?.2 += text.as_str(),
            _ => {}
        }
    }
    let (_, roots, _) = open.pop()?;
    open.is_empty().then_some(Tree::Object(roots))
}

fn name(prefix: &str, local: &str) -> String {
    match prefix {
        "" => local.to_owned(),
        prefix => format!("{prefix}:{local}"),
    }
}
