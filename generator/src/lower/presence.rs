//! Determines which fields always have a value, and their defaults.
//!
//! This implements [client nullability] like the official crates: a structure or union is optional
//! even if it is required, so that a service can make it optional without breaking clients, and all
//! members of inputs are optional.
//!
//! [client nullability]: https://smithy.io/2.0/spec/aggregate-types.html#structure-member-optionality

use aws_smithy_types::DateTime;
use aws_smithy_types::base64;
use aws_smithy_types::date_time::Format;
use serde_json::Value;

use crate::ir::{Default, PathStep, Presence};
use crate::names::FieldName;
use crate::smithy::{Kind, Member, Model, Shape, Traits};

const DEFAULT: &str = "smithy.api#default";

/// The presence of a member of a structure that is not an input.
pub(super) fn presence(member: &Member, target: &Shape) -> Presence {
    if target.traits.streaming() {
        return stream_presence(target);
    }
    if member.traits.client_optional() {
        return Presence::Optional;
    }
    match default(&member.traits, target) {
        Some(default) => Presence::Defaulted(default),
        None if !member.traits.required() => Presence::Optional,
        None if matches!(target.kind, Kind::Structure(_) | Kind::Union(_)) => Presence::Optional,
        None => Presence::Required,
    }
}

/// A step to a member of a structure that is not an input.
pub(super) fn step(model: &Model, shape: &Shape, name: &str) -> Option<PathStep> {
    let member = shape.member(name)?;
    Some(PathStep {
        field: FieldName::new(member.rust_name()),
        optional: presence(member, model.target(member)) == Presence::Optional,
    })
}

/// The presence of a member of an input.
pub(super) fn input_presence(target: &Shape) -> Presence {
    if target.traits.streaming() {
        stream_presence(target)
    } else {
        Presence::Optional
    }
}

/// A stream of bytes may be empty; a stream of events is required.
fn stream_presence(target: &Shape) -> Presence {
    match target.kind {
        Kind::Union(_) => Presence::Required,
        _ => Presence::Defaulted(Default::Zero),
    }
}

/// The default value of a member that is not written.
///
/// Builders fill in defaults, so values that users did not set cannot be distinguished from values
/// equal to the default. Like the official crates, clients omit such numbers and booleans, which
/// the service knows. A default that was [added later] is always sent, because an older service may
/// need the value.
///
/// [added later]: https://smithy.io/2.0/spec/type-refinement-traits.html#addeddefault-trait
pub(super) fn unsent(member: &Member, presence: &Presence, target: &Shape) -> Option<Default> {
    let is_simple = matches!(
        target.kind,
        Kind::Boolean
            | Kind::Byte
            | Kind::Short
            | Kind::Integer
            | Kind::IntEnum(_)
            | Kind::Long
            | Kind::Float
            | Kind::Double
    );
    match presence {
        _ if !is_simple || member.traits.required() || member.traits.added_default() => None,
        // Nothing equals NaN.
        Presence::Defaulted(Default::Float(value)) if value.is_nan() => None,
        Presence::Defaulted(default) => Some(default.clone()),
        Presence::Optional | Presence::Required => None,
    }
}

/// A default value of the model; `None` for null and for a value of the wrong type, which the check
/// of trait values reports.
fn default(traits: &Traits, target: &Shape) -> Option<Default> {
    let value = traits.default()?;
    Some(match (&target.kind, value) {
        (_, Value::Null) => return None,
        (Kind::Boolean, Value::Bool(value)) => {
            if *value {
                Default::True
            } else {
                Default::Zero
            }
        }
        (Kind::Enum(_), Value::String(value)) => Default::Enum(value.clone()),
        (Kind::String, Value::String(value)) if value.is_empty() => Default::Zero,
        (Kind::String, Value::String(value)) => Default::String(value.clone()),
        (Kind::Blob, Value::String(value)) => Default::Blob(base64::decode(value).ok()?),
        (Kind::Float | Kind::Double, value) => match float(value)? {
            0.0 => Default::Zero,
            value => Default::Float(value),
        },
        (Kind::BigInteger | Kind::BigDecimal, Value::Number(value)) => match value.as_f64() {
            Some(0.0) => Default::Zero,
            _ => Default::BigNumber(traits.text(DEFAULT)?.into_owned()),
        },
        (Kind::Timestamp, value) => {
            let time = timestamp(value)?;
            Default::Timestamp(time.secs(), time.subsec_nanos())
        }
        (Kind::Document, value) => document(value)?,
        (Kind::List(_), Value::Array(_)) | (Kind::Map { .. }, Value::Object(_)) => Default::Zero,
        (_, Value::Number(value)) => match value.as_i64()? {
            0 => Default::Zero,
            value => Default::Integer(value),
        },
        _ => return None,
    })
}

fn document(value: &Value) -> Option<Default> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(value) => Default::DocumentBoolean(*value),
        Value::String(value) => Default::DocumentString(value.clone()),
        Value::Number(value) => match value.as_i64() {
            Some(value) => Default::DocumentInteger(value),
            None => Default::DocumentFloat(value.as_f64()?),
        },
        Value::Array(_) => Default::DocumentArray,
        Value::Object(_) => Default::DocumentObject,
    })
}

/// A number, or the string `NaN`, `Infinity` or `-Infinity`.
pub(super) fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A timestamp: a number of seconds or a text in RFC 3339, independent of its format in messages.
pub(super) fn timestamp(value: &Value) -> Option<DateTime> {
    match value {
        Value::Number(number) => DateTime::from_str(&number.to_string(), Format::EpochSeconds).ok(),
        Value::String(text) => DateTime::from_str(text, Format::DateTime).ok(),
        _ => None,
    }
}
