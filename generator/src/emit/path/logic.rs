//! Conditions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Emitter;
use crate::ir::{Comparator, PathExpr, PathLiteral, PathNode, PathType};

impl Emitter<'_> {
    /// Whether a value counts as true (`is`) or false.
    pub(super) fn truth(&self, value: &PathExpr, is: bool) -> TokenStream {
        match &value.node {
            PathNode::Either(one, other) if is => {
                let (one, other) = (self.truth(one, is), self.truth(other, is));
                return quote!(#one || #other);
            }
            PathNode::Compare(comparator, one, other) if is => {
                if let Some(condition) = self.order(*comparator, one, other, true) {
                    return condition;
                }
            }
            _ => {}
        }
        let value = match self.untouched(value) {
            Some(source) => source,
            None => value,
        };
        let found = self.value(value);
        let some = self.scope.std("Some");
        match (self.holds(&value.ty), value.nullable, is) {
            (_, true, true) if value.ty == PathType::Boolean => quote!(#found == #some(true)),
            (_, true, false) if value.ty == PathType::Boolean => quote!(#found != #some(true)),
            (_, false, true) if value.ty == PathType::Boolean => found,
            (_, false, false) if value.ty == PathType::Boolean => self.not(value),
            (Holds::Always, true, true) => quote!(#found.is_some()),
            (Holds::Always, true, false) => quote!(#found.is_none()),
            (Holds::Always, false, is) => quote!(#is),
            (Holds::Never, ..) => {
                let is = !is;
                quote!(#is)
            }
            (Holds::If(yes, _), true, true) => quote!(#found.is_some_and(|it| #yes)),
            (Holds::If(_, no), true, false) => quote!(#found.is_none_or(|it| #no)),
            (Holds::If(yes, _), false, true) => quote!({ let it = #found; #yes }),
            (Holds::If(_, no), false, false) => quote!({ let it = #found; #no }),
        }
    }

    /// The condition for a value, called `it`, to count as true.
    fn holds(&self, ty: &PathType) -> Holds {
        match ty {
            PathType::Text
            | PathType::String
            | PathType::Slice(_)
            | PathType::Map(..)
            | PathType::List(_) => Holds::If(quote!(!it.is_empty()), quote!(it.is_empty())),
            PathType::Structure(Some(fields)) => {
                let fields: Vec<_> = fields.iter().map(|field| field.field()).collect();
                match fields.is_empty() {
                    true => Holds::Never,
                    false => Holds::If(
                        quote!(#(it.#fields.is_some())||*),
                        quote!(#(it.#fields.is_none())&&*),
                    ),
                }
            }
            PathType::Boolean => Holds::If(quote!(it), quote!(!it)),
            PathType::Null => Holds::Never,
            PathType::Integer | PathType::Float | PathType::Structure(None) | PathType::Other => {
                Holds::Always
            }
        }
    }

    pub(super) fn not(&self, value: &PathExpr) -> TokenStream {
        match &value.node {
            PathNode::Truth(inner) => self.truth(inner, false),
            PathNode::IsNull(inner) if inner.nullable => {
                let inner = self.value(inner);
                quote!(#inner.is_some())
            }
            PathNode::IsNull(_) => quote!(true),
            PathNode::Compare(..) | PathNode::And(..) | PathNode::Or(..) => {
                let value = self.value(value);
                quote!(!(#value))
            }
            _ => {
                let value = self.value(value);
                quote!(!#value)
            }
        }
    }

    pub(super) fn operand_of_and(&self, value: &PathExpr) -> TokenStream {
        let found = self.value(value);
        let is_or = match &value.node {
            PathNode::Or(..) => true,
            PathNode::Truth(inner) => matches!(inner.node, PathNode::Either(..)),
            PathNode::Not(inner) => match &inner.node {
                PathNode::Truth(inner) => matches!(inner.ty, PathType::Structure(_)),
                _ => false,
            },
            _ => false,
        };
        match is_or {
            true => quote!((#found)),
            false => found,
        }
    }

    /// The first if it counts as true, else the second.
    pub(super) fn either(&self, one: &PathExpr, other: &PathExpr) -> TokenStream {
        let first = self.optional(one);
        let first = match self.holds(&one.ty) {
            Holds::Always => first,
            Holds::Never => return self.value(other),
            Holds::If(..) if one.ty == PathType::Boolean => quote!(#first.filter(|it| *it)),
            Holds::If(yes, _) => quote!(#first.filter(|it| #yes)),
        };
        let second = self.value(other);
        match other.nullable {
            true => quote!(#first.or(#second)),
            false => quote!(#first.unwrap_or(#second)),
        }
    }

    /// The second if the first counts as true, else the first.
    pub(super) fn both(&self, one: &PathExpr, other: &PathExpr, nullable: bool) -> TokenStream {
        let first = self.value(one);
        let some = self.scope.std("Some");
        let lift = |value: TokenStream, is_optional: bool| match nullable && !is_optional {
            true => quote!(#some(#value)),
            false => value,
        };
        let (then, otherwise) = (
            lift(self.value(other), other.nullable),
            lift(quote!(first), one.nullable),
        );
        let holds = match (self.holds(&one.ty), one.nullable) {
            (Holds::Always, true) => quote!(first.is_some()),
            (Holds::Always, false) => quote!(true),
            (Holds::Never, _) => quote!(false),
            (Holds::If(yes, _), true) => quote!(first.as_ref().is_some_and(|it| #yes)),
            (Holds::If(yes, _), false) => quote!({ let it = &first; #yes }),
        };
        let holds = match (&one.ty, one.nullable) {
            (PathType::Boolean, true) => quote!(first == #some(true)),
            (PathType::Boolean, false) => quote!(first),
            _ => holds,
        };
        quote!({ let first = #first; if #holds { #then } else { #otherwise } })
    }

    /// A value as an `Option`.
    fn optional(&self, value: &PathExpr) -> TokenStream {
        let (found, some) = (self.value(value), self.scope.std("Some"));
        match value.nullable {
            true => found,
            false => quote!(#some(#found)),
        }
    }

    pub(super) fn compare(
        &self,
        comparator: Comparator,
        one: &PathExpr,
        other: &PathExpr,
    ) -> TokenStream {
        if let Some(ordered) = self.order(comparator, one, other, false) {
            return ordered;
        }
        let some = self.scope.std("Some");
        let [mut left, mut right] = self.sides(one, other);
        let is_condition = |side: &PathExpr| {
            matches!(
                side.node,
                PathNode::Compare(..) | PathNode::And(..) | PathNode::Or(..)
            )
        };
        match (one.nullable, other.nullable) {
            (true, false) => right = quote!(#some(#right)),
            (false, true) => left = quote!(#some(#left)),
            _ if is_condition(one) => left = quote!((#left)),
            _ if is_condition(other) => right = quote!((#right)),
            _ => {}
        }
        // Otherwise `<` after a type would start generic arguments.
        if comparator == Comparator::Less && !matches!(one.node, PathNode::Literal(_)) {
            left = quote!((#left));
        }
        let sign = sign(comparator);
        quote!(#left #sign #right)
    }

    /// The order of two values, one of which may be null: an `Option`, or whether it is true.
    fn order(
        &self,
        comparator: Comparator,
        one: &PathExpr,
        other: &PathExpr,
        is_condition: bool,
    ) -> Option<TokenStream> {
        if matches!(comparator, Comparator::Equal | Comparator::NotEqual) {
            return None;
        }
        let sign = sign(comparator);
        let [left, right] = self.sides(one, other);
        let some = self.scope.std("Some");
        let (value, holds, fallible) = match (one.nullable, other.nullable) {
            (false, false) => return None,
            (true, false) => (&left, quote!(value #sign #right), other.fallible),
            (false, true) => (&right, quote!((#left) #sign value), one.fallible),
            (true, true) => {
                let none = self.scope.std("None");
                let order = quote!(match (#left, #right) {
                    (#some(one), #some(other)) => #some(one #sign other),
                    _ => #none,
                });
                return Some(match is_condition {
                    true => quote!((#order) == #some(true)),
                    false => order,
                });
            }
        };
        let none = self.scope.std("None");
        Some(match (fallible, is_condition) {
            (false, true) => quote!(#value.is_some_and(|value| #holds)),
            (false, false) => quote!(#value.map(|value| #holds)),
            (true, true) => quote!(match #value { #some(value) => #holds, #none => false }),
            (true, false) => quote!(match #value { #some(value) => #some(#holds), #none => #none }),
        })
    }

    /// Two values converted to the same type.
    fn sides(&self, one: &PathExpr, other: &PathExpr) -> [TokenStream; 2] {
        let floats = one.ty != other.ty && one.ty != PathType::Text && one.ty != PathType::String;
        [one, other].map(|side| {
            let value = self.value(side);
            match (&side.ty, side.nullable) {
                (PathType::Integer, false) if floats => match &side.node {
                    PathNode::Literal(PathLiteral::Integer(number)) => {
                        let number = Literal::f64_unsuffixed(*number as f64);
                        quote!(#number)
                    }
                    _ => quote!((#value) as f64),
                },
                (PathType::Integer, true) if floats => quote!(#value.map(|it| it as f64)),
                (PathType::String, false) => quote!(#value.as_str()),
                (PathType::String, true) => quote!(#value.as_deref()),
                _ => value,
            }
        })
    }
}

/// The condition for a value to count as true.
enum Holds {
    Always,
    Never,
    /// A condition and its negation.
    If(TokenStream, TokenStream),
}

fn sign(comparator: Comparator) -> TokenStream {
    match comparator {
        Comparator::Equal => quote!(==),
        Comparator::NotEqual => quote!(!=),
        Comparator::Less => quote!(<),
        Comparator::LessOrEqual => quote!(<=),
        Comparator::Greater => quote!(>),
        Comparator::GreaterOrEqual => quote!(>=),
    }
}
