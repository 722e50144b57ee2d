//! Whole calls: without a network, over loopback, and a thousand at once.

use std::sync::Arc;
use std::thread;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use client_benches::{CALLS, answers, in_memory, official, ours};
use criterion::{Criterion, criterion_group, criterion_main};
use tiny_http::{Response, Server};
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime")
}

fn without_a_network(criterion: &mut Criterion) {
    let runtime = runtime();
    for call in CALLS {
        let http_client = in_memory(answers::answer(call).leak());
        let ours = ours::Clients::new(&http_client, None);
        let official = official::Clients::new(&http_client, None);
        let mut group = criterion.benchmark_group(format!("call {call}"));
        group.bench_function("ours", |bencher| {
            bencher.iter(|| runtime.block_on(ours.call(call)));
        });
        group.bench_function("official", |bencher| {
            bencher.iter(|| runtime.block_on(official.call(call)));
        });
        group.finish();
    }
}

/// A server that keeps connections open and answers as for `ListChannels`; its address.
fn serve() -> String {
    let server = Arc::new(Server::http("127.0.0.1:0").expect("a server on loopback"));
    let address = server.server_addr().to_ip().expect("an address");
    for _ in 0..4 {
        let server = Arc::clone(&server);
        thread::spawn(move || {
            let answer = answers::answer("ListChannels");
            for request in server.incoming_requests() {
                // A client that went away needs no answer.
                let _ = request.respond(Response::from_string(&answer));
            }
        });
    }
    format!("http://{address}")
}

/// The same HTTP client for both, so that what differs is theirs.
fn over_loopback(criterion: &mut Criterion) {
    let runtime = runtime();
    let endpoint = serve();
    let http_client = SharedHttpClient::new(aws_smithy_http_client::Builder::new().build_http());
    let ours = ours::Clients::new(&http_client, Some(&endpoint));
    let official = official::Clients::new(&http_client, Some(&endpoint));
    for (name, at_once) in [("one", 1), ("a thousand at once", 1_000)] {
        let mut group = criterion.benchmark_group(format!("loopback ListChannels, {name}"));
        group.sample_size(10);
        macro_rules! bench {
            ($side:literal, $clients:ident) => {
                group.bench_function($side, |bencher| {
                    bencher.iter(|| {
                        runtime.block_on(async {
                            let calls: Vec<_> = (0..at_once)
                                .map(|_| {
                                    let clients = $clients.clone();
                                    tokio::spawn(async move { clients.call("ListChannels").await })
                                })
                                .collect();
                            for call in calls {
                                call.await.expect("the call succeeds");
                            }
                        });
                    });
                });
            };
        }
        bench!("ours", ours);
        bench!("official", official);
        group.finish();
    }
}

criterion_group!(benches, without_a_network, over_loopback);
criterion_main!(benches);
