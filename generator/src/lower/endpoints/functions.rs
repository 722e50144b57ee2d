//! Lowers functions of the rules engine.
//!
//! See the [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html)
//! and the [AWS library](https://smithy.io/2.0/aws/rules-engine/library-functions.html).

use serde_json::Value as Json;

use super::arguments::Arguments;
use super::attributes;
use super::expressions::Lowering;
use super::scope::Scope;
use super::values::{Hold, Type, Value};
use crate::diagnostics::Place;
use crate::ir::endpoints::{Expression, Fallback, Function, Items, Record};
use crate::smithy::suggest::did_you_mean;

/// All functions, for the remedy of a misspelt name.
const NAMES: [&str; 15] = [
    "aws.isVirtualHostableS3Bucket",
    "aws.parseArn",
    "aws.partition",
    "booleanEquals",
    "coalesce",
    "getAttr",
    "isSet",
    "isValidHostLabel",
    "ite",
    "not",
    "parseURL",
    "split",
    "stringEquals",
    "substring",
    "uriEncode",
];

/// The value of a call.
pub(super) fn call(
    lowering: &mut Lowering<'_>,
    name: &str,
    argv: &Json,
    scope: &mut Scope,
    place: &Place,
) -> Option<Value> {
    let arguments = &Arguments::new(lowering, name, argv, place)?;
    match name {
        "isSet" => is_set(lowering, arguments, scope),
        "not" => {
            arguments.expect(lowering, 1)?;
            let value = arguments.boolean(lowering, scope, 0)?;
            Some(Value::boolean(not(value)))
        }
        "booleanEquals" => boolean_equals(lowering, arguments, scope),
        "stringEquals" => {
            arguments.expect(lowering, 2)?;
            let left = arguments.string(lowering, scope, 0)?.expression;
            let right = arguments.string(lowering, scope, 1)?.expression;
            Some(Value::boolean(equal(left, right)))
        }
        "getAttr" => get_attr(lowering, arguments, scope),
        "coalesce" => coalesce(lowering, arguments, scope),
        "ite" => if_then_else(lowering, arguments, scope),
        _ => library(lowering, name, arguments, scope, place),
    }
}

/// Functions that are also functions of the generated code.
fn library(
    lowering: &mut Lowering<'_>,
    name: &str,
    arguments: &Arguments<'_>,
    scope: &mut Scope,
    place: &Place,
) -> Option<Value> {
    let (function, count) = match name {
        "aws.isVirtualHostableS3Bucket" => (Function::IsVirtualHostableS3Bucket, 2),
        "aws.parseArn" => (Function::ParseArn, 1),
        "aws.partition" => (Function::Partition, 1),
        "isValidHostLabel" => (Function::IsValidHostLabel, 2),
        "parseURL" => (Function::ParseUrl, 1),
        "split" => (Function::Split, 3),
        "substring" => (Function::Substring, 4),
        "uriEncode" => (Function::UriEncode, 1),
        _ => {
            return lowering.error(
                &place.clone().key("fn"),
                format!("`{name}` is not a function that the generator knows"),
                did_you_mean(name, NAMES)
                    .unwrap_or_else(|| format!("use one of `{}`", NAMES.join("`, `"))),
            );
        }
    };
    arguments.expect(lowering, count)?;
    let text = arguments.string(lowering, scope, 0)?;
    let mut inputs = vec![match function {
        // The results of these borrow from their input, which must live as long.
        Function::ParseArn | Function::ParseUrl | Function::Split | Function::Substring => {
            scope.lend_long(text)
        }
        _ => text.lend(),
    }];
    match function {
        Function::IsVirtualHostableS3Bucket | Function::IsValidHostLabel => {
            inputs.push(arguments.boolean(lowering, scope, 1)?);
        }
        Function::Split => {
            inputs.push(arguments.string(lowering, scope, 1)?.lend());
            inputs.push(arguments.number(lowering, scope, 2)?);
        }
        Function::Substring => {
            inputs.push(arguments.number(lowering, scope, 1)?);
            inputs.push(arguments.number(lowering, scope, 2)?);
            inputs.push(arguments.boolean(lowering, scope, 3)?);
        }
        Function::ParseArn | Function::ParseUrl | Function::Partition | Function::UriEncode => {}
    }
    if function == Function::Partition && lowering.partitions.is_empty() {
        return lowering.error(
            place,
            "the rules use the partition of a region, but no partitions are known",
            "generate with a `partitions.json`",
        );
    }
    Some(returned(function, inputs, lowering.partitions.is_total()))
}

