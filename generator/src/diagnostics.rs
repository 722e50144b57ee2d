//! Problems of models, each with file, line, shape id and remedy.
//!
//! All stages record into one [`Diagnostics`]: errors, which refuse the model, and warnings, which
//! come with the result. A problem has a [`Place`] in the model. Places cost nothing as long as
//! there are no problems. Lines, columns and the path from the service are looked up in the text
//! only when a [`Source`] is attached, once for all problems.

mod excerpt;
mod graph;
pub(crate) mod json;
mod locate;
mod lookup;
mod message;
mod origins;
mod place;
mod render;
mod source;

use std::collections::HashSet;
use std::path::Path;

use serde::Serialize;

use self::excerpt::Excerpt;
pub use self::excerpt::Position;
pub(crate) use self::locate::{Span, key_span};
use self::lookup::Seen;
pub(crate) use self::origins::{Files, Mark, Origins};
pub use self::place::Place;
pub use self::render::Style;
pub use self::source::Source;

/// What a problem means for the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The client is not generated.
    Error,
    /// The client is generated, and ignores what the message names.
    Warning,
}

/// One problem: what is wrong, where, and what to do about it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    severity: Severity,
    message: String,
    remedy: String,
    /// Lines to copy, which belong to the remedy. They never contain text of a model.
    to_copy: Option<String>,
    place: Place,
    related: Vec<Related>,
    file: Option<String>,
    /// A part of the text that is more exact than the place.
    span: Option<Span>,
    excerpt: Option<Excerpt>,
    path: Option<String>,
}

/// Another place that a problem is about.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    /// What is at the place.
    #[serde(rename = "message")]
    pub what: String,
    /// Where it is, once a source is attached.
    #[serde(flatten)]
    pub position: Option<Position>,
    /// The file, if it is not that of the problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip)]
    place: Place,
    #[serde(skip)]
    span: Option<Span>,
}

impl Diagnostic {
    /// Whether it refuses the model.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    pub fn remedy(&self) -> &str {
        &self.remedy
    }

    /// Where in the model it is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The shape or member concerned, such as `example#Thing$name`.
    pub fn shape(&self) -> Option<String> {
        self.place.shape_id()
    }

    /// The shortest path from the service to the shape or member, such as
    /// `Service > GetThing > input GetThingInput > name`. A shape that no service reaches has none.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The file: the name of its [`Source`].
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// Where the marked part of the file begins, once a source is attached.
    pub fn position(&self) -> Option<Position> {
        Some(self.excerpt.as_ref()?.start)
    }

    /// Where the marked part of the file ends: after its last character.
    pub fn end(&self) -> Option<Position> {
        Some(self.excerpt.as_ref()?.end)
    }

    /// Sets positions and excerpts from what the text contains at the places of the problem.
    fn attach(&mut self, seen: &mut impl Iterator<Item = Seen>) {
        if let Some(seen) = seen.next() {
            self.file = seen.file;
            self.excerpt = Some(seen.excerpt);
            self.path = seen.path;
        }
        for (related, seen) in self.related.iter_mut().zip(seen) {
            related.position = Some(seen.excerpt.start);
            related.file = seen.file.filter(|file| self.file.as_ref() != Some(file));
        }
    }

    /// Its own place, then the related ones, each with the span of the text if it is known.
    fn places(&self) -> impl Iterator<Item = (&Place, Option<Span>)> {
        let related = self.related.iter().map(|it| (&it.place, it.span));
        std::iter::once((&self.place, self.span)).chain(related)
    }

    /// Other places that the problem is about, such as the first of two names that clash.
    pub fn related(&self) -> &[Related] {
        &self.related
    }
}

