//! Recognizes documents that are well-formed and plain, as services write them: a declaration,
//! elements, their attributes and text. The runtime, which knows all of XML, reads all others.

use aws_smithy_schema::serde::SerdeError;

use super::elements::Elements;
use super::markup::{Markup, Next};

/// A plain document.
#[derive(Clone, Copy)]
pub(super) struct Plain<'a>(&'a str);

impl<'a> Plain<'a> {
    /// The document; `None` if the runtime has to read it.
    pub(super) fn of(body: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        let mut check = Check {
            text: body,
            at: 0,
            open: Vec::new(),
            attributes: Vec::new(),
        };
        check.document()?;
        Some(Self(text))
    }

    /// Returns a reader of the root or of its first element, which must have these names, as in
    /// `document::check_root`.
    pub(super) fn elements(
        self,
        root: Option<&str>,
        first: Option<&str>,
    ) -> Result<Elements<'a>, SerdeError> {
        let markup = Markup(self.0);
        let start = markup.root();
        let tag = markup.tag(start);
        let missing =
            |name: &str| SerdeError::invalid_input(format!("there is no element `{name}`"));
        if let Some(name) = root.filter(|name| !tag.matches(name)) {
            return Err(missing(name));
        }
        let Some(name) = first else {
            return Ok(Elements::new(markup, start));
        };
        match markup.next(tag.content) {
            Next::Element(start) if !tag.is_empty && markup.tag(start).matches(name) => {
                Ok(Elements::new(markup, start))
            }
            _ => Err(missing(name)),
        }
    }
}

/// The declarations that services send.
const DECLARATIONS: [&str; 3] = [
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<?xml version="1.0" encoding="utf-8"?>"#,
    r#"<?xml version="1.0"?>"#,
];

/// The references that documents may use without declaring them.
const REFERENCES: [&str; 5] = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"];

/// Checks whether a document is plain: each method skips one plain part.
struct Check<'a> {
    text: &'a [u8],
    at: usize,
    /// The names of the elements around this place.
    open: Vec<&'a [u8]>,
    /// The names of the attributes of a tag.
    attributes: Vec<&'a [u8]>,
}

impl<'a> Check<'a> {
    fn document(&mut self) -> Option<()> {
        let declared = DECLARATIONS.into_iter().find(|it| self.pass(it).is_some());
        if declared.is_none() && self.text.starts_with(b"<?") {
            return None;
        }
        self.spaces();
        loop {
            self.pass("<")?;
            match self.peek()? {
                b'/' => self.end_tag()?,
                _ => self.start_tag()?,
            }
            if self.open.is_empty() {
                break;
            }
            self.characters(b'<')?;
        }
        self.spaces();
        (self.at == self.text.len()).then_some(())
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn pass(&mut self, text: &str) -> Option<()> {
        let is_next = self.text[self.at..].starts_with(text.as_bytes());
        self.at += if is_next { text.len() } else { 0 };
        is_next.then_some(())
    }

    /// Skips spaces, and returns whether there were any.
    fn spaces(&mut self) -> bool {
        let before = self.at;
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.at += 1;
        }
        self.at > before
    }

    fn end_tag(&mut self) -> Option<()> {
        self.at += 1;
        let name = self.name()?;
        self.spaces();
        self.pass(">")?;
        (self.open.pop()? == name).then_some(())
    }

    fn start_tag(&mut self) -> Option<()> {
        let name = self.name()?;
        self.attributes.clear();
        loop {
            let has_space = self.spaces();
            match self.peek()? {
                b'>' => {
                    self.at += 1;
                    self.open.push(name);
                    return Some(());
                }
                b'/' => {
                    self.at += 1;
                    return self.pass(">");
                }
                _ if has_space => self.attribute()?,
                _ => return None,
            }
        }
    }

    fn attribute(&mut self) -> Option<()> {
        let name = self.name()?;
        if self.attributes.contains(&name) {
            return None;
        }
        self.attributes.push(name);
        self.pass("=\"")?;
        let value = self.at;
        self.characters(b'"')?;
        // Later code does not expect markup or references in values.
        let is_plain = |byte: &u8| !matches!(byte, b'<' | b'>' | b'&');
        let value = &self.text[value..self.at];
        self.at += 1;
        value.iter().all(is_plain).then_some(())
    }

    /// A name with or without a prefix.
    fn name(&mut self) -> Option<&'a [u8]> {
        let start = self.at;
        self.part_of_name()?;
        if self.peek() == Some(b':') {
            self.at += 1;
            self.part_of_name()?;
        }
        Some(&self.text[start..self.at])
    }

    fn part_of_name(&mut self) -> Option<()> {
        if !matches!(self.peek()?, b'a'..=b'z' | b'A'..=b'Z' | b'_') {
            return None;
        }
        while let Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.') = self.peek() {
            self.at += 1;
        }
        Some(())
    }

    /// Text up to a byte. It must have no other references, and no characters that XML does not
    /// allow.
    fn characters(&mut self, end: u8) -> Option<()> {
        loop {
            let rest = &self.text[self.at..];
            let byte = *rest.first()?;
            if byte == end {
                return Some(());
            }
            let is_character = match byte {
                b'\t' | b'\r' | b'\n' => true,
                0..b' ' => false,
                b'<' => false,
                b'&' => {
                    let mut known = REFERENCES.iter();
                    known.any(|it| rest.starts_with(it.as_bytes()))
                }
                b']' => !rest.starts_with(b"]]>"),
                // U+FFFE and U+FFFF
                0xef => !matches!(rest, [_, 0xbf, 0xbe | 0xbf, ..]),
                _ => true,
            };
            if !is_character {
                return None;
            }
            self.at += 1;
        }
    }
}
