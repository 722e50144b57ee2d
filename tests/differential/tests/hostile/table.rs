//! Each case with each side.

use std::net::TcpListener;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::cases::{Case, cases};
use crate::server::{Request, Script};
use crate::sides::{Outcome, SIDES, Setup, Side, shared_http_client};

/// The time limit of a call, for any behavior of the server, even on a busy machine.
pub const END: Duration = Duration::from_secs(60);

/// The observations of a call.
#[derive(Debug)]
struct Seen {
    outcome: Outcome,
    attempts: usize,
    requests: Vec<Request>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_end_as_the_table_says_with_both_crates() {
    let http = shared_http_client();
    let mut running = JoinSet::new();
    for (number, case) in cases().into_iter().enumerate() {
        let http = http.clone();
        running.spawn(async move {
            let mut seen = Vec::new();
            for side in SIDES {
                seen.push(see(&case, side, &http).await);
            }
            (number, case, seen)
        });
    }
    let mut rows = running.join_all().await;
    rows.sort_by_key(|(number, ..)| *number);
    let mut problems = Vec::new();
    for (_, case, seen) in &rows {
        print(case, seen);
        problems.extend(check(case, seen));
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

async fn see(case: &Case, side: Side, http: &SharedHttpClient) -> Seen {
    let server = match case.replies.is_empty() {
        true => None,
        false => Some(Script::start(case.replies.clone()).await),
    };
    let url = server.as_ref().map_or_else(nobody, Script::url);
    let client = side.client(case.name, &url, http, &case.setup);
    let outcome = timeout(END, client.start_composition("stage", None)).await;
    Seen {
        outcome: outcome
            .unwrap_or_else(|_| panic!("{}, {side:?}: the call does not end", case.name)),
        attempts: client.attempts(),
        requests: server.map(|server| server.received()).unwrap_or_default(),
    }
}

/// An address where nobody listens.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound socket");
    format!("http://{address}")
}

/// Prints a line for the case, and another one for each side with another result.
fn print(case: &Case, seen: &[Seen]) {
    let mut last = String::new();
    for (side, it) in SIDES.iter().zip(seen).rev() {
        let Outcome {
            variant, message, ..
        } = &it.outcome;
        let connections = it.requests.last().map_or(0, |it| it.connection + 1);
        let attempts = it.attempts;
        let line = format!("{attempts} over {connections}  {variant:<34} {message}");
        if last.is_empty() {
            println!("{:<40} {line}", case.name);
        } else if without_order(&line) != without_order(&last) {
            println!("{:<40} {line}", format!("    {side:?}"));
            println!("        because {}", case.other_words.unwrap_or("of a bug"));
        }
        last = line;
    }
}

/// The runtime prints metadata in any order.
fn without_order(line: &str) -> Vec<&str> {
    let mut words: Vec<_> = line.split([' ', ',']).collect();
    words.sort_unstable();
    words
}

/// The differences from the expected results.
fn check(case: &Case, seen: &[Seen]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut hold = |holds: bool, what: String| {
        if !holds {
            problems.push(format!("{}: {what}", case.name));
        }
    };
    let official = &seen[0];
    let first = official.requests.first().map(sent).unwrap_or_default();
    for (side, it) in SIDES.iter().zip(seen) {
        let Outcome {
            variant, message, ..
        } = &it.outcome;
        let (expected, attempts) = match (side, case.official) {
            (Side::Official, Some(official)) => official,
            _ => (case.variant, case.attempts),
        };
        hold(
            variant == expected,
            format!("{side:?} is {variant}, not {expected}"),
        );
        hold(
            it.attempts == attempts,
            format!("{side:?} has {} attempts, not {attempts}", it.attempts),
        );
        if *side != Side::Official {
            hold(
                message.contains(case.says),
                format!("{side:?} says {message}, not {}", case.says),
            );
            let is_same = *message == official.outcome.message;
            hold(
                is_same == case.other_words.is_none(),
                format!(
                    "{side:?} says {message}; official: {}",
                    official.outcome.message
                ),
            );
        }
        hold(
            it.outcome.found == official.outcome.found,
            format!("{side:?} found something else"),
        );
        let requests = it.requests.len();
        // If the client did not wait, the server may not have read the request.
        let is_received = requests == it.attempts || case.is_timed() && requests < it.attempts;
        hold(
            is_received || case.replies.is_empty(),
            format!("{side:?} sent {requests} requests"),
        );
        hold(
            are_one_call(&it.requests),
            format!("{side:?} repeats another request"),
        );
        let sent = it.requests.iter().map(sent);
        hold(
            sent.eq(std::iter::repeat_n(&first, requests).cloned()),
            format!("{side:?} sends something else"),
        );
    }
    problems
}

/// Whether requests are attempts of the same call: a service must not repeat its effect.
fn are_one_call(requests: &[Request]) -> bool {
    let same = |of: fn(&Request) -> String| {
        requests.windows(2).all(|pair| of(&pair[0]) == of(&pair[1]))
            && requests.iter().all(|it| !of(it).is_empty())
    };
    let numbered = requests.iter().zip(1..).all(|(request, number)| {
        let header = request.header("amz-sdk-request");
        header.contains(&format!("attempt={number}; max=3"))
    });
    numbered
        && same(|it| it.line.clone())
        && same(|it| it.body.clone())
        && same(|it| it.member("idempotencyToken"))
        && same(|it| it.header("amz-sdk-invocation-id").to_owned())
}

/// The parts that both crates send in each attempt: everything except signatures and random values.
fn sent(request: &Request) -> String {
    const VARY: [&str; 6] = [
        "amz-sdk-invocation-id",
        "amz-sdk-request",
        "authorization",
        "host",
        "user-agent",
        "x-amz-date",
    ];
    let header = |(name, value): &(String, String)| match VARY.contains(&name.as_str()) {
        true => name.clone(),
        false => format!("{name}: {value}"),
    };
    let mut headers: Vec<_> = request.headers.iter().map(header).collect();
    headers.sort();
    let body = request
        .body
        .replace(&request.member("idempotencyToken"), "TOKEN");
    format!("{}\n{}\n{body}", request.line, headers.join("\n"))
}

/// A retry budget prevents more and more requests during an outage.
#[tokio::test]
async fn retries_end_when_their_budget_is_spent() {
    let http = shared_http_client();
    let mut attempts = Vec::new();
    for side in SIDES {
        let server = Script::start(vec![crate::server::Reply::http(503, &[], "{}")]).await;
        let client = side.client("budget", &server.url(), &http, &Setup::default());
        for _ in 0..60 {
            client.start_composition("stage", None).await;
        }
        attempts.push(client.attempts());
    }
    println!("60 failing calls: {attempts:?} attempts");
    assert_eq!(attempts, [110; 3]);
}
