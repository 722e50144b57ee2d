//! Lowers the functions of JMESPath.

use super::projections::then;
use super::typed::{Item, Ty, Typed};
use super::{Lowered, Paths, Problem};
use crate::ir::{Elements, PathFunction, PathNode, PathStage};
use crate::jmespath::{Expr, Node};
use crate::smithy::Kind;
use crate::smithy::suggest::did_you_mean;

/// The functions and the numbers of their arguments.
const FUNCTIONS: [(&str, usize); 26] = [
    ("abs", 1),
    ("avg", 1),
    ("ceil", 1),
    ("contains", 2),
    ("ends_with", 2),
    ("floor", 1),
    ("join", 2),
    ("keys", 1),
    ("length", 1),
    ("map", 2),
    ("max", 1),
    ("max_by", 2),
    ("merge", ANY),
    ("min", 1),
    ("min_by", 2),
    ("not_null", ANY),
    ("reverse", 1),
    ("sort", 1),
    ("sort_by", 2),
    ("starts_with", 2),
    ("sum", 1),
    ("to_array", 1),
    ("to_number", 1),
    ("to_string", 1),
    ("type", 1),
    ("values", 1),
];

/// One argument, or more.
const ANY: usize = usize::MAX;

impl<'a> Paths<'a> {
    /// A call of a function.
    pub(super) fn call(&self, name: &str, arguments: &[Expr], current: &Typed<'a>) -> Lowered<'a> {
        check(name, arguments)?;
        if let ("max_by" | "min_by" | "sort_by", [list, by]) = (name, arguments) {
            return self.by(name, self.expr(list, current)?, by);
        }
        if let ("map", [each, list]) = (name, arguments) {
            return self.map(each, self.expr(list, current)?);
        }
        let arguments = arguments
            .iter()
            .map(|argument| self.expr(argument, current));
        let mut arguments: Vec<_> = arguments.collect::<Result<_, _>>()?;
        if name == "not_null" {
            return self.not_null(arguments);
        }
        let first = arguments.remove(0);
        match name {
            "keys" => Ok(self.entries(first, Elements::Keys)?.0),
            "values" => Ok(self.entries(first, Elements::Values)?.0),
            "contains" => self.contains(first, arguments.remove(0)),
            "join" => self.join(first, arguments.remove(0)),
            "starts_with" => self.of_texts(PathFunction::StartsWith, first, arguments.remove(0)),
            "ends_with" => self.of_texts(PathFunction::EndsWith, first, arguments.remove(0)),
            "avg" | "max" | "min" | "sum" | "sort" => self.of_list(name, first),
            "abs" | "ceil" | "floor" => of_number(name, first),
            "merge" => Err(Problem::new(
                "objects that an expression creates have no Rust type",
                "look at the members one by one",
            )),
            _ => self.of_any(name, first),
        }
    }

    /// Functions of values of several types.
    fn of_any(&self, name: &str, value: Typed<'a>) -> Lowered<'a> {
        let is_text = value.ty.is_text();
        let list = value.ty.item(self);
        match name {
            "length" => {
                let is_map =
                    matches!(&value.ty, Ty::Shape(it, _) if matches!(it.kind, Kind::Map { .. }));
                match is_text || is_map || list.is_some() {
                    true => Ok(call(PathFunction::Length, Ty::Integer, vec![value])),
                    false => Err(wrong(name, "a string, a list or a map", &value)),
                }
            }
            "reverse" if is_text => Ok(call(PathFunction::ReverseText, Ty::String, vec![value])),
            "reverse" => {
                let (list, item) = self.each_of(value, "`reverse` takes a list or a string")?;
                let ty = Ty::List(Box::new(item));
                Ok(call(PathFunction::Reverse, ty, vec![list]))
            }
            "to_array" if list.is_some() => Ok(value),
            "to_array" => {
                let (ty, nullable, fallible) = (value.ty.clone(), value.nullable, value.fallible);
                let item = Box::new(Item { ty, nullable });
                let list = Typed::new(PathNode::List(vec![value.into_ir()]), Ty::List(item));
                Ok(Typed { fallible, ..list })
            }
            "to_number" if value.ty.is_number() => Ok(value),
            "to_number" if is_text => {
                let number = call(PathFunction::ToNumber, Ty::Float, vec![value]);
                Ok(Typed {
                    nullable: true,
                    ..number
                })
            }
            "to_number" => Err(wrong(name, "a string or a number", &value)),
            "to_string" if is_text => Ok(value),
            "to_string" if value.ty.is_number() || value.ty == Ty::Boolean => {
                Ok(call(PathFunction::ToText, Ty::String, vec![value]))
            }
            "to_string" => Err(wrong(name, "a string, a number or a boolean", &value)),
            _ => {
                let fallible = value.fallible;
                let function = PathFunction::Type(type_name(&value.ty, list.is_some()));
                let found = call(function, Ty::Text, vec![value]);
                Ok(Typed { fallible, ..found })
            }
        }
    }

    fn contains(&self, subject: Typed<'a>, sought: Typed<'a>) -> Lowered<'a> {
        if subject.ty.is_text() {
            return self.of_texts(PathFunction::ContainsText, subject, sought);
        }
        let (list, item) = self.each_of(subject, "`contains` takes a list or a string")?;
        let fits = item.ty == sought.ty || item.ty.is_text() && sought.ty.is_text();
        let is_plain = item.ty.is_text() || item.ty.is_number() || item.ty == Ty::Boolean;
        if !fits || !is_plain {
            return Err(Problem::new(
                format!(
                    "{} is sought in a list of {}",
                    sought.ty.describe(),
                    item.ty.describe()
                ),
                "search for a string, number or boolean in a list of the same type",
            ));
        }
        // The searched value may be null.
        let fallible = list.may_fail() || sought.fallible;
        let found = call(PathFunction::Contains, Ty::Boolean, vec![list, sought]);
        Ok(Typed { fallible, ..found })
    }

    fn of_texts(&self, function: PathFunction, one: Typed<'a>, other: Typed<'a>) -> Lowered<'a> {
        for value in [&one, &other] {
            if !value.ty.is_text() {
                return Err(wrong("this function", "strings", value));
            }
        }
        Ok(call(function, Ty::Boolean, vec![one, other]))
    }

