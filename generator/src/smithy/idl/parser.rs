//! Parses the statements of a file.

use super::lexer::{Kind, Lexer, Token};
use super::node::{Entry, Node, Problem, Value};
use crate::diagnostics::Span;
use crate::smithy::ast::ShapeType;
use crate::smithy::suggest::did_you_mean;

/// A parsed file with unresolved names.
#[derive(Debug, Default)]
pub(super) struct File {
    /// The version; 1.0 if it is absent.
    pub(super) version: Option<String>,
    pub(super) metadata: Vec<Entry>,
    pub(super) namespace: String,
    /// The ids in `use` statements.
    pub(super) uses: Vec<Node>,
    pub(super) shapes: Vec<Shape>,
    pub(super) applied: Vec<Applied>,
    pub(super) input_suffix: Option<String>,
    pub(super) output_suffix: Option<String>,
}

/// A shape. Its definition has the form of the JSON AST, except for names.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) definition: Node,
    /// The resource that a structure is `for`.
    pub(super) resource: Option<Node>,
}

/// An `apply` statement.
#[derive(Debug)]
pub(super) struct Applied {
    pub(super) target: Node,
    pub(super) traits: Vec<Entry>,
}

pub(super) type Parsed<T> = Result<T, Problem>;

impl File {
    pub(super) fn is_version_one(&self) -> bool {
        self.version
            .as_deref()
            .is_none_or(|it| it == "1" || it == "1.0")
    }
}

/// The parser: the text and the current token.
pub(super) struct Parser<'a> {
    pub(super) lexer: Lexer<'a>,
    pub(super) token: Token,
    /// The offset of the file.
    pub(super) base: usize,
    pub(super) file: File,
    pub(super) problems: Vec<Problem>,
    /// The documentation comments that do not belong to anything yet.
    pub(super) docs: Vec<Token>,
    /// The keys of control statements, with the spans of their values.
    controls: Vec<(String, Span)>,
    /// The depth of the current value.
    pub(super) depth: usize,
}

