//! Compares every operation many times with random cases.
//!
//! Every run tries the same cases, unless `DIFFERENTIAL_CASES` sets a number of different ones for
//! each operation. Failures are kept in `proptest-regressions/` and tried first from then on.
//! Together with its fix, a failure becomes a case in `library/src/example.rs`, because a seed
//! means something else as soon as a strategy changes.

use differential::Pair;
use differential::chance::{self, Cases, Settings};
use differential_tests::model;

/// The default number of cases for each operation in each test.
const CASES: u32 = 12;

/// Compares the crates in all operations of a service.
fn check(service: &str, test: &str, cases: Cases) {
    let model = model(service);
    let pair = Pair::new(model);
    let wanted = std::env::var("DIFFERENTIAL_CASES").ok();
    let mut failures = 0;
    for (index, operation) in model.client.operations.iter().enumerate() {
        let settings = Settings {
            cases: wanted
                .as_ref()
                .map_or(CASES, |cases| cases.parse().expect("a number of cases")),
            seed: wanted.is_none().then_some(0),
            failures: format!(
                "{}/proptest-regressions/{service}/{}.{test}.txt",
                env!("CARGO_MANIFEST_DIR"),
                operation.name.module(),
            ),
        };
        let cases = cases(model, operation);
        if let Err(reason) = chance::check(&pair, index, &cases, &settings) {
            println!("{}: {reason}", operation.name);
            failures += 1;
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
            use differential::chance;

            #[test]
            fn requests() {
                super::check($service, "requests", chance::requests);
            }

            #[test]
            fn outputs() {
                super::check($service, "outputs", chance::outputs);
            }

            #[test]
            fn errors() {
                super::check($service, "errors", chance::errors);
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/for_services.rs"));