fn returned(function: Function, inputs: Vec<Expression>, partition_is_total: bool) -> Value {
    let call = Expression::Call(function, inputs);
    match function {
        Function::IsValidHostLabel | Function::IsVirtualHostableS3Bucket => Value::boolean(call),
        Function::ParseArn => {
            Value::new(call, Type::Record(Record::Arn), Hold::Temporary).optional()
        }
        Function::ParseUrl => {
            Value::new(call, Type::Record(Record::Url), Hold::Temporary).optional()
        }
        Function::Partition if partition_is_total => {
            Value::new(call, Type::Record(Record::Partition), Hold::Static)
        }
        Function::Partition => {
            Value::new(call, Type::Record(Record::Partition), Hold::Static).optional()
        }
        Function::Split => Value::new(call, Type::Array(Items::Borrowed), Hold::Temporary),
        Function::Substring => Value::new(call, Type::String, Hold::Borrowed).optional(),
        Function::UriEncode => Value::new(call, Type::String, Hold::Temporary),
    }
}

fn is_set(
    lowering: &mut Lowering<'_>,
    arguments: &Arguments<'_>,
    scope: &mut Scope,
) -> Option<Value> {
    arguments.expect(lowering, 1)?;
    let value = arguments.any(lowering, scope, 0)?;
    Some(Value::boolean(match (value.optional, value.expression) {
        (false, _) => Expression::Boolean(true),
        (true, Expression::ParameterView(field)) => {
            Expression::IsSome(Box::new(Expression::Parameter(field)))
        }
        (true, expression) => Expression::IsSome(Box::new(expression)),
    }))
}

fn boolean_equals(
    lowering: &mut Lowering<'_>,
    arguments: &Arguments<'_>,
    scope: &mut Scope,
) -> Option<Value> {
    arguments.expect(lowering, 2)?;
    let left = arguments.boolean(lowering, scope, 0)?;
    let right = arguments.boolean(lowering, scope, 1)?;
    Some(Value::boolean(match (left, right) {
        (Expression::Boolean(true), other) | (other, Expression::Boolean(true)) => other,
        (Expression::Boolean(false), other) | (other, Expression::Boolean(false)) => not(other),
        (left, right) => Expression::Equal(Box::new(left), Box::new(right)),
    }))
}

/// The comparison of two strings, in idiomatic form.
fn equal(left: Expression, right: Expression) -> Expression {
    match (left, right) {
        (Expression::String(left), Expression::String(right)) => Expression::Boolean(left == right),
        (Expression::String(text), other) | (other, Expression::String(text)) => {
            let other = Box::new(other);
            if text.is_empty() {
                Expression::IsEmpty(other)
            } else {
                Expression::Equal(other, Box::new(Expression::String(text)))
            }
        }
        (left, right) => Expression::Equal(Box::new(left), Box::new(right)),
    }
}

/// The negation, in idiomatic form.
fn not(value: Expression) -> Expression {
    match value {
        Expression::Boolean(value) => Expression::Boolean(!value),
        Expression::Not(value) => *value,
        Expression::Equal(left, right) => Expression::NotEqual(left, right),
        Expression::NotEqual(left, right) => Expression::Equal(left, right),
        Expression::IsSome(value) => Expression::IsNone(value),
        Expression::IsNone(value) => Expression::IsSome(value),
        value => Expression::Not(Box::new(value)),
    }
}

fn get_attr(
    lowering: &mut Lowering<'_>,
    arguments: &Arguments<'_>,
    scope: &mut Scope,
) -> Option<Value> {
    arguments.expect(lowering, 2)?;
    let value = arguments.any(lowering, scope, 0)?;
    let place = arguments.place(1);
    match arguments.json(1).as_str() {
        Some(path) => attributes::get(lowering, value, path, &place),
        None => lowering.error(
            &place,
            "the path of `getAttr` is not a string",
            "write the path as it is, such as `resourceId[0]`",
        ),
    }
}

