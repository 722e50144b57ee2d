//! Every operation many times with what chance brings.
//!
//! The same cases come with every run, unless `DIFFERENTIAL_CASES` says how many others are wanted
//! for each operation. What fails is kept in `proptest-regressions/` and tried first from then on.
//! With its remedy it becomes a case of `by_example.rs`: a seed means something else as soon as a
//! strategy changes.

use differential_tests::random::{self, Direction};
use differential_tests::transport::Response;
use differential_tests::{Model, Pair};
use generator::ir::Operation;
use proptest::prelude::*;
use proptest::test_runner::{
    Config, FileFailurePersistence, Reason, RngAlgorithm, TestCaseError, TestError, TestRng,
    TestRunner,
};

use crate::by_example::{Case, empty, minimal};

/// How many cases each operation gets in each test, if nobody wants more.
const CASES: u32 = 12;

/// What is random in a test.
type Cases = fn(&'static Model, &Operation) -> BoxedStrategy<Case>;

fn requests(model: &'static Model, operation: &Operation) -> BoxedStrategy<Case> {
    let input = random::structure(model, operation.input, Direction::Sent);
    input.prop_map(|input| (input, empty(200))).boxed()
}

fn outputs(model: &'static Model, operation: &Operation) -> BoxedStrategy<Case> {
    with_minimal_input(model, operation, random::successful(model, operation))
}

fn errors(model: &'static Model, operation: &Operation) -> BoxedStrategy<Case> {
    with_minimal_input(model, operation, random::failed(model, operation))
}

fn with_minimal_input(
    model: &'static Model,
    operation: &Operation,
    responses: BoxedStrategy<Response>,
) -> BoxedStrategy<Case> {
    let input = minimal(model, operation);
    responses
        .prop_map(move |response| (input.clone(), response))
        .boxed()
}

/// Compares the crates in one operation.
fn check_operation(
    pair: &Pair<'_>,
    index: usize,
    cases: BoxedStrategy<Case>,
    regressions: String,
) -> Result<(), Reason> {
    let wanted = std::env::var("DIFFERENTIAL_CASES").ok();
    let is_wanted = wanted.is_some();
    let config = Config {
        cases: wanted.map_or(CASES, |cases| cases.parse().expect("a number of cases")),
        // Proptest takes paths that live as long as the program.
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(regressions.leak()))),
        max_shrink_iters: 2000,
        ..Config::default()
    };
    let mut runner = if is_wanted {
        TestRunner::new(config)
    } else {
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
    };
    let result = runner.run(&cases, |(input, response)| {
        let result = pair.call(index, &input, &response);
        result.map_err(|mismatch| TestCaseError::fail(mismatch.to_string()))
    });
    result.map_err(|error| match error {
        TestError::Fail(reason, _) | TestError::Abort(reason) => reason,
    })
}

/// Compares the crates in all operations of a service.
fn check(service: &str, test: &str, cases: Cases) {
    let model = Model::of(service);
    let pair = Pair::new(model);
    let mut failures = 0;
    for (index, operation) in model.client.operations.iter().enumerate() {
        let regressions = format!(
            "{}/proptest-regressions/{service}/{}.{test}.txt",
            env!("CARGO_MANIFEST_DIR"),
            operation.name.module(),
        );
        let cases = cases(model, operation);
        match check_operation(&pair, index, cases, regressions) {
            Ok(()) => {}
            Err(reason) => {
                println!("{}: {reason}", operation.name);
                failures += 1;
            }
        }
    }
    assert!(
        failures == 0,
        "{failures} of {} operations differ",
        model.client.operations.len()
    );
}

macro_rules! for_service {
    ($module:ident, $service:literal) => {
        mod $module {
            #[test]
            fn requests() {
                super::check($service, "requests", super::requests);
            }

            #[test]
            fn outputs() {
                super::check($service, "outputs", super::outputs);
            }

            #[test]
            fn errors() {
                super::check($service, "errors", super::errors);
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/for_services.rs"));
