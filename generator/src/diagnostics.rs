//! Every problem found, each with file, line, shape id and remedy.
//!
//! A stage records problems by their [`Place`] in the model, which costs nothing while there are
//! none. Lines and columns are looked up in the text only when a [`Source`] is attached.

pub(crate) mod json;
mod locate;
mod place;
mod render;

use std::fmt;
use std::path::Path;

pub(crate) use self::locate::{Span, key_span};
pub use self::place::Place;
use self::render::Excerpt;

/// A model's text and the name shown for it in diagnostics.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
}

impl Source {
    /// Takes a text as it is; `name` is what diagnostics show, usually a path.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// One diagnostic if the file cannot be read or is not UTF-8.
    pub fn read(path: &Path) -> Result<Self, Diagnostics> {
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(Self::new(path.display().to_string(), text)),
            Err(error) => {
                let mut diagnostics = Diagnostics::new();
                diagnostics.file_error(
                    path,
                    format!("cannot read the file: {error}"),
                    "check the path; models are UTF-8 text files",
                );
                Err(diagnostics)
            }
        }
    }

    /// The name shown in diagnostics.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// One problem: what is wrong, where, and what to do about it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    message: String,
    remedy: String,
    place: Place,
    file: Option<String>,
    /// A part of the text that is more exact than the place.
    span: Option<Span>,
    excerpt: Option<Excerpt>,
}

impl Diagnostic {
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

    /// Line and column, both from 1, once a source is attached. Columns count characters.
    pub fn position(&self) -> Option<(usize, usize)> {
        let excerpt = self.excerpt.as_ref()?;
        Some((excerpt.line, excerpt.column))
    }
}

/// Collects problems while a stage runs, so that all of them are reported at once.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No problems yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a problem at a place of the model.
    pub fn error(&mut self, place: Place, message: impl Into<String>, remedy: impl Into<String>) {
        self.list.push(Diagnostic {
            message: message.into(),
            remedy: remedy.into(),
            place,
            file: None,
            span: None,
            excerpt: None,
        });
    }

    /// Says where in the text the last problem is, for when its place does not tell: the text
    /// cannot be parsed, or a key stands twice.
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

    /// Ends a stage.
    ///
    /// # Errors
    ///
    /// The problems, if there are any.
    pub fn into_result<T>(self, value: T) -> Result<T, Diagnostics> {
        if self.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }

    /// Appends the problems of another stage.
    pub fn merge(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    /// Attaches the text, so that file, line, column and an excerpt are shown, and puts the
    /// problems into the order of the text.
    ///
    /// Problems that belong to a file already are left as they are.
    pub fn in_source(mut self, source: &Source) -> Diagnostics {
        let open: Vec<usize> = (0..self.list.len())
            .filter(|&index| self.list[index].file.is_none())
            .collect();
        let places: Vec<&Place> = open.iter().map(|&index| &self.list[index].place).collect();
        let mut spans = locate::locate(source.text(), &places);
        for (span, &index) in spans.iter_mut().zip(&open) {
            *span = self.list[index].span.unwrap_or(*span);
        }
        let excerpts = render::excerpts(source.text(), &spans);
        for (excerpt, &index) in excerpts.into_iter().zip(&open) {
            self.list[index].file = Some(source.name().to_owned());
            self.list[index].excerpt = Some(excerpt);
        }
        self.list.sort_by_key(Diagnostic::position);
        self
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

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.list.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests;
