//! Parses `Debug` output into a tree, to sort maps and to find allowed differences.

use std::fmt;

/// A part of `Debug` output.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// A number, a string, a name.
    Atom(String),
    /// `[a, b]`, or `(a, b)` with its name.
    List(String, Vec<Node>),
    /// `{a: b}`, in the order of the keys.
    Map(Vec<(Node, Node)>),
    /// `Name { a: b }`
    Fields(String, Vec<(String, Node)>),
}

impl Default for Node {
    fn default() -> Self {
        Self::Atom(String::new())
    }
}

impl Node {
    /// Parses the output of `{:?}`. Text in another form is kept unchanged.
    pub fn parse(text: &str) -> Self {
        let mut parser = Parser {
            rest: text,
            depth: 0,
        };
        match parser.node() {
            Some(node) if parser.rest.is_empty() => node,
            _ => Self::Atom(text.to_owned()),
        }
    }

    /// Calls a function with each node, and then with the nodes inside of it.
    pub fn visit(&mut self, change: &mut dyn FnMut(&mut Node)) {
        change(self);
        match self {
            Self::Atom(_) => {}
            Self::List(_, nodes) => nodes.iter_mut().for_each(|node| node.visit(change)),
            Self::Map(entries) => entries.iter_mut().for_each(|(_, node)| node.visit(change)),
            Self::Fields(_, fields) => fields.iter_mut().for_each(|(_, node)| node.visit(change)),
        }
    }
}

/// Prints a line for each part, so that differences are found by line.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, "")
    }
}

impl Node {
    fn write(&self, f: &mut fmt::Formatter<'_>, path: &str) -> fmt::Result {
        match self {
            Self::Atom(text) => writeln!(f, "{path}: {text}"),
            Self::List(name, nodes) if name == "Some" && nodes.len() == 1 => {
                nodes[0].write(f, path)
            }
            Self::List(name, nodes) => {
                let path = format!("{path}{name}");
                writeln!(f, "{path}: list of {}", nodes.len())?;
                let mut nodes = nodes.iter().enumerate();
                nodes.try_for_each(|(index, node)| node.write(f, &format!("{path}[{index}]")))
            }
            Self::Map(entries) => {
                writeln!(f, "{path}: map of {}", entries.len())?;
                let mut entries = entries.iter();
                entries.try_for_each(|(key, node)| match key {
                    Self::Atom(key) => node.write(f, &format!("{path}[{key}]")),
                    other => node.write(f, &format!("{path}[{other:?}]")),
                })
            }
            Self::Fields(name, fields) => {
                writeln!(f, "{path}: {name}")?;
                let mut fields = fields.iter();
                fields.try_for_each(|(field, node)| node.write(f, &format!("{path}.{field}")))
            }
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

/// How deep nodes may be nested. A text may consist of brackets alone.
const MOST_DEPTH: usize = 100;

impl Parser<'_> {
    fn node(&mut self) -> Option<Node> {
        let name = self.atom()?;
        match (self.rest.chars().next(), name.is_empty()) {
            (Some('('), _) => Some(Node::List(name, self.list('(', ')')?)),
            (Some('['), true) => Some(Node::List(name, self.list('[', ']')?)),
            (Some('{'), true) => {
                let mut entries = self.sequence('{', '}', |parser| {
                    let key = parser.node()?;
                    parser.skip(": ")?;
                    Some((key, parser.node()?))
                })?;
                entries.sort();
                Some(Node::Map(entries))
            }
            (Some('{'), false) => {
                let fields = self.sequence('{', '}', |parser| {
                    let name = parser.atom()?;
                    if name == ".." {
                        return Some((name, Node::default()));
                    }
                    parser.skip(": ")?;
                    Some((name, parser.node()?))
                })?;
                Some(Node::Fields(name.trim_end().to_owned(), fields))
            }
            _ => Some(Node::Atom(name)),
        }
    }

    fn list(&mut self, open: char, close: char) -> Option<Vec<Node>> {
        self.sequence(open, close, Self::node)
    }

    /// Items between brackets, separated by commas.
    fn sequence<T>(
        &mut self,
        open: char,
        close: char,
        mut item: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.rest = self.rest.strip_prefix(open)?.trim_start();
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return None;
        }
        let mut items = Vec::new();
        loop {
            if let Some(rest) = self.rest.strip_prefix(close) {
                self.rest = rest;
                self.depth -= 1;
                return Some(items);
            }
            if !items.is_empty() {
                self.skip(", ")?;
            }
            items.push(item(self)?);
            self.rest = self.rest.trim_start();
        }
    }

    fn skip(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    /// Everything up to a character with a meaning. Skips string literals.
    fn atom(&mut self) -> Option<String> {
        let mut end = 0;
        let mut chars = self.rest.char_indices();
        while let Some((index, c)) = chars.next() {
            match c {
                '"' => loop {
                    match chars.next()?.1 {
                        '\\' => drop(chars.next()?),
                        '"' => break,
                        _ => {}
                    }
                },
                '\'' => {
                    let length = char_literal(&self.rest[index..]);
                    while chars.offset() < index + length {
                        chars.next()?;
                    }
                }
                // A colon inside of a time is followed by a digit.
                ':' if !self.rest[index..].starts_with(": ") => {}
                ',' | ':' | '(' | ')' | '[' | ']' | '{' | '}' => {
                    end = index;
                    break;
                }
                _ => {}
            }
            end = self.rest.len();
        }
        let (atom, rest) = self.rest.split_at(end);
        // A space belongs to the end of a structure.
        let text = if rest.starts_with('}') {
            atom.trim_end()
        } else {
            atom
        };
        self.rest = rest;
        Some(text.to_owned())
    }
}

/// The length of the character literal at the start of a text, or of its apostrophe.
fn char_literal(text: &str) -> usize {
    let inside = &text[1..];
    let end = match inside.strip_prefix('\\') {
        // The character after the backslash may be an apostrophe.
        Some(escape) => escape
            .get(1..)
            .and_then(|rest| rest.find('\''))
            .map(|end| end + 2),
        None => inside.chars().next().map(char::len_utf8),
    };
    match end {
        Some(end) if inside[end..].starts_with('\'') => end + 2,
        _ => 1,
    }
}
