//! Keeps the emphasis that Markdown can express in its position.
//!
//! In Markdown, the characters around a delimiter determine whether it has an effect. HTML has no
//! such rule, so some of its emphasis is removed; the text stays.

use super::escape::Flanks;
use super::tidy;
use super::tree::{Inline, Style, plain_text};

/// The delimiter of a style. Emphasis uses `_` if a star could look like part of a pattern.
pub(super) fn delimiter(style: Style, content: &[Inline]) -> &'static str {
    match style {
        Style::Emphasis if is_pattern(&plain_text(content)) => "_",
        Style::Emphasis => "*",
        Style::Strong => "**",
        Style::Deleted => "~~",
    }
}

/// Whether stars around this text look like wildcards, as in `*.txt` or `arn:*:*`.
pub(super) fn is_pattern(text: &str) -> bool {
    text.starts_with(['.', '/', ':']) || !text.contains(char::is_alphanumeric)
}

/// Returns the inlines if all styles have an effect; otherwise removes those that do not and
/// returns what must be tidied again.
pub(super) fn settle(inlines: Vec<Inline>) -> Result<Vec<Inline>, Vec<Inline>> {
    let is_plain = |inline: &Inline| !matches!(inline, Inline::Styled(..) | Inline::Link { .. });
    if inlines.iter().all(is_plain) {
        return Ok(inlines);
    }
    let mut pass = Pass {
        has_dropped: false,
        depth: 0,
    };
    let settled = pass.settle(
        inlines,
        Before::Text(' '),
        After {
            next: ' ',
            text: ' ',
        },
    );
    if pass.has_dropped {
        Err(settled)
    } else {
        Ok(settled)
    }
}

/// One pass over all styles.
struct Pass {
    has_dropped: bool,
    /// The number of open styles with stars.
    depth: usize,
}

/// The character before some inlines.
#[derive(Clone, Copy)]
enum Before {
    Text(char),
    /// A star that opens emphasis, with the character before all such stars.
    Star {
        text: char,
    },
}

/// The character after some inlines, and the first that is not a delimiter.
#[derive(Clone, Copy)]
struct After {
    next: char,
    text: char,
}

impl Pass {
    fn settle(&mut self, inlines: Vec<Inline>, before: Before, after: After) -> Vec<Inline> {
        let mut settled = Vec::with_capacity(inlines.len());
        let mut rest = inlines.into_iter().peekable();
        while let Some(inline) = rest.next() {
            let after = match rest.peek() {
                Some(next) => After {
                    next: first_character(next),
                    text: first_within(next, '*'),
                },
                None => after,
            };
            match inline {
                Inline::Styled(style, content) => {
                    let before = settled
                        .last()
                        .map_or(before, |last| Before::Text(last_character(last)));
                    let follows_style = matches!(settled.last(), Some(Inline::Styled(..)));
                    let content = self.styled(style, content, before, after, follows_style);
                    tidy::join(&mut settled, content);
                }
                Inline::Link { url, content } => {
                    let end = After {
                        next: ']',
                        text: ']',
                    };
                    let content = self.settle(content, Before::Text('['), end);
                    settled.push(Inline::Link { url, content });
                }
                other => tidy::join(&mut settled, vec![other]),
            }
        }
        settled
    }

