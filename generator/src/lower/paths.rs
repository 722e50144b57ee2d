//! Lowers JMESPath: every part of an expression gets its Rust type from the model.
//!
//! The model determines what may be null and what may fail: a member may be absent, and a function
//! fails if its argument is null. See [`PathExpr`].

mod functions;
mod logic;
mod projections;
mod typed;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use self::typed::{Item, Ty, Typed};
use super::Context;
use crate::ir::{Path, PathLiteral, PathNode, PathRoot, Presence};
use crate::jmespath::{self, Expr, Node};
use crate::lower::presence::{input_presence, presence};
use crate::names::{FieldName, VariantName};
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{Kind, Member, Operation, Shape};

/// A problem of a path.
#[derive(Debug)]
pub(super) struct Problem {
    /// What is wrong.
    pub(super) message: String,
    /// What helps.
    pub(super) remedy: String,
}

impl Problem {
    fn new(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            remedy: remedy.into(),
        }
    }
}

type Lowered<'a> = Result<Typed<'a>, Problem>;

/// The values that paths select from.
pub(super) struct Paths<'a> {
    context: &'a Context<'a>,
    /// The operation's input and output.
    shapes: BTreeMap<PathRoot, Option<&'a Shape>>,
}

/// The type of a path's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leads {
    Text,
    Boolean,
    Texts,
}

impl<'a> Paths<'a> {
    /// Paths into an operation's input and output.
    pub(super) fn new(context: &'a Context<'a>, operation: &'a Operation) -> Self {
        let shape = |id: &Option<_>| id.as_ref().map(|id| context.model.shape(id));
        let shapes = [
            (PathRoot::Input, shape(&operation.input)),
            (PathRoot::Output, shape(&operation.output)),
        ];
        Self {
            context,
            shapes: shapes.into_iter().collect(),
        }
    }

    /// Lowers the path `text`, which selects from the output, or from an object with `input` and
    /// `output`.
    pub(super) fn path(
        &self,
        text: &str,
        sees_input: bool,
    ) -> Result<(Path, Option<Leads>), Problem> {
        let expr = jmespath::parse(text).map_err(|error| {
            let before = text.get(..error.at).unwrap_or(text).chars().count();
            let message = format!("{}, at character {}", error.message, before + 1);
            Problem::new(message, "see https://jmespath.org for the syntax")
        })?;
        let root = match sees_input {
            true => Typed::both(),
            false => self.root(PathRoot::Output)?,
        };
        let found = self.expr(&expr, &root)?;
        let leads = match &found.ty {
            Ty::Text | Ty::String => Some(Leads::Text),
            Ty::Boolean => Some(Leads::Boolean),
            ty if matches!(ty.item(self).map(|it| it.ty), Some(Ty::Text | Ty::String)) => {
                Some(Leads::Texts)
            }
            _ => None,
        };
        let expr = match leads {
            Some(Leads::Texts) => self.iterated(found).into_ir(),
            _ => found.into_ir(),
        };
        let text = text.to_owned();
        Ok((Path { text, expr }, leads))
    }

