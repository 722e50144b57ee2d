//! Values of a model with their positions in files.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostics, Place, Span};

/// A problem in a file.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    span: Span,
    message: String,
    remedy: String,
    related: Vec<(Span, String)>,
}

impl Problem {
    pub(super) fn new(span: Span, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            remedy: remedy.into(),
            related: Vec::new(),
        }
    }

    /// Adds another place, and what is there.
    pub(super) fn see(&mut self, span: Span, what: &str) {
        self.related.push((span, what.to_owned()));
    }

    pub(super) fn and(mut self, span: Span, what: &str) -> Self {
        self.see(span, what);
        self
    }

    /// Adds the offset of the file.
    pub(super) fn shifted(mut self, base: usize) -> Self {
        self.span.offset += base;
        for (span, _) in &mut self.related {
            span.offset += base;
        }
        self
    }

    pub(super) fn record(self, diagnostics: &mut Diagnostics) {
        diagnostics.error(Place::root(), self.message, self.remedy);
        diagnostics.at(Some(self.span));
        for (span, what) in self.related {
            diagnostics.see_at(Some(span), what);
        }
    }
}

/// A value. `span` counts from the beginning of the first file.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) span: Span,
}

#[derive(Clone, Debug)]
pub(super) enum Value {
    Null,
    Boolean(bool),
    /// A number as written.
    Number(String),
    String(String),
    Array(Vec<Node>),
    Object(Vec<Entry>),
    /// A reference from a shape to a shape, which may not exist.
    Target(String),
    /// A shape id without quotes in the value of a trait, which must exist.
    Id(String),
    /// An elided target, which comes from a resource or mixin.
    Elided,
    /// The default value of an enum's member: its name, unless a mixin has the member.
    EnumName(String),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: Key,
    pub(super) value: Node,
}

#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) span: Span,
    /// Whether the key is the name of a trait as written in the IDL.
    pub(super) is_trait: bool,
}

impl Node {
    pub(super) fn new(value: Value, span: Span) -> Self {
        Self { value, span }
    }

    pub(super) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Object(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn entries_mut(&mut self) -> Option<&mut Vec<Entry>> {
        match &mut self.value {
            Value::Object(entries) => Some(entries),
            _ => None,
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let mut entries = self.entries().iter();
        Some(&entries.find(|entry| entry.key.name == key)?.value)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let mut entries = self.entries_mut()?.iter_mut();
        Some(&mut entries.find(|entry| entry.key.name == key)?.value)
    }

    pub(super) fn string(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) | Value::Target(text) | Value::Id(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn array(&self) -> &[Node] {
        match &self.value {
            Value::Array(values) => values,
            _ => &[],
        }
    }

    /// The object at a key, which is created if it is missing.
    pub(super) fn object_mut(&mut self, key: &str) -> &mut Node {
        let span = self.span;
        if !matches!(self.value, Value::Object(_)) {
            self.value = Value::Object(Vec::new());
        }
        if self.get(key).is_none()
            && let Some(entries) = self.entries_mut()
        {
            entries.push(Entry::new(
                key,
                span,
                Node::new(Value::Object(Vec::new()), span),
            ));
        }
        self.get_mut(key).expect("it has just been begun")
    }

    /// Whether both are equal, ignoring the order of keys.
    pub(super) fn same(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Array(one), Value::Array(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| one.same(other))
            }
            (Value::Object(one), Value::Object(other)) => {
                let by_key: HashMap<&str, &Node> = other
                    .iter()
                    .map(|it| (it.key.name.as_str(), &it.value))
                    .collect();
                one.len() == other.len()
                    && one.iter().all(|entry| {
                        let other = by_key.get(entry.key.name.as_str());
                        other.is_some_and(|other| entry.value.same(other))
                    })
            }
            (Value::Null, Value::Null) | (Value::Elided, Value::Elided) => true,
            (Value::Boolean(one), Value::Boolean(other)) => one == other,
            (Value::Number(one), Value::Number(other)) => one == other,
            (Value::EnumName(one), Value::EnumName(other)) => one == other,
            _ => match (self.string(), other.string()) {
                (Some(one), Some(other)) => one == other,
                _ => false,
            },
        }
    }
}

impl Entry {
    pub(super) fn new(name: impl Into<String>, span: Span, value: Node) -> Self {
        let key = Key {
            name: name.into(),
            span,
            is_trait: false,
        };
        Self { key, value }
    }
}
