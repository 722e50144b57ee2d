//! Escapes text that would be read as markup, with as few backslashes as possible.

use super::entity;
use super::style;
use super::tree::Inline;

/// The delimiters that must be escaped in a paragraph: those that could pair with another one.
#[derive(Clone, Copy, Default)]
pub(super) struct Hazards {
    star: bool,
    underscore: bool,
    tilde: bool,
}

impl Hazards {
    pub(super) fn of(inlines: &[Inline]) -> Self {
        let mut pairs = Pairs::default();
        pairs.search(inlines);
        let Pairs {
            star,
            underscore,
            tilde,
        } = pairs;
        Self {
            star: star.found,
            underscore: underscore.found,
            tilde: tilde.found,
        }
    }

    fn include(self, delimiter: char) -> bool {
        match delimiter {
            '*' => self.star,
            '_' => self.underscore,
            '~' => self.tilde,
            _ => false,
        }
    }
}

#[derive(Default)]
struct Pairs {
    star: Pair,
    underscore: Pair,
    tilde: Pair,
}

#[derive(Default)]
struct Pair {
    opened: bool,
    found: bool,
}

impl Pairs {
    fn search(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.search_text(text),
                Inline::Styled(style, content) => {
                    match style::delimiter(*style, content) {
                        "_" => self.underscore.found = true,
                        "~~" => self.tilde.found = true,
                        _ => self.star.found = true,
                    }
                    self.search(content);
                }
                Inline::Link { content, .. } => self.search(content),
                Inline::Code(_) | Inline::Image { .. } | Inline::Break => {}
            }
        }
    }

    fn search_text(&mut self, text: &str) {
        if !text.contains(['*', '_', '~']) {
            return;
        }
        let mut end = 0;
        for (at, delimiter) in text.char_indices() {
            let pair = match delimiter {
                _ if at < end => continue,
                '*' => &mut self.star,
                '_' => &mut self.underscore,
                '~' => &mut self.tilde,
                _ => continue,
            };
            let (flanks, length) = Flanks::of(text, at, EDGE, EDGE);
            end = at + length;
            pair.found |= flanks.close && pair.opened;
            pair.opened |= flanks.open;
        }
    }
}

/// The assumed neighbour at an edge of text if the real one is unknown: punctuation, next to which
/// most delimiters have an effect.
const EDGE: char = '*';

/// Whether a run of delimiters can open and close, by CommonMark's rules of left- and
/// right-flanking runs.
#[derive(Clone, Copy)]
pub(super) struct Flanks {
    pub(super) open: bool,
    pub(super) close: bool,
}

impl Flanks {
    /// The run of delimiters that starts at `at`, and its length; `before` and `after` are the
    /// neighbours of `text`.
    fn of(text: &str, at: usize, before: char, after: char) -> (Self, usize) {
        let delimiter = text[at..].chars().next().unwrap_or(EDGE);
        let right = text[at..].trim_start_matches(delimiter);
        let previous = text[..at].chars().next_back().unwrap_or(before);
        let next = right.chars().next().unwrap_or(after);
        let length = text.len() - at - right.len();
        let flanks = match (delimiter, length) {
            // Two tildes open and close next to everything except white space.
            ('~', 2) => Self {
                open: !next.is_whitespace(),
                close: !previous.is_whitespace(),
            },
            ('~', _) => Self::between('_', previous, next),
            _ => Self::between(delimiter, previous, next),
        };
        (flanks, length)
    }

    pub(super) fn between(delimiter: char, previous: char, next: char) -> Self {
        let is_left = !next.is_whitespace()
            && (!is_punctuation(next) || previous.is_whitespace() || is_punctuation(previous));
        let is_right = !previous.is_whitespace()
            && (!is_punctuation(previous) || next.is_whitespace() || is_punctuation(next));
        match delimiter {
            '_' => Self {
                open: is_left && (!is_right || is_punctuation(previous)),
                close: is_right && (!is_left || is_punctuation(next)),
            },
            _ => Self {
                open: is_left,
                close: is_right,
            },
        }
    }
}

fn is_punctuation(character: char) -> bool {
    !character.is_alphanumeric() && !character.is_whitespace()
}

/// The neighbours of a piece of text.
#[derive(Clone, Copy)]
pub(super) struct Surroundings {
    pub(super) before: char,
    pub(super) after: char,
    pub(super) is_link: bool,
    pub(super) is_table: bool,
    pub(super) hazards: Hazards,
}

/// Writes a word of text.
pub(super) fn push_word(word: &str, around: Surroundings, output: &mut String) {
    if !word.contains(is_special) {
        output.push_str(word);
        return;
    }
    // The beginning of an address in angle brackets ends with both of these.
    let address_end = word.rfind('@').min(word.rfind('>')).unwrap_or(0);
    let mut run = Run::default();
    for (at, character) in word.char_indices() {
        if needs_escape(word, at, character, around, &mut run)
            || (character == '<' && at < address_end)
        {
            output.push('\\');
        }
        output.push(character);
    }
}

/// The last run of delimiters.
#[derive(Default)]
struct Run {
    end: usize,
    has_effect: bool,
}

fn is_special(character: char) -> bool {
    matches!(
        character,
        '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '<' | '&' | '!' | '|' | '-'
    )
}

fn needs_escape(
    word: &str,
    at: usize,
    character: char,
    around: Surroundings,
    run: &mut Run,
) -> bool {
    let after = &word[at + character.len_utf8()..];
    let next = after.chars().next().unwrap_or(around.after);
    match character {
        '`' | '[' => true,
        ']' => around.is_link,
        '|' => around.is_table,
        '!' => next == '[' && after.is_empty(),
        // A backslash at the end of a line would be a line break.
        '\\' => next.is_ascii_punctuation() || after.is_empty(),
        '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
        '&' => entity::is_reference(&word[at..]),
        '-' => starts_option(word, at),
        '*' | '_' | '~' if around.hazards.include(character) => {
            if at >= run.end {
                let (flanks, length) = Flanks::of(word, at, around.before, around.after);
                *run = Run {
                    end: at + length,
                    has_effect: flanks.open || flanks.close,
                };
            }
            run.has_effect
        }
        _ => false,
    }
}

/// Whether a word is an option such as `--name`: rustdoc would replace the hyphens with a dash.
fn starts_option(word: &str, at: usize) -> bool {
    let is_start = !word[..at].ends_with(|before: char| before == '-' || before.is_alphanumeric());
    let option = word[at..].strip_prefix("--");
    is_start && option.is_some_and(|name| name.starts_with(char::is_alphanumeric))
}
