//! Calls and parsing: what criterion measured, and what the probe counted.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::machine::output;
use super::packages::Bench;
use super::report::{self, Section};
use crate::counts::program;

/// Whole calls.
pub fn calls(bench: &Bench<'_>) -> Result<Section> {
    bench.in_workspace(&[
        "bench",
        "--quiet",
        "--package=client-benches",
        "--bench=calls",
    ])?;
    let groups = estimates(&bench.target.join("criterion"))?;
    let probe = probe(bench)?;
    let allocations = allocations(&probe)?;
    let mut rows = Vec::new();
    for (group, times) in &groups {
        if !(group.starts_with("call ") || group.starts_with("loopback ")) {
            continue;
        }
        let count = |side: &str| {
            let call = group.strip_prefix("call ")?;
            allocations.get(&format!("{side} {call}"))
        };
        let shown = |side| count(side).map_or_else(String::new, |it| report::number(*it));
        let mut row = vec![
            group.clone(),
            time(times, "ours"),
            time(times, "official"),
            ratio(times, "official"),
        ];
        let call = group.strip_prefix("call ");
        row.extend(instructions(&probe, call, ["ours", "official"])?);
        row.extend([shown("ours"), shown("official")]);
        rows.push(row);
    }
    Ok(Section {
        title: "Calls",
        notes: "Microseconds for a call (median and its confidence interval of 95 %), by criterion. \
                `call` is the whole client\nwith an HTTP client that answers from memory, `loopback` \
                has a server on the same machine, connections that are\nkept, and the same HTTP client \
                for both sides. Instructions (thousands, by callgrind, \
                which knows no\ninstructions for SHA-256) and allocations are those of one call, once \
                everything is warm. Unlike times they\nare the same whatever else the machine does."
            .to_owned(),
        columns: vec![
            "call",
            "ours",
            "official",
            "ratio",
            "instructions",
            "official",
            "ratio",
            "allocations",
            "official",
        ],
        rows,
    })
}

/// Responses to types.
pub fn parsing(bench: &Bench<'_>) -> Result<Section> {
    bench.in_workspace(&[
        "bench",
        "--quiet",
        "--package=client-benches",
        "--bench=parsing",
    ])?;
    let probe = probe(bench)?;
    let mut rows = Vec::new();
    for (group, times) in &estimates(&bench.target.join("criterion"))? {
        let Some(response) = group.strip_prefix("parse ") else {
            continue;
        };
        let parse = (response == COUNTED).then_some("parse");
        let mut row = vec![
            group.clone(),
            time(times, "ours"),
            time(times, "official"),
            time(times, "serde_json"),
            ratio(times, "official"),
            ratio(times, "serde_json"),
        ];
        row.extend(instructions(&probe, parse, ["ours", "serde_json"])?);
        rows.push(row);
    }
    Ok(Section {
        title: "Parsing",
        notes: "Microseconds from the bytes of a response to its types (median and its confidence \
                interval of 95 %), by\ncriterion. `serde_json` reads structures that derive \
                `Deserialize`: it knows nothing of the protocol.\nInstructions (thousands) are \
                counted by callgrind."
            .to_owned(),
        columns: vec![
            "response",
            "ours",
            "official",
            "serde_json",
            "to official",
            "to serde_json",
            "instructions",
            "serde_json",
            "ratio",
        ],
        rows,
    })
}

/// The response that the probe parses.
const COUNTED: &str = "ListChannels, 50 channels";

/// Columns with the instructions that two sides take, and their ratio: empty if nothing counts them.
fn instructions(probe: &Path, call: Option<&str>, sides: [&str; 2]) -> Result<[String; 3]> {
    let Some(call) = call.filter(|_| program::can_count_instructions()) else {
        return Ok(Default::default());
    };
    let [ours, other] = sides.map(|side| program::instructions(probe, side, call));
    let (ours, other) = (ours?, other?);
    let ratio = report::ratio(ours as f64, other as f64);
    Ok([
        report::number(ours / 1_000),
        report::number(other / 1_000),
        ratio,
    ])
}

/// An estimate in nanoseconds: least, median, most.
type Estimate = [f64; 3];

/// What criterion left in its folder: group, then function.
fn estimates(folder: &Path) -> Result<BTreeMap<String, BTreeMap<String, Estimate>>> {
    let mut groups: BTreeMap<String, BTreeMap<String, Estimate>> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if !entry.path().ends_with("new/benchmark.json") {
            continue;
        }
        let about = json(entry.path())?;
        let median = &json(&entry.path().with_file_name("estimates.json"))?["median"];
        let interval = &median["confidence_interval"];
        let estimate = [
            &interval["lower_bound"],
            &median["point_estimate"],
            &interval["upper_bound"],
        ]
        .map(|value| value.as_f64().unwrap_or(f64::NAN));
        let text = |key: &str| about[key].as_str().unwrap_or_default().to_owned();
        let group = groups.entry(text("group_id")).or_default();
        group.insert(text("function_id"), estimate);
    }
    Ok(groups)
}

fn json(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {path:?}"))?;
    serde_json::from_str(&text).with_context(|| format!("{path:?} is no JSON"))
}

fn time(times: &BTreeMap<String, Estimate>, side: &str) -> String {
    times.get(side).map_or_else(String::new, |estimate| {
        let [least, median, most] = estimate.map(|nanoseconds| nanoseconds / 1e3);
        format!("{median:.1} ({least:.1} to {most:.1})")
    })
}

fn ratio(times: &BTreeMap<String, Estimate>, other: &str) -> String {
    match (times.get("ours"), times.get(other)) {
        (Some([_, ours, _]), Some([_, other, _])) => report::ratio(*ours, *other),
        _ => String::new(),
    }
}

/// The program that makes calls while something counts.
fn probe(bench: &Bench<'_>) -> Result<PathBuf> {
    let build = ["build", "--quiet", "--release", "--package=client-benches"];
    bench.in_workspace(&[&build[..], &["--bin=probe"]].concat())?;
    Ok(bench.target.join("release/probe"))
}

/// How often a call asks for memory, by side and call.
fn allocations(probe: &Path) -> Result<BTreeMap<String, u64>> {
    let text = output(Command::new(probe).arg("allocations"))?;
    let mut counts = BTreeMap::new();
    for line in text.lines() {
        let (call, count) = line.rsplit_once(' ').context("the probe prints counts")?;
        counts.insert(call.to_owned(), count.parse()?);
    }
    Ok(counts)
}
