//! Lowers logical operators and comparisons.

use super::typed::{Item, Ty, Typed};
use super::{Lowered, Paths, Problem};
use crate::ir::{PathLiteral, PathNode};
use crate::jmespath::Comparator;

impl<'a> Paths<'a> {
    /// Whether a value counts as true.
    pub(super) fn truth(&self, value: Typed<'a>) -> Typed<'a> {
        if value.ty == Ty::Boolean && !value.nullable {
            return value;
        }
        let fallible = value.fallible;
        let node = PathNode::Truth(value.boxed());
        Typed {
            fallible,
            ..Typed::new(node, Ty::Boolean)
        }
    }

    /// `a || b`
    pub(super) fn either(&self, one: Typed<'a>, other: Typed<'a>) -> Lowered<'a> {
        let (nullable, fallible) = (other.nullable, one.fallible || other.fallible);
        if one.is_condition() && other.is_condition() {
            let node = PathNode::Or(one.boxed(), other.boxed());
            return Ok(Typed {
                fallible,
                ..Typed::new(node, Ty::Boolean)
            });
        }
        let (one, other) = self.alike(one, other, "||")?;
        let ty = other.ty.clone();
        let node = PathNode::Either(one.boxed(), other.boxed());
        Ok(Typed {
            node,
            ty,
            nullable,
            fallible,
        })
    }

    /// `a && b`
    pub(super) fn both(&self, one: Typed<'a>, other: Typed<'a>) -> Lowered<'a> {
        let nullable = one.nullable || other.nullable;
        let fallible = one.fallible || other.fallible;
        if one.is_condition() && other.is_condition() {
            let node = PathNode::And(one.boxed(), other.boxed());
            return Ok(Typed {
                fallible,
                ..Typed::new(node, Ty::Boolean)
            });
        }
        let (one, other) = self.alike(one, other, "&&")?;
        let ty = other.ty.clone();
        let node = PathNode::Both(one.boxed(), other.boxed());
        Ok(Typed {
            node,
            ty,
            nullable,
            fallible,
        })
    }

    /// Converts two values to one type.
    fn alike(
        &self,
        one: Typed<'a>,
        other: Typed<'a>,
        sign: &str,
    ) -> Result<(Typed<'a>, Typed<'a>), Problem> {
        match one.ty == other.ty {
            true => Ok((one, other)),
            false => Err(Problem::new(
                format!(
                    "`{sign}` is between {} and {}, and the result has no Rust type",
                    one.ty.describe(),
                    other.ty.describe()
                ),
                "make conditions of them, such as ``a != `null` ``",
            )),
        }
    }

    /// The common type of several values.
    pub(super) fn common(&self, parts: &mut [Typed<'a>], what: &str) -> Result<Item<'a>, Problem> {
        let known = parts
            .iter()
            .map(|part| &part.ty)
            .find(|ty| **ty != Ty::Null);
        let ty = known.cloned().ok_or_else(|| {
            Problem::new(format!("{what} of nulls has no Rust type"), "remove it")
        })?;
        for part in parts.iter_mut() {
            if part.ty == Ty::Null {
                part.ty = ty.clone();
            } else if part.ty != ty {
                return Err(Problem::new(
                    format!(
                        "{what} of {} and {} has no Rust type",
                        ty.describe(),
                        part.ty.describe()
                    ),
                    "take values of one type",
                ));
            }
        }
        let nullable = parts.iter().any(|part| part.nullable);
        Ok(Item { ty, nullable })
    }

    /// `a == b`
    pub(super) fn compare(
        &self,
        comparator: Comparator,
        one: Typed<'a>,
        other: Typed<'a>,
    ) -> Lowered<'a> {
        let is_equality = matches!(comparator, Comparator::Equal | Comparator::NotEqual);
        let comparable = match (&one.ty, &other.ty) {
            (Ty::Null, _) | (_, Ty::Null) if is_equality => {
                let value = if one.ty == Ty::Null { other } else { one };
                let fallible = value.fallible;
                let is_null = Typed::new(PathNode::IsNull(value.boxed()), Ty::Boolean);
                let is_null = Typed {
                    fallible,
                    ..is_null
                };
                return Ok(match comparator {
                    Comparator::Equal => is_null,
                    _ => is_null.negated(),
                });
            }
            (Ty::Boolean, Ty::Boolean) => is_equality,
            (one, other) if one.is_text() && other.is_text() => is_equality,
            (one, other) => one.is_number() && other.is_number(),
        };
        if !comparable {
            let (one, other) = (one.ty.describe(), other.ty.describe());
            return Err(match is_equality {
                true => Problem::new(
                    format!("{one} is compared with {other}"),
                    "compare strings, numbers or booleans with their like, or anything with `null`",
                ),
                false => Problem::new(
                    format!("{one} and {other} are compared by order"),
                    "only numbers have an order",
                ),
            });
        }
        if let Some(condition) = known_side(comparator, &one, &other) {
            return Ok(condition);
        }
        let fallible = one.fallible || other.fallible;
        let nullable = !is_equality && (one.nullable || other.nullable);
        let node = PathNode::Compare(comparator, one.boxed(), other.boxed());
        let ty = Ty::Boolean;
        Ok(Typed {
            node,
            ty,
            nullable,
            fallible,
        })
    }
}

/// A condition that is compared with true or false: the condition or its negation.
fn known_side<'a>(comparator: Comparator, one: &Typed<'a>, other: &Typed<'a>) -> Option<Typed<'a>> {
    let (condition, value) = match (&one.node, &other.node) {
        (_, PathNode::Literal(PathLiteral::Boolean(value))) => (one, *value),
        (PathNode::Literal(PathLiteral::Boolean(value)), _) => (other, *value),
        _ => return None,
    };
    let condition = condition.is_condition().then(|| condition.clone())?;
    Some(match (comparator, value) {
        (Comparator::Equal, true) | (Comparator::NotEqual, false) => condition,
        _ => condition.negated(),
    })
}

impl Typed<'_> {
    /// Whether it is true or false, and never null.
    fn is_condition(&self) -> bool {
        self.ty == Ty::Boolean && !self.nullable
    }

    /// The negation of a condition, without `!` if possible.
    pub(super) fn negated(self) -> Self {
        let negated = |expr: Box<crate::ir::PathExpr>| {
            let (nullable, fallible) = (expr.nullable, expr.fallible);
            let node = expr.node;
            let ty = Ty::Boolean;
            Typed {
                node,
                ty,
                nullable,
                fallible,
            }
            .negated()
            .boxed()
        };
        let node = match self.node {
            PathNode::And(one, other) => PathNode::Or(negated(one), negated(other)),
            PathNode::Or(one, other) => PathNode::And(negated(one), negated(other)),
            PathNode::Compare(comparator, one, other) => {
                PathNode::Compare(comparator.negated(), one, other)
            }
            PathNode::Not(inner) => inner.node,
            PathNode::Literal(PathLiteral::Boolean(value)) => {
                PathNode::Literal(PathLiteral::Boolean(!value))
            }
            _ => PathNode::Not(self.boxed()),
        };
        Self { node, ..self }
    }
}