    fn join(&self, glue: Typed<'a>, list: Typed<'a>) -> Lowered<'a> {
        if !glue.ty.is_text() {
            return Err(wrong("join", "a string and a list of strings", &glue));
        }
        let (list, _) = self.plain(list, "join", |ty| ty.is_text())?;
        Ok(call(PathFunction::Join, Ty::String, vec![glue, list]))
    }

    /// Functions of a list of numbers or texts.
    fn of_list(&self, name: &str, list: Typed<'a>) -> Lowered<'a> {
        let takes_text = !matches!(name, "avg" | "sum");
        let fits = |ty: &Ty<'_>| ty.is_number() || takes_text && ty.is_text();
        let (list, item) = self.plain(list, name, fits)?;
        let ty = item.ty.clone();
        let (function, ty, nullable) = match name {
            "avg" => (PathFunction::Average, Ty::Float, true),
            "max" => (PathFunction::Max, ty, true),
            "min" => (PathFunction::Min, ty, true),
            "sum" => (PathFunction::Sum, ty, false),
            _ => (PathFunction::Sort, Ty::List(Box::new(item)), false),
        };
        let found = call(function, ty, vec![list]);
        Ok(Typed { nullable, ..found })
    }

    /// A list whose elements are not null and have a certain type.
    fn plain(
        &self,
        list: Typed<'a>,
        name: &str,
        fits: impl Fn(&Ty<'a>) -> bool,
    ) -> Result<(Typed<'a>, Item<'a>), Problem> {
        let (list, item) = self.each_of(list, &format!("`{name}` takes a list"))?;
        if item.nullable {
            return Err(Problem::new(
                format!("`{name}` takes no list that may contain null"),
                "flatten the list before: `[]` leaves nulls out",
            ));
        }
        if !fits(&item.ty) {
            return Err(Problem::new(
                format!("`{name}` takes no list of {}", item.ty.describe()),
                "take a list of numbers or strings",
            ));
        }
        Ok((list, item))
    }

    /// Functions that order elements by the value of an expression.
    fn by(&self, name: &str, list: Typed<'a>, by: &Expr) -> Lowered<'a> {
        let (list, item) = self.plain(list, name, |_| true)?;
        let key = self.expr(reference(name, by)?, &Typed::it(item.ty.clone(), false))?;
        if !key.ty.is_number() && !key.ty.is_text() {
            return Err(wrong(name, "numbers or strings to order by", &key));
        }
        let fails = key.may_fail();
        let key = key.boxed();
        let (function, ty, nullable) = match name {
            "max_by" => (PathFunction::MaxBy(key), item.ty, true),
            "min_by" => (PathFunction::MinBy(key), item.ty, true),
            _ => (PathFunction::SortBy(key), Ty::List(Box::new(item)), false),
        };
        let found = call(function, ty, vec![list]);
        let fallible = found.fallible || fails;
        Ok(Typed {
            nullable,
            fallible,
            ..found
        })
    }

    fn map(&self, each: &Expr, list: Typed<'a>) -> Lowered<'a> {
        let (list, item) = self.each_of(list, "`map` takes a list")?;
        let it = Typed::it(item.ty, item.nullable);
        let each = self.expr(reference("map", each)?, &it)?;
        let (ty, nullable, fallible) = (each.ty.clone(), each.nullable, each.fallible);
        let item = Item { ty, nullable };
        let list = then(list, PathStage::Map(each.into_ir()), &item, fallible);
        Ok(list)
    }

    fn not_null(&self, mut arguments: Vec<Typed<'a>>) -> Lowered<'a> {
        let item = self.common(&mut arguments, "`not_null`")?;
        let nullable = arguments.iter().all(|argument| argument.nullable);
        let fallible = arguments.iter().any(|argument| argument.fallible);
        let found = call(PathFunction::NotNull, item.ty, arguments);
        Ok(Typed {
            nullable,
            fallible,
            ..found
        })
    }
}

fn check(name: &str, arguments: &[Expr]) -> Result<(), Problem> {
    let known = FUNCTIONS.iter().find(|(known, _)| *known == name);
    let Some((_, count)) = known else {
        let names = FUNCTIONS.iter().map(|(name, _)| *name);
        return Err(Problem::new(
            format!("there is no function `{name}`"),
            did_you_mean(name, names)
                .unwrap_or_else(|| "https://jmespath.org lists the functions".to_owned()),
        ));
    };
    let fits = match *count {
        ANY => !arguments.is_empty(),
        count => arguments.len() == count,
    };
    match (fits, *count) {
        (true, _) => Ok(()),
        (false, 1) => Err(Problem::new(
            format!("`{name}` takes one argument"),
            "give it one",
        )),
        (false, 2) => Err(Problem::new(
            format!("`{name}` takes two arguments"),
            "give it two",
        )),
        (false, _) => Err(Problem::new(
            format!("`{name}` takes arguments"),
            "give it some",
        )),
    }
}

/// A function whose arguments must not be null.
fn call<'a>(function: PathFunction, ty: Ty<'a>, arguments: Vec<Typed<'a>>) -> Typed<'a> {
    let fallible = arguments.iter().any(Typed::may_fail);
    let arguments = arguments.into_iter().map(Typed::into_ir).collect();
    let node = PathNode::Call(function, arguments);
    Typed {
        fallible,
        ..Typed::new(node, ty)
    }
}

fn of_number<'a>(name: &str, value: Typed<'a>) -> Lowered<'a> {
    let function = match name {
        "abs" => PathFunction::Abs,
        "ceil" => PathFunction::Ceil,
        _ => PathFunction::Floor,
    };
    match value.ty {
        Ty::Integer if name != "abs" => Ok(value),
        Ty::Integer | Ty::Float => Ok(call(function, value.ty.clone(), vec![value])),
        _ => Err(wrong(name, "a number", &value)),
    }
}

/// The expression after `&`.
fn reference<'e>(name: &str, expr: &'e Expr) -> Result<&'e Expr, Problem> {
    match &expr.node {
        Node::Reference(inner) => Ok(inner),
        _ => Err(Problem::new(
            format!("`{name}` takes an expression for the elements of a list"),
            "put `&` before it",
        )),
    }
}

fn wrong(name: &str, takes: &str, given: &Typed<'_>) -> Problem {
    Problem::new(
        format!("`{name}` is given {}", given.ty.describe()),
        format!("it takes {takes}"),
    )
}

/// The result of `type` for a value.
fn type_name(ty: &Ty<'_>, is_list: bool) -> &'static str {
    match ty {
        _ if is_list => "array",
        Ty::Boolean => "boolean",
        Ty::Integer | Ty::Float => "number",
        Ty::Text | Ty::String => "string",
        Ty::Null => "null",
        Ty::Shape(..) | Ty::List(_) | Ty::Both => "object",
    }
}
