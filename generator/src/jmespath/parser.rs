//! From tokens to an expression.
//!
//! A Pratt parser: `prefix` reads the beginning of an expression, `infix` what follows one.

use super::lexer::{Token, tokens};
use super::{Comparator, Expr, Node, Source, SyntaxError};

/// Maximum depth of nested expressions, so that none exhausts the stack.
const LEVELS: usize = 200;

/// The binding powers of tokens that can follow an expression. Those that end a projection are less
/// than [`PROJECTION`].
mod binding {
    pub(super) const PIPE: u8 = 1;
    pub(super) const OR: u8 = 2;
    pub(super) const AND: u8 = 3;
    pub(super) const COMPARE: u8 = 5;
    pub(super) const FLATTEN: u8 = 9;
    pub(super) const PROJECTION: u8 = 10;
    pub(super) const STAR: u8 = 20;
    pub(super) const FILTER: u8 = 21;
    pub(super) const DOT: u8 = 40;
    pub(super) const NOT: u8 = 45;
    pub(super) const BRACKET: u8 = 55;
}

/// Reads an expression.
pub(crate) fn parse(text: &str) -> Result<Expr, SyntaxError> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        level: 0,
    };
    let expr = parser.expr(0)?;
    match parser.peek() {
        Token::End => Ok(expr),
        _ => Err(parser.unexpected("the expression is complete before this")),
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    level: usize,
}

