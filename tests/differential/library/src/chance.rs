//! Compares every operation many times with random cases.

use generator::ir::Operation;
use proptest::prelude::*;
use proptest::test_runner::{
    Config, FileFailurePersistence, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner,
};

use crate::compare::Pair;
use crate::example::{Case, empty, minimal};
use crate::model::Model;
use crate::random::{self, Direction};
use crate::transport::Response;

/// The random part of a test.
pub type Cases = fn(&'static Model, &Operation) -> BoxedStrategy<Case>;

/// All tests, with names.
pub const TESTS: [(&str, Cases); 3] = [
    ("requests", requests),
    ("outputs", outputs),
    ("errors", errors),
];

/// Random inputs.
pub fn requests(model: &'static Model, operation: &Operation) -> BoxedStrategy<Case> {
    let input = random::structure(model, operation.input, Direction::Sent);
    let response = empty(model, operation, 200);
    input
        .prop_map(move |input| (input, response.clone()))
        .boxed()
}

/// Random successes.
pub fn outputs(model: &'static Model, operation: &Operation) -> BoxedStrategy<Case> {
    with_minimal_input(model, operation, random::successful(model, operation))
}

/// Random failures.
pub fn errors(model: &'static Model, operation: &Operation) -> BoxedStrategy<Case> {
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

/// The settings of random tests.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The number of cases for each operation in each test.
    pub cases: u32,
    /// The seed of the cases; without it, every run tries different ones.
    pub seed: Option<u64>,
    /// The file that keeps the seeds of failures, which are tried first from then on.
    pub failures: String,
}

/// Compares the crates in one operation.
///
/// # Errors
///
/// Returns the simplest case that differs, as text.
pub fn check(
    pair: &Pair<'_>,
    index: usize,
    cases: &BoxedStrategy<Case>,
    settings: &Settings,
) -> Result<(), String> {
    let config = Config {
        cases: settings.cases,
        // Proptest takes paths that live as long as the program.
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            settings.failures.clone().leak(),
        ))),
        max_shrink_iters: 2000,
        ..Config::default()
    };
    let mut runner = match settings.seed {
        Some(seed) => {
            let mut bytes = [0; 32];
            bytes[..8].copy_from_slice(&seed.to_le_bytes());
            let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
            TestRunner::new_with_rng(config, rng)
        }
        None => TestRunner::new(config),
    };
    let result = runner.run(cases, |(input, response)| {
        let result = pair.call(index, &input, &response);
        result.map_err(|mismatch| TestCaseError::fail(mismatch.to_string()))
    });
    result.map_err(|error| match error {
        TestError::Fail(reason, _) | TestError::Abort(reason) => reason.to_string(),
    })
}
