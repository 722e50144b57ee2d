//! What a response would have to say for the official crates to read it as ours does, which is the
//! more tolerant.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format as TimeFormat;
use generator::ir::{Operation, Type};

use crate::model::Model;
use crate::transport::{Body, Response};
use crate::tree::{Format, Tree};

/// Takes out the nulls that ours passes over and the official crate does not.
pub fn nulls(model: &Model, operation: &Operation, response: &Response) -> Option<Response> {
    changed(
        model,
        operation,
        response,
        &mut |ty, json| match (ty, json) {
            (Type::Map(_, value), Tree::Object(members)) if !has_nulls(value) => {
                members.retain(|(_, value)| *value != Tree::Null);
            }
            (Type::List(value), Tree::Array(values)) if !has_nulls(value) => {
                values.retain(|value| *value != Tree::Null);
            }
            (Type::Structure(_), Tree::Object(members)) => {
                let mut index = 0;
                while index < members.len() {
                    let (before, rest) = members.split_at(index);
                    let (name, value) = &rest[0];
                    if *value == Tree::Null && before.iter().any(|(other, _)| other == name) {
                        members.remove(index);
                    } else {
                        index += 1;
                    }
                }
            }
            _ => {}
        },
    )
}

/// Whether null is a value in a list or map of this type.
fn has_nulls(element: &Type) -> bool {
    matches!(element, Type::Sparse(_) | Type::Document)
}

/// Spells whole numbers without a point, and takes the digits from those that are not whole: the
/// official crate rounds both to a double before it looks.
pub fn whole_numbers(
    model: &Model,
    operation: &Operation,
    response: &Response,
) -> Option<Response> {
    changed(model, operation, response, &mut |ty, json| {
        if let (Type::Integer(_), Tree::Verbatim(text)) = (ty, json)
            && let Some(value) = scaled(text, 0)
            && text.contains(['.', 'e', 'E'])
        {
            *text = match value {
                (whole, true) => whole.to_string(),
                (_, false) => "0.5".to_owned(),
            };
        }
    })
}

/// Writes as dates and times what stands as a number where the model has a time.
pub fn numbers(model: &Model, operation: &Operation, response: &Response) -> Option<Response> {
    changed(model, operation, response, &mut |ty, json| {
        if let Some(text) = time(ty, json).and_then(|time| time.fmt(TimeFormat::DateTime).ok()) {
            *json = Tree::Text(text);
        }
    })
}

/// Whether there is a number where the model has a time, and no date says the same.
pub fn has_undated(model: &Model, operation: &Operation, response: &Response) -> bool {
    let mut has_undated = false;
    changed(model, operation, response, &mut |ty, json| {
        has_undated |= time(ty, json).is_some_and(|time| time.fmt(TimeFormat::DateTime).is_err());
    });
    has_undated
}

/// The time that a number says, where the model has one.
fn time(ty: &Type, json: &Tree) -> Option<DateTime> {
    match (ty, json) {
        (Type::Timestamp, Tree::Verbatim(text)) => {
            let (nanos, _) = scaled(text, 9)?;
            DateTime::from_nanos(nanos).ok()
        }
        _ => None,
    }
}

/// A number times a power of ten without what is then behind the point, and whether there was
/// nothing. None if there is no number, or one that is too large.
fn scaled(text: &str, places: i64) -> Option<(i128, bool)> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let behind = i64::try_from(fraction.len()).ok()?;
    let shift = exponent.parse::<i64>().ok()? + places - behind;
    let power = u32::try_from(shift.unsigned_abs()).ok();
    let power = power.and_then(|power| 10_i128.checked_pow(power));
    match (shift < 0, power) {
        (false, power) => Some((digits.checked_mul(power?)?, true)),
        (true, Some(power)) => Some((digits / power, digits % power == 0)),
        (true, None) => Some((0, digits == 0)),
    }
}

/// A response with another body, if `change` changes something. It is called with each value that
/// the model knows, and its type.
fn changed(
    model: &Model,
    operation: &Operation,
    response: &Response,
    change: &mut dyn FnMut(&Type, &mut Tree),
) -> Option<Response> {
    if model.protocol.format() != Format::Json {
        return None;
    }
    let before = response.body.json()?;
    let mut after = before.clone();
    if (200..300).contains(&response.status) {
        visit(
            model,
            &Type::Structure(operation.output),
            &mut after,
            change,
        );
    } else {
        // Whichever it is: members of one name have one type.
        for id in &operation.errors {
            visit(model, &Type::Structure(*id), &mut after, change);
        }
    }
    (after != before).then(|| Response {
        body: Body::Tree(after, Format::Json),
        ..response.clone()
    })
}

fn visit(model: &Model, ty: &Type, json: &mut Tree, change: &mut dyn FnMut(&Type, &mut Tree)) {
    change(ty, json);
    match (ty, json) {
        (Type::Boxed(ty) | Type::Sparse(ty), json) => visit(model, ty, json, change),
        (Type::List(ty), Tree::Array(values)) => {
            for value in values {
                visit(model, ty, value, change);
            }
        }
        (Type::Map(_, ty), Tree::Object(members)) => {
            for (_, value) in members {
                visit(model, ty, value, change);
            }
        }
        (Type::Structure(id), Tree::Object(members)) => {
            let fields = model.fields(*id);
            for (name, value) in members {
                let mut fields = fields.iter();
                if let Some((field, _)) = fields.find(|(_, member)| member.name == *name) {
                    visit(model, &field.ty, value, change);
                }
            }
        }
        (Type::Union(id), Tree::Object(members)) => {
            let union = model.client.union(*id);
            let schema = model.members(union.schema.as_str());
            for (name, value) in members {
                let mut variants = union.variants.iter();
                if let Some(variant) = variants.find(|variant| schema[variant.index].name == *name)
                {
                    visit(model, &variant.ty, value, change);
                }
            }
        }
        _ => {}
    }
}
