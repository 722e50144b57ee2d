//! A thousand concurrent calls with one client, to a server that fails a third of the attempts.

use std::collections::HashMap;
use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_runtime::client::retries::{RetryPartition, TokenBucket};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::server::{Reply, Request, Server, lock};
use crate::sides::{Client, SIDES, Setup, shared_http_client};
use crate::table::END;

const CALLS: usize = 1000;

/// The first rounds fill pools and caches.
const WARM: usize = 2;
const ROUNDS: usize = 5;

/// How many bytes the process may grow in later rounds. Other tests run at the same time, but
/// leaked requests, with their responses and settings, would take several times as much.
const GROWTH: u64 = 16 << 20;

const THROTTLED: [(&str, &str); 2] = [
    ("connection", "close"),
    ("x-amzn-errortype", "ThrottlingException"),
];

/// The calls of a round, by token, as the server has seen them.
type Seen = Arc<Mutex<HashMap<String, Call>>>;

#[derive(Debug, Default)]
struct Call {
    /// The attempts that have reached the server.
    attempts: usize,
    /// The number of the last one, as counted by the client.
    last: usize,
    /// The number of complete, successful responses.
    answers: usize,
}

/// The attempts of a client in all rounds.
#[derive(Clone, Copy, Debug, Default)]
struct Attempts {
    made: usize,
    /// Attempts that did not reach the server: it closed the connection while the client took it
    /// out of its pool.
    lost: usize,
}

/// How many attempts may be lost, of about 6,500.
const LOST: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_end_each_with_its_own_answer() {
    allow_files();
    let http = shared_http_client();
    let mut attempts = Vec::new();
    for side in SIDES {
        let seen = Seen::default();
        let server = Server::start({
            let seen = Arc::clone(&seen);
            move |request| answer(&request, &seen)
        })
        .await;
        let setup = Setup {
            retries: Setup::default().retries.with_max_attempts(5),
            budget: Some(unlimited()),
            ..Setup::default()
        };
        let client = Arc::new(side.client("crowd", &server.url(), &http, &setup));
        let (mut memory, mut all) = (Vec::new(), Attempts::default());
        for round in 0..ROUNDS {
            let round = all_at_once(&client, round, &seen).await;
            all.made += round.made;
            all.lost += round.lost;
            memory.extend(resident());
        }
        println!(
            "{side:?}: {all:?}, memory {:?} KiB",
            memory.iter().map(|it| it >> 10).collect::<Vec<_>>()
        );
        if let (Some(warm), Some(last)) = (memory.get(WARM - 1), memory.last()) {
            assert!(last.saturating_sub(*warm) < GROWTH, "{side:?}: {memory:?}");
        }
        assert_eq!(client.attempts(), all.made, "{side:?}");
        assert!(all.lost <= LOST, "{side:?}: {all:?}");
        attempts.push(all);
    }
    // Failures depend only on the request and the number of its attempt. A lost attempt shifts
    // later ones by one, and the server fails a call at most three times.
    for it in &attempts {
        let lost = it.lost + attempts[0].lost;
        assert!(
            it.made.abs_diff(attempts[0].made) <= 4 * lost,
            "{attempts:?}"
        );
    }
}

async fn all_at_once(client: &Arc<Client>, round: usize, seen: &Seen) -> Attempts {
    let mut running = JoinSet::new();
    for call in 0..CALLS {
        let client = Arc::clone(client);
        running.spawn(async move {
            let stage = format!("stage-{round}-{call}");
            let token = format!("token-{round}-{call}");
            let outcome = timeout(END, client.start_composition(&stage, Some(&token))).await;
            let outcome = outcome.unwrap_or_else(|_| panic!("{stage} does not end"));
            assert_eq!(
                outcome.found,
                (stage, token),
                "{}: {}",
                outcome.variant,
                outcome.message
            );
        });
    }
    running.join_all().await;
    let seen = std::mem::take(&mut *lock(seen));
    assert_eq!(seen.len(), CALLS);
    let otherwise: Vec<_> = seen.iter().filter(|(_, call)| call.answers != 1).collect();
    assert!(otherwise.is_empty(), "{otherwise:?}");
    let made = seen.values().map(|call| call.last).sum();
    let reached: usize = seen.values().map(|call| call.attempts).sum();
    Attempts {
        made,
        lost: made - reached,
    }
}

/// Fails up to three times, and then responds, sometimes with a delay.
fn answer(request: &Request, seen: &Seen) -> Reply {
    let (stage, token) = (
        request.member("stageArn"),
        request.member("idempotencyToken"),
    );
    let number = |text: &str| {
        text.bytes()
            .filter(u8::is_ascii_digit)
            .fold(0, |sum, it| sum * 10 + usize::from(it - b'0'))
    };
    let (call, attempt) = (number(&stage), attempt(request));
    let wait = Duration::from_millis((call * 7 % 23) as u64);
    let body = json!({ "composition": { "stageArn": stage, "arn": token } }).to_string();
    let output = Reply::ok(&body).after(wait);
    let mut seen = lock(seen);
    let known = seen.entry(token).or_default();
    known.attempts += 1;
    known.last = known.last.max(attempt);
    // The attempts of a call fail in different ways.
    match (call + attempt * 5) % 13 {
        0 if attempt < 4 => Reply::raw("").reset(),
        1 if attempt < 4 => Reply::http(503, &[], "{}").after(wait),
        2 if attempt < 4 => Reply::http(429, &THROTTLED, "{}").close(),
        3 if attempt < 4 => Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{").close(),
        result => {
            known.answers += 1;
            match result {
                // Not every connection is reused, and the client does not always notice.
                4 => output.close(),
                _ => output,
            }
        }
    }
}

fn attempt(request: &Request) -> usize {
    let header = request.header("amz-sdk-request");
    let (_, rest) = header.split_once("attempt=").expect("a numbered attempt");
    let digits = rest.split(';').next().unwrap_or_default();
    digits.parse().expect("a number")
}

fn unlimited() -> RetryPartition {
    let partition = RetryPartition::custom("crowd");
    partition.token_bucket(TokenBucket::unlimited()).build()
}

/// A connection is two open files of this process: one at each end.
fn allow_files() {
    let limit = getrlimit(Resource::Nofile);
    let all = Rlimit {
        current: limit.maximum,
        ..limit
    };
    setrlimit(Resource::Nofile, all).expect("a process may use what it is allowed");
}

/// The memory of the process, if the system reports it.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes << 10)
}
