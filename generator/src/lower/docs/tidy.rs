//! Tidies inlines: white space, adjacent inlines, bare URLs, names of options.

use super::style;
use super::tree::{Inline, Style, plain_text};
use super::url::{self, Found};

/// Splits inlines at empty lines into tidy paragraphs, none of which is empty.
pub(super) fn paragraphs(content: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut paragraphs = vec![Vec::new()];
    let mut inlines = tidy(content, Place::Text).into_iter().peekable();
    while let Some(inline) = inlines.next() {
        if inline == Inline::Break && inlines.next_if_eq(&Inline::Break).is_some() {
            while inlines.next_if_eq(&Inline::Break).is_some() {}
            paragraphs.push(Vec::new());
        } else if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.push(inline);
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// Tidy inlines without a line break.
pub(super) fn one_line(content: Vec<Inline>) -> Vec<Inline> {
    tidy(content, Place::OneLine)
}

/// Tidies inlines. Removing a style changes its neighbours, so they are tidied again. If that does
/// not end, all styles are removed.
fn tidy(mut content: Vec<Inline>, place: Place) -> Vec<Inline> {
    const PASSES: usize = 16;
    for _ in 0..PASSES {
        match style::settle(Line::of(content, place)) {
            Ok(tidy) => return tidy,
            Err(rest) => content = rest,
        }
    }
    Line::of(without_styles(content), place)
}

fn without_styles(content: Vec<Inline>) -> Vec<Inline> {
    let plain = content.into_iter().flat_map(|inline| match inline {
        Inline::Styled(_, content) => without_styles(content),
        Inline::Link { url, content } => vec![Inline::Link {
            url,
            content: without_styles(content),
        }],
        other => vec![other],
    });
    plain.collect()
}

/// Where inlines are, which determines what they may contain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    OneLine,
    Link,
}

/// The inlines that are already tidy.
struct Line {
    inlines: Vec<Inline>,
    place: Place,
    /// White space that has been read but not yet written.
    space: Space,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    None,
    Text,
    /// White space inside the end of a span, where it often comes from the layout of the source.
    EndOfSpan,
}

impl Line {
    fn of(content: Vec<Inline>, place: Place) -> Vec<Inline> {
        let mut line = Line {
            inlines: Vec::new(),
            place,
            space: Space::None,
        };
        line.extend(content);
        line.trim_breaks();
        line.inlines
    }

    fn extend(&mut self, content: Vec<Inline>) {
        let mut content = content.into_iter().peekable();
        while let Some(inline) = content.next() {
            match inline {
                Inline::Text(mut text) => {
                    while let Some(Inline::Text(more)) =
                        content.next_if(|next| matches!(next, Inline::Text(_)))
                    {
                        text.push_str(&more);
                    }
                    self.text(&text, content.peek().is_some_and(starts_with_word));
                }
                Inline::Code(code) => self.code(&code),
                Inline::Styled(style, content) => self.styled(style, content),
                Inline::Link { url, content } => self.link(url, content),
                Inline::Image { url, alt } => self.image(url, &alt),
                Inline::Break if self.place == Place::Text => self.line_break(),
                Inline::Break => self.space = Space::Text,
            }
        }
    }

    /// `continues` is whether the last word continues in the next inline.
    fn text(&mut self, text: &str, continues: bool) {
        if text.starts_with(char::is_whitespace) {
            self.space = Space::Text;
        }
        // Few texts contain either, and checking each word costs more than everything else.
        let is_plain = !text.contains("http") && !text.contains("--");
        let mut words = text.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let ends = words.peek().is_some() || text.ends_with(char::is_whitespace);
            if is_plain {
                self.literal(word);
            } else {
                self.word(word, !ends && continues);
            }
            if ends {
                self.space = Space::Text;
            }
        }
    }

    fn word(&mut self, word: &str, continues: bool) {
        let mut rest = word;
        while self.place != Place::Link
            && let Some(Found { before, url, after }) = url::find(rest)
        {
            self.phrase(before);
            let is_whole = !continues || !after.is_empty();
            match url::absolute(url).filter(|_| is_whole && !url::is_example(url)) {
                Some(target) => self.link(target, vec![Inline::Text(url.to_owned())]),
                None => self.code(url),
            }
            rest = after;
        }
        self.phrase(rest);
    }

    /// Text without URLs. The name of an option becomes code, because rustdoc would replace its
    /// hyphens with a dash.
    fn phrase(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, option, after)) = option(rest) {
            self.literal(before);
            self.code(option);
            rest = after;
        }
        self.literal(rest);
    }

    fn literal(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let closes = |character: char| matches!(character, '.' | ',' | ';' | ':' | '!' | '?' | ')');
        let is_misplaced = match self.space {
            Space::EndOfSpan => text.starts_with(closes),
            _ => !self.ends_in_text() && text.chars().all(closes),
        };
        if is_misplaced {
            self.space = Space::None;
        }
        self.write_space();
        match self.inlines.last_mut() {
            Some(Inline::Text(last)) => last.push_str(text),
            _ => self.inlines.push(Inline::Text(text.to_owned())),
        }
    }

    fn code(&mut self, code: &str) {
        let words: Vec<&str> = code.split_whitespace().collect();
        self.leading_space(code);
        if !words.is_empty() {
            let words = words.join(" ");
            self.write_space();
            match self.inlines.last_mut() {
                Some(Inline::Code(last)) => last.push_str(&words),
                _ => self.inlines.push(Inline::Code(words)),
            }
            self.trailing_space(code);
        }
    }

    fn styled(&mut self, style: Style, content: Vec<Inline>) {
        let text = plain_text(&content);
        self.leading_space(&text);
        let mut content = Line::of(without_style(content, style), self.place);
        content.dedup_by(|inline, last| *inline == Inline::Break && *last == Inline::Break);
        if content.is_empty() {
            return;
        }
        self.write_space();
        join(&mut self.inlines, vec![Inline::Styled(style, content)]);
        self.trailing_space(&text);
    }

    fn link(&mut self, url: String, content: Vec<Inline>) {
        let text = plain_text(&content);
        self.leading_space(&text);
        let content = Line::of(content, Place::Link);
        if content.is_empty() {
            return;
        }
        self.write_space();
        if self.place == Place::Link {
            join(&mut self.inlines, content);
        } else {
            self.inlines.push(Inline::Link { url, content });
        }
        self.trailing_space(&text);
    }

    fn image(&mut self, url: String, alt: &str) {
        let alt: Vec<&str> = alt.split_whitespace().collect();
        self.write_space();
        self.inlines.push(Inline::Image {
            url,
            alt: alt.join(" "),
        });
    }

    fn line_break(&mut self) {
        self.space = Space::None;
        self.inlines.push(Inline::Break);
    }

    /// Moves white space at the start of a span before it, except after an opening bracket.
    fn leading_space(&mut self, text: &str) {
        let follows_bracket =
            matches!(self.inlines.last(), Some(Inline::Text(last)) if last.ends_with(['(', '[']));
        if follows_bracket {
            self.space = Space::None;
        } else if text.starts_with(char::is_whitespace) {
            self.space = Space::Text;
        }
    }

    fn ends_in_text(&self) -> bool {
        matches!(
            self.inlines.last(),
            None | Some(Inline::Text(_) | Inline::Break)
        )
    }

    fn trailing_space(&mut self, text: &str) {
        if text.ends_with(char::is_whitespace) {
            self.space = Space::EndOfSpan;
        }
    }

    fn write_space(&mut self) {
        let space = std::mem::replace(&mut self.space, Space::None);
        match self.inlines.last_mut() {
            None | Some(Inline::Break) => {}
            _ if space == Space::None => {}
            Some(Inline::Text(last)) => last.push(' '),
            Some(_) => self.inlines.push(Inline::Text(" ".to_owned())),
        }
    }

    fn trim_breaks(&mut self) {
        while self.inlines.last() == Some(&Inline::Break) {
            self.inlines.pop();
        }
        let breaks = self
            .inlines
            .iter()
            .take_while(|inline| **inline == Inline::Break)
            .count();
        self.inlines.drain(..breaks);
    }
}

