//! Documentation in generated code.

/// Documentation as lines of Markdown for `///` comments, decided in lowering.
///
/// A line contains neither the slashes nor the space after them. An empty line separates blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    lines: Vec<String>,
    /// Whether the lines replace documentation that the model lacks.
    is_stand_in: bool,
}

impl Docs {
    /// No documentation at all.
    pub fn empty() -> Self {
        Self::default()
    }

    /// One paragraph of finished Markdown.
    pub fn line(text: impl Into<String>) -> Self {
        let mut docs = Self::empty();
        docs.push_paragraph(text);
        docs
    }

    /// One paragraph for something that the model does not document.
    pub fn stand_in(text: impl Into<String>) -> Self {
        Self {
            is_stand_in: true,
            ..Self::line(text)
        }
    }

    /// Whether the model has no documentation, so that this was derived from the shape.
    pub fn is_stand_in(&self) -> bool {
        self.is_stand_in
    }

    /// The lines, without line breaks and without spaces at their ends.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds a block of finished Markdown after an empty line. A line break in it starts a line;
    /// blank text adds nothing.
    pub fn push_paragraph(&mut self, text: impl Into<String>) {
        self.append(text.into().lines().map(str::to_owned).collect());
    }

    /// Adds another text after an empty line.
    pub fn append(&mut self, other: Docs) {
        if other.is_empty() {
            return;
        }
        if !self.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(other.lines);
    }

    /// The first sentence in one line, for places that repeat documentation.
    ///
    /// It comes from the first paragraph; headings, notes, lists, tables and code before that are
    /// skipped. After a sentence of one word, such as "Optional.", the next one is included. `None`
    /// if there is no paragraph.
    pub fn summary(&self) -> Option<String> {
        let paragraph = first_paragraph(&self.lines)?;
        let text: Vec<&str> = paragraph
            .iter()
            .map(|line| without_hard_break(line))
            .collect();
        let text = text.join(" ");
        let first = sentence_length(&text);
        let is_word = !text[..first].trim_end().contains(' ');
        let second = if is_word {
            sentence_length(&text[first..])
        } else {
            0
        };
        Some(text[..first + second].to_owned())
    }
}

impl FromIterator<String> for Docs {
    /// Collects finished lines, without empty ones at both ends.
    fn from_iter<I: IntoIterator<Item = String>>(lines: I) -> Self {
        let mut lines: Vec<String> = lines.into_iter().map(trim_end).collect();
        let end = lines
            .iter()
            .rposition(|line| !line.is_empty())
            .map_or(0, |last| last + 1);
        lines.truncate(end);
        let start = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
        lines.drain(..start);
        Self {
            lines,
            is_stand_in: false,
        }
    }
}

fn trim_end(mut line: String) -> String {
    line.truncate(line.trim_end().len());
    line
}

fn first_paragraph(lines: &[String]) -> Option<&[String]> {
    let mut rest = lines;
    loop {
        let start = rest.iter().position(|line| !line.is_empty())?;
        let block = &rest[start..];
        let length = block_length(block);
        if !starts_another_block(&block[0]) {
            return Some(&block[..length]);
        }
        rest = &block[length..];
    }
}

/// The number of lines up to the next empty line, or to the end of fenced code.
fn block_length(block: &[String]) -> usize {
    let ticks = block[0].bytes().take_while(|&byte| byte == b'`').count();
    if ticks < 3 {
        return block
            .iter()
            .position(String::is_empty)
            .unwrap_or(block.len());
    }
    let fence = &block[0][..ticks];
    let end = block
        .iter()
        .skip(1)
        .position(|line| line.starts_with(fence));
    end.map_or(block.len(), |end| end + 2)
}