/// Parses a file.
pub(super) fn parse(text: &str, base: usize) -> (File, Vec<Problem>) {
    let mut parser = Parser::new(text, base);
    parser.sections();
    (parser.file, parser.problems)
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, base: usize) -> Self {
        let mut lexer = Lexer::new(text);
        let token = lexer.next();
        Self {
            lexer,
            token,
            base,
            file: File::default(),
            problems: Vec::new(),
            docs: Vec::new(),
            controls: Vec::new(),
            depth: 0,
        }
    }

    fn sections(&mut self) {
        self.whitespace();
        let mut is_begun = false;
        while self.kind() != Kind::End {
            self.docs_of_statement();
            let read = match (self.kind(), self.text(), is_begun) {
                (Kind::Dollar, _, false) if self.file.metadata.is_empty() => self.control(),
                (Kind::Dollar, ..) => {
                    let message = "control statements come before everything else";
                    Err(self.problem(message, "move it to the top of the file"))
                }
                (Kind::Identifier, "metadata", false) => self.metadata(),
                (Kind::Identifier, "namespace", false) => {
                    is_begun = true;
                    self.namespace()
                }
                (_, _, false) => {
                    let found = self.found();
                    let message = format!("expected a namespace, found {found}");
                    let remedy = "write `namespace` and its name before the first shape";
                    is_begun = true;
                    Err(self.problem(message, remedy))
                }
                (Kind::Identifier, "use", true) if self.file.shapes.is_empty() => self.r#use(),
                _ => self.statement(),
            };
            if let Err(problem) = read {
                self.problems.push(problem);
                self.recover();
            }
            self.whitespace();
        }
    }

    /// Drops documentation that does not belong to the next statement.
    fn docs_of_statement(&mut self) {
        if !matches!(self.kind(), Kind::At | Kind::Identifier) {
            self.docs.clear();
        }
    }

    /// Skips to the next line that looks like the beginning of a statement.
    fn recover(&mut self) {
        self.docs.clear();
        let mut is_at_begin = false;
        let mut is_first = true;
        while self.kind() != Kind::End {
            let token = self.token;
            let is_column_one = is_at_begin && self.ends_line_before(token.start);
            let begins = match token.kind {
                Kind::At | Kind::Doc => is_column_one,
                Kind::Identifier => is_at_begin && self.is_keyword() && self.is_followed_by_name(),
                _ => false,
            };
            if begins && !is_first {
                return;
            }
            is_first = false;
            is_at_begin = match token.kind {
                Kind::Newline | Kind::Comment | Kind::Doc => true,
                Kind::Space => is_at_begin,
                _ => false,
            };
            self.advance();
        }
        self.docs.clear();
    }

    fn ends_line_before(&self, position: usize) -> bool {
        position == 0 || self.lexer.text().as_bytes()[position - 1] == b'\n'
    }

    fn is_keyword(&self) -> bool {
        let text = self.text();
        matches!(text, "use" | "apply" | "namespace" | "metadata") || shape_type(text).is_some()
    }

    fn is_followed_by_name(&mut self) -> bool {
        let here = self.token;
        let is_space = self.lexer.next().kind == Kind::Space;
        let is_name = is_space && matches!(self.lexer.next().kind, Kind::Identifier | Kind::String);
        self.lexer.rewind(here);
        is_name
    }

    fn control(&mut self) -> Parsed<()> {
        self.advance();
        let key = self.object_key()?.0;
        self.spaces();
        self.expect(Kind::Colon)?;
        self.spaces();
        let start = self.token;
        let value = self.value()?;
        let at = Span {
            offset: value.span.offset,
            length: start.end - start.start,
        };
        if let Some((_, first)) = self.controls.iter().find(|it| it.0 == key) {
            let message = format!("`${key}` is set twice");
            let problem = Problem::new(at, message, "keep one of the statements");
            return Err(problem.and(*first, "the first"));
        }
        self.controls.push((key.clone(), at));
        self.set(&key, &value, at)?;
        self.line_break()
    }

    /// Applies a control statement, if its key is known.
    fn set(&mut self, key: &str, value: &Node, at: Span) -> Parsed<()> {
        let end = self.span_of(self.token).offset;
        let slot = match key {
            "version" => &mut self.file.version,
            "operationInputSuffix" => &mut self.file.input_suffix,
            "operationOutputSuffix" => &mut self.file.output_suffix,
            _ => return Ok(()),
        };
        let Some(text) = value.string() else {
            let message = format!("`${key}` is not a string");
            let remedy = "write it in quotes, as in `\"2.0\"`";
            return Err(Problem::new(at, message, remedy));
        };
        if key == "version" && !is_known_version(text) {
            let at = Span {
                offset: end,
                length: 1,
            };
            let message = format!("Smithy version `{text}` is not known");
            // The file is parsed as the latest version.
            *slot = Some("2.0".to_owned());
            return Err(Problem::new(at, message, "use `2.0` or `1.0`"));
        }
        *slot = Some(text.to_owned());
        Ok(())
    }

    fn metadata(&mut self) -> Parsed<()> {
        self.advance();
        self.expect(Kind::Space)?;
        let (name, span) = self.object_key()?;
        self.spaces();
        self.expect(Kind::Equal)?;
        self.spaces();
        let value = self.value()?;
        self.file.metadata.push(Entry::new(name, span, value));
        self.line_break()
    }

    fn namespace(&mut self) -> Parsed<()> {
        self.advance();
        self.expect(Kind::Space)?;
        let start = self.token.start;
        let mut end = self.expect(Kind::Identifier)?.end;
        while self.kind() == Kind::Dot {
            self.advance();
            end = self.expect(Kind::Identifier)?.end;
        }
        self.lexer.text()[start..end].clone_into(&mut self.file.namespace);
        self.line_break()
    }

    fn r#use(&mut self) -> Parsed<()> {
        self.advance();
        self.expect(Kind::Space)?;
        let start = self.token.start;
        self.expect(Kind::Identifier)?;
        while self.kind() == Kind::Dot {
            self.advance();
            self.expect(Kind::Identifier)?;
        }
        self.expect(Kind::Pound)?;
        let end = self.expect(Kind::Identifier)?.end;
        let span = self.span(start, end);
        if self.kind() == Kind::Dollar {
            let message = "`use` names a member, but it is for shapes";
            return Err(Problem::new(span, message, "remove `$` and what follows"));
        }
        let id = self.lexer.text()[start..end].to_owned();
        self.file.uses.push(Node::new(Value::Target(id), span));
        self.line_break()
    }

    /// Parses a shape or an `apply` statement, with preceding traits.
    fn statement(&mut self) -> Parsed<()> {
        let traits = self.traits()?;
        let keyword = self.token;
        if self.kind() != Kind::Identifier {
            let found = self.found();
            let message = format!("expected a shape, found {found}");
            return Err(self.problem(message, "begin a shape with its type, as in `string Name`"));
        }
        let text = self.text();
        if text == "apply" {
            if let Some(first) = traits
                .iter()
                .find(|it| it.key.is_trait && it.key.span.length > 0)
                && !self.is_doc(first)
            {
                let message = "traits are applied to an `apply` statement";
                let remedy = "move them into the statement, or remove them";
                return Err(self.problem(message, remedy));
            }
            return self.apply();
        }
        let Some(r#type) = shape_type(text) else {
            return Err(self.no_shape_type(text));
        };
        self.advance();
        self.expect(Kind::Space)?;
        self.shape(r#type, keyword, traits)?;
        self.line_break()
    }

    /// The problem of a word that is not a shape type.
    fn no_shape_type(&mut self, text: &str) -> Problem {
        let (message, remedy) = match text {
            "use" => (
                "`use` comes after a shape",
                "move it before the first shape, below the namespace",
            ),
            "namespace" => (
                "the file has a namespace already",
                "move what belongs to another namespace to another file",
            ),
            "metadata" => (
                "`metadata` comes after the namespace",
                "move it before the namespace",
            ),
            "with" => (
                "`with` begins a line",
                "write it on the line of the shape's name",
            ),
            _ => {
                let message = format!("there is no shape type `{text}`");
                let types = ShapeType::ALL.map(ShapeType::name);
                let remedy = did_you_mean(text, types).unwrap_or_else(|| {
                    "begin a shape with its type, as in `string Name`".to_owned()
                });
                return self.problem(message, remedy);
            }
        };
        self.problem(message, remedy)
    }

    /// Whether a trait comes from documentation comments.
    fn is_doc(&self, entry: &Entry) -> bool {
        entry.key.name == "smithy.api#documentation"
            && self.lexer.text()[entry.key.span.offset - self.base..].starts_with("///")
    }

    fn apply(&mut self) -> Parsed<()> {
        self.advance();
        self.gap()?;
        let target = self.shape_id()?;
        self.gap()?;
        let traits = match self.kind() {
            Kind::At => vec![self.r#trait()?],
            Kind::LeftBrace => {
                self.advance();
                let traits = self.traits()?;
                self.docs.clear();
                self.expect(Kind::RightBrace)?;
                traits
            }
            _ => {
                let message = format!("expected a trait, found {}", self.found());
                let remedy = "write `@` and the trait, or several within `{` and `}`";
                return Err(self.problem(message, remedy));
            }
        };
        self.file.applied.push(Applied {
            target: Node::new(Value::Target(target.0), target.1),
            traits: traits.into_iter().filter(|it| !self.is_doc(it)).collect(),
        });
        self.line_break()
    }
}

fn is_known_version(version: &str) -> bool {
    let minor = version.strip_prefix("2.").is_some_and(|it| {
        !it.is_empty() && it.len() < 4 && it.bytes().all(|it| it.is_ascii_digit())
    });
    matches!(version, "1" | "1.0" | "2") || minor
}

/// The type for a keyword.
pub(super) fn shape_type(keyword: &str) -> Option<ShapeType> {
    let mut types = ShapeType::ALL.into_iter();
    types.find(|it| it.name() == keyword && *it != ShapeType::Apply)
}
