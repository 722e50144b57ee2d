//! Writes trees as CBOR.

mod parse;

use crate::tree::Tree;

pub use self::parse::parse;

/// A tree as CBOR.
pub fn bytes(tree: &Tree) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, tree);
    out
}

const BREAK: u8 = 0xff;

fn write(out: &mut Vec<u8>, tree: &Tree) {
    match tree {
        Tree::Null => out.push(0xf6),
        Tree::Boolean(value) => out.push(0xf4 + u8::from(*value)),
        Tree::Verbatim(text) | Tree::Raw(text) => number(out, text),
        Tree::Text(text) => string(out, 3, text.as_bytes()),
        Tree::Bytes(bytes) => string(out, 2, bytes),
        Tree::Tagged(tag, inner) => {
            head(out, 6, *tag);
            write(out, inner);
        }
        // Some collections are written without their length.
        Tree::Array(values) => {
            let indefinite = values.len() % 3 == 2;
            begin(out, 4, values.len(), indefinite);
            values.iter().for_each(|value| write(out, value));
            out.extend(indefinite.then_some(BREAK));
        }
        Tree::Object(members) => {
            let indefinite = members.len() % 3 == 2;
            begin(out, 5, members.len(), indefinite);
            for (name, value) in members {
                head(out, 3, name.len() as u64);
                out.extend_from_slice(name.as_bytes());
                write(out, value);
            }
            out.extend(indefinite.then_some(BREAK));
        }
    }
}

fn begin(out: &mut Vec<u8>, kind: u8, length: usize, indefinite: bool) {
    if indefinite {
        out.push((kind << 5) | 31);
    } else {
        head(out, kind, length as u64);
    }
}

/// A string, sometimes written in two parts.
fn string(out: &mut Vec<u8>, kind: u8, bytes: &[u8]) {
    let middle = bytes.len() / 2;
    let splits = kind == 2 || std::str::from_utf8(&bytes[..middle]).is_ok();
    if bytes.len() % 9 != 4 || !splits {
        head(out, kind, bytes.len() as u64);
        out.extend_from_slice(bytes);
        return;
    }
    out.push((kind << 5) | 31);
    let (one, other) = bytes.split_at(middle);
    for part in [one, other] {
        head(out, kind, part.len() as u64);
        out.extend_from_slice(part);
    }
    out.push(BREAK);
}

/// An integer or a float from a text, or a string if the text is not a number.
fn number(out: &mut Vec<u8>, text: &str) {
    if let Ok(value) = text.parse::<u64>() {
        head(out, 0, value);
    } else if let Some(value) = text.parse::<i64>().ok().filter(|value| *value < 0) {
        head(out, 1, !value as u64);
    } else if let Ok(value) = text.parse::<f64>() {
        float(out, value);
    } else {
        string(out, 3, text.trim_matches('"').as_bytes());
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "it is only taken if nothing is lost"
)]
fn float(out: &mut Vec<u8>, value: f64) {
    let short = value as f32;
    if f64::from(short) == value {
        out.push(0xfa);
        out.extend_from_slice(&short.to_be_bytes());
    } else {
        out.push(0xfb);
        out.extend_from_slice(&value.to_be_bytes());
    }
}

/// The kind of an item and its number, sometimes with more bytes than necessary.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the number is small enough"
)]
fn head(out: &mut Vec<u8>, kind: u8, number: u64) {
    let kind = kind << 5;
    let wastes = number % 7 == 6;
    match number {
        0..24 if !wastes => out.push(kind | number as u8),
        0..0x100 => out.extend([kind | 24, number as u8]),
        0x100..0x1_0000 => {
            out.push(kind | 25);
            out.extend((number as u16).to_be_bytes());
        }
        0x1_0000..0x1_0000_0000 if !wastes => {
            out.push(kind | 26);
            out.extend((number as u32).to_be_bytes());
        }
        _ => {
            out.push(kind | 27);
            out.extend(number.to_be_bytes());
        }
    }
}
