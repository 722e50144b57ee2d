//! Measures parsing of responses: ours, the official parser, and `serde_json` with derived structures.

use std::hint::black_box;

use client_benches::{Parser, answers, official, ours, typed};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn parsing(criterion: &mut Criterion) {
    for (name, channels) in [("50 channels", 50), ("1 MB", 2_300)] {
        let text = answers::channels(channels);
        let response = Parser::response(&text);
        let mut group = criterion.benchmark_group(format!("parse ListChannels, {name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        let (ours, official) = (ours::parser(), official::parser());
        group.bench_function("ours", |bencher| bencher.iter(|| ours.parse(&response)));
        group.bench_function("official", |bencher| {
            bencher.iter(|| official.parse(&response));
        });
        group.bench_function("serde_json", |bencher| {
            bencher.iter(|| {
                let page: typed::Page = serde_json::from_str(black_box(&text)).expect("it is JSON");
                black_box(page)
            });
        });
        group.finish();
    }
}

criterion_group!(benches, parsing);
criterion_main!(benches);
