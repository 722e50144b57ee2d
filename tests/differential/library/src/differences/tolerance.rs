//! Changes responses so that the official crates read them as ours does, which is more tolerant.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format as TimeFormat;
use generator::ir::{Operation, TimestampFormat, Type};

use crate::model::{Model, Place, Schema, place};
use crate::transport::{Body, Response};
use crate::tree::{Format, Tree};

/// Removes nulls that ours skips and the official crate does not.
pub fn nulls(model: &Model, operation: &Operation, response: &Response) -> Option<Response> {
    changed(
        model,
        operation,
        response,
        &mut |ty, _, json| match (ty, json) {
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

/// Adds the required structures that ours fills in.
pub fn filled_in(model: &Model, operation: &Operation, response: &Response) -> Option<Response> {
    changed(model, operation, response, &mut |ty, _, json| {
        let (Type::Structure(id), Tree::Object(members)) = (ty, json) else {
            return;
        };
        for (field, member) in model.fields(*id) {
            let is_structure = field.required && matches!(field.ty, Type::Structure(_));
            let name = model.wire_name(member);
            let is_there = |(other, value): &(String, Tree)| *other == name && *value != Tree::Null;
            if is_structure && place(member) == Place::Body && !members.iter().any(is_there) {
                members.push((name, Tree::EMPTY));
            }
        }
    })
}

/// Whether null is a value in a list or map of this type.
pub(super) fn has_nulls(element: &Type) -> bool {
    matches!(element, Type::Sparse(_) | Type::Document)
}

/// Writes whole numbers without a point, and removes digits after the point from others: the
/// official crate first rounds both to a double.
pub fn whole_numbers(
    model: &Model,
    operation: &Operation,
    response: &Response,
) -> Option<Response> {
    changed(model, operation, response, &mut |ty, _, json| {
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

/// Writes times in the model's format: a number as text or a text as a number.
pub fn times(model: &Model, operation: &Operation, response: &Response) -> Option<Response> {
    changed(model, operation, response, &mut |ty, schema, json| {
        if let (Type::Timestamp, format) = (ty, format(schema))
            && let Some(time) = misplaced(format, json)
            && let Some(tree) = spelled(format, time)
        {
            *json = tree;
        }
    })
}

/// Whether there is a number for a time that is text in the model, and no text is equal to it.
pub fn has_undated(model: &Model, operation: &Operation, response: &Response) -> bool {
    let mut has_undated = false;
    changed(model, operation, response, &mut |ty, schema, json| {
        let format = format(schema);
        has_undated |= *ty == Type::Timestamp
            && misplaced(format, json).is_some_and(|time| spelled(format, time).is_none());
    });
    has_undated
}

/// Whether there is a number that is too large for a time that is a number in the model.
pub fn has_no_time(model: &Model, operation: &Operation, response: &Response) -> bool {
    let mut has_no_time = false;
    changed(model, operation, response, &mut |ty, schema, json| {
        if let (Type::Timestamp, TimestampFormat::EpochSeconds, Tree::Verbatim(text)) =
            (ty, format(schema), json)
        {
            let is_finite = text.parse().is_ok_and(f64::is_finite);
            has_no_time |= is_finite && seconds(text).is_none();
        }
    });
    has_no_time
}

/// Replaces times in our response by those that the official crate reads: the nearest doubles.
pub fn rounded_times(
    model: &Model,
    operation: &Operation,
    response: &Response,
) -> Option<Response> {
    changed(model, operation, response, &mut |ty, schema, json| {
        let format = format(schema);
        if *ty != Type::Timestamp || format != TimestampFormat::EpochSeconds {
            return;
        }
        let time = match &*json {
            Tree::Verbatim(text) => seconds(text),
            json => misplaced(format, json),
        };
        let text = time.map(|time| decimal(&time));
        if let Some(double) = text.and_then(|text| text.parse().ok()) {
            let rounded = DateTime::from_secs_f64(double);
            if time != Some(rounded) {
                *json = Tree::Verbatim(decimal(&rounded));
            }
        }
    })
}

/// The format of a time in JSON.
fn format(schema: Schema<'_>) -> TimestampFormat {
    let format = schema.timestamps();
    format.unwrap_or(TimestampFormat::EpochSeconds)
}

/// A time that is a text although the model has a number, or the reverse.
fn misplaced(format: TimestampFormat, json: &Tree) -> Option<DateTime> {
    match (format, json) {
        (TimestampFormat::EpochSeconds, json) => {
            DateTime::from_str(&json.text()?, TimeFormat::DateTimeWithOffset).ok()
        }
        (_, Tree::Verbatim(text)) => seconds(text),
        _ => None,
    }
}

/// A time in the model's format, if that can represent it exactly.
fn spelled(format: TimestampFormat, time: DateTime) -> Option<Tree> {
    let format = match format {
        TimestampFormat::EpochSeconds => return Some(Tree::Verbatim(decimal(&time))),
        TimestampFormat::DateTime => TimeFormat::DateTime,
        TimestampFormat::HttpDate => TimeFormat::HttpDate,
    };
    let text = time.fmt(format).ok()?;
    let says_all = DateTime::from_str(&text, format).is_ok_and(|it| it == time);
    says_all.then_some(Tree::Text(text))
}

/// The time of a number of seconds.
fn seconds(text: &str) -> Option<DateTime> {
    if let Ok(seconds) = text.parse() {
        return Some(DateTime::from_secs(seconds));
    }
    DateTime::from_nanos(scaled(text, 9)?.0).ok()
}

/// A time in seconds, with all of its digits.
fn decimal(time: &DateTime) -> String {
    let nanos = time.as_nanos();
    let (sign, nanos) = (if nanos < 0 { "-" } else { "" }, nanos.unsigned_abs());
    let (whole, fraction) = (nanos / 1_000_000_000, nanos % 1_000_000_000);
    match fraction {
        0 => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction:09}"),
    }
}

/// A number times a power of ten, without the digits after the point, and whether there were none.
/// `None` if it is not a number, or too large.
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

/// A response with another body, if `change` changes anything. It is called with each value that
/// the model knows, its type and its schema.
fn changed(
    model: &Model,
    operation: &Operation,
    response: &Response,
    change: &mut dyn FnMut(&Type, Schema<'_>, &mut Tree),
) -> Option<Response> {
    if model.protocol.format() != Format::Json {
        return None;
    }
    let before = response.body.json()?;
    let mut after = before.clone();
    visit_all(model, operation, response, &mut after, change);
    (after != before).then(|| Response {
        body: Body::Tree(after, Format::Json),
        ..response.clone()
    })
}

/// Calls `change` with each value of a body that the model knows.
pub(super) fn visit_all(
    model: &Model,
    operation: &Operation,
    response: &Response,
    body: &mut Tree,
    change: &mut dyn FnMut(&Type, Schema<'_>, &mut Tree),
) {
    let shapes = match (200..300).contains(&response.status) {
        true => std::slice::from_ref(&operation.output),
        // Any of them: members with the same name have the same type.
        false => &operation.errors,
    };
    for id in shapes {
        let fields = model.fields(*id);
        let mut fields = fields.iter();
        match fields.find(|(_, member)| place(member) == Place::Payload) {
            Some((field, member)) => visit(model, &field.ty, Schema::of(member), body, change),
            None => visit(model, &Type::Structure(*id), Schema::PLAIN, body, change),
        }
    }
}

fn visit(
    model: &Model,
    ty: &Type,
    schema: Schema<'_>,
    json: &mut Tree,
    change: &mut dyn FnMut(&Type, Schema<'_>, &mut Tree),
) {
    change(ty, schema, json);
    let element = model.element(schema);
    match (ty, json) {
        (Type::Boxed(ty) | Type::Sparse(ty), json) => visit(model, ty, schema, json, change),
        (Type::List(ty), Tree::Array(values)) => {
            for value in values {
                visit(model, ty, element, value, change);
            }
        }
        (Type::Map(_, ty), Tree::Object(members)) => {
            for (_, value) in members {
                visit(model, ty, element, value, change);
            }
        }
        (Type::Structure(id), Tree::Object(members)) => {
            let fields = model.fields(*id);
            for (name, value) in members {
                let mut fields = fields.iter();
                if let Some((field, member)) =
                    fields.find(|(_, member)| model.wire_name(member) == *name)
                {
                    visit(model, &field.ty, Schema::of(member), value, change);
                }
            }
        }
        (Type::Union(id), Tree::Object(members)) => {
            let union = model.client.union(*id);
            let schema = model.members(union.schema.as_str());
            for (name, value) in members {
                let mut variants = union.variants.iter();
                if let Some(variant) =
                    variants.find(|it| model.wire_name(&schema[it.index]) == *name)
                {
                    let member = Schema::of(&schema[variant.index]);
                    visit(model, &variant.ty, member, value, change);
                }
            }
        }
        _ => {}
    }
}