/// Collects problems while a stage runs, so that all of them are reported at once.
#[derive(Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No problems yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a problem that is not in a file, such as one of arguments.
    pub fn of(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        let mut diagnostics = Self::new();
        diagnostics.error(Place::root(), message, remedy);
        diagnostics
    }

    /// Records an error at a place of the model, which is refused.
    pub fn error(&mut self, place: Place, message: impl Into<String>, remedy: impl Into<String>) {
        self.record(Severity::Error, place, message, remedy);
    }

    /// Records a warning at a place of the model: what is wrong, and what the client ignores.
    pub fn warning(&mut self, place: Place, message: impl Into<String>, remedy: impl Into<String>) {
        self.record(Severity::Warning, place, message, remedy);
    }

    /// Records a problem of either kind.
    pub fn record(
        &mut self,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.list.push(Diagnostic {
            severity,
            message: message.into(),
            remedy: remedy.into(),
            to_copy: None,
            place,
            related: Vec::new(),
            file: None,
            span: None,
            excerpt: None,
            path: None,
        });
    }

    /// Adds lines to the remedy of the last problem, to be copied as they are.
    pub(crate) fn add_lines(&mut self, lines: impl Into<String>) {
        if let Some(last) = self.list.last_mut() {
            last.to_copy = Some(lines.into());
        }
    }

    /// Adds another place to the last problem, and what is there, such as the first of two equal
    /// names.
    pub(crate) fn see(&mut self, place: Place, what: impl Into<String>) {
        if let Some(last) = self.list.last_mut() {
            last.related.push(Related {
                what: what.into(),
                position: None,
                file: None,
                place,
                span: None,
            });
        }
    }

    /// Adds another span of the text to the last problem.
    pub(crate) fn see_at(&mut self, span: Option<Span>, what: impl Into<String>) {
        self.see(Place::root(), what);
        if let Some(related) = self
            .list
            .last_mut()
            .and_then(|last| last.related.last_mut())
        {
            related.span = span;
        }
    }

    /// Sets the span of the last problem, for when its place is not exact enough: the text cannot
    /// be parsed, or a key appears twice.
    pub(crate) fn at(&mut self, span: Option<Span>) {
        if let Some(last) = self.list.last_mut() {
            last.span = span;
        }
    }

    /// Records a problem with a file as a whole: it cannot be read, written or found.
    pub fn file_error(
        &mut self,
        path: &Path,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.error(Place::root(), message, remedy);
        if let Some(last) = self.list.last_mut() {
            last.file = Some(path.display().to_string());
        }
    }

    /// Returns the value if there are no problems.
    ///
    /// # Errors
    ///
    /// Returns the problems, if there are any.
    pub fn into_result<T>(self, value: T) -> Result<T, Diagnostics> {
        if self.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }

    /// Returns the value of a part that collects its own problems, or takes over the problems.
    pub(crate) fn accept<T>(&mut self, result: Result<T, Diagnostics>) -> Option<T> {
        result.map_err(|problems| self.merge(problems)).ok()
    }

    /// Ends a stage: returns the value unless there are errors. Keeps warnings.
    pub(crate) fn unless_errors<T>(&self, value: T) -> Option<T> {
        (!self.has_errors()).then_some(value)
    }

    /// Appends the problems of another stage.
    pub fn merge(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    /// Attaches the text, so that file, line, column, an excerpt and the path from the service are shown, and
    /// sorts the problems: errors first, in the order of the text.
    ///
    /// Problems that already belong to a file do not change.
    pub fn in_source(mut self, source: &Source) -> Diagnostics {
        let is_open = |diagnostic: &&mut Diagnostic| diagnostic.file.is_none();
        let mut open: Vec<&mut Diagnostic> = self.list.iter_mut().filter(is_open).collect();
        let mut places: Vec<_> = open.iter().flat_map(|problem| problem.places()).collect();
        let source = match source.shown.as_deref() {
            Some(shown) => {
                // Spans of the changed text mean nothing in this one.
                places.iter_mut().for_each(|(_, span)| *span = None);
                shown
            }
            None => source,
        };
        let mut seen = lookup::look_up(source, &places).into_iter();
        for problem in &mut open {
            problem.attach(&mut seen);
        }
        let files = source.origins.as_deref().map(|origins| &origins.files);
        self.sort(files);
        // A structure that is used twice is checked twice.
        let mut seen = HashSet::new();
        self.list.retain(|it| {
            let key = (it.file.clone(), it.place.clone(), it.message.clone());
            // A part of the text is more exact than the place.
            it.span.is_some() || seen.insert(key)
        });
        self
    }

    /// Attaches the files that the problems are about, each of which knows its part of them.
    pub(crate) fn in_files(mut self, files: &Files) -> Diagnostics {
        let places = self.list.iter().flat_map(|problem| problem.places());
        let spans: Vec<Span> = places.map(|(_, span)| span.unwrap_or_default()).collect();
        let excerpts = files.excerpts(&spans).into_iter();
        let mut seen = excerpts.map(|(file, excerpt)| Seen {
            file: Some(file),
            excerpt,
            path: None,
        });
        for problem in &mut self.list {
            problem.attach(&mut seen);
        }
        self.sort(Some(files));
        self
    }

    /// Into the order of the text, errors first.
    fn sort(&mut self, files: Option<&Files>) {
        let number = |it: &Diagnostic| files?.position(it.file()?);
        let order = |it: &Diagnostic| (it.severity, number(it), it.position());
        self.list.sort_by_cached_key(order);
    }

    /// Whether the model is refused.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|it| it.severity == Severity::Error)
    }

    /// The number of problems of one kind.
    pub fn count(&self, severity: Severity) -> usize {
        let of_kind = |it: &&Diagnostic| it.severity == severity;
        self.list.iter().filter(of_kind).count()
    }

    /// The number of problems.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The problems, in the order in which they are shown.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests;
