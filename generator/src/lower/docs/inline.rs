//! Renders inlines as text.

use super::escape::{self, Hazards, Surroundings};
use super::style;
use super::tree::{Inline, Style};
use super::wrap::Flow;

/// A paragraph.
pub(super) fn flow(inlines: &[Inline]) -> Flow {
    Writer::write(inlines, false)
}

/// A heading or the cell of a table.
pub(super) fn one_line(inlines: &[Inline], is_table: bool) -> String {
    Writer::write(inlines, is_table).text
}

struct Writer {
    flow: Flow,
    is_link: bool,
    is_table: bool,
    hazards: Hazards,
}

impl Writer {
    fn write(inlines: &[Inline], is_table: bool) -> Flow {
        let mut writer = Writer {
            flow: Flow::default(),
            is_link: false,
            is_table,
            hazards: Hazards::of(inlines),
        };
        writer.inlines(inlines, ' ');
        writer.flow
    }

    fn inlines(&mut self, inlines: &[Inline], after: char) {
        for (at, inline) in inlines.iter().enumerate() {
            let after = match &inlines[at + 1..] {
                [] => after,
                [next, ..] => style::first_character(next),
            };
            match inline {
                Inline::Text(text) => self.text(text, after),
                Inline::Code(code) => self.code(code),
                Inline::Styled(style, content) => self.styled(*style, content),
                Inline::Link { url, content } => self.link(url, content),
                Inline::Image { url, alt } => self.image(url, alt),
                Inline::Break => self.flow.line_break(),
            }
        }
    }

    fn text(&mut self, text: &str, after: char) {
        let mut words = text.split(' ').peekable();
        while let Some(word) = words.next() {
            let is_last = words.peek().is_none();
            let around = Surroundings {
                before: self.last_character(),
                after: if is_last { after } else { ' ' },
                is_link: self.is_link,
                is_table: self.is_table,
                hazards: self.hazards,
            };
            if !word.is_empty() {
                escape::push_word(word, around, &mut self.flow.text);
            }
            if !is_last {
                self.space();
            }
        }
    }

    fn code(&mut self, code: &str) {
        let fence = "`".repeat(longest_run_of_ticks(code) + 1);
        let padding = if code.starts_with('`') || code.ends_with('`') {
            " "
        } else {
            ""
        };
        let code = if self.is_table {
            code.replace('|', "\\|")
        } else {
            code.to_owned()
        };
        let output = &mut self.flow.text;
        for part in [&fence, padding, &code, padding, &fence] {
            output.push_str(part);
        }
    }

    fn styled(&mut self, style: Style, content: &[Inline]) {
        let delimiter = style::delimiter(style, content);
        self.flow.text.push_str(delimiter);
        self.inlines(content, '*');
        self.flow.text.push_str(delimiter);
    }

    fn link(&mut self, url: &str, content: &[Inline]) {
        if style::is_autolink(url, content) {
            let output = &mut self.flow.text;
            output.push('<');
            output.push_str(url);
            output.push('>');
            return;
        }
        self.flow.text.push('[');
        self.is_link = true;
        self.inlines(content, ']');
        self.is_link = false;
        self.destination(url);
    }

    fn image(&mut self, url: &str, alt: &str) {
        self.flow.text.push_str("![");
        let is_link = std::mem::replace(&mut self.is_link, true);
        self.text(alt, ']');
        self.is_link = is_link;
        self.destination(url);
    }

    fn destination(&mut self, url: &str) {
        let output = &mut self.flow.text;
        output.push_str("](");
        for (at, character) in url.char_indices() {
            let is_reference = character == '&' && super::entity::is_reference(&url[at..]);
            output.push_str(if is_reference {
                "&amp;"
            } else {
                &url[at..at + character.len_utf8()]
            });
        }
        output.push(')');
    }

    /// Writes a space; inside a link, lines do not break.
    fn space(&mut self) {
        if self.is_link {
            self.flow.text.push(' ');
        } else {
            self.flow.space();
        }
    }

    fn last_character(&self) -> char {
        self.flow.text.chars().next_back().unwrap_or(' ')
    }
}

fn longest_run_of_ticks(code: &str) -> usize {
    code.split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0)
}
