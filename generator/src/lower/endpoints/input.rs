//! Resolves paths into an operation's input.

use super::path::{Path, Step};
use crate::ir::Presence;
use crate::ir::endpoints::{BoundText, InputPath, InputStep, ListStep, ParameterType};
use crate::lower::presence::{input_presence, presence};
use crate::names::{FieldName, VariantName};
use crate::smithy::{Kind, Model, Shape};

/// The start of a path, and the required type.
pub(super) struct Target<'a> {
    /// The model.
    pub(super) model: &'a Model,
    /// The operation's input, if it has one.
    pub(super) input: Option<&'a Shape>,
    /// The type of the parameter.
    pub(super) r#type: ParameterType,
}

/// Resolves `path`, or returns what is wrong with it.
pub(super) fn resolve(target: &Target<'_>, path: &Path) -> Result<InputPath, String> {
    let input = target.input.ok_or("the operation has no input")?;
    let members = path
        .steps
        .iter()
        .take_while(|step| matches!(step, Step::Member(_)))
        .count();
    let (members, rest) = path.steps.split_at(members);
    let (base, shape) = target.reach(input, members)?;
    let (mut list, mut shape) = match (path.keys, rest, &shape.kind) {
        (true, [], Kind::Map { key, .. }) => (vec![ListStep::Keys], target.model.target(key)),
        (true, [], _) => return Err(format!("{} has no keys", describe(shape))),
        (true, ..) => return Err("only a map has keys".to_owned()),
        (false, [], Kind::List(element)) if target.r#type == ParameterType::StringArray => (
            each(ListStep::Elements, shape),
            target.model.target(element),
        ),
        (false, [], _) => return target.scalar(base, shape),
        (false, [first, ..], _) => target.first(shape, first)?,
    };
    let mut rest = rest.get(1..).unwrap_or_default();
    while let Some((step, after)) = rest.split_first() {
        let (steps, reached, count) = target.next(shape, step, after, list.last())?;
        list.extend(steps);
        shape = reached;
        rest = &after[count..];
    }
    if target.r#type != ParameterType::StringArray {
        return Err("it is a list, but the parameter is not".to_owned());
    }
    Ok(InputPath::List(base, list, text(shape)?))
}

/// Steps from the elements of a list, the shape at their end, and the number of further steps of
/// the path that they include.
type Next<'a> = (Vec<ListStep>, &'a Shape, usize);

impl<'a> Target<'a> {
    /// The value of a path without lists.
    fn scalar(&self, steps: Vec<InputStep>, shape: &Shape) -> Result<InputPath, String> {
        match (self.r#type, &shape.kind) {
            (ParameterType::Boolean, Kind::Boolean) => Ok(InputPath::Flag(steps)),
            (ParameterType::String, _) => Ok(InputPath::Text(steps, text(shape)?)),
            (ParameterType::Boolean, _) => Err(format!("{} is not a boolean", describe(shape))),
            (ParameterType::StringArray, _) => Err(format!("{} is not a list", describe(shape))),
        }
    }

    /// The first step into a list.
    fn first(&self, shape: &'a Shape, step: &Step) -> Result<(Vec<ListStep>, &'a Shape), String> {
        match (step, &shape.kind) {
            (Step::Elements | Step::Flatten, Kind::List(element)) => {
                Ok((each(ListStep::Elements, shape), self.model.target(element)))
            }
            (Step::Values, Kind::Map { value, .. }) => {
                Ok((each(ListStep::Values, shape), self.model.target(value)))
            }
            (Step::Select(parts), _) => {
                let (step, shape) = self.select(shape, parts)?;
                Ok((vec![step], shape))
            }
            (Step::Values, _) => Err(format!("{} is not a map", describe(shape))),
            _ => Err(format!("{} is not a list", describe(shape))),
        }
    }

    /// The next step within a list.
    fn next(
        &self,
        shape: &'a Shape,
        step: &Step,
        after: &[Step],
        last: Option<&ListStep>,
    ) -> Result<Next<'a>, String> {
        match (step, &shape.kind) {
            (Step::Member(_), _) => {
                let members = after
                    .iter()
                    .take_while(|step| matches!(step, Step::Member(_)));
                let count = members.count();
                let steps = [std::slice::from_ref(step), &after[..count]].concat();
                let (reached, shape) = self.reach(shape, &steps)?;
                Ok((vec![ListStep::Reach(reached)], shape, count))
            }
            (Step::Flatten, Kind::List(element)) => Ok((
                each(ListStep::Flatten, shape),
                self.model.target(element),
                0,
            )),
            // A selection is already flat.
            (Step::Flatten, _) if matches!(last, Some(ListStep::Select(_))) => {
                Ok((Vec::new(), shape, 0))
            }
            (Step::Flatten, _) => Err(format!("{} cannot be flattened", describe(shape))),
            (Step::Select(parts), _) if after.first() == Some(&Step::Flatten) => {
                let (step, shape) = self.select(shape, parts)?;
                Ok((vec![step], shape, 0))
            }
            (Step::Select(_) | Step::Elements | Step::Values, _) => {
                Err("a list of lists is not a list of strings".to_owned())
            }
        }
    }

    fn select(
        &self,
        shape: &'a Shape,
        parts: &[Vec<Step>],
    ) -> Result<(ListStep, &'a Shape), String> {
        let mut selected = Vec::new();
        let mut last: Option<&Shape> = None;
        for part in parts {
            let (steps, shape) = self.reach(shape, part)?;
            if last.is_some_and(|last| text(last) != text(shape)) {
                return Err("what is selected has different types".to_owned());
            }
            selected.push(steps);
            last = Some(shape);
        }
        let shape = last.ok_or("nothing is selected")?;
        Ok((ListStep::Select(selected), shape))
    }

    /// The steps from `shape` to the member that `steps` name.
    fn reach(
        &self,
        mut shape: &'a Shape,
        steps: &[Step],
    ) -> Result<(Vec<InputStep>, &'a Shape), String> {
        let mut reached = Vec::new();
        for step in steps {
            let Step::Member(name) = step else {
                return Err("only members can be selected".to_owned());
            };
            let member = shape
                .member(name)
                .ok_or_else(|| format!("{} has no member `{name}`", describe(shape)))?;
            let target = self.model.target(member);
            reached.push(match shape.kind {
                Kind::Union(_) => InputStep::Variant(VariantName::new(member.rust_name())),
                _ => {
                    let is_input = self.input.is_some_and(|input| input.id == shape.id);
                    let presence = match is_input {
                        true => input_presence(target),
                        false => presence(member, target),
                    };
                    InputStep::Field {
                        name: FieldName::new(member.rust_name()),
                        optional: presence == Presence::Optional,
                    }
                }
            });
            shape = target;
        }
        Ok((reached, shape))
    }
}

/// A step into a list or map, skipping nulls.
fn each(step: ListStep, shape: &Shape) -> Vec<ListStep> {
    match shape.traits.sparse() {
        true => vec![step, ListStep::Flatten],
        false => vec![step],
    }
}

/// The type of a text shape.
fn text(shape: &Shape) -> Result<BoundText, String> {
    match shape.kind {
        Kind::String => Ok(BoundText::String),
        Kind::Enum(_) => Ok(BoundText::Enum),
        _ => Err(format!("{} is not a string", describe(shape))),
    }
}

fn describe(shape: &Shape) -> String {
    format!("the {} `{}`", shape.kind.name(), shape.id)
}
