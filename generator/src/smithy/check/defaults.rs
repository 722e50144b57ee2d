//! Checks that a default has the member's type; see
//! [default value constraints](https://smithy.io/2.0/spec/type-refinement-traits.html#default-value-constraints).

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::Value;

use super::{a, kind};
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::{EnumValue, IntEnumValue, Kind, Member, Model};

const DEFAULT: &str = "smithy.api#default";

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for shape in model.shapes.values() {
        for member in shape.members() {
            let (Some(default), Some(kind)) = (member.traits.default(), kind(model, member)) else {
                continue;
            };
            // The list of values may be incomplete.
            if model.gaps.contains(&member.target) {
                continue;
            }
            if let Err(allowed) = accepts(kind, default) {
                diagnostics.error(
                    Place::shape(&shape.id)
                        .member(&member.name)
                        .r#trait(DEFAULT),
                    format!("{default} cannot be the default of {}", a(kind)),
                    allowed,
                );
            }
        }
    }
}

/// Removes defaults that are not Base64, with a warning, like Smithy.
pub(crate) fn pass_over(model: &mut Model, diagnostics: &mut Diagnostics) {
    let is_unknown = |member: &Member, model: &Model| {
        let text = member.traits.default().and_then(Value::as_str);
        let is_blob = matches!(kind(model, member), Some(Kind::Blob));
        is_blob && text.is_some_and(|text| !is_base64(text))
    };
    let members = model.shapes.values().flat_map(|shape| {
        let unknown = shape.members().into_iter();
        let unknown = unknown.filter(|member| is_unknown(member, model));
        unknown.map(|member| shape.id.with_member(&member.name))
    });
    for id in members.collect::<Vec<_>>() {
        diagnostics.warning(
            Place::shape(&id).r#trait(DEFAULT),
            "the default of a blob is not Base64: it is ignored",
            "encode the bytes in Base64",
        );
        let shape = model.shapes.get_mut(&id.without_member());
        if let Some(Kind::Structure(members)) = shape.map(|shape| &mut shape.kind) {
            let mut members = members.iter_mut();
            let member = members.find(|member| Some(member.name.as_str()) == id.member());
            if let Some(member) = member {
                member.traits.remove(DEFAULT);
            }
        }
    }
}

/// Whether a value can be the default of a type, or else the form of valid ones.
fn accepts(kind: &Kind, default: &Value) -> Result<(), String> {
    let fits = |fits: bool, allowed: &str| {
        if fits {
            Ok(())
        } else {
            Err(allowed.to_owned())
        }
    };
    if default.is_null() {
        return Ok(());
    }
    match kind {
        Kind::Boolean => fits(default.is_boolean(), "it must be true or false"),
        Kind::Byte => whole(default, i8::MIN.into(), i8::MAX.into()),
        Kind::Short => whole(default, i16::MIN.into(), i16::MAX.into()),
        Kind::Integer => whole(default, i32::MIN.into(), i32::MAX.into()),
        Kind::Long => whole(default, i64::MIN, i64::MAX),
        Kind::Float | Kind::Double => {
            let is_float = is_float(default, matches!(kind, Kind::Double));
            fits(is_float, "it must be a number that is not too large")
        }
        Kind::BigInteger => fits(
            default.is_i64() || default.is_u64(),
            "it must be a whole number",
        ),
        Kind::BigDecimal => fits(default.is_number(), "it must be a number"),
        Kind::String => fits(default.is_string(), "it must be a string"),
        // Strings that are not Base64 have been removed.
        Kind::Blob => fits(default.is_string(), "it must be a string in Base64"),
        Kind::Timestamp => {
            let allowed = "it must be a date and time in RFC 3339, or seconds since 1970";
            fits(is_timestamp(default), allowed)
        }
        Kind::Document => {
            let composed = default.as_array().is_some_and(|array| !array.is_empty())
                || default.as_object().is_some_and(|object| !object.is_empty());
            fits(!composed, "it must be a scalar, `[]` or `{}`")
        }
        Kind::Enum(values) => {
            let known = values.iter().map(|value| format!("`\"{}\"`", value.value));
            fits(is_value(default, values), &one_of(known))
        }
        Kind::IntEnum(values) => {
            let known = values.iter().map(|value| format!("`{}`", value.value));
            fits(is_int_value(default, values), &one_of(known))
        }
        Kind::List(_) => fits(
            default.as_array().is_some_and(Vec::is_empty),
            "it must be `[]`",
        ),
        Kind::Map { .. } => {
            let empty = default.as_object().is_some_and(serde_json::Map::is_empty);
            fits(empty, "it must be `{}`")
        }
        Kind::Structure(_) | Kind::Union(_) => {
            Err("these have no default: remove the trait".to_owned())
        }
    }
}

/// Whether a value is a floating-point number, or the word for a special one.
fn is_float(value: &Value, is_double: bool) -> bool {
    let is_word = matches!(value.as_str(), Some("NaN" | "Infinity" | "-Infinity"));
    let fits = |value: f64| is_double || (value as f32).is_finite();
    is_word || value.as_f64().is_some_and(fits)
}

fn one_of(values: impl Iterator<Item = String>) -> String {
    let values: Vec<_> = values.collect();
    format!("it must be a value of the enum: {}", values.join(", "))
}

fn whole(default: &Value, min: i64, max: i64) -> Result<(), String> {
    let fits = default
        .as_i64()
        .is_some_and(|default| (min..=max).contains(&default));
    if fits {
        Ok(())
    } else {
        Err(format!("it must be a whole number from {min} to {max}"))
    }
}

fn is_value(default: &Value, values: &[EnumValue]) -> bool {
    values
        .iter()
        .any(|value| default.as_str() == Some(&value.value))
}

fn is_int_value(default: &Value, values: &[IntEnumValue]) -> bool {
    values
        .iter()
        .any(|value| default.as_i64() == Some(i64::from(value.value)))
}

fn is_timestamp(default: &Value) -> bool {
    match default.as_str() {
        Some(text) => DateTime::from_str(text, Format::DateTime).is_ok(),
        None => {
            default.is_number()
                && DateTime::from_str(&default.to_string(), Format::EpochSeconds).is_ok()
        }
    }
}

fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let alphabet = |c: u8| c.is_ascii_alphanumeric() || c == b'+' || c == b'/';
    text.len().is_multiple_of(4) && padding <= 2 && digits.bytes().all(alphabet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64() {
        assert!(
            ["", "AAAA", "YQ==", "YWI=", "+/+/"]
                .iter()
                .all(|text| is_base64(text))
        );
        assert!(
            ["A", "====", "Y===", "a-b_"]
                .iter()
                .all(|text| !is_base64(text))
        );
    }
}
