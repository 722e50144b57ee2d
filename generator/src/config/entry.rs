//! Names in configuration files.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::ServiceConfig;
use crate::diagnostics::{Diagnostics, Place, Source, Span};
use crate::shape_id::ShapeId;

/// A name of an operation or shape, and where it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Spanned<String>")]
pub struct Entry {
    text: String,
    /// Where it is in [`ServiceConfig::source`]; `None` if it comes from elsewhere.
    span: Option<Range<usize>>,
}

/// A name in the model, and the name in Rust that replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// An operation, a shape, or a member such as `Thing$name`; with a namespace or without.
    pub of: Entry,
    /// The new name, spelled as in a model: `NewThing`, `newName`.
    pub to: Entry,
}

impl Entry {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is the name of a shape or member, with or without its namespace.
    pub(crate) fn means(&self, id: &ShapeId) -> bool {
        self.text == id.as_str() || self.text == id.without_namespace()
    }

    /// Records a problem with the name: where it is written, or at `place` of the model if it comes
    /// from elsewhere.
    pub(crate) fn error(
        &self,
        config: &ServiceConfig,
        place: Place,
        message: impl Into<String>,
        remedy: impl Into<String>,
        diagnostics: &mut Diagnostics,
    ) {
        self.error_with(config, place, message, remedy, &[], diagnostics);
    }

    /// The same, with related entries and a label for each.
    pub(crate) fn error_with(
        &self,
        config: &ServiceConfig,
        place: Place,
        message: impl Into<String>,
        remedy: impl Into<String>,
        others: &[(&Entry, &str)],
        diagnostics: &mut Diagnostics,
    ) {
        let mut problem = Diagnostics::new();
        problem.error(place, message, remedy);
        if let (Some(span), Some(source)) = (self.span(), &config.source) {
            problem.at(Some(span));
            for (other, what) in others {
                problem.see_at(other.span(), *what);
            }
            problem = problem.in_source(source);
        }
        diagnostics.merge(problem);
    }

    /// Records a problem with a name that is written in this text.
    pub(crate) fn error_in(
        &self,
        source: &Source,
        message: impl Into<String>,
        remedy: impl Into<String>,
        diagnostics: &mut Diagnostics,
    ) {
        let mut problem = Diagnostics::new();
        problem.error(Place::root(), message, remedy);
        problem.at(self.span());
        diagnostics.merge(problem.in_source(source));
    }

    fn span(&self) -> Option<Span> {
        let span = self.span.as_ref()?;
        Some(Span {
            offset: span.start,
            length: span.len(),
        })
    }
}

impl PartialEq for Entry {
    /// Ignores where the name is written.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl From<&str> for Entry {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            span: None,
        }
    }
}

impl From<Spanned<String>> for Entry {
    fn from(text: Spanned<String>) -> Self {
        let span = text.span();
        Self {
            text: text.into_inner(),
            span: Some(span),
        }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
