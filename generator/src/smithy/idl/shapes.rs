//! Parses shapes into the form of the JSON AST.

use super::lexer::{Kind, Token};
use super::members::Members;
use super::node::{Entry, Node, Problem, Value};
use super::parser::{Parsed, Parser, Shape};
use crate::diagnostics::Span;
use crate::smithy::ast::ShapeType;
use crate::smithy::suggest::did_you_mean;

/// Keys of services and resources whose values are lists of shapes.
const LISTS: [&str; 4] = ["operations", "collectionOperations", "resources", "errors"];
/// Keys whose values are objects of shapes.
const OBJECTS: [&str; 2] = ["identifiers", "properties"];
/// Keys whose values are shapes.
const SHAPES: [&str; 6] = ["create", "put", "read", "update", "delete", "list"];

impl Parser<'_> {
    /// Parses a shape from its name on.
    pub(super) fn shape(
        &mut self,
        r#type: ShapeType,
        keyword: Token,
        traits: Vec<Entry>,
    ) -> Parsed<()> {
        let name = self.expect(Kind::Identifier)?;
        let span = self.span_of(name);
        let name = self.slice(name.start, name.end).to_owned();
        let keyword_span = self.span_of(keyword);
        self.check_version(r#type, keyword_span)?;
        let mut entries = vec![Entry::new(
            "type",
            keyword_span,
            Node::new(Value::String(r#type.name().to_owned()), keyword_span),
        )];
        let resource = match r#type {
            ShapeType::Structure => self.resource()?,
            _ => None,
        };
        if let Some(mixins) = self.mixins()? {
            entries.push(mixins);
        }
        let members = match r#type {
            ShapeType::Enum => Some(Members::Enum),
            ShapeType::IntEnum => Some(Members::IntEnum),
            ShapeType::Structure => Some(Members::Structure),
            ShapeType::Union => Some(Members::Union),
            ShapeType::List | ShapeType::Set => Some(Members::Fixed(&["member"])),
            ShapeType::Map => Some(Members::Fixed(&["key", "value"])),
            _ => None,
        };
        match (members, r#type) {
            (Some(members), _) => {
                let has_mixins = entries.len() > 1;
                self.blank();
                self.members(members, span, has_mixins, &mut entries)?;
            }
            (None, ShapeType::Operation) => {
                self.blank();
                self.operation(&name, &mut entries)?;
            }
            (None, ShapeType::Service | ShapeType::Resource) => {
                self.blank();
                let body = self.object()?;
                self.references(body, r#type, &mut entries)?;
            }
            _ => {}
        }
        self.push_shape(name, span, entries, traits, resource);
        Ok(())
    }

    fn push_shape(
        &mut self,
        name: String,
        span: Span,
        mut entries: Vec<Entry>,
        traits: Vec<Entry>,
        resource: Option<Node>,
    ) {
        push_traits(&mut entries, span, traits);
        self.file.shapes.push(Shape {
            name,
            span,
            definition: Node::new(Value::Object(entries), span),
            resource,
        });
    }

    fn check_version(&self, r#type: ShapeType, span: Span) -> Parsed<()> {
        let is_one = self.file.is_version_one();
        match r#type {
            ShapeType::Enum | ShapeType::IntEnum if is_one => {
                Err(self.needs_two(span, &format!("the shape type `{type}`")))
            }
            ShapeType::Set if !is_one => {
                let message = "version 2.0 of Smithy has no `set`";
                let remedy = "write a `list` with the trait `@uniqueItems`";
                Err(Problem::new(span, message, remedy))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn needs_two(&self, span: Span, what: &str) -> Problem {
        let remedy = match self.file.version {
            Some(_) => "write `$version: \"2.0\"` on top of the file",
            None => "write `$version: \"2.0\"` on top of the file, which is 1.0 without it",
        };
        Problem::new(
            span,
            format!("{what} is new in version 2.0 of Smithy"),
            remedy,
        )
    }

    /// Parses an optional word of version 2.0 on the same line.
    fn word(&mut self, word: &str) -> Parsed<Option<Span>> {
        let here = self.token;
        self.spaces();
        if self.kind() != Kind::Identifier || self.text() != word {
            self.back_to(here);
            return Ok(None);
        }
        let span = self.span_of(self.token);
        if self.file.is_version_one() {
            return Err(self.needs_two(span, &format!("`{word}`")));
        }
        self.advance();
        Ok(Some(span))
    }

    /// Parses the resource after `for`.
    fn resource(&mut self) -> Parsed<Option<Node>> {
        if self.word("for")?.is_none() {
            return Ok(None);
        }
        self.expect(Kind::Space)?;
        let (id, span) = self.shape_id()?;
        Ok(Some(Node::new(Value::Target(id), span)))
    }

    /// Parses the mixins after `with`, which starts on the line of the name.
    fn mixins(&mut self) -> Parsed<Option<Entry>> {
        let Some(span) = self.word("with")? else {
            return Ok(None);
        };
        self.blank();
        let list = self.id_list()?;
        if list.array().is_empty() {
            let message = "`with` names no shape";
            let end = Span {
                offset: list.span.offset + list.span.length - 1,
                length: 1,
            };
            return Err(Problem::new(end, message, "name a mixin, or remove `with`"));
        }
        Ok(Some(Entry::new("mixins", span, list)))
    }

    /// Parses shape ids in brackets as references.
    fn id_list(&mut self) -> Parsed<Node> {
        let start = self.expect(Kind::LeftBracket)?.start;
        self.blank();
        let mut ids = Vec::new();
        while self.kind() != Kind::RightBracket {
            let (id, span) = self.shape_id()?;
            ids.push(reference(Node::new(Value::Target(id), span)));
            self.blank();
        }
        let end = self.expect(Kind::RightBracket)?.end;
        Ok(Node::new(Value::Array(ids), self.span(start, end)))
    }

    fn operation(&mut self, name: &str, entries: &mut Vec<Entry>) -> Parsed<()> {
        self.expect(Kind::LeftBrace)?;
        self.blank();
        while !matches!(self.kind(), Kind::RightBrace | Kind::End) {
            let token = self.expect(Kind::Identifier)?;
            let key = self.slice(token.start, token.end).to_owned();
            let span = self.span_of(token);
            check_once(entries, &key, span)?;
            self.blank();
            let value = match key.as_str() {
                "input" | "output" if self.kind() == Kind::Walrus => self.inline(name, &key)?,
                "input" | "output" => {
                    self.expect(Kind::Colon)?;
                    self.blank();
                    let (id, span) = self.shape_id()?;
                    reference(Node::new(Value::Target(id), span))
                }
                "errors" => {
                    self.expect(Kind::Colon)?;
                    self.blank();
                    self.id_list()?
                }
                _ => {
                    let message = format!("an operation has no `{key}`");
                    let remedy = did_you_mean(&key, ["input", "output", "errors"])
                        .unwrap_or_else(|| "it has `input`, `output` and `errors`".to_owned());
                    return Err(Problem::new(span, message, remedy));
                }
            };
            entries.push(Entry::new(key, span, value));
            let end = self.token.start;
            self.blank();
            if self.token.start == end && self.kind() != Kind::RightBrace {
                self.expect(Kind::Space)?;
            }
        }
        self.expect(Kind::RightBrace)?;
        Ok(())
    }

    /// Parses an input or output that is defined inside its operation.
    fn inline(&mut self, operation: &str, key: &str) -> Parsed<Node> {
        let span = self.span_of(self.token);
        if self.file.is_version_one() {
            return Err(self.needs_two(span, "a structure within an operation"));
        }
        self.blank();
        self.advance();
        let mut traits = self.traits()?;
        let mut entries = vec![Entry::new(
            "type",
            span,
            Node::new(Value::String("structure".to_owned()), span),
        )];
        let resource = self.resource()?;
        if let Some(mixins) = self.mixins()? {
            entries.push(mixins);
        }
        self.blank();
        self.members(Members::Structure, span, false, &mut entries)?;
        let (suffix, id) = match key {
            "input" => (
                self.file.input_suffix.as_deref().unwrap_or("Input"),
                "smithy.api#input",
            ),
            _ => (
                self.file.output_suffix.as_deref().unwrap_or("Output"),
                "smithy.api#output",
            ),
        };
        let name = format!("{operation}{suffix}");
        traits.push(trait_entry(id, Node::new(Value::Object(Vec::new()), span)));
        self.push_shape(name.clone(), span, entries, traits, resource);
        Ok(reference(Node::new(Value::Target(name), span)))
    }

    /// Parses the references of services and resources.
    fn references(
        &mut self,
        body: Node,
        r#type: ShapeType,
        entries: &mut Vec<Entry>,
    ) -> Parsed<()> {
        let Value::Object(body) = body.value else {
            return Ok(());
        };
        for Entry { key, value } in body {
            if key.name == "properties" && self.file.is_version_one() {
                return Err(self.needs_two(key.span, "`properties` of resources"));
            }
            let name = key.name.as_str();
            let is_resource = r#type == ShapeType::Resource;
            let value = if LISTS.contains(&name) {
                let Value::Array(values) = value.value else {
                    let message = format!("`{name}` is not a list of shapes");
                    return Err(Problem::new(
                        value.span,
                        message,
                        "write shapes in brackets",
                    ));
                };
                let values = values
                    .into_iter()
                    .map(as_reference)
                    .collect::<Parsed<_>>()?;
                Node::new(Value::Array(values), value.span)
            } else if OBJECTS.contains(&name) {
                let Value::Object(values) = value.value else {
                    let message = format!("`{name}` has no names and shapes");
                    return Err(Problem::new(value.span, message, "write `{ name: Shape }`"));
                };
                let values = values.into_iter().map(|it| {
                    let value = as_reference(it.value)?;
                    Ok(Entry { key: it.key, value })
                });
                Node::new(Value::Object(values.collect::<Parsed<_>>()?), value.span)
            } else if is_resource && SHAPES.contains(&name) {
                as_reference(value)?
            } else {
                value
            };
            entries.push(Entry { key, value });
        }
        Ok(())
    }
}

/// Refuses a duplicate key.
fn check_once(entries: &[Entry], key: &str, span: Span) -> Parsed<()> {
    let Some(first) = entries.iter().find(|it| it.key.name == key) else {
        return Ok(());
    };
    let message = format!("`{key}` is there twice");
    let problem = Problem::new(span, message, "remove one of them");
    Err(problem.and(first.key.span, "the first"))
}

pub(super) fn trait_entry(id: &str, value: Node) -> Entry {
    let mut entry = Entry::new(id, value.span, value);
    entry.key.is_trait = true;
    entry
}

pub(super) fn push_traits(entries: &mut Vec<Entry>, span: Span, traits: Vec<Entry>) {
    if !traits.is_empty() {
        let traits = Node::new(Value::Object(traits), span);
        entries.push(Entry::new("traits", span, traits));
    }
}

fn reference(id: Node) -> Node {
    let span = id.span;
    Node::new(Value::Object(vec![Entry::new("target", span, id)]), span)
}

/// Turns a shape id, with or without quotes, into a reference.
fn as_reference(value: Node) -> Parsed<Node> {
    match value.value {
        Value::Id(id) | Value::String(id) => {
            Ok(reference(Node::new(Value::Target(id), value.span)))
        }
        _ => Err(Problem::new(
            value.span,
            "this is not the name of a shape",
            "name a shape",
        )),
    }
}
