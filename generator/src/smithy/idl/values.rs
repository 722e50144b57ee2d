//! Parses node values, shape ids and traits.

use std::collections::HashMap;

use super::lexer::{Kind, Token};
use super::node::{Entry, Key, Node, Problem, Value};
use super::parser::{Parsed, Parser};
use crate::diagnostics::Span;

/// Maximum depth of nested values. JSON readers have a limit that is not much higher.
const LEVELS: usize = 64;

impl Parser<'_> {
    /// A value of metadata or of a trait.
    pub(super) fn value(&mut self) -> Parsed<Node> {
        let token = self.token;
        let span = self.span_of(token);
        match self.kind() {
            Kind::String | Kind::TextBlock => Ok(Node::new(Value::String(self.string()?), span)),
            Kind::Number => {
                let text = self.text().to_owned();
                self.advance();
                Ok(Node::new(Value::Number(text), span))
            }
            Kind::Identifier => {
                let (id, span) = self.shape_id()?;
                Ok(Node::new(
                    match id.as_str() {
                        "true" => Value::Boolean(true),
                        "false" => Value::Boolean(false),
                        "null" => Value::Null,
                        _ => Value::Id(id),
                    },
                    span,
                ))
            }
            Kind::LeftBrace | Kind::LeftBracket => {
                if self.depth == LEVELS {
                    let message = format!("values are nested more than {LEVELS} levels deep");
                    return Err(self.problem(message, "nest them less deeply"));
                }
                self.depth += 1;
                let read = match self.kind() {
                    Kind::LeftBrace => self.object(),
                    _ => self.array(),
                };
                self.depth -= 1;
                read
            }
            _ => {
                let message = format!("expected a value, found {}", self.found());
                let remedy = "write a string, a number, `true`, `false`, `null`, `[…]` or `{…}`";
                Err(self.problem(message, remedy))
            }
        }
    }

    fn array(&mut self) -> Parsed<Node> {
        let open = self.expect(Kind::LeftBracket)?;
        self.blank();
        let mut values = Vec::new();
        while !matches!(
            self.kind(),
            Kind::RightBracket | Kind::RightBrace | Kind::RightParen | Kind::End
        ) {
            values.push(self.value()?);
            self.blank();
        }
        let end = self.close(Kind::RightBracket, open)?.end;
        Ok(Node::new(Value::Array(values), self.span(open.start, end)))
    }

    pub(super) fn object(&mut self) -> Parsed<Node> {
        let open = self.expect(Kind::LeftBrace)?;
        let entries = self.entries(Kind::RightBrace, open)?;
        let end = self.close(Kind::RightBrace, open)?.end;
        Ok(Node::new(
            Value::Object(entries),
            self.span(open.start, end),
        ))
    }

    /// Keys and values up to a bracket.
    fn entries(&mut self, end: Kind, open: Token) -> Parsed<Vec<Entry>> {
        self.blank();
        let mut entries = Vec::new();
        while self.kind() != end {
            let (name, span) = match self.kind() {
                Kind::Identifier | Kind::String | Kind::TextBlock => self.object_key()?,
                _ => {
                    self.close(end, open)?;
                    continue;
                }
            };
            self.blank();
            self.expect(Kind::Colon)?;
            self.blank();
            entries.push(Entry::new(name, span, self.value()?));
            self.blank();
        }
        self.check_keys(&entries);
        Ok(entries)
    }

    /// Reports duplicate keys of an object.
    fn check_keys(&mut self, entries: &[Entry]) {
        if entries.len() < 2 {
            return;
        }
        let mut seen = HashMap::new();
        for Entry { key, .. } in entries {
            let Some(first) = seen.insert(key.name.as_str(), key.span) else {
                continue;
            };
            let message = format!("`{}` is there twice", key.name);
            let problem = Problem::new(key.span, message, "remove one of them");
            self.problems.push(problem.and(first, "the first"));
        }
    }

    /// The key of an object, in quotes or not.
    pub(super) fn object_key(&mut self) -> Parsed<(String, Span)> {
        let token = self.token;
        let name = match self.kind() {
            Kind::String => self.string()?,
            Kind::TextBlock => {
                let message = "a text block is not a name";
                return Err(self.problem(message, "write the name in quotes of one line"));
            }
            _ => {
                let token = self.expect(Kind::Identifier)?;
                self.slice(token.start, token.end).to_owned()
            }
        };
        Ok((name, self.span_of(token)))
    }

    /// A shape id as it is written, absolute or relative.
    pub(super) fn shape_id(&mut self) -> Parsed<(String, Span)> {
        let start = self.token.start;
        let mut end = self.expect(Kind::Identifier)?.end;
        let mut is_dotted = false;
        while self.kind() == Kind::Dot {
            self.advance();
            is_dotted = true;
            end = self.expect(Kind::Identifier)?.end;
        }
        if is_dotted || self.kind() == Kind::Pound {
            self.expect(Kind::Pound)?;
            end = self.expect(Kind::Identifier)?.end;
        }
        if self.kind() == Kind::Dollar {
            self.advance();
            end = self.expect(Kind::Identifier)?.end;
        }
        Ok((self.slice(start, end).to_owned(), self.span(start, end)))
    }

    /// Documentation comments and traits before a shape or member.
    pub(super) fn traits(&mut self) -> Parsed<Vec<Entry>> {
        self.whitespace();
        let mut traits: Vec<Entry> = self.take_docs().into_iter().collect();
        while self.kind() == Kind::At {
            traits.push(self.r#trait()?);
            self.blank();
        }
        Ok(traits)
    }

    pub(super) fn r#trait(&mut self) -> Parsed<Entry> {
        let at = self.expect(Kind::At)?.start;
        let (name, span) = self.shape_id()?;
        let end = span.offset + span.length;
        let whole = Span {
            offset: self.span(at, at).offset,
            length: end - self.span(at, at).offset,
        };
        let value = if self.kind() == Kind::LeftParen {
            let value = self.trait_body()?;
            value.unwrap_or_else(|| Node::new(Value::Object(Vec::new()), whole))
        } else {
            Node::new(Value::Object(Vec::new()), whole)
        };
        let key = Key {
            name,
            span: whole,
            is_trait: true,
        };
        Ok(Entry { key, value })
    }

    fn trait_body(&mut self) -> Parsed<Option<Node>> {
        let open = self.expect(Kind::LeftParen)?;
        self.blank();
        if self.kind() == Kind::RightParen {
            self.advance();
            return Ok(None);
        }
        let value = if self.has_keys() {
            let entries = self.entries(Kind::RightParen, open)?;
            Node::new(
                Value::Object(entries),
                self.span(open.start, self.token.end),
            )
        } else {
            self.value()?
        };
        self.blank();
        if let Value::Id(name) = &value.value
            && !name.contains(['.', '#', '$'])
            && self.kind() != Kind::RightParen
        {
            let message = format!("expected `:`, found {}", self.found());
            let remedy =
                format!("write `:` and the value of `{name}`, or close the trait with `)`");
            return Err(self.problem(message, remedy));
        }
        self.close(Kind::RightParen, open)?;
        Ok(Some(value))
    }

    /// Whether a key with its colon comes next.
    fn has_keys(&mut self) -> bool {
        let here = self.token;
        if !matches!(here.kind, Kind::Identifier | Kind::String) {
            return false;
        }
        self.advance();
        self.blank();
        let has_keys = self.kind() == Kind::Colon;
        self.back_to(here);
        has_keys
    }
}

/// Reads a JSON file, which has been parsed before, with the positions of its values.
pub(super) fn json(text: &str, base: usize) -> Result<Node, Problem> {
    let mut parser = Parser::new(text, base);
    parser.blank();
    parser.value()
}