type Parsed = Result<Expr, SyntaxError>;

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.next].1
    }

    /// The token after the next.
    fn peek_second(&self) -> &Token {
        let last = self.tokens.len() - 1;
        &self.tokens[(self.next + 1).min(last)].1
    }

    fn at(&self) -> usize {
        self.tokens[self.next].0
    }

    fn advance(&mut self) -> Token {
        let token = self.tokens[self.next].1.clone();
        // The last token is the end, which is never consumed.
        self.next = (self.next + 1).min(self.tokens.len() - 1);
        token
    }

    fn take(&mut self, token: &Token) -> bool {
        let is_next = self.peek() == token;
        if is_next {
            self.advance();
        }
        is_next
    }

    fn expect(&mut self, token: &Token, what: &str) -> Result<(), SyntaxError> {
        match self.take(token) {
            true => Ok(()),
            false => Err(self.unexpected(&format!("{what} is missing"))),
        }
    }

    fn unexpected(&self, problem: &str) -> SyntaxError {
        SyntaxError::new(self.at(), problem)
    }

    /// Parses an expression with operators of a greater power than `binding`.
    fn expr(&mut self, binding: u8) -> Parsed {
        self.level += 1;
        if self.level > LEVELS {
            return Err(self.unexpected("the expression is nested too deeply"));
        }
        let mut left = self.prefix()?;
        while binding < self.binding() {
            left = self.infix(left)?;
        }
        self.level -= 1;
        Ok(left)
    }

    fn binding(&self) -> u8 {
        match self.peek() {
            Token::Pipe => binding::PIPE,
            Token::Or => binding::OR,
            Token::And => binding::AND,
            Token::Compare(_) => binding::COMPARE,
            Token::Flatten => binding::FLATTEN,
            Token::Filter => binding::FILTER,
            Token::Dot => binding::DOT,
            Token::OpenBracket => binding::BRACKET,
            _ => 0,
        }
    }

    fn prefix(&mut self) -> Parsed {
        let at = self.at();
        let current = || Box::new(Expr::new(at, Node::Current));
        let node = match self.advance() {
            Token::Literal(value) => Node::Literal(value),
            Token::Identifier(name) if *self.peek() == Token::OpenParenthesis => {
                self.advance();
                Node::Call(name, self.arguments()?)
            }
            Token::Identifier(name) => Node::Field(name),
            Token::Quoted(_) if *self.peek() == Token::OpenParenthesis => {
                return Err(self.unexpected("write the name of a function without quotes"));
            }
            Token::Quoted(name) => Node::Field(name),
            Token::At => Node::Current,
            Token::Not => Node::Not(Box::new(self.expr(binding::NOT)?)),
            Token::Ampersand => Node::Reference(Box::new(self.expr(0)?)),
            Token::OpenParenthesis => {
                let expr = self.expr(0)?;
                self.expect(&Token::CloseParenthesis, "`)`")?;
                return Ok(expr);
            }
            Token::Star => self.project(Source::Values(current()), binding::STAR)?,
            Token::Flatten => self.project(Source::Flatten(current()), binding::FLATTEN)?,
            Token::Filter => self.filter(current())?,
            Token::OpenBrace => Node::Hash(self.hash()?),
            Token::OpenBracket => match self.brackets(current())? {
                Some(node) => node,
                None => Node::List(self.list()?),
            },
            _ => return Err(SyntaxError::new(at, "an expression is missing")),
        };
        Ok(Expr::new(at, node))
    }

    fn infix(&mut self, left: Expr) -> Parsed {
        let (start, at) = (left.at, self.at());
        let left = Box::new(left);
        let node = match self.advance() {
            Token::Pipe => Node::Pipe(left, Box::new(self.expr(binding::PIPE)?)),
            Token::Or => Node::Or(left, Box::new(self.expr(binding::OR)?)),
            Token::And => Node::And(left, Box::new(self.expr(binding::AND)?)),
            Token::Compare(comparator) => {
                let right = Box::new(self.expr(binding::COMPARE)?);
                Node::Compare(comparator, left, right)
            }
            Token::Flatten => self.project(Source::Flatten(left), binding::FLATTEN)?,
            Token::Filter => self.filter(left)?,
            Token::Dot if *self.peek() == Token::Star => {
                self.advance();
                self.project(Source::Values(left), binding::STAR)?
            }
            Token::Dot => Node::Sub(left, Box::new(self.after_dot(binding::DOT)?)),
            Token::OpenBracket => match self.brackets(left)? {
                Some(node) => node,
                None => {
                    let message =
                        "a list of expressions is allowed only at the beginning or after a dot";
                    return Err(SyntaxError::new(at, message));
                }
            },
            token => unreachable!("{token:?} does not bind"),
        };
        Ok(Expr::new(start, node))
    }

    /// Parses what follows a dot.
    fn after_dot(&mut self, binding: u8) -> Parsed {
        let at = self.at();
        match self.peek() {
            Token::Identifier(_) | Token::Quoted(_) | Token::Star => self.expr(binding),
            Token::OpenBracket => {
                self.advance();
                Ok(Expr::new(at, Node::List(self.list()?)))
            }
            Token::OpenBrace => {
                self.advance();
                Ok(Expr::new(at, Node::Hash(self.hash()?)))
            }
            _ => Err(self.unexpected("the name of a member is missing after the dot")),
        }
    }

    /// Parses the right side of a projection.
    fn project(&mut self, source: Source, binding: u8) -> Result<Node, SyntaxError> {
        let at = self.at();
        let each = match self.peek() {
            _ if self.binding() < binding::PROJECTION => Expr::new(at, Node::Current),
            Token::Dot => {
                self.advance();
                self.after_dot(binding)?
            }
            _ => self.expr(binding)?,
        };
        Ok(Node::Project(source, Box::new(each)))
    }

    /// Parses the rest of `[?…]`.
    fn filter(&mut self, list: Box<Expr>) -> Result<Node, SyntaxError> {
        let condition = Box::new(self.expr(0)?);
        self.expect(&Token::CloseBracket, "`]`")?;
        // A flatten operator after a filter applies to the filter's whole result.
        self.project(Source::Filter(list, condition), binding::FILTER)
    }

    /// Parses brackets after a list; returns `None` for a list of expressions.
    fn brackets(&mut self, list: Box<Expr>) -> Result<Option<Node>, SyntaxError> {
        match (self.peek(), self.peek_second()) {
            (Token::Number(_) | Token::Colon, _) => self.index(list).map(Some),
            (Token::Star, Token::CloseBracket) => {
                self.advance();
                self.advance();
                let source = Source::Elements(list);
                self.project(source, binding::STAR).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Parses the rest of `[1]` and `[1:2:3]`.
    fn index(&mut self, list: Box<Expr>) -> Result<Node, SyntaxError> {
        let mut parts = [None; 3];
        let mut part = 0;
        loop {
            let at = self.at();
            match self.advance() {
                Token::Number(number) if parts[part].is_none() => parts[part] = Some(number),
                Token::Colon if part < 2 => part += 1,
                Token::CloseBracket => break,
                _ => {
                    return Err(SyntaxError::new(
                        at,
                        "an index is a number, a slice `1:2:3`",
                    ));
                }
            }
        }
        match (part, parts) {
            (0, [Some(index), ..]) => Ok(Node::Index(list, index)),
            (_, [_, _, Some(0)]) => Err(self.unexpected("the step of a slice is not 0")),
            (_, parts) => self.project(Source::Slice(list, parts), binding::STAR),
        }
    }

    /// `a, b]`
    fn list(&mut self) -> Result<Vec<Expr>, SyntaxError> {
        let mut parts = vec![self.expr(0)?];
        while self.take(&Token::Comma) {
            parts.push(self.expr(0)?);
        }
        self.expect(&Token::CloseBracket, "`]`")?;
        Ok(parts)
    }

    /// `a: b, c: d}`
    fn hash(&mut self) -> Result<Vec<(String, Expr)>, SyntaxError> {
        let mut parts = Vec::new();
        loop {
            let at = self.at();
            let (Token::Identifier(key) | Token::Quoted(key)) = self.advance() else {
                return Err(SyntaxError::new(at, "a key is missing"));
            };
            self.expect(&Token::Colon, "`:`")?;
            parts.push((key, self.expr(0)?));
            if !self.take(&Token::Comma) {
                self.expect(&Token::CloseBrace, "`}`")?;
                return Ok(parts);
            }
        }
    }

    /// `a, b)`
    fn arguments(&mut self) -> Result<Vec<Expr>, SyntaxError> {
        let mut arguments = Vec::new();
        if self.take(&Token::CloseParenthesis) {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expr(0)?);
            if !self.take(&Token::Comma) {
                self.expect(&Token::CloseParenthesis, "`)`")?;
                return Ok(arguments);
            }
        }
    }
}

impl Expr {
    fn new(at: usize, node: Node) -> Self {
        Self { at, node }
    }
}

impl Comparator {
    /// The negated comparator.
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
        }
    }
}
