//! How long the pipeline takes, from text to files in memory: each service, and all three.

mod large_model;

use std::hint::black_box;
use std::path::Path;
use std::thread;

use criterion::{Criterion, criterion_group, criterion_main};
use generator::{Partitions, ServiceConfig, Services, Source};

/// A model with its configuration.
type Service = (String, Source, ServiceConfig);

fn services() -> (Vec<Service>, Partitions) {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let read = |name: &str| Source::read(models.join(name)).expect("the model can be read");
    let tables = Services::read(&models.join("services.toml")).expect("services.toml can be read");
    let services = tables
        .iter()
        .map(|(name, config)| {
            (
                name.to_owned(),
                read(&format!("{name}.json")),
                config.clone(),
            )
        })
        .collect();
    let partitions =
        generator::partitions(&read("partitions.json")).expect("partitions can be read");
    (services, partitions)
}

fn pipeline(criterion: &mut Criterion) {
    let (services, partitions) = services();
    let generate = |source: &Source, config: &ServiceConfig| {
        generator::generate(black_box(source), config, &partitions).expect("the model is valid")
    };
    for (name, source, config) in &services {
        criterion.bench_function(&format!("generate {name}"), |bencher| {
            bencher.iter(|| generate(source, config));
        });
        criterion.bench_function(&format!("lower {name}"), |bencher| {
            bencher.iter(|| generator::lower(black_box(source), config, &partitions));
        });
    }
    criterion.bench_function("generate all, one after another", |bencher| {
        bencher.iter(|| {
            services
                .iter()
                .map(|(_, source, config)| generate(source, config))
                .collect::<Vec<_>>()
        });
    });
    criterion.bench_function("generate all, at the same time", |bencher| {
        bencher.iter(|| {
            // As `cargo xtask codegen` does it.
            thread::scope(|scope| {
                for (_, source, config) in &services {
                    scope.spawn(|| drop(black_box(generate(source, config))));
                }
            });
        });
    });
}

/// How long a large model with problems takes, until they are printed.
fn problems(criterion: &mut Criterion) {
    let (_, partitions) = services();
    let config = ServiceConfig::new("client-example");
    for broken in [1, 1_000] {
        let source = Source::new("large.json", large_model::large_model(3_000_000, broken));
        criterion.bench_function(&format!("problems: {broken} in 3 MB"), |bencher| {
            bencher.iter(|| {
                let generated = generator::generate(black_box(&source), &config, &partitions);
                generated.expect_err("the model is broken").to_string()
            });
        });
    }
}

criterion_group!(benches, pipeline, problems);
criterion_main!(benches);
