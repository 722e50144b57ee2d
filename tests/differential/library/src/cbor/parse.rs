//! Reads CBOR as a tree.

use super::BREAK;
use crate::tree::Tree;

/// How deep items may be nested.
const DEEPEST: usize = 100;

/// Parses a tree, with nothing after it. Returns `None` for anything that trees do not have, such
/// as keys that are not text, and undefined values.
pub fn parse(bytes: &[u8]) -> Option<Tree> {
    let mut parser = Parser {
        rest: bytes,
        depth: 0,
    };
    let tree = parser.tree()?;
    parser.rest.is_empty().then_some(tree)
}

struct Parser<'a> {
    rest: &'a [u8],
    depth: usize,
}

impl<'a> Parser<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn number(&mut self, size: usize) -> Option<u64> {
        let bytes = self.take(size)?.iter();
        Some(bytes.fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// The kind of the next item, its first byte, and its number: `None` if the item ends with a
    /// marker.
    fn head(&mut self) -> Option<(u8, u8, Option<u64>)> {
        let first = self.number(1)? as u8;
        let (kind, short) = (first >> 5, first & 31);
        let number = match short {
            0..24 => Some(short.into()),
            24..28 => Some(self.number(1 << (short - 24))?),
            31 if matches!(kind, 2..6) => None,
            _ => return None,
        };
        Some((kind, short, number))
    }

    fn is_over(&mut self) -> bool {
        let is_over = self.rest.first() == Some(&BREAK);
        if is_over {
            self.rest = &self.rest[1..];
        }
        is_over
    }

    fn tree(&mut self) -> Option<Tree> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let (kind, short, number) = self.head()?;
        let tree = match kind {
            0 => Tree::Verbatim(number?.to_string()),
            1 => Tree::Verbatim((-1 - i128::from(number?)).to_string()),
            2 => Tree::Bytes(self.bytes(kind, number)?),
            3 => Tree::Text(String::from_utf8(self.bytes(kind, number)?).ok()?),
            4 => Tree::Array(self.each(number, Self::tree)?),
            5 => Tree::Object(self.each(number, |parser| {
                let (kind, _, number) = parser.head()?;
                let name = parser.bytes(kind, number).filter(|_| kind == 3)?;
                Some((String::from_utf8(name).ok()?, parser.tree()?))
            })?),
            6 => Tree::Tagged(number?, Box::new(self.tree()?)),
            _ => simple(short, number?)?,
        };
        self.depth -= 1;
        Some(tree)
    }

    /// A string of bytes or of text, which may be in parts.
    fn bytes(&mut self, kind: u8, length: Option<u64>) -> Option<Vec<u8>> {
        if let Some(length) = length {
            return Some(self.take(usize::try_from(length).ok()?)?.to_vec());
        }
        let part = |parser: &mut Self| match parser.head()? {
            (other, _, Some(length)) if other == kind => parser.bytes(kind, Some(length)),
            _ => None,
        };
        Some(self.each(None, part)?.concat())
    }

    fn each<T>(
        &mut self,
        count: Option<u64>,
        item: impl Fn(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut items = Vec::new();
        while count.map_or_else(|| !self.is_over(), |count| (items.len() as u64) < count) {
            items.push(item(self)?);
        }
        Some(items)
    }
}

/// A boolean, null or a float.
fn simple(short: u8, number: u64) -> Option<Tree> {
    let float = match short {
        20 | 21 => return Some(Tree::Boolean(short == 21)),
        22 => return Some(Tree::Null),
        26 => f32::from_bits(u32::try_from(number).ok()?).into(),
        27 => f64::from_bits(number),
        _ => return None,
    };
    Some(Tree::Verbatim(format!("{float:?}")))
}
