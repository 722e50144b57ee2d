//! Reads the members of shapes.

use std::collections::HashMap;

use super::lexer::{Kind, Token};
use super::node::{Entry, Node, Problem, Value};
use super::parser::{Parsed, Parser, shape_type};
use super::shapes::{push_traits, trait_entry};
use crate::diagnostics::Span;
use crate::smithy::suggest::did_you_mean;

/// The syntax of a shape's members.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Members {
    /// A name, with an optional value.
    Enum,
    IntEnum,
    /// A name and a target, with an optional default.
    Structure,
    Union,
    /// The member of a list, the key and the value of a map.
    Fixed(&'static [&'static str]),
}

/// A parsed member.
struct Member {
    name: String,
    span: Span,
    definition: Node,
}

impl Parser<'_> {
    /// The members of a shape, in braces.
    pub(super) fn members(
        &mut self,
        form: Members,
        shape: Span,
        has_mixins: bool,
        entries: &mut Vec<Entry>,
    ) -> Parsed<()> {
        let open = self.expect(Kind::LeftBrace)?;
        let mut names: HashMap<String, Span> = HashMap::new();
        let mut members = Vec::new();
        loop {
            let traits = self.traits()?;
            if self.kind() == Kind::RightBrace
                && traits
                    .iter()
                    .all(|it| it.key.name == "smithy.api#documentation")
            {
                break;
            }
            if self.kind() == Kind::End {
                self.close(Kind::RightBrace, open)?;
            }
            let member = self.member(form, traits, open)?;
            self.check_order(form, &member, &members);
            if let Some(first) = names.insert(member.name.clone(), member.span) {
                let message = format!("there is another member `{}`", member.name);
                let problem = Problem::new(member.span, message, "rename or remove one of them");
                self.problems.push(problem.and(first, "the first"));
                continue;
            }
            members.push(Entry::new(member.name, member.span, member.definition));
        }
        self.expect(Kind::RightBrace)?;
        match form {
            Members::Fixed(wanted) => {
                for name in wanted
                    .iter()
                    .filter(|it| !names.contains_key(**it) && !has_mixins)
                {
                    let message = format!("{} needs a `{name}`", of_fixed(wanted));
                    let remedy = format!("add it, as in `{name}: String`");
                    self.problems.push(Problem::new(shape, message, remedy));
                }
                entries.extend(members);
            }
            Members::Enum | Members::IntEnum if members.is_empty() && !has_mixins => {
                let message = "an enum without members has no value";
                self.problems
                    .push(Problem::new(shape, message, "add a member"));
            }
            _ => {
                let members = Node::new(Value::Object(members), shape);
                entries.push(Entry::new("members", shape, members));
            }
        }
        Ok(())
    }

    fn member(&mut self, form: Members, mut traits: Vec<Entry>, open: Token) -> Parsed<Member> {
        let is_elided = self.kind() == Kind::Dollar;
        if is_elided {
            let at = self.span_of(self.token);
            if self.file.is_version_one() {
                return Err(self.needs_two(at, "a member without a target"));
            }
            self.advance();
        }
        let token = self.expect(Kind::Identifier)?;
        let span = self.span_of(token);
        let name = self.slice(token.start, token.end).to_owned();
        if let Members::Fixed(names) = form
            && !names.contains(&name.as_str())
        {
            let message = format!("{} has no member `{name}`", of_fixed(names));
            let remedy = did_you_mean(&name, names.iter().copied())
                .unwrap_or_else(|| format!("its members are `{}`", names.join("` and `")));
            return Err(Problem::new(span, message, remedy));
        }
        let is_enum = matches!(form, Members::Enum | Members::IntEnum);
        let target = if is_enum {
            Node::new(Value::String("smithy.api#Unit".to_owned()), span)
        } else if is_elided {
            Node::new(Value::Elided, span)
        } else {
            self.around_colon(form);
            if self.kind() == Kind::Identifier && shape_type(&name).is_some() {
                let message = format!("expected `}}`, found `{name}`");
                let remedy = "close the shape that is before this one";
                let problem = Problem::new(span, message, remedy);
                return Err(problem.and(self.span_of(open), "it is opened"));
            }
            self.expect(Kind::Colon)?;
            self.around_colon(form);
            let (id, span) = self.shape_id()?;
            Node::new(Value::Target(id), span)
        };
        if let Some(value) = self.assigned(form)? {
            let id = if is_enum {
                "smithy.api#enumValue"
            } else {
                "smithy.api#default"
            };
            if is_enum {
                check_enum_value(form, &value)?;
            }
            traits.push(trait_entry(id, value));
        } else if form == Members::Enum && !traits.iter().any(is_enum_value) {
            let value = Node::new(Value::EnumName(name.clone()), span);
            traits.push(trait_entry("smithy.api#enumValue", value));
        }
        let mut entries = vec![Entry::new("target", span, target)];
        push_traits(&mut entries, span, traits);
        Ok(Member {
            name,
            span,
            definition: Node::new(Value::Object(entries), span),
        })
    }

    /// Parses the value after `=`.
    fn assigned(&mut self, form: Members) -> Parsed<Option<Node>> {
        let here = self.token;
        self.spaces();
        let takes_value = matches!(form, Members::Enum | Members::IntEnum | Members::Structure);
        if self.kind() != Kind::Equal || !takes_value {
            self.back_to(here);
            return Ok(None);
        }
        let span = self.span_of(self.token);
        if self.file.is_version_one() {
            return Err(self.needs_two(span, "a default behind `=`"));
        }
        self.advance();
        self.spaces();
        let value = self.value()?;
        self.spaces();
        if self.kind() == Kind::Comma {
            self.advance();
        }
        self.line_break()?;
        Ok(Some(value))
    }

    /// Skips white space around the colon: lists and maps allow line breaks there, structures do
    /// not.
    fn around_colon(&mut self, form: Members) {
        match form {
            Members::Fixed(_) => self.blank(),
            _ => self.spaces(),
        }
    }

    /// Checks that the key of a map precedes its value.
    fn check_order(&mut self, form: Members, member: &Member, before: &[Entry]) {
        let Members::Fixed(names) = form else { return };
        let place = |name: &str| names.iter().position(|it| *it == name);
        let later = before
            .iter()
            .find(|it| place(&it.key.name) > place(&member.name));
        if let Some(later) = later {
            let message = format!("`{}` comes before `{}`", member.name, later.key.name);
            let problem = Problem::new(member.span, message, "put it first");
            self.problems
                .push(problem.and(later.key.span, "it comes first here"));
        }
    }
}

/// The type of shape that has only these members.
fn of_fixed(names: &[&str]) -> &'static str {
    match names {
        ["member"] => "a list",
        _ => "a map",
    }
}

fn check_enum_value(form: Members, value: &Node) -> Parsed<()> {
    let is_integer = |text: &str| text.parse::<i32>().is_ok();
    let remedy = match (form, &value.value) {
        (Members::Enum, Value::String(_)) => return Ok(()),
        (Members::IntEnum, Value::Number(text)) if is_integer(text) => return Ok(()),
        (Members::Enum, _) => {
            "write a string, as in `NAME = \"name\"`; a shape with numbers as values is an `intEnum`"
        }
        _ => "write a whole number from -2147483648 to 2147483647, as in `NAME = 1`",
    };
    let message = match form {
        Members::Enum => "the value of an enum's member is not a string",
        _ => "the value of an intEnum's member is not an integer",
    };
    Err(Problem::new(value.span, message, remedy))
}

fn is_enum_value(entry: &Entry) -> bool {
    matches!(
        entry.key.name.as_str(),
        "enumValue" | "smithy.api#enumValue"
    )
}
