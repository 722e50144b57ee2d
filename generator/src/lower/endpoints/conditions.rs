//! Lowers conditions of rules.

use serde_json::Value as Json;

use super::expressions::Lowering;
use super::scope::Scope;
use super::values::{Hold, Type, Value};
use crate::diagnostics::Place;
use crate::ir::endpoints::{Condition, Expression};
use crate::shape_id::{IDENTIFIERS, is_identifier};

/// Lowers the conditions of a rule, and adds the variables that they assign to `scope`.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    json: Option<&Json>,
    scope: &mut Scope,
    place: &Place,
) -> Option<Vec<Condition>> {
    let place = place.clone().key("conditions");
    let Some(conditions) = json.and_then(Json::as_array) else {
        return lowering.error(
            &place,
            "a rule has to list its conditions",
            "add `\"conditions\": []` if there are none",
        );
    };
    let mut lowered = Vec::new();
    let mut is_sound = true;
    for (index, json) in conditions.iter().enumerate() {
        let place = place.clone().index(index);
        match one(lowering, json, scope, &place) {
            Some(conditions) => lowered.extend(conditions),
            None => is_sound = false,
        }
    }
    is_sound.then_some(lowered)
}

/// Lowers a condition, after the variables that it needs.
pub(super) fn one(
    lowering: &mut Lowering<'_>,
    json: &Json,
    scope: &mut Scope,
    place: &Place,
) -> Option<Vec<Condition>> {
    let condition = condition(lowering, json, scope, place);
    let mut lowered = scope.take_pending();
    if condition.is_none() {
        break_names(json, scope);
    }
    lowered.extend(condition?);
    Some(lowered)
}

/// Marks the names that a wrong condition would have assigned or checked as broken, because later
/// conditions may use them.
pub(super) fn break_names(json: &Json, scope: &mut Scope) {
    let arguments = json.get("argv").and_then(Json::as_array);
    let references = arguments.into_iter().flatten();
    let names = references.filter_map(|argument| argument.get("ref"));
    for name in names.chain(json.get("assign")).filter_map(Json::as_str) {
        scope.break_name(name);
    }
}

fn condition(
    lowering: &mut Lowering<'_>,
    json: &Json,
    scope: &mut Scope,
    place: &Place,
) -> Option<Option<Condition>> {
    if !json.get("fn").is_some_and(Json::is_string) {
        return lowering.error(
            place,
            "a condition has to call a function",
            "write `{\"fn\": …, \"argv\": […]}`",
        );
    }
    if let Some(condition) = finds_reference_set(json, scope) {
        return Some(Some(condition));
    }
    let value = lowering.expression(json, scope, place)?;
    match json.get("assign").map(Json::as_str) {
        None => Some(holds(value)),
        Some(Some(name)) => assign(lowering, name, value, scope, place),
        Some(None) => lowering.error(
            &place.clone().key("assign"),
            "the name of a variable must be a string",
            "write the variable's name",
        ),
    }
}

/// `isSet` of a reference: from here on, it is known to be set.
fn finds_reference_set(json: &Json, scope: &mut Scope) -> Option<Condition> {
    let argument = match json.get("argv").and_then(Json::as_array)?.as_slice() {
        [argument] if json["fn"] == "isSet" && json.get("assign").is_none() => argument,
        _ => return None,
    };
    let name = argument.get("ref")?.as_str()?;
    let value = scope.get(name).filter(|value| value.optional)?.clone();
    // Only parameters can be unset.
    let variable = scope.find_set(name, &value)?;
    Some(Condition::Bind(variable, value.expression))
}

/// The condition that a value is set and not false.
fn holds(value: Value) -> Option<Condition> {
    let expression = value.expression;
    match (value.r#type, value.optional) {
        (Type::Boolean, false) => Some(Condition::Holds(expression)),
        (Type::Boolean, true) => Some(Condition::Holds(Expression::Equal(
            Box::new(expression),
            Box::new(Expression::Some(Box::new(Expression::Boolean(true)))),
        ))),
        (_, true) => Some(Condition::Holds(Expression::IsSome(Box::new(expression)))),
        (_, false) => None,
    }
}

fn assign(
    lowering: &mut Lowering<'_>,
    name: &str,
    value: Value,
    scope: &mut Scope,
    place: &Place,
) -> Option<Option<Condition>> {
    if !is_identifier(name) {
        return lowering.error(
            &place.clone().key("assign"),
            format!("`{name}` is not a valid name for a variable"),
            IDENTIFIERS,
        );
    }
    if scope.get(name).is_some() {
        return lowering.error(
            &place.clone().key("assign"),
            format!("`{name}` is already the name of a parameter or a variable"),
            "choose another name",
        );
    }
    if value.r#type == Type::Boolean {
        // The rule continues only if the value is true.
        scope.set(name, Value::boolean(Expression::Boolean(true)));
        return Some(holds(value));
    }
    if !value.optional && is_alias(&value) {
        scope.set(name, value);
        return Some(None);
    }
    let Some(variable) = scope.declare(name, &value) else {
        return lowering.error(
            place,
            format!("{} cannot be assigned", value.describe()),
            "write the number where it is used",
        );
    };
    Some(Some(if value.optional {
        Condition::Bind(variable, value.expression)
    } else {
        Condition::Let(variable, value.expression)
    }))
}

/// Whether the value already has a name.
fn is_alias(value: &Value) -> bool {
    value.hold == Hold::Place
        || matches!(
            value.expression,
            Expression::Variable(_) | Expression::String(_)
        )
}
