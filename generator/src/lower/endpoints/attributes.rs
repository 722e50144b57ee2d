//! `getAttr` and its shorthand `{name#path}`.
//!
//! See [getAttr](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#getattr-function).

use super::expressions::Lowering;
use super::values::{Hold, Type, Value};
use crate::diagnostics::Place;
use crate::ir::endpoints::{
    ArnAttribute, Attribute, Expression, Index, Items, PartitionAttribute, Record, UrlAttribute,
};
use crate::names::FieldName;

/// The value at `path` within `value`.
pub(super) fn get(
    lowering: &mut Lowering<'_>,
    value: Value,
    path: &str,
    place: &Place,
) -> Option<Value> {
    let Some(steps) = parse(path) else {
        return lowering.error(
            place,
            format!("`{path}` is not a path"),
            "write an attribute, an index or both: `scheme`, `[0]`, `resourceId[0]`",
        );
    };
    if !value.optional {
        return steps
            .into_iter()
            .try_fold(value, |value, step| apply(lowering, value, step, place));
    }
    let variable = FieldName::new(match value.r#type {
        Type::Record(Record::Url) => "url",
        Type::Record(Record::Arn) => "arn",
        Type::Record(Record::Partition) => "partition",
        _ => "items",
    });
    let inner = Value {
        expression: Expression::Argument(variable.clone()),
        optional: false,
        // A closure cannot return a borrow of its argument.
        hold: match value.hold {
            Hold::Place => Hold::Temporary,
            hold => hold,
        },
        ..value.clone()
    };
    let inner = steps
        .into_iter()
        .try_fold(inner, |value, step| apply(lowering, value, step, place))?;
    let option = Box::new(value.expression);
    let body = Box::new(inner.expression.clone());
    let expression = if inner.optional {
        Expression::AndThen {
            option,
            variable,
            value: body,
        }
    } else {
        Expression::Map {
            option,
            variable,
            value: body,
        }
    };
    Some(Value {
        expression,
        optional: true,
        ..inner
    })
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// `scheme`
    Attribute(String),
    /// `[0]`
    Index(Index),
}

/// The steps of `path`; an index can only be the last.
fn parse(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        if matches!(steps.last(), Some(Step::Index(_))) {
            return None;
        }
        let (attribute, index) = match part.split_once('[') {
            Some((attribute, index)) => (attribute, Some(index.strip_suffix(']')?)),
            None => (part, None),
        };
        if attribute.is_empty() && (index.is_none() || !steps.is_empty()) {
            return None;
        }
        if !attribute.is_empty() {
            steps.push(Step::Attribute(attribute.to_owned()));
        }
        if let Some(index) = index {
            steps.push(Step::Index(parse_index(index)?));
        }
    }
    Some(steps)
}

/// An index; a negative one counts from the back.
fn parse_index(index: &str) -> Option<Index> {
    match index.strip_prefix('-') {
        Some(back) => back.parse::<usize>().ok()?.checked_sub(1).map(Index::Back),
        None => index.parse().ok().map(Index::Front),
    }
}

fn apply(lowering: &mut Lowering<'_>, value: Value, step: Step, place: &Place) -> Option<Value> {
    match (step, value.r#type) {
        (Step::Index(index), Type::Array(items)) => Some(
            Value::new(
                Expression::Element {
                    array: Box::new(value.expression),
                    index,
                    items,
                },
                Type::String,
                Hold::Borrowed,
            )
            .optional(),
        ),
        (Step::Attribute(name), Type::Record(record)) => {
            attribute(lowering, value, record, &name, place)
        }
        (Step::Index(_), _) => lowering.error(
            place,
            format!(
                "only an array has an index, and this is {}",
                value.describe()
            ),
            "remove the index",
        ),
        (Step::Attribute(name), _) => lowering.error(
            place,
            format!("{} has no attribute `{name}`", value.describe()),
            "take attributes from a URL, an ARN or a partition",
        ),
    }
}

