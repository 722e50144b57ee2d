//! Cuts out the lines of a text that diagnostics show.

use std::ops::Range;

use serde::Serialize;

use super::locate::Span;
use crate::harmless;

/// Maximum number of characters shown of a line: some tools write models as one line of megabytes.
const WIDTH: usize = 120;

/// A line and a column, both from 1. Columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// A part of the text, with the shown part of its line.
#[derive(Clone, Debug)]
pub(super) struct Excerpt {
    pub(super) start: Position,
    /// After the last character of the part.
    pub(super) end: Position,
    /// The first line of the part, cut to [`WIDTH`] characters around its start.
    pub(super) shown: String,
    /// The marked range of `shown`, in bytes.
    pub(super) marked: Range<usize>,
}

/// Cuts out an excerpt for each span, in one pass over the text.
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

/// A position that only moves forward, so that the characters of a long line are counted once.
#[derive(Clone, Copy, Default)]
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

    fn position(&self) -> Position {
        Position {
            line: self.lines_before + 1,
            column: self.characters_before + 1,
        }
    }

    fn excerpt(&self, text: &str, span: Span) -> Excerpt {
        let room = WIDTH / 2;
        let before = last_characters(&text[self.line_start..self.offset], room);
        let is_cut = self.characters_before > room;
        let mut shown = String::from(if is_cut { "…" } else { "" });
        shown.extend(before.chars().map(harmless::visible));
        let start = shown.len();
        let mut rest = text[self.offset..].chars().take_while(|c| *c != '\n');
        let (mut passed, mut end) = (0, start);
        for character in rest.by_ref().take(WIDTH - before.chars().count()) {
            shown.push(harmless::visible(character));
            passed += character.len_utf8();
            if passed <= span.length {
                end = shown.len();
            }
        }
        let behind = shown.trim_end().len().max(start);
        shown.truncate(behind);
        let end = end.min(behind);
        if rest.next().is_some() {
            shown.push('…');
        }
        let mut last = *self;
        last.advance(text, self.offset + span.length);
        Excerpt {
            start: self.position(),
            end: last.position(),
            shown,
            marked: start..end,
        }
    }
}

fn last_characters(text: &str, count: usize) -> &str {
    match text.char_indices().rev().nth(count.saturating_sub(1)) {
        Some((start, _)) => &text[start..],
        None => text,
    }
}
