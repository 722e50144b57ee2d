//! Prints a diagnostic for people.

use std::fmt;

use super::Diagnostic;
use super::locate::Span;

/// How many characters of a line are shown; the models of some tools are one line of megabytes.
const WIDTH: usize = 120;

/// A line of the text with a part underlined. Numbers count from 1, columns in characters.
#[derive(Clone, Debug)]
pub(super) struct Excerpt {
    pub(super) line: usize,
    pub(super) column: usize,
    /// The line, cut to [`WIDTH`] characters around the column.
    shown: String,
    /// Characters of `shown` before the underline.
    indent: usize,
    /// Characters underlined.
    underline: usize,
}

/// Cuts out an excerpt per span, reading the text once for all of them.
pub(super) fn excerpts(text: &str, spans: &[Span]) -> Vec<Excerpt> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|&index| spans[index].offset);
    let mut found: Vec<(usize, Excerpt)> = Vec::with_capacity(spans.len());
    let mut cursor = Cursor::default();
    for index in order {
        let span = spans[index];
        cursor.advance(text, span.offset);
        found.push((index, cursor.excerpt(text, span)));
    }
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, excerpt)| excerpt).collect()
}

/// A position that only moves forward, so that a file of one line is counted through once.
#[derive(Default)]
struct Cursor {
    offset: usize,
    line_start: usize,
    lines_before: usize,
    characters_before: usize,
}

impl Cursor {
    fn advance(&mut self, text: &str, offset: usize) {
        let offset = text.floor_char_boundary(offset);
        let passed = &text[self.offset..offset];
        match passed.rfind('\n') {
            None => self.characters_before += passed.chars().count(),
            Some(newline) => {
                self.lines_before += passed.matches('\n').count();
                self.line_start = self.offset + newline + 1;
                self.characters_before = text[self.line_start..offset].chars().count();
            }
        }
        self.offset = offset;
    }

    fn excerpt(&self, text: &str, span: Span) -> Excerpt {
        let before = &text[self.line_start..self.offset];
        let from_here = text[self.offset..].lines().next().unwrap_or_default();
        let marked = text
            .get(self.offset..self.offset + span.length)
            .unwrap_or_default();
        let room = WIDTH / 2;
        let cut_before = self.characters_before.saturating_sub(room);
        let mut shown: String = if cut_before > 0 {
            "…".to_owned()
        } else {
            String::new()
        };
        shown.extend(last_characters(before, room).chars().map(printable));
        let indent = shown.chars().count();
        let mut rest = from_here.chars();
        shown.extend(rest.by_ref().take(WIDTH - indent).map(printable));
        if rest.next().is_some() {
            shown.push('…');
        }
        let visible = shown.chars().count() - indent;
        Excerpt {
            line: self.lines_before + 1,
            column: self.characters_before + 1,
            underline: marked.chars().count().min(visible).max(1),
            shown: shown.trim_end().to_owned(),
            indent,
        }
    }
}

fn last_characters(text: &str, count: usize) -> &str {
    match text.char_indices().rev().nth(count.saturating_sub(1)) {
        Some((start, _)) => &text[start..],
        None => text,
    }
}

/// A tab would move the underline away from what it marks.
fn printable(character: char) -> char {
    if character.is_control() {
        ' '
    } else {
        character
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message())?;
        match (&self.file, &self.excerpt) {
            (Some(file), Some(excerpt)) => {
                writeln!(f, "  --> {file}:{}:{}", excerpt.line, excerpt.column)?;
                excerpt.fmt(f)?;
            }
            (Some(file), None) => writeln!(f, "  --> {file}")?,
            (None, _) => {}
        }
        if let Some(shape) = self.shape() {
            writeln!(f, "  shape: {shape}")?;
        }
        writeln!(f, "  help: {}", self.remedy())
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.line.to_string();
        let gutter = " ".repeat(number.len());
        let marks = "^".repeat(self.underline);
        writeln!(f, "{gutter} |")?;
        writeln!(f, "{number} | {}", self.shown)?;
        writeln!(f, "{gutter} | {}{marks}", " ".repeat(self.indent))
    }
}
