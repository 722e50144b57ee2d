//! Evaluates an expression on a JSON value, to test the parser. Functions are not implemented:
//! clients have them in Rust (`lower/paths/functions.rs`).

use serde_json::Value;

use crate::jmespath::{Comparator, Expr, Node, Source};

/// Why evaluation fails.
#[derive(Debug)]
pub(super) enum Failed {
    /// The expression contains a function.
    Function,
}

/// Evaluates the expression.
pub(super) fn search(expr: &Expr, value: &Value) -> Result<Value, Failed> {
    Ok(match &expr.node {
        Node::Current => value.clone(),
        Node::Field(name) => value.get(name).cloned().unwrap_or_default(),
        Node::Sub(one, other) | Node::Pipe(one, other) => search(other, &search(one, value)?)?,
        Node::Index(list, index) => {
            let list = search(list, value)?;
            let length = list.as_array().map_or(0, Vec::len) as i64;
            let index = if *index < 0 { length + index } else { *index };
            let index = usize::try_from(index).ok();
            let found = index.and_then(|index| list.get(index));
            found.cloned().unwrap_or_default()
        }
        Node::Project(source, each) => match values(source, value)? {
            None => Value::Null,
            Some(values) => {
                let found = values.iter().map(|value| search(each, value));
                let found = found.collect::<Result<Vec<_>, _>>()?;
                found.into_iter().filter(|it| !it.is_null()).collect()
            }
        },
        Node::Or(one, other) => match search(one, value)? {
            found if is_true(&found) => found,
            _ => search(other, value)?,
        },
        Node::And(one, other) => match search(one, value)? {
            found if is_true(&found) => search(other, value)?,
            found => found,
        },
        Node::Not(inner) => Value::Bool(!is_true(&search(inner, value)?)),
        Node::Compare(comparator, one, other) => {
            compare(*comparator, &search(one, value)?, &search(other, value)?)
        }
        Node::Literal(literal) => literal.clone(),
        Node::List(_) | Node::Hash(_) if value.is_null() => Value::Null,
        Node::List(parts) => {
            let parts = parts.iter().map(|part| search(part, value));
            Value::Array(parts.collect::<Result<_, _>>()?)
        }
        Node::Hash(parts) => {
            let parts = parts.iter();
            let parts = parts.map(|(key, part)| Ok((key.clone(), search(part, value)?)));
            Value::Object(parts.collect::<Result<_, _>>()?)
        }
        Node::Call(..) | Node::Reference(_) => return Err(Failed::Function),
    })
}

/// The values of a projection; `None` if the source is not of the right type.
fn values(source: &Source, value: &Value) -> Result<Option<Vec<Value>>, Failed> {
    let (Source::Elements(inner)
    | Source::Flatten(inner)
    | Source::Values(inner)
    | Source::Filter(inner, _)
    | Source::Slice(inner, _)) = source;
    Ok(match (source, search(inner, value)?) {
        (Source::Values(_), Value::Object(entries)) => {
            Some(entries.into_iter().map(|(_, value)| value).collect())
        }
        (Source::Elements(_), Value::Array(list)) => Some(list),
        (Source::Flatten(_), Value::Array(list)) => {
            let flat = list.into_iter().flat_map(|value| match value {
                Value::Array(inner) => inner,
                other => vec![other],
            });
            Some(flat.collect())
        }
        (Source::Filter(_, condition), Value::Array(list)) => {
            let mut kept = Vec::new();
            for value in list {
                if is_true(&search(condition, &value)?) {
                    kept.push(value);
                }
            }
            Some(kept)
        }
        (Source::Slice(_, parts), Value::Array(list)) => Some(slice(&list, *parts)),
        _ => None,
    })
}

fn slice(list: &[Value], [start, stop, step]: [Option<i64>; 3]) -> Vec<Value> {
    let (length, step) = (list.len() as i64, step.unwrap_or(1));
    let (least, most) = if step > 0 {
        (0, length)
    } else {
        (-1, length - 1)
    };
    let place = |at: i64| if at < 0 { at + length } else { at }.clamp(least, most);
    let first = start.map_or(if step > 0 { least } else { most }, place);
    let end = stop.map_or(if step > 0 { most } else { least }, place);
    let mut at = first;
    let mut found = Vec::new();
    while (step > 0 && at < end) || (step < 0 && at > end) {
        found.push(list[at as usize].clone());
        at = at.saturating_add(step);
    }
    found
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
        Value::Number(_) => true,
    }
}

fn compare(comparator: Comparator, one: &Value, other: &Value) -> Value {
    let is_equal = match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    };
    let order = one.as_f64().zip(other.as_f64());
    let ordered = |holds: fn(f64, f64) -> bool| match order {
        Some((one, other)) => Value::Bool(holds(one, other)),
        None => Value::Null,
    };
    match comparator {
        Comparator::Equal => Value::Bool(is_equal),
        Comparator::NotEqual => Value::Bool(!is_equal),
        Comparator::Less => ordered(|one, other| one < other),
        Comparator::LessOrEqual => ordered(|one, other| one <= other),
        Comparator::Greater => ordered(|one, other| one > other),
        Comparator::GreaterOrEqual => ordered(|one, other| one >= other),
    }
}
