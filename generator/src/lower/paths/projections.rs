//! Lowers projections of lists and maps.

use super::typed::{Item, Ty, Typed};
use super::{Lowered, Paths, Problem};
use crate::ir::{Elements, PathNode, PathStage};
use crate::jmespath::{Expr, Node, Source};
use crate::smithy::Kind;

impl<'a> Paths<'a> {
    /// A projection: the expression after a wildcard, a slice or a filter.
    pub(super) fn project(&self, source: &Source, each: &Expr, current: &Typed<'a>) -> Lowered<'a> {
        let (list, item) = match source {
            Source::Elements(list) => self.elements(list, current)?,
            Source::Flatten(list) => {
                let (list, item) = self.elements(list, current)?;
                self.flat(list, item)
            }
            Source::Values(map) => {
                let map = self.expr(map, current)?;
                self.entries(map, Elements::Values)?
            }
            Source::Filter(list, condition) => {
                let (list, item) = self.elements(list, current)?;
                let it = Typed::it(item.ty.clone(), item.nullable);
                let condition = self.truth(self.expr(condition, &it)?);
                let fallible = condition.fallible;
                let stage = PathStage::Keep(item.to_ir(), condition.into_ir());
                (then(list, stage, &item, fallible), item)
            }
            Source::Slice(list, parts) => {
                let (list, item) = self.elements(list, current)?;
                (slice(list, *parts, &item)?, item)
            }
        };
        if each.node == Node::Current && !item.nullable {
            return Ok(list);
        }
        let it = Typed::it(item.ty.clone(), item.nullable);
        let each = self.expr(each, &it)?;
        let found = Item {
            ty: each.ty.clone(),
            nullable: false,
        };
        let fallible = each.fallible;
        Ok(then(
            list,
            PathStage::Each(each.into_ir()),
            &found,
            fallible,
        ))
    }

    /// The elements of a list.
    fn elements(&self, list: &Expr, current: &Typed<'a>) -> Result<(Typed<'a>, Item<'a>), Problem> {
        let list = self.expr(list, current)?;
        self.each_of(list, "a list has only elements")
    }

    /// The elements of a value.
    pub(super) fn each_of(
        &self,
        list: Typed<'a>,
        remedy: &str,
    ) -> Result<(Typed<'a>, Item<'a>), Problem> {
        let item = list
            .ty
            .item(self)
            .ok_or_else(|| Problem::new(format!("{} is not a list", list.ty.describe()), remedy))?;
        Ok((self.iterated(list), item))
    }

    /// A list as an iteration over its elements.
    pub(super) fn iterated(&self, list: Typed<'a>) -> Typed<'a> {
        if matches!(list.node, PathNode::Iterate { .. }) {
            return list;
        }
        let Some(item) = list.ty.item(self) else {
            return list;
        };
        let (nullable, fallible) = (list.nullable, list.fallible);
        let node = PathNode::Iterate {
            source: list.boxed(),
            what: Elements::Values,
            steps: Vec::new(),
        };
        let ty = Ty::List(Box::new(item));
        Typed {
            node,
            ty,
            nullable,
            fallible,
        }
    }

    /// The values or keys of a map.
    pub(super) fn entries(
        &self,
        map: Typed<'a>,
        what: Elements,
    ) -> Result<(Typed<'a>, Item<'a>), Problem> {
        let shape = match &map.ty {
            Ty::Shape(shape, _) => Some(*shape),
            _ => None,
        };
        let Some(Kind::Map { key, value }) = shape.map(|shape| &shape.kind) else {
            let message = format!("{} is not a map", map.ty.describe());
            return Err(Problem::new(message, "a map has only keys and values"));
        };
        let model = self.context.model;
        let item = match what {
            Elements::Values => Item {
                ty: self.ty(model.target(value)),
                nullable: shape.is_some_and(|shape| shape.traits.sparse()),
            },
            Elements::Keys => Item {
                ty: self.ty(model.target(key)),
                nullable: false,
            },
        };
        let (nullable, fallible) = (map.nullable, map.fallible);
        let source = map.boxed();
        let steps = Vec::new();
        let node = PathNode::Iterate {
            source,
            what,
            steps,
        };
        let ty = Ty::List(Box::new(item.clone()));
        Ok((
            Typed {
                node,
                ty,
                nullable,
                fallible,
            },
            item,
        ))
    }

    /// Flattens lists within a list; other elements do not change.
    fn flat(&self, list: Typed<'a>, item: Item<'a>) -> (Typed<'a>, Item<'a>) {
        let Some(inner) = item.ty.item(self) else {
            return (list, item);
        };
        let stage = PathStage::Flatten(item.to_ir());
        (then(list, stage, &inner, false), inner)
    }

    /// `[1]`
    pub(super) fn index(&self, list: Typed<'a>, index: i64) -> Lowered<'a> {
        let (list, item) = self.each_of(list, "only a list has numbered elements")?;
        let fallible = list.fallible;
        let node = PathNode::Index(list.boxed(), index);
        let ty = item.ty;
        Ok(Typed {
            node,
            ty,
            nullable: true,
            fallible,
        })
    }
}

/// Adds a step to an iteration, with the new type of elements.
pub(super) fn then<'a>(
    list: Typed<'a>,
    stage: PathStage,
    item: &Item<'a>,
    fallible: bool,
) -> Typed<'a> {
    let mut list = list;
    if let PathNode::Iterate { steps, .. } = &mut list.node {
        steps.push(stage);
    }
    list.ty = Ty::List(Box::new(item.clone()));
    list.fallible |= fallible;
    list
}

fn slice<'a>(
    list: Typed<'a>,
    [start, stop, step]: [Option<i64>; 3],
    item: &Item<'a>,
) -> Lowered<'a> {
    let number = |number: i64| {
        usize::try_from(number).map_err(|_| {
            let message = "slices must count forwards from the beginning";
            Problem::new(message, "use no negative numbers, or `reverse(…)`")
        })
    };
    let first = number(start.unwrap_or(0))?;
    let mut stages = Vec::new();
    if let Some(stop) = stop {
        stages.push(PathStage::Take(number(stop)?));
    }
    if first > 0 {
        stages.push(PathStage::Skip(first));
    }
    if let Some(step) = step.filter(|step| *step != 1) {
        stages.push(PathStage::StepBy(number(step)?));
    }
    Ok(stages
        .into_iter()
        .fold(list, |list, stage| then(list, stage, item, false)))
}
