//! Cuts the text of a `.smithy` file into tokens.
//!
//! White space and comments are tokens as well, because line breaks are significant in the IDL.

use super::node::Problem;
use super::strings;
use crate::diagnostics::Span;

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Space,
    Newline,
    Comma,
    Comment,
    /// A documentation comment: a line that begins with `///`.
    Doc,
    At,
    Dollar,
    Dot,
    Colon,
    Walrus,
    Equal,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    LeftParen,
    RightParen,
    Pound,
    Identifier,
    Number,
    /// A string in quotes.
    String,
    /// A string in three quotes, which can have several lines.
    TextBlock,
    End,
    /// An invalid token; [`Lexer::fault`] contains the reason.
    Bad,
}

impl Kind {
    /// The name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Space => "a space",
            Kind::Newline => "the end of the line",
            Kind::Comma => "`,`",
            Kind::Comment => "a comment",
            Kind::Doc => "a documentation comment",
            Kind::At => "`@`",
            Kind::Dollar => "`$`",
            Kind::Dot => "`.`",
            Kind::Colon => "`:`",
            Kind::Walrus => "`:=`",
            Kind::Equal => "`=`",
            Kind::LeftBrace => "`{`",
            Kind::RightBrace => "`}`",
            Kind::LeftBracket => "`[`",
            Kind::RightBracket => "`]`",
            Kind::LeftParen => "`(`",
            Kind::RightParen => "`)`",
            Kind::Pound => "`#`",
            Kind::Identifier => "a name",
            Kind::Number => "a number",
            Kind::String => "a string",
            Kind::TextBlock => "a text block",
            Kind::End => "the end of the file",
            Kind::Bad => "something else",
        }
    }
}

/// A token and its position.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The text and the current position.
pub(super) struct Lexer<'a> {
    text: &'a str,
    position: usize,
    /// The problem of the last token, if it is [`Kind::Bad`].
    pub(super) fault: Option<Problem>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            position: 0,
            fault: None,
        }
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn slice(&self, token: Token) -> &'a str {
        &self.text[token.start..token.end]
    }

    fn byte(&self, position: usize) -> u8 {
        self.text.as_bytes().get(position).copied().unwrap_or(0)
    }

    fn while_byte(&self, start: usize, accepts: impl Fn(u8) -> bool) -> usize {
        let rest = &self.text.as_bytes()[start.min(self.text.len())..];
        let count = rest.iter().take_while(|byte| accepts(**byte)).count();
        start + count
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Token {
        let start = self.position;
        let (kind, end) = self.scan(start);
        self.position = end;
        Token { kind, start, end }
    }

    /// Moves back to a token.
    pub(super) fn rewind(&mut self, token: Token) {
        self.position = token.end;
    }

    fn scan(&mut self, start: usize) -> (Kind, usize) {
        if start >= self.text.len() {
            return (Kind::End, start);
        }
        let single = |kind| (kind, start + 1);
        match self.byte(start) {
            b' ' | b'\t' => (
                Kind::Space,
                self.while_byte(start, |it| it == b' ' || it == b'\t'),
            ),
            b'\n' => single(Kind::Newline),
            b'\r' if self.byte(start + 1) == b'\n' => (Kind::Newline, start + 2),
            b'\r' => single(Kind::Newline),
            b',' => single(Kind::Comma),
            b'@' => single(Kind::At),
            b'$' => single(Kind::Dollar),
            b'.' => single(Kind::Dot),
            b':' if self.byte(start + 1) == b'=' => (Kind::Walrus, start + 2),
            b':' => single(Kind::Colon),
            b'=' => single(Kind::Equal),
            b'{' => single(Kind::LeftBrace),
            b'}' => single(Kind::RightBrace),
            b'[' => single(Kind::LeftBracket),
            b']' => single(Kind::RightBracket),
            b'(' => single(Kind::LeftParen),
            b')' => single(Kind::RightParen),
            b'#' => single(Kind::Pound),
            b'/' if self.byte(start + 1) == b'/' => self.comment(start),
            b'"' => self.string(start),
            b'-' | b'0'..=b'9' => self.number(start),
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => self.identifier(start),
            _ => self.unexpected(start),
        }
    }

    /// A comment including the line break.
    fn comment(&self, start: usize) -> (Kind, usize) {
        let is_doc = self.byte(start + 2) == b'/';
        let end = self.while_byte(start, |it| it != b'\n' && it != b'\r');
        let kind = if is_doc { Kind::Doc } else { Kind::Comment };
        let length = match self.byte(end) {
            b'\r' if self.byte(end + 1) == b'\n' => 2,
            _ => 1,
        };
        (kind, (end + length).min(self.text.len()))
    }

    fn bad(&mut self, at: usize, length: usize, message: String, remedy: &str) -> Kind {
        let span = Span { offset: at, length };
        self.fault = Some(Problem::new(span, message, remedy));
        Kind::Bad
    }

    fn unexpected(&mut self, start: usize) -> (Kind, usize) {
        let character = self.text[start..].chars().next().unwrap_or(' ');
        let length = character.len_utf8();
        let message = format!("`{character}` has no meaning here");
        let remedy = "remove it, or write it within quotes";
        (self.bad(start, length, message, remedy), start + length)
    }

    fn identifier(&mut self, start: usize) -> (Kind, usize) {
        let head = self.while_byte(start, |it| it == b'_');
        let end = self.while_byte(head, |it| it == b'_' || it.is_ascii_alphanumeric());
        if end > head {
            return (Kind::Identifier, end);
        }
        let message = "a name consists of underscores".to_owned();
        let remedy = "put a letter or a digit after the underscores";
        (self.bad(head, 1, message, remedy), head)
    }

    fn number(&mut self, start: usize) -> (Kind, usize) {
        let digits = |lexer: &Self, from| lexer.while_byte(from, |it| it.is_ascii_digit());
        let first = start + usize::from(self.byte(start) == b'-');
        let mut end = digits(self, first);
        let mut problem = match end - first {
            0 => Some("digits must follow `-`"),
            1 => None,
            _ if self.byte(first) == b'0' => Some("a number does not begin with a zero"),
            _ => None,
        };
        if self.byte(end) == b'.' {
            let after = digits(self, end + 1);
            if after == end + 1 {
                problem = problem.or(Some("digits must follow `.`"));
            }
            end = after;
        }
        if matches!(self.byte(end), b'e' | b'E') {
            let sign = usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
            let after = digits(self, end + 1 + sign);
            if after == end + 1 + sign {
                problem = problem.or(Some("digits must follow `e`, `+` and `-`"));
            }
            end = after;
        }
        match problem {
            None => (Kind::Number, end),
            Some(problem) => {
                let text = &self.text[start..end];
                let message = format!("`{text}` is not a number: {problem}");
                let remedy = "numbers are written as in JSON, such as `-12.5e3`";
                (self.bad(start, end - start, message, remedy), end)
            }
        }
    }

    fn string(&mut self, start: usize) -> (Kind, usize) {
        match strings::end(self.text, start) {
            Ok(end) if strings::is_block(self.text, start) => (Kind::TextBlock, end),
            Ok(end) => (Kind::String, end),
            Err(problem) => {
                self.fault = Some(problem);
                (Kind::Bad, self.text.len())
            }
        }
    }
}