    fn styled(
        &mut self,
        style: Style,
        content: Vec<Inline>,
        before: Before,
        after: After,
        follows_style: bool,
    ) -> Vec<Inline> {
        let delimiter = delimiter(style, &content);
        let sign = delimiter.chars().next().unwrap_or('*');
        let rule = if sign == '_' { '_' } else { '*' };
        let (previous, next) = around(sign, before, after);
        let first = content
            .first()
            .map_or(' ', |first| first_within(first, sign));
        let last = content.last().map_or(' ', |last| last_within(last, sign));
        // After "<b>Note:</b>text", Markdown needs the missing space.
        let needs_space = matches!(last, '.' | ':' | ',' | ';' | '!' | '?')
            && !Flanks::between(rule, last, next).close;
        let (after, next) = if needs_space {
            (
                After {
                    next: ' ',
                    text: ' ',
                },
                ' ',
            )
        } else {
            (after, next)
        };
        let is_inside_word = previous.is_alphanumeric() && next.is_alphanumeric();
        let start = Flanks::between(rule, previous, first);
        // A star that can also close would close what is open.
        let closes_another =
            sign == '*' && self.depth > 0 && matches!(before, Before::Text(_)) && start.close;
        let has_effect = !follows_style
            && start.open
            && !closes_another
            && Flanks::between(rule, last, next).close
            && !(style == Style::Emphasis && is_inside_word);
        if !has_effect {
            self.has_dropped = true;
            return self.settle(content, before, after);
        }
        let (opening, closing) = within(sign, previous, after);
        self.depth += usize::from(sign == '*');
        let content = self.settle(content, opening, closing);
        self.depth -= usize::from(sign == '*');
        let mut settled = vec![nested(style, content)];
        if needs_space {
            settled.push(Inline::Text(" ".to_owned()));
        }
        settled
    }
}

/// The characters before and after something styled with this sign. Stars before stars are one run
/// with them, so what is before the run counts.
fn around(sign: char, before: Before, after: After) -> (char, char) {
    match before {
        Before::Star { text } if sign == '*' => (text, after.text),
        _ if sign == '*' => (before.character(), after.text),
        _ => (before.character(), after.next),
    }
}

/// What the content of something styled has around it.
fn within(sign: char, previous: char, after: After) -> (Before, After) {
    let (opening, text) = match sign {
        '*' => (Before::Star { text: previous }, after.text),
        _ => (Before::Text(sign), sign),
    };
    (opening, After { next: sign, text })
}

/// Markdown reads three stars as strong text inside emphasis, so both nestings are written that
/// way.
fn nested(style: Style, mut content: Vec<Inline>) -> Inline {
    match content.as_mut_slice() {
        [Inline::Styled(Style::Emphasis, inner)]
            if style == Style::Strong && delimiter(Style::Emphasis, inner) == "*" =>
        {
            let inner = std::mem::take(inner);
            Inline::Styled(Style::Emphasis, vec![Inline::Styled(Style::Strong, inner)])
        }
        _ => Inline::Styled(style, content),
    }
}

impl Before {
    fn character(self) -> char {
        match self {
            Before::Text(text) => text,
            Before::Star { .. } => '*',
        }
    }
}

/// The first character of a rendered inline.
pub(super) fn first_character(inline: &Inline) -> char {
    match inline {
        Inline::Text(text) => text.chars().next().unwrap_or(' '),
        Inline::Code(_) => '`',
        Inline::Styled(style, content) => delimiter(*style, content).chars().next().unwrap_or('*'),
        Inline::Link { url, content } if is_autolink(url, content) => '<',
        Inline::Link { .. } => '[',
        Inline::Image { .. } => '!',
        Inline::Break => '\\',
    }
}

/// Whether a link shows its own URL.
pub(super) fn is_autolink(url: &str, content: &[Inline]) -> bool {
    matches!(content, [Inline::Text(text)] if text == url)
}

/// The first character after the delimiters that are one run with `sign`.
fn first_within(inline: &Inline, sign: char) -> char {
    match inline {
        Inline::Styled(style, content) if delimiter(*style, content).starts_with(sign) => content
            .first()
            .map_or(' ', |first| first_within(first, sign)),
        other => first_character(other),
    }
}

fn last_within(inline: &Inline, sign: char) -> char {
    match inline {
        Inline::Styled(style, content) if delimiter(*style, content).starts_with(sign) => {
            content.last().map_or(' ', |last| last_within(last, sign))
        }
        other => last_character(other),
    }
}

fn last_character(inline: &Inline) -> char {
    match inline {
        Inline::Text(text) => text.chars().next_back().unwrap_or(' '),
        Inline::Code(_) => '`',
        Inline::Styled(style, content) => delimiter(*style, content).chars().next().unwrap_or('*'),
        Inline::Link { url, content } if is_autolink(url, content) => '>',
        Inline::Link { .. } | Inline::Image { .. } => ')',
        Inline::Break => ' ',
    }
}
