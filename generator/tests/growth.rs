//! A model that is twice as large takes twice the work, whatever it is that is large in it.
//!
//! Work is counted: what is allocated, and for documentation, the instructions that valgrind counts.
//! Models with too many levels are refused.

#[path = "growth/models.rs"]
mod models;

use std::fs;
use std::process::Command;

use allocation_counter::{AllocationInfo, measure};
use generator::{Partitions, ServiceConfig, Source};
use serde_json::{Value, json};

use self::models::{
    chain, cycles, enum_values, errors, lists, members, mixins, names, nested_mixins, operations,
    parameters, problems, resources, ring, stars, structures, users_of_a_mixin, variants,
};

/// How much more the second half may take than the first: twice as much and a little.
const MOST: f64 = 2.5;

/// A model that is large in one way.
type Large = (&'static str, fn(usize) -> Value);

#[test]
fn allocations_grow_with_the_model() {
    const MODELS: [Large; 15] = [
        ("members", members),
        ("structures", structures),
        ("operations that share structures", operations),
        ("values of an enum", enum_values),
        ("variants of a union", variants),
        ("structures that refer to one another", cycles),
        ("structures that refer to one", stars),
        ("lists of structures", lists),
        ("mixins side by side", mixins),
        ("shapes with a mixin", users_of_a_mixin),
        ("errors", errors),
        ("resources", resources),
        ("parameters of endpoint rules", parameters),
        ("names in documentation", names),
        ("problems", problems),
    ];
    let mut failures = Vec::new();
    for (name, model) in MODELS {
        const SIZE: usize = 150;
        let work = [SIZE, 2 * SIZE, 4 * SIZE].map(|size| allocated(&model(size)));
        for (what, work) in [
            ("allocations", work.map(|it| it.count_total)),
            ("bytes", work.map(|it| it.bytes_total)),
        ] {
            // What does not depend on the size is in both differences, and goes.
            let growth = (work[2] - work[1]) as f64 / (work[1] - work[0]) as f64;
            if growth > MOST {
                failures.push(format!("{name}: {growth:.2} times the {what}: {work:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn allocated(model: &Value) -> AllocationInfo {
    let source = Source::new("model.json", model.to_string());
    let config = ServiceConfig::new("client-large");
    let partitions = Partitions::aws();
    // The first run fills tables that are kept.
    let run = || drop(generator::generate(&source, &config, &partitions));
    measure(run)
}

#[test]
fn instructions_grow_with_documentation() {
    let version = Command::new("valgrind").arg("--version").output();
    if !version.is_ok_and(|it| it.status.success()) {
        println!("left out: there is no valgrind");
        return;
    }
    // The ends of elements are looked for in a part of the text, which the smallest has to exceed.
    let texts: [(usize, &[&str]); 2] = [
        (
            2_000,
            &[
                "***[",
                "<p>*",
                "<p>`",
                "&#42;",
                "<b>a</i>",
                "<table><tr><td>a",
            ],
        ),
        (5_000, &["<!-- ", "<p><![CDATA[", "<p><script>"]),
    ];
    for (length, texts) in texts {
        let work = [1, 2, 4].map(|times| instructions(texts, times * length));
        let growth = (work[2] - work[1]) / (work[1] - work[0]);
        assert!(
            growth < MOST,
            "{texts:?}: {growth:.2} times the instructions: {work:?}"
        );
    }
}

/// The instructions of checking a model whose members are documented with these texts, each
/// repeated up to a length.
fn instructions(texts: &[&str], length: usize) -> f64 {
    let mut model = members(texts.len());
    let members = model["shapes"]["a#Input"]["members"].as_object_mut();
    for (member, text) in members.expect("it has members").values_mut().zip(texts) {
        // Where a part starts a document, the rest of it is repeated.
        let (start, text) = text.split_at(text.find("<p>").map_or(0, |start| start + 3));
        let text = format!("{start}{}", text.repeat(length / text.len()));
        member["traits"] = json!({ "smithy.api#documentation": text });
    }
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let path = folder.path().join("model.json");
    fs::write(&path, model.to_string()).expect("it can be written");
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_smithy-client-gen"))
        .arg("check")
        .arg(&path)
        .output()
        .expect("valgrind can be run");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    let collected = said
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, count) = collected.unwrap_or_else(|| panic!("it has not counted: {said}"));
    count.trim().parse().expect("it is a number")
}

/// What is nested too deeply is refused with the limit, and what is just within it is generated.
#[test]
fn levels_are_limited() {
    type Row = (&'static str, fn(usize) -> Value);
    let nested: [Row; 6] = [
        ("structure", |levels| {
            chain(
                levels,
                &|next| json!({ "type": "structure", "members": { "next": next } }),
            )
        }),
        ("union", |levels| {
            chain(
                levels,
                &|next| json!({ "type": "union", "members": { "next": next } }),
            )
        }),
        ("list", |levels| {
            chain(levels, &|next| json!({ "type": "list", "member": next }))
        }),
        ("map", |levels| {
            chain(
                levels / 2,
                &|next| json!({ "type": "map", "key": { "target": "smithy.api#String" }, "value": next }),
            )
        }),
        ("cycle", ring),
        ("mixin", nested_mixins),
    ];
    for (kind, model) in nested {
        // The operation's input is a level, too.
        let (accepted, refused) = match kind {
            "mixin" => (32, 33),
            "map" => (30, 32),
            _ => (31, 32),
        };
        let run = |levels: usize| {
            let source = Source::new("model.json", model(levels).to_string());
            generator::generate(
                &source,
                &ServiceConfig::new("client-deep"),
                &Partitions::aws(),
            )
        };
        if let Err(problems) = run(accepted) {
            panic!("{kind}: {problems}");
        }
        for levels in [refused, 400, 4_000] {
            let problems = run(levels).expect_err(kind).to_string();
            assert!(problems.contains("level"), "{kind}: {problems}");
            assert!(problems.contains("32"), "{kind}: {problems}");
        }
    }
}

/// JSON within JSON, wherever it is.
#[test]
fn nested_json_is_refused() {
    let model = members(1).to_string();
    for depth in [200, 200_000] {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        for (place, with) in [
            (
                r#""smithy":"2.0""#,
                format!(r#""smithy":"2.0","metadata":{{"a":{nested}}}"#),
            ),
            (
                r#""aws.protocols#restJson1":{}"#,
                format!(r#""aws.protocols#restJson1":{{}},"a#own":{nested}"#),
            ),
            (r#""members":{"#, format!(r#""members":{{"deep":{nested},"#)),
        ] {
            let source = Source::new("model.json", model.replacen(place, &with, 1));
            let config = ServiceConfig::new("client-deep");
            let problems = generator::generate(&source, &config, &Partitions::aws());
            assert!(problems.is_err(), "{depth} in {place}");
        }
    }
}
