//! JSON objects whose keys and values know their position in the text.
//!
//! serde_json does all parsing. It borrows keys and values from the text, so their addresses give
//! the offsets, without unsafe code.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Diagnostics, Place, Span};

/// The entries of a JSON object in the order of the text, duplicates included.
pub(crate) struct Entries<'a>(pub Vec<(Key<'a>, &'a RawValue)>);

/// A key, borrowed unless it contains escapes.
#[derive(Clone)]
pub(crate) enum Key<'a> {
    Borrowed(&'a str),
    Owned(String),
}

impl Key<'_> {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Key::Borrowed(text) => text,
            Key::Owned(text) => text,
        }
    }
}

/// The byte offset of `part` in `text`, if `part` is a slice of it.
pub(crate) fn offset_in(text: &str, part: &str) -> Option<usize> {
    let offset = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (offset + part.len() <= text.len()).then_some(offset)
}

impl Diagnostics {
    /// Records that a text cannot be parsed.
    pub(crate) fn not_json(
        &mut self,
        place: Place,
        what: &str,
        error: &serde_json::Error,
        text: &str,
        remedy: &str,
    ) {
        let offset = stopped_at(text, error);
        let reason = reason_in(text, offset, error);
        self.error(place, format!("{what} is not JSON: {reason}"), remedy);
        self.at(Some(Span { offset, length: 1 }));
    }
}

/// The message of serde_json, without line and column.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let reason = message.split(" at line ").next().unwrap_or_default();
    match reason.strip_prefix("EOF while parsing ") {
        Some("a list") => "the file ends within an array".to_owned(),
        Some("a value") => "the file ends where a value is expected".to_owned(),
        Some(what) => format!("the file ends within {what}"),
        None => reason.to_owned(),
    }
}

/// The same, corrected where the message does not match what people see.
pub(super) fn reason_in(text: &str, offset: usize, error: &serde_json::Error) -> String {
    let (before, after) = text.split_at(text.floor_char_boundary(offset));
    match after.chars().next() {
        Some(bracket @ ('}' | ']')) if before.trim_end().ends_with(',') => {
            format!("there is a comma before `{bracket}`")
        }
        _ => reason(error),
    }
}

/// Where serde_json stopped. An early end is shown after the last token.
pub(super) fn stopped_at(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n');
    let before: usize = lines
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let last = text.trim_end().len();
    (before + error.column().saturating_sub(1)).min(last.saturating_sub(1))
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Key::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Key::Owned(text.to_owned()))
    }
}
