//! Breaks text into lines.

use std::ops::Range;

/// The columns of a line of documentation, without its slashes.
pub(super) const WIDTH: usize = 96;

/// The minimum width of text in nested lists.
const MIN_WIDTH: usize = 40;

/// Rendered Markdown and its possible line breaks.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) text: String,
    /// The positions of spaces that may become line breaks. A line feed is a required break.
    breaks: Vec<usize>,
}

impl Flow {
    pub(super) fn space(&mut self) {
        self.push_break(' ');
    }

    pub(super) fn line_break(&mut self) {
        self.push_break('\n');
    }

    fn push_break(&mut self, space: char) {
        self.breaks.push(self.text.len());
        self.text.push(space);
    }

    /// The lines of a paragraph. None starts with a marker of a list, a heading, or another block.
    pub(super) fn into_lines(self, width: usize) -> Vec<String> {
        let width = width.max(MIN_WIDTH);
        let mut lines = Vec::new();
        let mut line = String::new();
        let mut columns = 0;
        for Piece { range, is_marker } in self.pieces() {
            let piece = &self.text[range.clone()];
            let length = piece.chars().count();
            if !line.is_empty() && columns + 1 + length > width {
                lines.push(std::mem::take(&mut line));
                columns = 0;
            }
            if line.is_empty() && is_marker {
                push_escaped_marker(piece, &mut line);
                columns = line.len();
            } else {
                if !line.is_empty() {
                    line.push(' ');
                    columns += 1;
                }
                line.push_str(piece);
                columns += length;
            }
            if self.text[range.end..].starts_with('\n') {
                line.push('\\');
                lines.push(std::mem::take(&mut line));
                columns = 0;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        for line in lines.iter_mut().filter(|line| is_row_of_hyphens(line)) {
            line.insert(0, '\\');
        }
        lines
    }

    /// The unbreakable pieces: words, and words that must not start a line together with the word
    /// before. In a long sequence of the latter, they are escaped instead.
    fn pieces(&self) -> Vec<Piece> {
        const MAX_ROW: usize = 8;
        let mut pieces: Vec<Piece> = Vec::with_capacity(self.breaks.len() + 1);
        let mut start = 0;
        let mut row = 0;
        let mut follows_line_break = true;
        for end in self.breaks.iter().copied().chain([self.text.len()]) {
            let is_marker = is_marker(&self.text[start..end]);
            row = if is_marker { row + 1 } else { 0 };
            match pieces.last_mut() {
                Some(last) if is_marker && !follows_line_break && row <= MAX_ROW => {
                    last.range.end = end;
                }
                _ => pieces.push(Piece {
                    range: start..end,
                    is_marker,
                }),
            }
            follows_line_break = self.text[end..].starts_with('\n');
            start = end + 1;
        }
        pieces
    }
}

struct Piece {
    range: Range<usize>,
    is_marker: bool,
}

/// Whether a line would turn the line before into a table.
fn is_row_of_hyphens(line: &str) -> bool {
    line.starts_with(['|', ':', '-']) && line.bytes().all(|byte| b"|:- ".contains(&byte))
}

/// Whether a line that starts with this word would start a block or turn the line before into a
/// heading.
fn is_marker(word: &str) -> bool {
    let is_made_of = |parts: &[u8]| word.bytes().all(|byte| parts.contains(&byte));
    match word.as_bytes() {
        [] => false,
        [b'>', ..] | [b'~', b'~', b'~', ..] => true,
        [b'#', ..] => is_made_of(b"#"),
        [b'+'] => true,
        [b'-' | b'=' | b'*' | b'_', ..] => {
            is_made_of(b"-") || is_made_of(b"=") || is_made_of(b"*") || is_made_of(b"_")
        }
        [b'0'..=b'9', ..] => number_of_item(word).is_some(),
        _ => false,
    }
}

/// The digits of a word such as `12.`.
fn number_of_item(word: &str) -> Option<&str> {
    let digits = word.strip_suffix(['.', ')'])?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(digits)
}

/// Writes a piece whose first word is a marker.
fn push_escaped_marker(piece: &str, line: &mut String) {
    let word = piece.split(' ').next().unwrap_or_default();
    let digits = number_of_item(word).map_or(0, str::len);
    // The whole run is escaped, because a shorter one could still be a delimiter.
    let delimiter = |part: &char| matches!(part, '*' | '_' | '~');
    let run = word
        .chars()
        .next()
        .filter(delimiter)
        .map_or(1, |delimiter| {
            word.len() - word.trim_start_matches(delimiter).len()
        });
    line.push_str(&piece[..digits]);
    for part in piece[digits..digits + run].chars() {
        line.extend(['\\', part]);
    }
    line.push_str(&piece[digits + run..]);
}