    fn root(&self, root: PathRoot) -> Lowered<'a> {
        let name = match root {
            PathRoot::Input => "input",
            PathRoot::Output => "output",
        };
        let shape = self.shapes[&root].ok_or_else(|| {
            let message = format!("the operation has no {name}");
            Problem::new(message, "look at what the operation has")
        })?;
        Ok(Typed::new(PathNode::Root(root), self.ty(shape)))
    }

    /// Lowers an expression that selects from `current`.
    fn expr(&self, expr: &Expr, current: &Typed<'a>) -> Lowered<'a> {
        match &expr.node {
            Node::Current if current.ty == Ty::Both => Err(Problem::new(
                "`@` is the input and the output at once",
                "begin with `input` or `output`",
            )),
            Node::Current => Ok(current.clone()),
            Node::Field(name) => self.member(current.clone(), name),
            Node::Sub(one, other) => {
                let one = self.expr(one, current)?;
                match &other.node {
                    Node::Field(name) => self.member(one, name),
                    // A selection from null is null, and a function of it fails.
                    Node::List(_) if one.nullable => self.within(one, other),
                    _ => self.named(one, other),
                }
            }
            Node::Pipe(one, other) => self.named(self.expr(one, current)?, other),
            Node::Index(list, index) => self.index(self.expr(list, current)?, *index),
            Node::Project(source, each) => self.project(source, each, current),
            Node::Or(one, other) => {
                self.either(self.expr(one, current)?, self.expr(other, current)?)
            }
            Node::And(one, other) => {
                self.both(self.expr(one, current)?, self.expr(other, current)?)
            }
            Node::Not(inner) => Ok(self.truth(self.expr(inner, current)?).negated()),
            Node::Compare(comparator, one, other) => {
                let (one, other) = (self.expr(one, current)?, self.expr(other, current)?);
                self.compare(*comparator, one, other)
            }
            Node::Literal(value) => literal(value),
            Node::List(parts) => self.list(parts, current),
            Node::Hash(_) => Err(Problem::new(
                "objects that an expression creates (`{a: b}`) have no Rust type",
                "look at the members one by one",
            )),
            Node::Call(name, arguments) => self.call(name, arguments, current),
            Node::Reference(_) => Err(Problem::new(
                "`&` is allowed only before the last argument of `map`, `max_by`, `min_by` and `sort_by`",
                "remove it",
            )),
        }
    }

    /// Lowers `then`, which selects from a value that is computed once.
    fn named(&self, value: Typed<'a>, then: &Expr) -> Lowered<'a> {
        let is_name = matches!(value.node, PathNode::Root(_) | PathNode::It);
        if is_name || matches!(then.node, Node::Field(_) | Node::Current) || value.ty == Ty::Both {
            return self.expr(then, &value);
        }
        let it = Typed::it(value.ty.clone(), value.nullable);
        let then = self.expr(then, &it)?;
        let fallible = value.fallible || then.fallible;
        let (ty, nullable) = (then.ty.clone(), then.nullable);
        let node = PathNode::Let(value.boxed(), then.boxed());
        Ok(Typed {
            node,
            ty,
            nullable,
            fallible,
        })
    }

    /// The same, but null if the value is null.
    fn within(&self, value: Typed<'a>, then: &Expr) -> Lowered<'a> {
        let it = Typed::it(value.ty.clone(), false);
        let then = self.expr(then, &it)?;
        let (ty, fallible) = (then.ty.clone(), value.fallible || then.fallible);
        let node = PathNode::With(value.boxed(), then.boxed());
        Ok(Typed {
            node,
            ty,
            nullable: true,
            fallible,
        })
    }

    /// A member of a structure or union, or an entry of a map.
    fn member(&self, of: Typed<'a>, name: &str) -> Lowered<'a> {
        let Ty::Shape(shape, _) = of.ty else {
            return match (&of.ty, name) {
                (Ty::Both, "input") => self.root(PathRoot::Input),
                (Ty::Both, "output") => self.root(PathRoot::Output),
                (Ty::Both, _) => Err(Problem::new(
                    format!("there is no `{name}` beside `input` and `output`"),
                    "begin with `input` or `output`",
                )),
                (ty, _) => Err(Problem::new(
                    format!("{} has no member `{name}`", ty.describe()),
                    "look into structures, unions and maps only",
                )),
            };
        };
        if let Kind::Map { value, .. } = &shape.kind {
            let ty = self
                .context
                .shapes
                .member_type(self.context.model, &shape.id, value);
            let target = self.context.model.target(value);
            let (of, fallible) = (of.boxed(), of.fallible);
            let key = name.to_owned();
            let node = PathNode::Entry { of, key, ty };
            return Ok(Typed {
                node,
                ty: self.ty(target),
                nullable: true,
                fallible,
            });
        }
        let has_names = matches!(shape.kind, Kind::Structure(_) | Kind::Union(_));
        let Some(member) = shape.member(name).filter(|_| has_names) else {
            let members = if has_names {
                shape.members()
            } else {
                Vec::new()
            };
            let remedy = did_you_mean(name, members.iter().map(|it| it.name.as_str()));
            let what = of.ty.describe();
            return Err(Problem::new(
                format!("{what} has no member `{name}`"),
                remedy.unwrap_or_else(|| "name one that it has".to_owned()),
            ));
        };
        Ok(self.field(of, shape, member))
    }

    fn field(&self, of: Typed<'a>, shape: &'a Shape, member: &'a Member) -> Typed<'a> {
        let model = self.context.model;
        let target = model.target(member);
        let ty = self.context.shapes.member_type(model, &shape.id, member);
        let fallible = of.fallible;
        if let Kind::Union(_) = shape.kind {
            let name = VariantName::new(member.rust_name());
            let of = of.boxed();
            let node = PathNode::Variant { of, name, ty };
            return Typed {
                node,
                ty: self.ty(target),
                nullable: true,
                fallible,
            };
        }
        let optional = self.is_optional(shape, member);
        let nullable = of.nullable || optional;
        let of = of.boxed();
        let name = FieldName::new(member.rust_name());
        let node = PathNode::Field {
            of,
            name,
            ty,
            optional,
        };
        Typed {
            node,
            ty: self.ty(target),
            nullable,
            fallible,
        }
    }

    /// Whether the field of a member is an `Option`.
    fn is_optional(&self, shape: &Shape, member: &Member) -> bool {
        let target = self.context.model.target(member);
        let is_input = self.shapes[&PathRoot::Input].is_some_and(|input| input.id == shape.id);
        let presence = match is_input {
            true => input_presence(target),
            false => presence(member, target),
        };
        presence == Presence::Optional
    }

    /// `[a, b]`
    fn list(&self, parts: &[Expr], current: &Typed<'a>) -> Lowered<'a> {
        let parts = parts.iter().map(|part| self.expr(part, current));
        let mut parts: Vec<_> = parts.collect::<Result<_, _>>()?;
        let item = self.common(&mut parts, "a list")?;
        let fallible = parts.iter().any(|part| part.fallible);
        let parts = parts.into_iter().map(Typed::into_ir).collect();
        Ok(Typed {
            node: PathNode::List(parts),
            ty: Ty::List(Box::new(item)),
            nullable: false,
            fallible,
        })
    }
}

/// A constant.
fn literal<'a>(value: &Json) -> Lowered<'a> {
    let (literal, ty) = match value {
        Json::Null => (PathLiteral::Null, Ty::Null),
        Json::Bool(value) => (PathLiteral::Boolean(*value), Ty::Boolean),
        Json::String(text) => (PathLiteral::Text(text.clone()), Ty::Text),
        Json::Number(number) => match number.as_i64() {
            Some(number) => (PathLiteral::Integer(number), Ty::Integer),
            None => {
                let number = number.as_f64().unwrap_or_default();
                (PathLiteral::Float(number), Ty::Float)
            }
        },
        Json::Array(values) => {
            let parts = values.iter().map(literal).collect::<Result<Vec<_>, _>>()?;
            let ty = parts.first().map(|part| part.ty.clone());
            let ty = ty.filter(|ty| parts.iter().all(|part| part.ty == *ty));
            let item = ty.filter(|ty| *ty != Ty::Null).ok_or_else(|| {
                let message = format!("`{value}` has no Rust type");
                Problem::new(
                    message,
                    "write a list of strings, of numbers or of booleans",
                )
            })?;
            let parts = parts.into_iter().map(Typed::into_ir).collect();
            let item = Box::new(Item {
                ty: item,
                nullable: false,
            });
            return Ok(Typed::new(PathNode::List(parts), Ty::List(item)));
        }
        Json::Object(_) => {
            return Err(Problem::new(
                format!("`{value}` has no Rust type"),
                "look at the members one by one",
            ));
        }
    };
    let nullable = ty == Ty::Null;
    let typed = Typed::new(PathNode::Literal(literal), ty);
    Ok(Typed { nullable, ..typed })
}
