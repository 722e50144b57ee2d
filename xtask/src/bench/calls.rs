//! Measures calls and parsing, with criterion and by counting.

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
    let groups = times(bench, "calls")?;
    let probe = probe(bench)?;
    let allocations = allocations(&probe)?;
    let mut rows = Vec::new();
    for (group, times) in &groups {
        let call = group.strip_prefix("call ");
        let shown = |side: &str| {
            let count = call.and_then(|call| allocations.get(&format!("{side} {call}")));
            count.map_or_else(String::new, |count| report::number(*count))
        };
        let mut row = vec![
            group.clone(),
            time(times, "ours"),
            time(times, "official"),
            ratio(times, "official"),
        ];
        row.extend(instructions(&probe, call, ["ours", "official"])?);
        row.extend([shown("ours"), shown("official")]);
        rows.push(row);
    }
    Ok(Section {
        title: "Calls",
        notes: "Microseconds per call, measured by criterion in rounds in which the two sides \
                take turns: the median of the rounds'\nmedians with minimum and maximum; a ratio \
                is the median of the rounds' ratios. `call` is the whole client with an \
                HTTP\nclient that answers from memory. `loopback` is a server on the same \
                machine, with connections that are kept alive and\nthe same HTTP client for both \
                sides. Instructions (thousands, by callgrind, which has no instructions for \
                SHA-256) and\nallocations are those of one call after warm-up. Unlike times, \
                they do not depend on what else the machine does."
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
    let groups = times(bench, "parsing")?;
    let probe = probe(bench)?;
    let mut rows = Vec::new();
    for (group, times) in &groups {
        let parse = (group == COUNTED).then_some("parse");
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
        notes: "Microseconds from the bytes of a response to its types, measured by criterion in \
                rounds as for calls. `serde_json`\nreads structures that derive `Deserialize`, \
                and knows nothing of the protocol. Instructions (thousands) are counted \
                by\ncallgrind."
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
const COUNTED: &str = "parse ListChannels, 50 channels";

/// Columns with the instructions of two sides and their ratio; empty if they cannot be counted.
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

/// How often the sides take turns. The speed of a shared machine changes within minutes, so only
/// measurements within seconds are comparable.
const ROUNDS: usize = 7;

/// Microseconds by side: a median for each round.
pub type Times = BTreeMap<String, Vec<f64>>;

/// Runs a benchmark of criterion; the times are by group and side.
fn times(bench: &Bench<'_>, name: &str) -> Result<BTreeMap<String, Times>> {
    let folder = bench.target.join("criterion").join(name);
    let mut groups: BTreeMap<String, Times> = BTreeMap::new();
    for _ in 0..ROUNDS {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        bench.criterion(name, &folder)?;
        for (group, side, time) in medians(&folder)? {
            groups
                .entry(group)
                .or_default()
                .entry(side)
                .or_default()
                .push(time);
        }
    }
    Ok(groups)
}

/// Reads the results in criterion's folder: groups, sides and microseconds.
fn medians(folder: &Path) -> Result<Vec<(String, String, f64)>> {
    let mut medians = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if !entry.path().ends_with("new/benchmark.json") {
            continue;
        }
        let about = json(entry.path())?;
        let estimates = json(&entry.path().with_file_name("estimates.json"))?;
        let median = estimates["median"]["point_estimate"].as_f64();
        let text = |key: &str| about[key].as_str().map(str::to_owned);
        let names = text("group_id").zip(text("function_id"));
        let ((group, side), median) = names.zip(median).context("criterion names what it times")?;
        medians.push((group, side, median / 1e3));
    }
    Ok(medians)
}

fn json(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {path:?}"))?;
    serde_json::from_str(&text).with_context(|| format!("{path:?} is no JSON"))
}

/// The time of a side.
pub fn time(times: &Times, side: &str) -> String {
    times
        .get(side)
        .map_or_else(String::new, |times| report::spread(times))
}

/// The ratio of ours to another side, round by round.
pub fn ratio(times: &Times, other: &str) -> String {
    let (Some(ours), Some(other)) = (times.get("ours"), times.get(other)) else {
        return String::new();
    };
    let ratios: Vec<_> = ours
        .iter()
        .zip(other)
        .map(|(ours, other)| ours / other)
        .collect();
    report::ratio(report::median(&ratios), 1.0)
}

/// Compiles the program that makes calls to be counted.
fn probe(bench: &Bench<'_>) -> Result<PathBuf> {
    let build = ["build", "--quiet", "--release", "--package=client-benches"];
    bench.in_workspace(&[&build[..], &["--bin=probe"]].concat())?;
    Ok(bench.target.join("release/probe"))
}

/// The number of allocations of a call, by side and call.
fn allocations(probe: &Path) -> Result<BTreeMap<String, u64>> {
    let text = output(Command::new(probe).arg("allocations"))?;
    let mut counts = BTreeMap::new();
    for line in text.lines() {
        let (call, count) = line.rsplit_once(' ').context("the probe prints counts")?;
        counts.insert(call.to_owned(), count.parse()?);
    }
    Ok(counts)
}
