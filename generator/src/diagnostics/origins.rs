//! Where the parts of a model come from that was merged from files.

use std::sync::Arc;

use super::Span;
use super::excerpt::{Excerpt, excerpts};

/// The files of a model. Offsets count through all of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    list: Vec<TextFile>,
}

/// A file.
#[derive(Clone, Debug)]
pub(crate) struct TextFile {
    /// The name to show.
    pub(crate) name: String,
    pub(crate) text: Arc<str>,
    /// The offset of its first byte.
    pub(crate) base: usize,
}

impl Files {
    /// Appends a file.
    pub(crate) fn push(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) {
        // The end of a file belongs to that file, not to the next.
        let base = self
            .list
            .last()
            .map_or(0, |last| last.base + last.text.len() + 1);
        self.list.push(TextFile {
            name: name.into(),
            text: text.into(),
            base,
        });
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &TextFile> {
        self.list.iter()
    }

    /// The index of a file, by its name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|file| file.name == name)
    }

    /// The excerpt of each span, with the name of its file.
    pub(super) fn excerpts(&self, spans: &[Span]) -> Vec<(String, Excerpt)> {
        let mut of_files = vec![Vec::new(); self.list.len()];
        for (index, span) in spans.iter().enumerate() {
            let behind = self.list.partition_point(|file| file.base <= span.offset);
            of_files[behind.saturating_sub(1)].push(index);
        }
        let mut found = vec![None; spans.len()];
        for (file, indexes) in self.list.iter().zip(of_files) {
            let local = indexes.iter().map(|index| {
                let offset = (spans[*index].offset - file.base).min(file.text.len());
                let length = spans[*index].length.min(file.text.len() - offset);
                Span { offset, length }
            });
            let local: Vec<Span> = local.collect();
            for (index, excerpt) in indexes.into_iter().zip(excerpts(&file.text, &local)) {
                found[index] = Some((file.name.clone(), excerpt));
            }
        }
        found.into_iter().flatten().collect()
    }
}

/// A place in the JSON, and the place in a file that it comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) offset: usize,
    pub(crate) span: Span,
}

/// The files of a model, and the origin of each place of the JSON in them.
#[derive(Debug)]
pub(crate) struct Origins {
    pub(super) files: Files,
    /// In the order of their offsets.
    marks: Vec<Mark>,
}

impl Origins {
    pub(crate) fn new(files: Files, marks: Vec<Mark>) -> Self {
        Self { files, marks }
    }

    /// The place in a file that a span of the JSON comes from.
    pub(super) fn of(&self, span: Span) -> Span {
        let behind = self
            .marks
            .partition_point(|mark| mark.offset <= span.offset);
        let mark = behind
            .checked_sub(1)
            .and_then(|index| self.marks.get(index));
        mark.map(|mark| mark.span).unwrap_or_default()
    }
}