fn attribute(
    lowering: &mut Lowering<'_>,
    value: Value,
    record: Record,
    name: &str,
    place: &Place,
) -> Option<Value> {
    let attributes: &[(&str, Attribute, Type, Hold)] = match record {
        Record::Arn => &ARN,
        Record::Partition => &PARTITION,
        Record::Url => &URL,
    };
    let Some((_, attribute, r#type, hold)) = attributes.iter().find(|known| known.0 == name) else {
        let known: Vec<_> = attributes.iter().map(|known| known.0).collect();
        return lowering.error(
            place,
            format!("{} has no attribute `{name}`", value.describe()),
            format!("use one of {}", known.join(", ")),
        );
    };
    // The part of a temporary value is moved out of it.
    let hold = match (hold, value.hold) {
        (Hold::Place, Hold::Temporary) => Hold::Temporary,
        _ => *hold,
    };
    let expression = Expression::Attribute(Box::new(value.expression), *attribute);
    Some(Value::new(expression, *r#type, hold))
}

const ARN: [(&str, Attribute, Type, Hold); 5] = {
    use ArnAttribute as A;
    [
        (
            "partition",
            Attribute::Arn(A::Partition),
            Type::String,
            Hold::Borrowed,
        ),
        (
            "service",
            Attribute::Arn(A::Service),
            Type::String,
            Hold::Borrowed,
        ),
        (
            "region",
            Attribute::Arn(A::Region),
            Type::String,
            Hold::Borrowed,
        ),
        (
            "accountId",
            Attribute::Arn(A::AccountId),
            Type::String,
            Hold::Borrowed,
        ),
        (
            "resourceId",
            Attribute::Arn(A::ResourceId),
            Type::Array(Items::Borrowed),
            Hold::Place,
        ),
    ]
};

const PARTITION: [(&str, Attribute, Type, Hold); 6] = {
    use PartitionAttribute as P;
    [
        (
            "name",
            Attribute::Partition(P::Name),
            Type::String,
            Hold::Static,
        ),
        (
            "dnsSuffix",
            Attribute::Partition(P::DnsSuffix),
            Type::String,
            Hold::Static,
        ),
        (
            "dualStackDnsSuffix",
            Attribute::Partition(P::DualStackDnsSuffix),
            Type::String,
            Hold::Static,
        ),
        (
            "supportsFIPS",
            Attribute::Partition(P::SupportsFips),
            Type::Boolean,
            Hold::Copied,
        ),
        (
            "supportsDualStack",
            Attribute::Partition(P::SupportsDualStack),
            Type::Boolean,
            Hold::Copied,
        ),
        (
            "implicitGlobalRegion",
            Attribute::Partition(P::ImplicitGlobalRegion),
            Type::String,
            Hold::Static,
        ),
    ]
};

const URL: [(&str, Attribute, Type, Hold); 5] = {
    use UrlAttribute as U;
    [
        (
            "scheme",
            Attribute::Url(U::Scheme),
            Type::String,
            Hold::Borrowed,
        ),
        (
            "authority",
            Attribute::Url(U::Authority),
            Type::String,
            Hold::Borrowed,
        ),
        (
            "path",
            Attribute::Url(U::Path),
            Type::String,
            Hold::Borrowed,
        ),
        (
            "normalizedPath",
            Attribute::Url(U::NormalizedPath),
            Type::String,
            Hold::Place,
        ),
        ("isIp", Attribute::Url(U::IsIp), Type::Boolean, Hold::Copied),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_paths() {
        let attribute = |name: &str| Step::Attribute(name.to_owned());
        let cases = [
            ("scheme", Some(vec![attribute("scheme")])),
            ("[0]", Some(vec![Step::Index(Index::Front(0))])),
            ("[-1]", Some(vec![Step::Index(Index::Back(0))])),
            (
                "resourceId[2]",
                Some(vec![attribute("resourceId"), Step::Index(Index::Front(2))]),
            ),
            ("a.b", Some(vec![attribute("a"), attribute("b")])),
            ("", None),
            ("[]", None),
            ("[-0]", None),
            ("a[0].b", None),
            ("a.[0]", None),
            ("a[0", None),
        ];
        for (path, expected) in cases {
            assert_eq!(parse(path), expected, "{path}");
        }
    }
}
