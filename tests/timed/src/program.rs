//! The program that `cargo xtask bench call` and `parse` generate for a service.

use std::cell::Cell;
use std::error::Error;
use std::fmt::Debug;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;

use aws_smithy_types::body::SdkBody;
use clap::Parser;
use serde_json::json;

use crate::{Call, Calls, Network, Reference, Side};

/// The number of rounds in which the sides take turns.
#[cfg(not(feature = "allocations"))]
const ROUNDS: usize = 15;

/// The arguments of the program.
#[derive(Debug, Parser)]
struct Arguments {
    /// The file of calls.
    file: PathBuf,
    /// Parse responses of this many bytes instead of making calls.
    #[arg(long, value_name = "BYTES")]
    parse: Option<usize>,
    /// Repeat only this call, for a profiler: for example `Query, 100 items`.
    #[arg(long, requires = "side")]
    only: Option<String>,
    /// The side that does it: `ours`, `official` or `serde`.
    #[arg(long)]
    side: Option<String>,
    /// The number of repetitions.
    #[arg(long, default_value_t = 1_000)]
    times: u32,
}

/// The work of one side.
struct Subject {
    side: &'static str,
    once: Box<dyn Fn()>,
    /// The output as text; `None` for outputs with other types.
    shown: Option<String>,
}

/// Times all calls of a file, or the parsing of their responses, with all sides, and prints a line
/// of JSON for each.
pub fn run(sides: &[Side], references: &[Reference]) -> ExitCode {
    match measure(sides, references) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(sides: &[Side], references: &[Reference]) -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let calls: Calls = toml::from_str(&std::fs::read_to_string(&arguments.file)?)?;
    for (index, call) in calls.call.iter().enumerate() {
        let name = call.name();
        if arguments.only.as_ref().is_some_and(|only| *only != name) {
            continue;
        }
        let timed = |side: &Side| side.calls[index](&Network::new(call));
        if arguments.parse.is_some() && sides.iter().any(|side| timed(side).is_streamed) {
            continue;
        }
        let (subjects, size) = match arguments.parse {
            None => {
                let sides = sides.iter();
                let subjects = sides.map(|side| subject(side.name, timed(side).caller()));
                (subjects.collect(), None)
            }
            Some(size) => match call.answer.body_of(size) {
                Some(body) => (
                    parsers(sides, references, (index, call), &body),
                    Some(body.len()),
                ),
                None => continue,
            },
        };
        if let Some(side) = &arguments.side {
            let mut subjects = subjects.iter();
            let subject = subjects
                .find(|it| it.side == side)
                .ok_or("there is no such side")?;
            for _ in 0..arguments.times {
                (subject.once)();
            }
        } else {
            same_outputs(&name, &subjects)?;
            println!("{}", figures(&name, size, &subjects));
        }
    }
    Ok(())
}

/// The parsers of a body: both crates, and `serde` if it can.
fn parsers(
    sides: &[Side],
    references: &[Reference],
    (index, call): (usize, &Call),
    body: &[u8],
) -> Vec<Subject> {
    let network = Network::new(call);
    let parser = |side: &Side| {
        let response = network.response(SdkBody::from(body.to_vec()));
        let timed = side.calls[index](&network);
        subject(side.name, timed.parser(response))
    };
    let mut subjects: Vec<_> = sides.iter().map(parser).collect();
    let of_operation = |it: &&Reference| it.operation == call.operation;
    subjects.extend(references.iter().find(of_operation).map(|reference| {
        let (parse, body) = (reference.parse, body.to_vec());
        Subject {
            side: "serde",
            once: Box::new(move || parse(black_box(&body))),
            shown: None,
        }
    }));
    subjects
}

fn subject(side: &'static str, act: impl Fn(&dyn Fn(&dyn Debug)) + 'static) -> Subject {
    let shown = Cell::new(String::new());
    act(&|output| shown.set(format!("{output:?}")));
    Subject {
        side,
        once: Box::new(move || act(&|output| _ = black_box(output))),
        shown: Some(shown.take()),
    }
}

/// Whether all crates read the same from a response. Compares lengths, since maps have any order.
fn same_outputs(name: &str, subjects: &[Subject]) -> Result<(), Box<dyn Error>> {
    let shown: Vec<_> = subjects
        .iter()
        .filter_map(|it| it.shown.as_deref())
        .collect();
    if shown
        .windows(2)
        .all(|pair| length(pair[0]) == length(pair[1]))
    {
        return Ok(());
    }
    let begins = shown.iter().map(|it| it.chars().take(2_000).collect());
    let begins: Vec<String> = begins.collect();
    Err(format!("{name}: the outputs differ:\n{}", begins.join("\n")).into())
}

/// The length of an output as text, without the metadata, which differs between the crates, and
/// without absent members, which one of the crates may not know yet.
fn length(shown: &str) -> usize {
    let members = shown.split(" _").next().unwrap_or_default();
    let absent = members.match_indices(": None").map(|(at, found)| {
        let name = members[..at].rsplit(' ').next().unwrap_or_default();
        name.len() + found.len() + ", ".len()
    });
    members.len() - absent.sum::<usize>()
}

/// The times of all sides, in rounds, as a line of JSON. With the feature `allocations`, the
/// numbers of allocations.
fn figures(name: &str, size: Option<usize>, subjects: &[Subject]) -> String {
    #[cfg(not(feature = "allocations"))]
    let figures = timings(subjects);
    #[cfg(feature = "allocations")]
    let figures = subjects.iter().map(|subject| {
        let counted = allocation_counter::measure(&subject.once);
        vec![counted.count_total]
    });
    let sides = subjects.iter().map(|it| it.side.to_owned());
    let figures = figures.into_iter().map(|it| json!(it));
    let sides: serde_json::Map<_, _> = sides.zip(figures).collect();
    json!({ "name": name, "size": size, "sides": sides }).to_string()
}

/// The microseconds of each side, in rounds in which they take turns.
#[cfg(not(feature = "allocations"))]
fn timings(subjects: &[Subject]) -> Vec<Vec<f64>> {
    use crate::clock;

    let often: Vec<_> = subjects.iter().map(|it| clock::often(&it.once)).collect();
    let mut micros = vec![Vec::with_capacity(ROUNDS); subjects.len()];
    for round in 0..ROUNDS {
        let mut turns: Vec<_> = (0..subjects.len()).collect();
        // Rotates the sides, so that none always comes first.
        if round % 2 == 1 {
            turns.reverse();
        }
        for index in turns {
            let took = clock::of(often[index], &subjects[index].once);
            micros[index].push(took.as_secs_f64() * 1e6 / f64::from(often[index]));
        }
    }
    micros
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn outputs_are_as_long_as_what_is_in_them() {
        let known = "A { b: Some(1), d: None, _request_id: None }";
        let newer = "A { b: Some(1), c: None, d: None, _metadata: X { } }";
        assert_eq!(length(known), length(newer));
        assert_ne!(length(known), length("A { b: Some(12), d: None, _x: 1 }"));
        assert_ne!(length("A { b: Some(1) }"), length("A { b: None }"));
    }
}
