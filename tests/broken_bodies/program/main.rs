//! Gives clients broken bodies, and looks at what they take to read them.

mod cbor;
mod clients;
mod mutate;
mod xml;

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use clients::{Call, Outcome};

/// The stack of a thread in which a client runs, which is what Tokio and Rust give it.
const STACK: usize = 2 << 20;

/// After this time a body is not read slowly, but never.
const PATIENCE: Duration = Duration::from_secs(120);

/// What is expected of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// It is read.
    Value,
    /// It is refused.
    Error,
    /// Both are fine.
    Either,
}

/// How much memory a body may need, in proportion to its size.
#[derive(Clone, Copy, Debug)]
enum Memory {
    /// What a few copies need, also of the smallest pieces of a text or blob.
    Copies,
    /// What a vector of structures needs that are empty in the body.
    Structures,
    /// What so many lists in one another need that are flat: the runtime copies each, and what is
    /// below it.
    FlatLists(u64),
}

impl Memory {
    fn factor(self, call: &Call) -> u64 {
        match self {
            Self::Copies => 40,
            // A vector that grows holds up to three times what is in it.
            Self::Structures => 40 + 3 * call.largest / call.smallest,
            Self::FlatLists(levels) => 4 * levels,
        }
    }
}

/// A body, and what is expected of it.
struct Case {
    name: String,
    body: Vec<u8>,
    expected: Expected,
    memory: Memory,
}

impl Case {
    fn new(name: &str, body: Vec<u8>, expected: Expected) -> Self {
        Self {
            name: name.to_owned(),
            body,
            expected,
            memory: Memory::Copies,
        }
    }

    fn with(self, memory: Memory) -> Self {
        Self { memory, ..self }
    }
}

/// Cases of one format, for responses or for errors.
struct Cases {
    /// Bodies that are valid, which chance then breaks.
    valid: Vec<Vec<u8>>,
    /// Bodies that are hard in one way.
    hard: Vec<Case>,
    /// Breaks a body.
    mutate: fn(&[u8], &mut fastrand::Rng) -> Vec<u8>,
}

fn main() {
    let wanted = std::env::var("MUTATIONS").ok();
    let count = wanted.as_ref().map_or(mutate::MUTATIONS, |wanted| {
        wanted.parse().expect("MUTATIONS is a number")
    });
    let first = wanted.map_or(0, |_| fastrand::u64(..));
    let mut failures = Vec::new();
    let mut bodies = 0;
    for call in clients::calls() {
        let cases = (call.cases)();
        let least = peak(&call, &[]);
        for case in all(cases, first, count) {
            bodies += 1;
            if let Err(failure) = check(&call, &case, least) {
                failures.push(format!("{}: {}: {failure}", call.name, case.name));
            }
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    println!("{bodies} bodies");
}

/// What is to be tried: the bodies as they are, hard ones, and those that chance breaks.
fn all(cases: Cases, first: u64, count: u64) -> Vec<Case> {
    let mut all = cases.hard;
    for (index, body) in cases.valid.into_iter().enumerate() {
        for seed in (0..count).map(|number| first.wrapping_add(number)) {
            let broken = (cases.mutate)(&body, &mut fastrand::Rng::with_seed(seed));
            let name = format!("mutation {index} with {seed}");
            all.push(Case::new(&name, broken, Expected::Either).with(Memory::Structures));
        }
        all.push(Case::new(&format!("valid {index}"), body, Expected::Value));
    }
    all
}

fn check(call: &Call, case: &Case, least: u64) -> Result<(), String> {
    let (outcome, peak) = run(call, &case.name, &case.body)?;
    let size = case.body.len() as u64;
    let most = least + size * case.memory.factor(call);
    if peak > most {
        return Err(format!(
            "{peak} bytes of memory, at most {most}, for {size}"
        ));
    }
    match case.expected {
        Expected::Value if outcome == Outcome::Error => Err("it is refused".to_owned()),
        Expected::Error if outcome == Outcome::Value => Err("it is read".to_owned()),
        _ => Ok(()),
    }
}

/// What a call may take without its body.
fn peak(call: &Call, body: &[u8]) -> u64 {
    // The first call makes what later ones share.
    let _ = run(call, "warm", body);
    let (_, peak) = run(call, "least", body).expect("an empty body is harmless");
    2 * peak
}

/// Makes a call with this body in the response, on a thread with the name of the case: an
/// overflow of its stack ends the program, which then says the name.
fn run(call: &Call, name: &str, body: &[u8]) -> Result<(Outcome, u64), String> {
    let (done, result) = mpsc::channel();
    let (response, body) = (call.response, body.to_vec());
    let thread = thread::Builder::new()
        .name(format!("{}: {name}", call.name))
        .stack_size(STACK)
        .spawn(move || {
            let mut outcome = Outcome::Error;
            let used = allocation_counter::measure(|| outcome = response(body));
            let _ = done.send((outcome, used.bytes_max));
        });
    let thread = thread.expect("a thread can be started");
    match result.recv_timeout(PATIENCE) {
        Ok(result) => Ok(result),
        Err(RecvTimeoutError::Timeout) => Err("it takes for ever".to_owned()),
        Err(RecvTimeoutError::Disconnected) => {
            let panic = thread.join().expect_err("it sends a result");
            let words = panic.downcast_ref::<String>().cloned();
            Err(format!("panics: {}", words.unwrap_or_default()))
        }
    }
}
