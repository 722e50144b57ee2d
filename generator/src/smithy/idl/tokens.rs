//! The parser's methods for single tokens: peek, skip, expect.

use super::lexer::{Kind, Token};
use super::node::{Entry, Node, Problem, Value};
use super::parser::{Parsed, Parser};
use super::strings;
use crate::diagnostics::Span;

impl<'a> Parser<'a> {
    pub(super) fn kind(&self) -> Kind {
        self.token.kind
    }

    /// The text of the token.
    pub(super) fn text(&self) -> &'a str {
        self.lexer.slice(self.token)
    }

    pub(super) fn advance(&mut self) {
        if self.token.kind == Kind::Doc {
            self.docs.push(self.token);
        }
        self.token = self.lexer.next();
    }

    /// Moves back to an earlier token.
    pub(super) fn back_to(&mut self, token: Token) {
        self.token = token;
        self.lexer.rewind(token);
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span {
            offset: self.base + start,
            length: end - start,
        }
    }

    pub(super) fn span_of(&self, token: Token) -> Span {
        self.span(token.start, token.end)
    }

    /// A description of the token, for messages.
    pub(super) fn found(&self) -> String {
        match self.kind() {
            Kind::Identifier | Kind::Number => format!("`{}`", self.text()),
            kind => kind.name().to_owned(),
        }
    }

    /// A problem with the token, which may be invalid.
    pub(super) fn problem(
        &mut self,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Problem {
        match self.lexer.fault.take().filter(|_| self.kind() == Kind::Bad) {
            Some(fault) => fault.shifted(self.base),
            None => Problem::new(self.span_of(self.token), message, remedy),
        }
    }

    pub(super) fn expect(&mut self, kind: Kind) -> Parsed<Token> {
        if self.kind() == kind {
            let token = self.token;
            self.advance();
            return Ok(token);
        }
        let message = format!("expected {}, found {}", kind.name(), self.found());
        let remedy = match kind {
            Kind::Space => "separate them by a space".to_owned(),
            Kind::Identifier => "names are letters, digits and underscores".to_owned(),
            _ => format!("write {} here, or correct what is before it", kind.name()),
        };
        Err(self.problem(message, remedy))
    }

    /// Expects the bracket that closes `open`.
    pub(super) fn close(&mut self, kind: Kind, open: Token) -> Parsed<Token> {
        let opened = self.span_of(open);
        self.expect(kind)
            .map_err(|problem| problem.and(opened, "it is opened"))
    }

    pub(super) fn spaces(&mut self) {
        while self.kind() == Kind::Space {
            self.advance();
        }
    }

    /// Skips the separator of two words: at least one space or line break.
    pub(super) fn gap(&mut self) -> Parsed<()> {
        if !matches!(
            self.kind(),
            Kind::Newline | Kind::Comma | Kind::Comment | Kind::Doc
        ) {
            self.expect(Kind::Space)?;
        }
        self.blank();
        Ok(())
    }

    /// Skips white space, commas and comments. Keeps documentation for what follows.
    pub(super) fn whitespace(&mut self) {
        while matches!(
            self.kind(),
            Kind::Space | Kind::Newline | Kind::Comma | Kind::Comment | Kind::Doc
        ) {
            self.advance();
        }
    }

    /// The same where documentation has no meaning.
    pub(super) fn blank(&mut self) {
        self.whitespace();
        self.docs.clear();
    }

    /// Expects the end of a statement, which is a line break.
    pub(super) fn line_break(&mut self) -> Parsed<()> {
        self.docs.clear();
        self.spaces();
        match self.kind() {
            Kind::Newline | Kind::Comment | Kind::Doc => {
                // A documentation comment after a statement on the same line is an ordinary
                // comment.
                self.advance();
                self.docs.clear();
                Ok(())
            }
            Kind::End => Ok(()),
            _ => {
                let message = format!("expected the end of the line, found {}", self.found());
                let remedy = match self.kind() {
                    Kind::At => "write traits before the shape, or begin a new line here",
                    _ => "begin a new line here",
                };
                Err(self.problem(message, remedy))
            }
        }
    }

    /// Takes the preceding documentation comments as a trait.
    pub(super) fn take_docs(&mut self) -> Option<Entry> {
        let docs = std::mem::take(&mut self.docs);
        let (first, last) = (docs.first()?, docs.last()?);
        let lines = docs.iter().map(|doc| {
            let line = self.lexer.slice(*doc).trim_end_matches(['\n', '\r']);
            let line = &line[3..];
            line.strip_prefix(' ').unwrap_or(line)
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        let span = self.span(first.start, last.end.saturating_sub(1).max(first.start + 3));
        let mut entry = Entry::new(
            "smithy.api#documentation",
            span,
            Node::new(Value::String(text), span),
        );
        entry.key.is_trait = true;
        Some(entry)
    }

    /// The value of a string token.
    pub(super) fn string(&mut self) -> Parsed<String> {
        let kind = match self.kind() {
            Kind::TextBlock => Kind::TextBlock,
            _ => Kind::String,
        };
        let token = self.expect(kind)?;
        let span = Span {
            offset: token.start,
            length: token.end - token.start,
        };
        strings::value(self.lexer.text(), span).map_err(|problem| problem.shifted(self.base))
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        &self.lexer.text()[start..end]
    }
}
