//! Loads values that a test has written, saves them in several formats, and compares.

#![allow(
    deprecated,
    reason = "what a model says not to use can be saved as well"
)]

mod types;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Saves and loads a value.
type Check = fn(&Value) -> Result<(), String>;

fn main() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/cases.json");
    let text = std::fs::read_to_string(path).expect("the test has written cases");
    let cases: Value = serde_json::from_str(&text).expect("they are JSON");
    let mut wrong = Vec::new();
    let mut count = 0;
    for (name, check) in types::TYPES {
        let cases = cases[name].as_array().expect("every type has cases");
        count += cases.len();
        for case in cases {
            if let Err(error) = check(case) {
                wrong.push(format!("{name}: {error}\n  {case}"));
            }
        }
    }
    let shown = wrong.len().min(20);
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong[..shown].join("\n")
    );
    println!("{} types, {count} values", types::TYPES.len());
}

/// A value that is read from this JSON is written as the same JSON, and is equal after it was saved
/// as text and in a binary format.
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(case: &Value) -> Result<(), String> {
    let value: T = serde_json::from_str(&case.to_string()).map_err(|it| it.to_string())?;
    let text = serde_json::to_string(&value).map_err(|it| it.to_string())?;
    let loaded: T = serde_json::from_str(&text).map_err(|it| it.to_string())?;
    same(case, &value, &loaded)?;
    let mut bytes = Vec::new();
    ciborium::into_writer(&value, &mut bytes).map_err(|it| it.to_string())?;
    let loaded: T = ciborium::from_reader(bytes.as_slice()).map_err(|it| it.to_string())?;
    same(case, &value, &loaded)
}

fn same<T: Serialize + PartialEq + Debug>(
    case: &Value,
    value: &T,
    loaded: &T,
) -> Result<(), String> {
    let saved = serde_json::to_value(loaded).map_err(|it| it.to_string())?;
    // NaN is not equal to itself, but its text is.
    let is_same = value == loaded || case.to_string().contains(r#""NaN""#);
    match saved == *case && is_same {
        true => Ok(()),
        false => Err(format!(
            "{value:?} is saved as {saved} and loaded as {loaded:?}"
        )),
    }
}
