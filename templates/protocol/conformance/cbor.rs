//! Compares the bodies of requests.

use aws_smithy_types::base64;
use ciborium::Value;

/// The tag of a time: seconds since 1970, as an integer or a float.
const TIME: u64 = 1;

/// Compares a body with CBOR in Base64. Its media type does not matter.
#[track_caller]
pub(super) fn check(body: &[u8], _media_type: &str, expected: &str) {
    let expected = base64::decode(expected).expect("the test has Base64");
    // Compares text, since NaN is not equal to itself.
    assert_eq!(
        format!("{:?}", read(body)),
        format!("{:?}", read(&expected))
    );
}

/// The value in a body; `None` if the body is empty.
#[track_caller]
fn read(body: &[u8]) -> Option<Value> {
    let value = || ciborium::from_reader(body).expect("the body is CBOR");
    (!body.is_empty()).then(|| normal(value()))
}

/// Normalizes a value for comparison: sorts the entries of maps, and makes whole seconds integers.
fn normal(value: Value) -> Value {
    match value {
        Value::Array(values) => Value::Array(values.into_iter().map(normal).collect()),
        Value::Map(entries) => {
            let entries = entries.into_iter();
            let mut entries: Vec<_> = entries.map(|(key, it)| (key, normal(it))).collect();
            entries.sort_by_key(|(key, _)| format!("{key:?}"));
            Value::Map(entries)
        }
        Value::Tag(TIME, seconds) => Value::Tag(TIME, Box::new(whole(*seconds))),
        other => other,
    }
}

fn whole(seconds: Value) -> Value {
    match seconds {
        Value::Float(seconds) if seconds.fract() == 0.0 => Value::Integer((seconds as i64).into()),
        other => other,
    }
}
