//! Gives clients broken bodies, and checks results, time and memory.

mod cbor;
mod clients;
mod mutate;
mod xml;

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use clients::{Call, Outcome};

/// The stack size of the threads, which is that of Tokio and Rust.
const STACK: usize = 2 << 20;

/// The maximum time to read a body.
const PATIENCE: Duration = Duration::from_secs(120);

/// The expected result of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// It is read.
    Value,
    /// It is refused.
    Error,
    /// Both are fine.
    Either,
}

/// The memory that a body may need, in proportion to its size.
#[derive(Clone, Copy, Debug)]
enum Memory {
    /// A few copies, even of the smallest pieces of a text or blob.
    Copies,
    /// A vector of structures that are empty in the body.
    Structures,
    /// This number of nested flat lists: the runtime copies each with everything below it.
    FlatLists(u64),
}

impl Memory {
    fn factor(self, call: &Call) -> u64 {
        match self {
            Self::Copies => 40,
            // A growing vector occupies up to three times its content.
            Self::Structures => 40 + 3 * call.largest / call.smallest,
            Self::FlatLists(levels) => 4 * levels,
        }
    }
}

/// A body and the expected result.
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
    /// Valid bodies, which are broken randomly.
    valid: Vec<Vec<u8>>,
    /// Bodies that are difficult in one way.
    hard: Vec<Case>,
    /// Breaks a body.
    mutate: fn(&[u8], &mut fastrand::Rng) -> Vec<u8>,
    /// Text that may follow an output. It changes nothing, except that the runtime then reads it.
    comment: Option<&'static [u8]>,
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
        let (least, comment) = (peak(&call, &[]), cases.comment);
        for case in all(cases, first, count) {
            bodies += 1;
            let checked = check(&call, &case, least);
            let checked = checked.and_then(|()| same(&call, &case, comment));
            if let Err(failure) = checked {
                failures.push(format!("{}: {}: {failure}", call.name, case.name));
            }
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    println!("{bodies} bodies");
}

/// All cases: valid bodies, difficult ones, and randomly broken ones.
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

/// The largest body that is read twice.
const TWICE: usize = 20_000;

/// Whether a body is read as the runtime reads it.
fn same(call: &Call, case: &Case, comment: Option<&[u8]>) -> Result<(), String> {
    // An empty body is read as well, but not an empty document.
    let is_compared = (1..TWICE).contains(&case.body.len());
    let Some(comment) = comment.filter(|_| is_compared) else {
        return Ok(());
    };
    let ours = (call.shown)(case.body.clone());
    let runtimes = (call.shown)([&case.body, comment].concat());
    // Maps have any order.
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    match sorted(&ours) == sorted(&runtimes) {
        true => Ok(()),
        false => Err(format!("it is {ours}, and by the runtime {runtimes}")),
    }
}

/// The peak memory of a call.
fn peak(call: &Call, body: &[u8]) -> u64 {
    // The first call creates what later ones share.
    let _ = run(call, "warm", body);
    let (_, peak) = run(call, "least", body).expect("an empty body is harmless");
    2 * peak
}

/// Makes a call whose response has this body, on a thread with the name of the case: a stack
/// overflow ends the program with a message that contains the name.
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
