//! JSON with exact numbers.
//!
//! `serde_json` keeps all digits only with its feature `arbitrary_precision`, which would be
//! enabled for every crate of a workspace that contains the generator.

use indexmap::IndexMap;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Boolean(bool),
    /// A number as written.
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(IndexMap<String, Json>),
}

impl Json {
    /// Whether this is null.
    pub(crate) fn is_null(&self) -> bool {
        *self == Self::Null
    }

    /// The same as a value of `serde_json`, with its numbers.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::Bool(*value),
            Self::Number(text) => serde_json::from_str(text).unwrap_or_default(),
            Self::String(text) => Value::String(text.clone()),
            Self::Array(values) => Value::Array(values.iter().map(Self::to_value).collect()),
            Self::Object(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, value)| (key.clone(), value.to_value()));
                Value::Object(entries.collect::<Map<_, _>>())
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?.get();
        let parsed = match text.as_bytes().first() {
            Some(b'[') => serde_json::from_str(text).map(Self::Array),
            Some(b'{') => serde_json::from_str(text).map(Self::Object),
            Some(b'"') => serde_json::from_str(text).map(Self::String),
            Some(b't' | b'f') => serde_json::from_str(text).map(Self::Boolean),
            Some(b'n') => Ok(Self::Null),
            _ => Ok(Self::Number(text.to_owned())),
        };
        parsed.map_err(D::Error::custom)
    }
}

/// Whether a number in `value`, which was read from `text`, has lost digits.
pub(crate) fn lacks_digits(value: &Value, text: &str) -> bool {
    has_float(value) && serde_json::from_str::<Json>(text).is_ok_and(|exact| differs(value, &exact))
}

fn has_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(values) => values.iter().any(has_float),
        Value::Object(entries) => entries.values().any(has_float),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

fn differs(value: &Value, exact: &Json) -> bool {
    match (value, exact) {
        (Value::Number(number), Json::Number(text)) => digits(&number.to_string()) != digits(text),
        (Value::Array(values), Json::Array(exact)) => values
            .iter()
            .zip(exact)
            .any(|(value, exact)| differs(value, exact)),
        (Value::Object(entries), Json::Object(exact)) => {
            let mut entries = entries.iter();
            entries.any(|(key, value)| exact.get(key).is_some_and(|it| differs(value, it)))
        }
        _ => false,
    }
}

/// The digits of a number without leading and trailing zeros.
fn digits(number: &str) -> String {
    let end = number.find(['e', 'E']).unwrap_or(number.len());
    let digits = number[..end].chars().filter(char::is_ascii_digit);
    let digits: String = digits.collect();
    digits.trim_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_are_lacking_are_noticed() {
        let lacks = |text: &str| {
            let value = serde_json::from_str(text).expect("it is JSON");
            lacks_digits(&value, text)
        };
        for number in [
            "100000000000000000000001",
            "0.100000000000000000000001",
            "-9223372036854775809",
            "1.00000000000000000000001e5",
        ] {
            assert!(lacks(number), "{number}");
            assert!(
                lacks(&format!(r#"{{ "a": [1, {{ "b": {number} }}] }}"#)),
                "{number}"
            );
            assert!(!lacks(&format!(r#"{{ "a": "{number}" }}"#)), "{number}");
        }
        for number in [
            "1",
            "0.5",
            "-0.0",
            "1e3",
            "1.50",
            "18446744073709551615",
            "1.7976931348623157e308",
        ] {
            assert!(!lacks(number), "{number}");
        }
    }

    #[test]
    fn numbers_are_as_they_are_written() {
        let text = r#"{"a":[null,true,1.0,1e3,"1"],"b":{}}"#;
        let json: Json = serde_json::from_str(text).expect("it is JSON");
        let Json::Object(entries) = &json else {
            panic!("{json:?}");
        };
        let number = |text: &str| Json::Number(text.to_owned());
        assert_eq!(
            entries["a"],
            Json::Array(vec![
                Json::Null,
                Json::Boolean(true),
                number("1.0"),
                number("1e3"),
                Json::String("1".to_owned()),
            ])
        );
        assert_eq!(
            json.to_value(),
            serde_json::from_str::<Value>(text).expect("it is JSON")
        );
    }
}
