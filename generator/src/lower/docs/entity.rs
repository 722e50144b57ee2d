//! Character references of HTML.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// The longest name in HTML's table has 31 characters; `&` and `;` enclose it.
const MAX_LENGTH: usize = 33;

/// Replaces character references. An `&` that does not start one is unchanged.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        rest = &rest[start..];
        let reference = reference(rest).unwrap_or("&");
        match character(reference) {
            Some(character) => decoded.push_str(&character),
            None => decoded.push_str(reference),
        }
        rest = &rest[reference.len()..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Whether Markdown would read the start of `text`, an `&`, as a reference.
pub(super) fn is_reference(text: &str) -> bool {
    reference(text).is_some_and(|reference| character(reference).is_some())
}

/// The candidate for a reference at the start of `text`.
fn reference(text: &str) -> Option<&str> {
    let end = text
        .bytes()
        .take(MAX_LENGTH)
        .position(|byte| byte == b';')?;
    let name = &text[1..end];
    let is_name = !name.is_empty()
        && name
            .bytes()
            .enumerate()
            .all(|(at, byte)| byte.is_ascii_alphanumeric() || (at == 0 && byte == b'#'));
    is_name.then_some(&text[..=end])
}

/// The character of a reference. The Markdown parser, which knows HTML's whole table, parses a
/// paragraph that contains only the reference.
fn character(reference: &str) -> Option<String> {
    let text: String = Parser::new(reference)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    (text != reference).then_some(text)
}