/// Appends inlines. Adjacent texts, code spans and equal styles are merged.
pub(super) fn join(inlines: &mut Vec<Inline>, content: Vec<Inline>) {
    for inline in content {
        match (inlines.last_mut(), inline) {
            (Some(Inline::Text(last)), Inline::Text(text))
            | (Some(Inline::Code(last)), Inline::Code(text)) => last.push_str(&text),
            (Some(Inline::Styled(last, inlines)), Inline::Styled(style, content))
                if *last == style =>
            {
                join(inlines, content);
            }
            (_, inline) => inlines.push(inline),
        }
    }
}

/// The name of an option such as `--name` in a word, with the text before and after it.
fn option(word: &str) -> Option<(&str, &str, &str)> {
    let name = word.trim_start_matches(['(', '"', '\'', '[']);
    let rest = name
        .strip_prefix("--")
        .filter(|rest| rest.starts_with(char::is_alphabetic))?;
    let end = rest.find(|part: char| !(part.is_ascii_alphanumeric() || part == '-'));
    let length = "--".len() + end.unwrap_or(rest.len());
    let (option, after) = name.split_at(length);
    Some((&word[..word.len() - name.len()], option, after))
}

fn starts_with_word(inline: &Inline) -> bool {
    match inline {
        Inline::Break => false,
        Inline::Text(text) | Inline::Code(text) => !text.starts_with(char::is_whitespace),
        Inline::Styled(_, content) | Inline::Link { content, .. } => {
            content.first().is_some_and(starts_with_word)
        }
        Inline::Image { .. } => true,
    }
}

/// Removes a style that is nested in itself and has no effect.
fn without_style(content: Vec<Inline>, style: Style) -> Vec<Inline> {
    content
        .into_iter()
        .flat_map(|inline| match inline {
            Inline::Styled(inner, content) if inner == style => without_style(content, style),
            Inline::Styled(inner, content) => {
                vec![Inline::Styled(inner, without_style(content, style))]
            }
            other => vec![other],
        })
        .collect()
}