/// Whether a block is not a paragraph. An indented line belongs to a list item.
fn starts_another_block(line: &str) -> bool {
    let first_word = line.split(' ').next().unwrap_or_default();
    let numbered = first_word.strip_suffix(['.', ')']);
    line.starts_with([' ', '>', '|'])
        || line.starts_with("```")
        || is_title(line)
        || matches!(first_word, "-" | "*" | "+" | "___")
        || (first_word.starts_with('#') && first_word.bytes().all(|byte| byte == b'#'))
        || numbered.is_some_and(|digits| {
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// Whether a paragraph is a heading in all but name.
fn is_title(line: &str) -> bool {
    let title = line
        .strip_prefix("**")
        .and_then(|line| line.strip_suffix("**"));
    title.is_some_and(|title| !title.contains("**") && !title.ends_with(['.', ':']))
}

fn without_hard_break(line: &str) -> &str {
    line.strip_suffix('\\')
        .filter(|line| !line.ends_with('\\'))
        .unwrap_or(line)
}

/// The length of the first sentence, including its full stop.
fn sentence_length(text: &str) -> usize {
    let mut at = 0;
    let mut open = Delimiters::default();
    while let Some(character) = text[at..].chars().next() {
        at += match character {
            '\\' => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '`' => code_length(&text[at..]),
            '<' => autolink_length(&text[at..]),
            '*' | '[' | ']' | '(' | ')' => open.pass(character, &text[at..]),
            '.' | '!' | '?' => match sentence_end(text, at) {
                Some(end) if open.closed_by(&text[at + 1..end]) => return end,
                _ => 1,
            },
            _ => character.len_utf8(),
        };
    }
    text.len()
}

/// A code span is skipped with its delimiters; a lone backtick counts for itself.
fn code_length(text: &str) -> usize {
    let ticks = text.bytes().take_while(|&byte| byte == b'`').count();
    let end = text[ticks..].find(&text[..ticks]);
    end.map_or(ticks, |end| ticks + end + ticks)
}

fn autolink_length(text: &str) -> usize {
    let end = text.find(['>', ' ']).unwrap_or(0);
    if text[end..].starts_with('>') { end } else { 1 }
}

/// The open delimiters where a sentence might end: a sentence does not end inside a link or
/// emphasis.
#[derive(Clone, Default)]
struct Delimiters {
    brackets: usize,
    parentheses: usize,
    emphasis: bool,
    strong: bool,
}

impl Delimiters {
    fn pass(&mut self, delimiter: char, text: &str) -> usize {
        match delimiter {
            '[' => self.brackets += 1,
            ']' => self.brackets = self.brackets.saturating_sub(1),
            '(' => self.parentheses += 1,
            ')' => self.parentheses = self.parentheses.saturating_sub(1),
            _ => return self.pass_stars(text),
        }
        1
    }

    fn pass_stars(&mut self, text: &str) -> usize {
        let stars = text.bytes().take_while(|&byte| byte == b'*').count();
        self.emphasis ^= stars % 2 == 1;
        self.strong ^= stars >= 2;
        stars
    }

    /// Whether nothing is open after the closing delimiters that follow a full stop.
    fn closed_by(&self, closing: &str) -> bool {
        let mut open = self.clone();
        let mut rest = closing;
        while let Some(delimiter) = rest.chars().next() {
            let length = if matches!(delimiter, '*' | ')') {
                open.pass(delimiter, rest)
            } else {
                delimiter.len_utf8()
            };
            rest = &rest[length..];
        }
        open.brackets == 0 && open.parentheses == 0 && !open.emphasis && !open.strong
    }
}

/// The end of the sentence whose full stop is at `stop`, if that is one.
fn sentence_end(text: &str, stop: usize) -> Option<usize> {
    let closing = |character: char| matches!(character, ')' | '"' | '\'' | '*' | '”' | '’');
    let after = text[stop + 1..].trim_start_matches(closing);
    let end = text.len() - after.len();
    let next = after.trim_start();
    let ends =
        next.is_empty() || (next.len() < after.len() && !next.starts_with(char::is_lowercase));
    (ends && !is_abbreviation(&text[..=stop])).then_some(end)
}

fn is_abbreviation(text: &str) -> bool {
    const ABBREVIATIONS: [&str; 8] = [
        "e.g.", "i.e.", "vs.", "cf.", "no.", "approx.", "u.s.", "inc.",
    ];
    let word = text.rsplit([' ', '(']).next().unwrap_or_default();
    ABBREVIATIONS
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries() {
        #[rustfmt::skip]
        let rows = [
            ("One.", Some("One.")),
            ("Without a full stop", Some("Without a full stop")),
            ("The first. The second.", Some("The first.")),
            ("The first\nline. The second.", Some("The first line.")),
            ("Really? Yes! Well.", Some("Really? Yes!")),
            ("Optional. The name of it. More.", Some("Optional. The name of it.")),
            // Full stops that do not end a sentence.
            ("Some, e.g. The first, i.e. one, cf. Two. End.", Some("Some, e.g. The first, i.e. one, cf. Two.")),
            ("A .zip file, version 1.2. End.", Some("A .zip file, version 1.2.")),
            ("Reads `a. B` and ``c`. D``. End.", Some("Reads `a. B` and ``c`. D``.")),
            ("See [a. B](https://a.example/x. Y). End.", Some("See [a. B](https://a.example/x. Y).")),
            ("See <https://a.example/x.Y>. End.", Some("See <https://a.example/x.Y>.")),
            ("One **two. Three** four. End.", Some("One **two. Three** four.")),
            ("One (two. Three) four. End.", Some("One (two. Three) four.")),
            ("One \\[two. Three.", Some("One \\[two.")),
            // Delimiters that end together with the sentence.
            ("(One two.) Three.", Some("(One two.)")),
            ("*One two.* Three.", Some("*One two.*")),
            ("Say \"one two.\" Three.", Some("Say \"one two.\"")),
            ("One two\\\nthree. Four.", Some("One two three.")),
            // Text before the first paragraph.
            ("# Title\n\n**Overview**\n\nThe text. More.", Some("The text.")),
            ("> **Note:** Quick.\n\n- One.\n- Two.\n\n  More.\n\n1. One.\n\nThe text.", Some("The text.")),
            ("```text\na\n\nb\n```\n\n| a |\n| --- |\n\n___\n\nThe text.", Some("The text.")),
            ("**Bold** text.", Some("**Bold** text.")),
            ("- One.", None),
            ("", None),
        ];
        for (text, summary) in rows {
            assert_eq!(Docs::line(text).summary().as_deref(), summary, "{text}");
        }
    }

    #[test]
    fn empty_lines_stand_between_paragraphs_only() {
        let mut docs = Docs::line(" \n\n");
        assert!(docs.is_empty());
        docs.push_paragraph("\nOne  \nstill one\n");
        docs.push_paragraph("");
        docs.append(Docs::line("Two"));
        assert_eq!(docs.lines(), ["One", "still one", "", "Two"]);
    }
}
