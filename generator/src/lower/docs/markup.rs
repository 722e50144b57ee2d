//! Finds the tags in a text.
//!
//! Tags of unknown elements are text, such as `<bucket-name>` and the `<T>` of a type.

use std::ops::Range;

use super::entity;
use super::tag::Tag;

/// The maximum distance to search for the end of a tag, a comment or an element. Without it, a text
/// with many open ones would take quadratic time.
const REACH: usize = 4096;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Markup<'a> {
    Start {
        name: &'a str,
        tag: Tag,
        attributes: Attributes<'a>,
    },
    End(Tag),
    Comment,
    /// A section in which markup has no meaning.
    Literal(&'a str),
}

/// The attributes of a start tag, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attributes<'a>(&'a str);

impl Attributes<'_> {
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut rest = self.0;
        while let Some((attribute, value, after)) = next_attribute(rest) {
            if attribute.eq_ignore_ascii_case(name) {
                return Some(entity::decode(value).into_owned());
            }
            rest = after;
        }
        None
    }
}

/// The first markup in `source` that starts within `range`, and where it is.
pub(super) fn next(source: &str, range: Range<usize>) -> Option<(Range<usize>, Markup<'_>)> {
    let mut from = range.start;
    while let Some(offset) = source[from..range.end].find('<') {
        let start = from + offset;
        if let Some((length, markup)) = at(&source[start..range.end])
            && !is_text(&markup, source, start..start + length)
        {
            return Some((start..start + length, markup));
        }
        from = start + 1;
    }
    None
}

/// The markup at the start of `text`, and its length.
fn at(text: &str) -> Option<(usize, Markup<'_>)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let length = reach(comment).find("-->")?;
        return Some(("<!--".len() + length + "-->".len(), Markup::Comment));
    }
    if let Some(section) = text.strip_prefix("<![CDATA[") {
        let length = reach(section).find("]]>")?;
        let whole = "<![CDATA[".len() + length + "]]>".len();
        return Some((whole, Markup::Literal(&section[..length])));
    }
    if text
        .get(..9)
        .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
    {
        return Some((reach(text).find('>')? + 1, Markup::Comment));
    }
    let is_end = text.starts_with("</");
    let name_start = 1 + usize::from(is_end);
    let name = name(&text[name_start..]);
    let tag = Tag::of(name)?;
    let attributes = &text[name_start + name.len()..];
    let length = attributes_length(attributes)?;
    let markup = if is_end {
        Markup::End(tag)
    } else {
        let attributes = Attributes(&attributes[..length]);
        Markup::Start {
            name,
            tag,
            attributes,
        }
    };
    Some((name_start + name.len() + length + 1, markup))
}

fn name(text: &str) -> &str {
    let end =
        text.find(|part: char| !(part.is_ascii_alphanumeric() || matches!(part, '-' | '_' | '.')));
    &text[..end.unwrap_or(text.len())]
}

/// The length of the attributes before the `>` that ends their tag.
fn attributes_length(text: &str) -> Option<usize> {
    let text = reach(text);
    if !text.starts_with(|next: char| next.is_whitespace() || matches!(next, '>' | '/')) {
        return None;
    }
    let mut rest = text;
    while let Some((_, _, after)) = next_attribute(rest) {
        rest = after;
    }
    let rest = rest.trim_start_matches(is_between_attributes);
    let end = text.len() - rest.len();
    if rest.starts_with('>') {
        return Some(end);
    }
    // An unclosed quotation mark is ignored.
    text.find(['>', '<'])
        .filter(|&end| text[end..].starts_with('>'))
}

/// The name and value of the next attribute, and the text after it.
fn next_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_start_matches(is_between_attributes);
    let (name, rest) = split_before(text, |next| {
        next.is_whitespace() || matches!(next, '=' | '>' | '<' | '/')
    });
    let Some(value) = rest.trim_start().strip_prefix('=') else {
        return (!name.is_empty()).then_some((name, "", rest));
    };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(value) = value.strip_prefix(quote) {
            let (value, rest) = value.split_once(quote)?;
            return Some((name, value, rest));
        }
    }
    let (value, rest) = split_before(value, |next| {
        next.is_whitespace() || matches!(next, '>' | '<')
    });
    Some((name, value, rest))
}

fn split_before(text: &str, is_end: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}

fn is_between_attributes(character: char) -> bool {
    character.is_whitespace() || character == '/'
}

/// Whether a start tag is really text: a type parameter as in `Map<S>`, or a placeholder as in
/// `table/<table>`. Both follow a word without a space and have no end tag.
fn is_text(markup: &Markup<'_>, source: &str, range: Range<usize>) -> bool {
    let Markup::Start { name, tag, .. } = markup else {
        return false;
    };
    let (before, after) = (&source[..range.start], &source[range.end..]);
    if !before.ends_with(|last: char| last.is_alphanumeric() || ":/._-".contains(last)) {
        return false;
    }
    let is_parameter = name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    match end_of(name, reach(after)) {
        Some(end) => is_parameter && !after[end].contains(*name),
        None => is_parameter || tag.requires_end(),
    }
}

/// Whether an end tag for `name` follows.
pub(super) fn has_end(name: &str, text: &str) -> bool {
    end_of(name, reach(text)).is_some()
}

pub(super) fn reach(text: &str) -> &str {
    &text[..text.floor_char_boundary(REACH)]
}

/// The range of the end tag for `name`.
pub(super) fn end_of(name: &str, text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(offset) = text[from..].find("</") {
        let start = from + offset;
        let found = self::name(&text[start + 2..]);
        if found.eq_ignore_ascii_case(name) {
            let end = text[start..]
                .find('>')
                .map_or(text.len(), |end| start + end + 1);
            return Some(start..end);
        }
        from = start + 2;
    }
    None
}
