//! Finds the markup of [plain](super::plain) documents, without checking it again.

use std::borrow::Cow;

use aws_smithy_schema::serde::SerdeError;

/// The start of an element.
pub(super) struct Tag<'a> {
    name: &'a str,
    pub(super) attributes: &'a str,
    /// Where the content begins.
    pub(super) content: usize,
    /// Whether there is no content, and no end tag.
    pub(super) is_empty: bool,
}

impl<'a> Tag<'a> {
    fn at(text: &'a str, start: usize) -> Self {
        let rest = &text[start + 1..];
        let length = rest.find('>').unwrap_or(rest.len());
        let inside = &rest[..length];
        let is_empty = inside.ends_with('/');
        let inside = inside.strip_suffix('/').unwrap_or(inside);
        let is_space = |byte: &u8| byte.is_ascii_whitespace();
        let end = inside.as_bytes().iter().position(is_space);
        let (name, attributes) = inside.split_at(end.unwrap_or(inside.len()));
        Self {
            name,
            attributes,
            content: start + length + 2,
            is_empty,
        }
    }

    /// The name without its prefix.
    pub(super) fn local(&self) -> &'a str {
        local(self.name)
    }

    /// Whether the tag has this name, or this name after any prefix.
    pub(super) fn matches(&self, name: &str) -> bool {
        self.name == name || self.local() == name
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        // Neither names nor values contain quotes.
        let mut parts = self.attributes.split('"');
        while let (Some(before), Some(value)) = (parts.next(), parts.next()) {
            let found = before.trim().trim_end_matches('=');
            let local = found.split_once(':').map_or(found, |(_, it)| it);
            if found == name || local == name {
                return Some(value);
            }
        }
        None
    }
}

/// What comes next inside an element.
pub(super) enum Next {
    Element(usize),
    /// No more elements: the end of the outer element.
    End(usize),
}

/// The text of a document.
#[derive(Clone, Copy)]
pub(super) struct Markup<'a>(pub &'a str);

impl<'a> Markup<'a> {
    /// The start of the root.
    pub(super) fn root(self) -> usize {
        let declared = self.0.find("?>").filter(|_| self.0.starts_with("<?"));
        let declared = declared.unwrap_or_default();
        declared + self.0[declared..].find('<').unwrap_or_default()
    }

    /// The tag that begins at a place.
    pub(super) fn tag(self, start: usize) -> Tag<'a> {
        Tag::at(self.0, start)
    }

    /// What comes next after a place.
    pub(super) fn next(self, at: usize) -> Next {
        let start = at + self.0[at..].find('<').unwrap_or_default();
        match self.0.as_bytes().get(start + 1) {
            Some(b'/') => Next::End(self.end_of_tag(start)),
            _ => Next::Element(start),
        }
    }

    fn end_of_tag(self, start: usize) -> usize {
        start + self.0[start..].find('>').unwrap_or_default() + 1
    }

    /// Where an element ends.
    pub(super) fn skip(self, start: usize) -> usize {
        let (mut at, mut depth) = (start, 0_usize);
        loop {
            match self.next(at) {
                Next::Element(start) => {
                    let tag = self.tag(start);
                    at = tag.content;
                    depth += usize::from(!tag.is_empty);
                }
                Next::End(end) => {
                    at = end;
                    depth -= 1;
                }
            }
            if depth == 0 {
                return at;
            }
        }
    }

    /// The text of an element, and where the element ends.
    pub(super) fn text_of(self, start: usize) -> Result<(Cow<'a, str>, usize), SerdeError> {
        let tag = self.tag(start);
        if tag.is_empty {
            return Ok((Cow::Borrowed(""), tag.content));
        }
        let rest = &self.0[tag.content..];
        let text = &rest[..rest.find('<').unwrap_or(rest.len())];
        let end = match self.next(tag.content) {
            Next::End(end) => end,
            Next::Element(_) if text.is_empty() => {
                return Err(SerdeError::custom(
                    "there is an element where text should be",
                ));
            }
            Next::Element(_) => self.skip(start),
        };
        Ok((unescaped(text), end))
    }
}

/// Resolves the references in a text.
fn unescaped(text: &str) -> Cow<'_, str> {
    let Some((before, mut rest)) = text.split_once('&') else {
        return Cow::Borrowed(text);
    };
    let mut plain = String::with_capacity(text.len());
    plain.push_str(before);
    while let Some((reference, after)) = rest.split_once(';') {
        plain.push(match reference {
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => '&',
        });
        let Some((before, next)) = after.split_once('&') else {
            plain.push_str(after);
            break;
        };
        plain.push_str(before);
        rest = next;
    }
    Cow::Owned(plain)
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}
