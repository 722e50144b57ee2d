//! Reads JSON values, and reports what cannot be read with its place.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::diagnostics::json::{self, Entries, Key};
use crate::diagnostics::{Diagnostics, Place, key_span};
use crate::smithy::suggest::closest;

/// The position of the reader, and the problems so far.
///
/// Methods that return `None` have reported the reason.
pub(super) struct Reader<'a> {
    text: &'a str,
    path: Vec<Segment<'a>>,
    diagnostics: Diagnostics,
}

/// A step of a [`Place`] that borrows its text.
pub(super) enum Segment<'a> {
    Key(Key<'a>),
    Index(usize),
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            path: Vec::new(),
            diagnostics: Diagnostics::new(),
        }
    }

    pub(super) fn into_diagnostics(self) -> Diagnostics {
        self.diagnostics
    }

    /// Calls `each` for every entry of an object, with the path set to the entry.
    pub(super) fn object(
        &mut self,
        value: &'a RawValue,
        mut each: impl FnMut(&mut Self, &str, &'a RawValue),
    ) -> Option<()> {
        let Entries(entries) = self.read(value, "an object")?;
        let mut seen = HashMap::with_capacity(entries.len());
        for (key, value) in &entries {
            self.at(Segment::Key(key.clone()), |reader| {
                let Some(first) = seen.insert(key.as_str(), key) else {
                    each(reader, key.as_str(), value);
                    return;
                };
                reader.error(
                    format!("`{}` appears twice in one object", key.as_str()),
                    "remove or rename one of them",
                );
                reader.diagnostics.at(key_span(reader.text, key));
                let span = key_span(reader.text, first);
                reader.diagnostics.see_at(span, "the first");
            });
        }
        Some(())
    }

    /// The same, and returns the keys.
    pub(super) fn keyed(
        &mut self,
        value: &'a RawValue,
        mut each: impl FnMut(&mut Self, &str, &'a RawValue),
    ) -> Option<Vec<String>> {
        let mut keys = Vec::new();
        self.object(value, |reader, key, value| {
            keys.push(key.to_owned());
            each(reader, key, value);
        })?;
        Some(keys)
    }

    /// Reads a part of the current value, and returns to the value.
    pub(super) fn at(&mut self, segment: Segment<'a>, read: impl FnOnce(&mut Self)) {
        self.path.push(segment);
        read(self);
        self.path.pop();
    }

    pub(super) fn string(&mut self, value: &'a RawValue) -> Option<String> {
        self.read(value, "a string")
    }

    pub(super) fn read<T: Deserialize<'a>>(
        &mut self,
        value: &'a RawValue,
        expected: &str,
    ) -> Option<T> {
        let error = match serde_json::from_str(value.get()) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let found = match value.get().as_bytes().first() {
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b'"') => "a string",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ => "a number",
        };
        if error.is_data() {
            self.error(
                format!("this is {found} and must be {expected}"),
                mend(value.get(), found, expected),
            );
        } else {
            // For example half of a surrogate pair, which is only detected when the string is
            // decoded.
            self.error(
                format!(
                    "this is {found} that cannot be read: {}",
                    json::reason(&error)
                ),
                "correct the JSON: a character beyond U+FFFF is escaped as two escapes, such as \
                 `\\ud83d\\ude00`, or written literally",
            );
        }
        None
    }

    /// Reports unknown keys of the current object. A key that is probably a misspelled missing key
    /// is an error; returns the missing keys that were meant.
    pub(super) fn unknown_keys<'k>(
        &mut self,
        keys: &[String],
        owner: &str,
        known: &[&'k str],
        missing: &[&'k str],
    ) -> Vec<&'k str> {
        let mut all_meant = Vec::new();
        for key in keys.iter().filter(|key| !known.contains(&key.as_str())) {
            let meant = closest(key, known.iter().copied());
            let needed = meant.filter(|meant| missing.contains(meant));
            all_meant.extend(needed);
            let remedy = match meant {
                Some(other) if keys.iter().any(|key| key == other) => {
                    format!("remove it: `{other}` is there already")
                }
                Some(other) => format!("did you mean `{other}`?"),
                None => format!("the keys of {owner} are `{}`", known.join("`, `")),
            };
            let segment = Segment::Key(Key::Owned(key.clone()));
            self.at(segment, |reader| {
                let message = format!("{owner} has no key `{key}`");
                let place = reader.place().the_key();
                match needed {
                    Some(_) => reader.diagnostics.error(place, message, remedy),
                    None => {
                        let message = format!("{message}: it is ignored");
                        reader.diagnostics.warning(place, message, remedy);
                    }
                }
            });
        }
        all_meant
    }

    pub(super) fn error(&mut self, message: impl Into<String>, remedy: impl Into<String>) {
        self.diagnostics.error(self.place(), message, remedy);
    }

    /// Reports a problem with the last key of the path.
    pub(super) fn key_error(&mut self, message: impl Into<String>, remedy: impl Into<String>) {
        self.diagnostics
            .error(self.place().the_key(), message, remedy);
    }

    fn place(&self) -> Place {
        self.path
            .iter()
            .fold(Place::root(), |place, segment| match segment {
                Segment::Key(key) => place.key(key.as_str()),
                Segment::Index(index) => place.index(*index),
            })
    }

    pub(super) fn not_json(&mut self, error: &serde_json::Error) {
        let text = self.text.trim_start();
        if text.is_empty() {
            self.error("the model is empty", "pass a file with a Smithy JSON AST");
            return;
        }
        let remedy = match text.chars().next() {
            Some('{' | '[') if error.is_eof() => {
                "the end of the file is missing, or a bracket is not closed"
            }
            Some('{' | '[') => "correct the JSON here, or just before",
            _ => "pass a Smithy JSON AST, which begins with `{`",
        };
        let place = self.place();
        self.diagnostics
            .not_json(place, "the model", error, self.text, remedy);
    }
}

/// The remedy for a value of the wrong type.
fn mend(text: &str, found: &str, expected: &str) -> String {
    match (found, expected) {
        ("a number" | "a boolean", "a string") => format!("put it in quotes: `\"{text}\"`"),
        ("a string", "an object") if text.contains('#') => {
            format!("write a reference to the shape: `{{ \"target\": {text} }}`")
        }
        ("an object", "an array") => "put it in brackets: `[{ … }]`".to_owned(),
        _ => "see https://smithy.io/2.0/spec/json-ast.html for what belongs here".to_owned(),
    }
}
