//! Writes trees as JSON.

use std::fmt::{self, Write as _};

use aws_smithy_types::base64;

use crate::tree::Tree;

/// A tree as JSON.
pub fn text(tree: &Tree) -> String {
    Written(tree).to_string()
}

/// A JSON text with the control characters in strings escaped.
pub fn with_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut in_string, mut is_escaped) = (false, false);
    for c in text.chars() {
        if in_string && c < ' ' {
            out += &format!("\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
        in_string ^= c == '"' && !is_escaped;
        is_escaped = in_string && c == '\\' && !is_escaped;
    }
    out
}

/// Prints a tree as JSON.
struct Written<'a>(&'a Tree);

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Tree::Null => f.write_str("null"),
            Tree::Boolean(value) => write!(f, "{value}"),
            Tree::Verbatim(text) | Tree::Raw(text) => f.write_str(text),
            Tree::Text(text) => string(f, text),
            Tree::Bytes(bytes) => string(f, &base64::encode(bytes)),
            Tree::Tagged(_, inner) => Written(inner).fmt(f),
            Tree::Array(values) => {
                let values = values.iter().map(text);
                write!(f, "[{}]", separated(values.collect()))
            }
            Tree::Object(members) => {
                let member = |(name, value): &(String, Tree)| {
                    format!("{}:{}", text(&Tree::Text(name.clone())), text(value))
                };
                write!(f, "{{{}}}", separated(members.iter().map(member).collect()))
            }
        }
    }
}

/// Services write JSON with and without spaces: some values have spaces.
fn separated(parts: Vec<String>) -> String {
    match parts.len() % 3 {
        2 => format!(" {}\n", parts.join(" ,\t")),
        _ => parts.join(","),
    }
}

fn string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            '\n' => f.write_str("\\n")?,
            c if c < ' ' => write!(f, "\\u{:04x}", u32::from(c))?,
            // Services may escape characters that are not ASCII: this escapes half of them.
            c if u32::from(c) % 2 == 1 && !c.is_ascii() => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(f, "\\u{unit:04X}")?;
                }
            }
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}
