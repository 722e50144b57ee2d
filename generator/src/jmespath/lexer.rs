//! The tokens of an expression.

use serde_json::Value;

use super::{Comparator, SyntaxError};

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Identifier(String),
    /// `"name"`, which is never the name of a function.
    Quoted(String),
    Number(i64),
    Literal(Value),
    Compare(Comparator),
    And,
    Or,
    Pipe,
    Not,
    Ampersand,
    At,
    Dot,
    Comma,
    Colon,
    Star,
    /// `[]`
    Flatten,
    /// `[?`
    Filter,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    OpenParenthesis,
    CloseParenthesis,
    End,
}

/// Tokens with fixed characters; longer ones first.
const SIGNS: [(&str, Token); 24] = [
    ("&&", Token::And),
    ("||", Token::Or),
    ("==", Token::Compare(Comparator::Equal)),
    ("!=", Token::Compare(Comparator::NotEqual)),
    ("<=", Token::Compare(Comparator::LessOrEqual)),
    (">=", Token::Compare(Comparator::GreaterOrEqual)),
    ("[]", Token::Flatten),
    ("[?", Token::Filter),
    ("<", Token::Compare(Comparator::Less)),
    (">", Token::Compare(Comparator::Greater)),
    ("|", Token::Pipe),
    ("!", Token::Not),
    ("&", Token::Ampersand),
    ("@", Token::At),
    (".", Token::Dot),
    (",", Token::Comma),
    (":", Token::Colon),
    ("*", Token::Star),
    ("[", Token::OpenBracket),
    ("]", Token::CloseBracket),
    ("{", Token::OpenBrace),
    ("}", Token::CloseBrace),
    ("(", Token::OpenParenthesis),
    (")", Token::CloseParenthesis),
];

/// The tokens of a text with the bytes where they begin; the last is [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, SyntaxError> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        let rest = lexer.rest().trim_start_matches([' ', '\t', '\r', '\n']);
        lexer.at = text.len() - rest.len();
        let at = lexer.at;
        let token = lexer.token()?;
        let is_end = token == Token::End;
        tokens.push((at, token));
        if is_end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn token(&mut self) -> Result<Token, SyntaxError> {
        let rest = self.rest();
        match rest.chars().next() {
            None => return Ok(Token::End),
            Some('"') => return self.quoted(),
            Some('\'') => return self.raw(),
            Some('`') => return self.literal(),
            Some(c) if c.is_ascii_alphabetic() || c == '_' => {
                let name = self.while_(|c| c.is_ascii_alphanumeric() || c == '_');
                return Ok(Token::Identifier(name.to_owned()));
            }
            Some(c) if c.is_ascii_digit() || c == '-' => return self.number(),
            Some(_) => {}
        }
        let sign = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign));
        let Some((sign, token)) = sign else {
            let c = rest.chars().next().unwrap_or_default();
            return Err(SyntaxError::new(self.at, format!("`{c}` means nothing")));
        };
        self.at += sign.len();
        Ok(token.clone())
    }

    fn while_(&mut self, holds: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !holds(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn number(&mut self) -> Result<Token, SyntaxError> {
        let at = self.at;
        let is_negative = self.rest().starts_with('-');
        self.at += usize::from(is_negative);
        self.while_(|c| c.is_ascii_digit());
        let text = &self.text[at..self.at];
        let number = text.parse().map(Token::Number);
        number.map_err(|_| SyntaxError::new(at, format!("`{text}` is not a whole number")))
    }

    /// The text between two delimiters, with its escapes.
    fn delimited(&mut self, delimiter: char) -> Result<&'a str, SyntaxError> {
        let inside = &self.rest()[1..];
        let mut is_escaped = false;
        let end = inside.find(|c| {
            let ends = c == delimiter && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        });
        let Some(end) = end else {
            let message = format!("there is no `{delimiter}` that closes this one");
            return Err(SyntaxError::new(self.at, message));
        };
        self.at += end + 2;
        Ok(&inside[..end])
    }

    fn quoted(&mut self) -> Result<Token, SyntaxError> {
        let at = self.at;
        self.delimited('"')?;
        let name = serde_json::from_str(&self.text[at..self.at]);
        name.map(Token::Quoted).map_err(|error| {
            SyntaxError::new(at, format!("the name is not a JSON string: {error}"))
        })
    }

    fn raw(&mut self) -> Result<Token, SyntaxError> {
        let text = self.delimited('\'')?;
        let mut value = String::with_capacity(text.len());
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            let escaped = characters.next_if(|next| c == '\\' && *next == '\'');
            value.push(escaped.unwrap_or(c));
        }
        Ok(Token::Literal(Value::String(value)))
    }

    fn literal(&mut self) -> Result<Token, SyntaxError> {
        let at = self.at;
        let text = self.delimited('`')?.replace("\\`", "`");
        let value = serde_json::from_str(&text);
        value.map(Token::Literal).map_err(|error| {
            let message = format!("what is between the backticks is not JSON: {error}");
            SyntaxError::new(at, message)
        })
    }
}
