//! Randomly broken models: the generator accepts or refuses them, and never panics.
//!
//! Every run tries the same ones. `MUTATIONS` sets the number for each model; then every run tries
//! different ones, and prints the seed of one that fails.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{env, fs, panic};

use fastrand::Rng;
use generator::{ServiceConfig, Source};
use serde_json::{Map, Value, json};
use workspace_tests::{folders, name, partitions, workspace};

/// The default number for each model.
const MUTATIONS: u64 = 12;

/// Maximum number of changes to a model.
const CHANGES: usize = 4;

#[test]
fn broken_models_do_not_panic() {
    let wanted = env::var("MUTATIONS").ok();
    let count = wanted.as_ref().map_or(MUTATIONS, |wanted| {
        wanted.parse().expect("MUTATIONS is a number")
    });
    let first = wanted.map_or(0, |_| fastrand::u64(..));
    let partitions = partitions();
    // Panics that are caught are not printed.
    panic::set_hook(Box::new(|_| {}));
    let mut failures = Vec::new();
    for folder in folders(&workspace("tests/cases/models")) {
        let text = fs::read_to_string(folder.join("model.json")).expect("a case has a model");
        for seed in (0..count).map(|number| first.wrapping_add(number)) {
            let broken = mutated(&text, &mut Rng::with_seed(seed));
            let source = Source::new("model.json", broken);
            let config = ServiceConfig::new("client-test");
            let run = || generator::generate(&source, &config, &partitions);
            if let Err(panic) = catch_unwind(AssertUnwindSafe(run)) {
                let name = name(&folder);
                let path = format!("{}/{name}-{seed}.json", env!("CARGO_TARGET_TMPDIR"));
                fs::write(&path, source.text()).expect("the model can be kept");
                let words = panic.downcast_ref::<String>().cloned().unwrap_or_default();
                failures.push(format!("{name} with {seed}: {path}\n{words}"));
            }
        }
    }
    let _ = panic::take_hook();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A model with a few changes: mostly to what the JSON says, sometimes to its text.
fn mutated(text: &str, rng: &mut Rng) -> String {
    let mut model: Value = serde_json::from_str(text).expect("a case is JSON");
    let strings = strings(&model);
    for _ in 0..rng.usize(1..=CHANGES) {
        change(&mut model, &strings, rng);
    }
    let mut text = model.to_string();
    if rng.u8(..) < 40 {
        change_text(&mut text, rng);
    }
    text
}

/// Every string of the model, keys included.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(strings).collect(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| [vec![key.clone()], strings(value)].concat())
            .collect(),
        _ => Vec::new(),
    }
}

/// Changes something anywhere below a value.
fn change(value: &mut Value, strings: &[String], rng: &mut Rng) {
    let goes_deeper = rng.u8(..) < 230;
    match value {
        Value::Object(members) if goes_deeper && !members.is_empty() => {
            let key = key(members, rng.usize(..members.len()));
            match rng.u8(..) {
                0..12 => drop(members.remove(&key)),
                12..24 => rename(members, &key, strings, rng),
                _ => change(&mut members[&key], strings, rng),
            }
        }
        Value::Array(values) if goes_deeper && !values.is_empty() => {
            let index = rng.usize(..values.len());
            match rng.u8(..) {
                0..12 => drop(values.remove(index)),
                12..24 => values.push(values[index].clone()),
                _ => change(&mut values[index], strings, rng),
            }
        }
        _ => *value = other(strings, rng),
    }
}

fn key(members: &Map<String, Value>, index: usize) -> String {
    members.keys().nth(index).expect("it is in range").clone()
}

fn rename(members: &mut Map<String, Value>, key: &str, strings: &[String], rng: &mut Rng) {
    let value = members.remove(key).unwrap_or_default();
    members.insert(text(strings, rng), value);
}

/// A value that does not belong here.
fn other(strings: &[String], rng: &mut Rng) -> Value {
    match rng.u8(..12) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => json!(rng.i64(..)),
        3 => json!(rng.f64() * 1e300),
        4 => json!(-1),
        5 => json!([]),
        6 => json!({}),
        7 => json!([text(strings, rng)]),
        8 => json!({ text(strings, rng): text(strings, rng) }),
        _ => json!(text(strings, rng)),
    }
}

/// A string, usually one from elsewhere in the model.
fn text(strings: &[String], rng: &mut Rng) -> String {
    const ODD: [&str; 12] = [
        "",
        "#",
        "a#",
        "smithy.api#Unit",
        "a.b#c$d",
        "{",
        "/{a}/{b+}",
        "self",
        "1080p",
        "\u{0}",
        "\u{1F600}",
        "r#type",
    ];
    if rng.u8(..) < 40 {
        rng.choice(ODD).unwrap_or_default().to_owned()
    } else {
        rng.choice(strings).cloned().unwrap_or_default()
    }
}

/// Truncates a text, repeats a part of it, or inserts something.
fn change_text(text: &mut String, rng: &mut Rng) {
    let at = rng.usize(..=text.len());
    let at = text.floor_char_boundary(at);
    match rng.u8(..4) {
        0 => text.truncate(at),
        1 => text.insert_str(at, &"[".repeat(rng.usize(..100_000))),
        2 => text.insert(at, rng.char(..)),
        _ => {
            let part = text[at..].chars().take(40).collect::<String>();
            text.insert_str(at, &part);
        }
    }
}
