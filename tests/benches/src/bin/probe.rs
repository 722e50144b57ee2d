//! Makes calls to be counted: `probe allocations`, or `probe SIDE CALL COUNT` below a profiler. The
//! call `parse` reads a page of 50 channels; `serde_json` is a side of it, too.

use std::hint::black_box;
use std::process::ExitCode;

#[cfg(feature = "official")]
use client_benches::official;
use client_benches::{CALLS, Parser, SIDES, answers, in_memory, ours, typed};
use tokio::runtime::{Builder, Runtime};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["allocations"] => print_allocations(),
        ["serde_json", "parse", count] => match count.parse() {
            Ok(count) => repeat(count, &by_serde_json()),
            Err(_) => return refuse(),
        },
        [side, call, count] if SIDES.contains(side) => match count.parse() {
            Ok(count) => run(side, call, count),
            Err(_) => return refuse(),
        },
        _ => return refuse(),
    }
    ExitCode::SUCCESS
}

fn refuse() -> ExitCode {
    eprintln!("usage: probe allocations | probe ours|official|serde_json CALL|parse COUNT");
    ExitCode::FAILURE
}

fn runtime() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime")
}

/// A function that makes the call once.
fn caller(side: &str, call: &'static str) -> Box<dyn Fn()> {
    let runtime = runtime();
    let http_client = in_memory(answers::answer(call).leak());
    match side {
        #[cfg(feature = "official")]
        "official" => {
            let clients = official::Clients::new(&http_client, None);
            Box::new(move || runtime.block_on(clients.call(call)))
        }
        _ => {
            let clients = ours::Clients::new(&http_client, None);
            Box::new(move || runtime.block_on(clients.call(call)))
        }
    }
}

fn run(side: &str, call: &str, count: u32) {
    let once: Box<dyn Fn()> = if call == "parse" {
        let response = Parser::response(&answers::channels(50));
        let parser = match side {
            #[cfg(feature = "official")]
            "official" => official::parser(),
            _ => ours::parser(),
        };
        Box::new(move || parser.parse(&response))
    } else {
        let call = CALLS.iter().find(|it| **it == call);
        caller(side, call.expect("the call is one of CALLS"))
    };
    repeat(count, &*once);
}

fn repeat(count: u32, once: &dyn Fn()) {
    for _ in 0..count {
        once();
    }
}

/// Parses with `serde_json`, without the protocol.
fn by_serde_json() -> impl Fn() {
    let text = answers::channels(50);
    move || {
        let page: typed::Page = serde_json::from_str(black_box(&text)).expect("it is JSON");
        black_box(page);
    }
}

/// Prints a line for each side and call: the number of allocations of a call after warming up.
fn print_allocations() {
    for side in SIDES {
        for call in CALLS {
            let once = caller(side, call);
            for _ in 0..10 {
                once();
            }
            let info = allocation_counter::measure(&once);
            println!("{side} {call} {}", info.count_total);
        }
    }
}