/// The first argument that is set.
fn coalesce(
    lowering: &mut Lowering<'_>,
    arguments: &Arguments<'_>,
    scope: &mut Scope,
) -> Option<Value> {
    if arguments.len() < 2 {
        return arguments.expect(lowering, 2).and(None);
    }
    let mut result = arguments.any(lowering, scope, 0)?;
    for index in 1..arguments.len() {
        let next = arguments.any(lowering, scope, index)?;
        if next.r#type != result.r#type {
            return differ(lowering, arguments, &result, &next, index);
        }
        check_choice(lowering, arguments, [&result, &next], index)?;
        // Arguments after one that is always set cannot be the result.
        if !result.optional {
            continue;
        }
        let hold = common_hold(&result, &next);
        let optional = next.optional;
        let next = share(scope, next);
        let simple = is_simple(&next);
        let fallback = match (optional, simple) {
            (true, true) => Fallback::Or,
            (true, false) => Fallback::OrElse,
            (false, true) => Fallback::UnwrapOr,
            (false, false) => Fallback::UnwrapOrElse,
        };
        result = Value {
            expression: Expression::Fallback(Box::new(result.expression), fallback, Box::new(next)),
            r#type: result.r#type,
            optional,
            hold,
        };
    }
    Some(result)
}

/// `ite`: the second argument if the first is true, else the third.
fn if_then_else(
    lowering: &mut Lowering<'_>,
    arguments: &Arguments<'_>,
    scope: &mut Scope,
) -> Option<Value> {
    arguments.expect(lowering, 3)?;
    let condition = arguments.boolean(lowering, scope, 0)?;
    let then = arguments.any(lowering, scope, 1)?;
    let otherwise = arguments.any(lowering, scope, 2)?;
    if then.r#type != otherwise.r#type {
        return differ(lowering, arguments, &then, &otherwise, 2);
    }
    check_choice(lowering, arguments, [&then, &otherwise], 2)?;
    let hold = common_hold(&then, &otherwise);
    let (r#type, optional) = (then.r#type, then.optional || otherwise.optional);
    let mut branch = |value: Value| {
        let wrap = optional && !value.optional;
        let expression = share(scope, value);
        if wrap {
            Expression::Some(Box::new(expression))
        } else {
            expression
        }
    };
    let (then, otherwise) = (branch(then), branch(otherwise));
    let expression = match condition {
        Expression::Boolean(true) => then,
        Expression::Boolean(false) => otherwise,
        condition => Expression::If(Box::new(condition), Box::new(then), Box::new(otherwise)),
    };
    Some(Value {
        expression,
        r#type,
        optional,
        hold,
    })
}

/// The value in the common form of all alternatives.
fn share(scope: &mut Scope, value: Value) -> Expression {
    match value.r#type {
        Type::String if value.optional => value.expression,
        Type::String => scope.lend_long(value),
        Type::Array(Items::Owned) if !value.optional => value.lend(),
        Type::Record(Record::Arn | Record::Url) | Type::Array(_) if !value.optional => {
            value.into_owned()
        }
        _ => value.expression,
    }
}

/// The ownership of a choice between two values.
fn common_hold(one: &Value, other: &Value) -> Hold {
    match (one.r#type, one.hold == other.hold) {
        (Type::Boolean | Type::Integer, _) => Hold::Copied,
        (Type::String, true) if one.hold == Hold::Static => Hold::Static,
        (Type::String, _) => Hold::Borrowed,
        (Type::Record(Record::Partition), _) => Hold::Static,
        (Type::Array(Items::Owned), _) => Hold::Borrowed,
        (Type::Record(_) | Type::Array(_), _) => Hold::Temporary,
    }
}

/// Whether computing the value costs nothing, so that it can be evaluated eagerly.
fn is_simple(expression: &Expression) -> bool {
    match expression {
        Expression::String(_)
        | Expression::Boolean(_)
        | Expression::Number(_)
        | Expression::Parameter(_)
        | Expression::ParameterView(_)
        | Expression::Variable(_) => true,
        Expression::Borrow(inner) | Expression::Attribute(inner, _) => is_simple(inner),
        _ => false,
    }
}

/// Reports a choice with an optional text that has no owner to borrow from.
fn check_choice(
    lowering: &mut Lowering<'_>,
    arguments: &Arguments<'_>,
    values: [&Value; 2],
    index: usize,
) -> Option<()> {
    let homeless = |value: &&Value| {
        value.r#type == Type::String && value.optional && value.hold == Hold::Temporary
    };
    if !values.iter().any(homeless) {
        return Some(());
    }
    lowering.error(
        &arguments.place(index),
        "one of the texts in this choice is computed",
        "assign the text in a separate condition, and refer to that variable",
    )
}

fn differ(
    lowering: &mut Lowering<'_>,
    arguments: &Arguments<'_>,
    one: &Value,
    other: &Value,
    index: usize,
) -> Option<Value> {
    lowering.error(
        &arguments.place(index),
        format!(
            "this is {}, and the argument before it is {}",
            other.describe(),
            one.describe()
        ),
        "give all alternatives the same type",
    )
}
