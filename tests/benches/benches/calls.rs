//! Measures whole calls: without a network, over loopback, and a thousand at once.

use std::convert::Infallible;
use std::thread;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use client_benches::{CALLS, answers, in_memory, official, ours};
use criterion::{Criterion, criterion_group, criterion_main};
use http::Response;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
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

/// Starts a server that keeps connections open and responds with a page of `ListChannels`. Returns
/// its address.
fn serve() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
    listener.set_nonblocking(true).expect("a port of Tokio's");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        runtime().block_on(async {
            let listener = TcpListener::from_std(listener).expect("a port of Tokio's");
            let answer = Bytes::from(answers::answer("ListChannels"));
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                // Otherwise this would measure the client's delayed acknowledgements.
                stream.set_nodelay(true).expect("an option of TCP");
                let answer = answer.clone();
                let service = service_fn(move |_| {
                    let answer = Response::new(Full::new(answer.clone()));
                    async { Ok::<_, Infallible>(answer) }
                });
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                tokio::spawn(connection);
            }
        });
    });
    format!("http://{address}")
}

/// Both use the same HTTP client, so that the crates make the difference.
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
