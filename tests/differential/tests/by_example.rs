//! Compares every operation with all members set and with few, and every error once.

use std::io::Write as _;

use differential::Pair;
use differential::differences::{DIFFERENCES, Difference};
use differential::example::{self, Cases};
use differential::tree::Format;
use differential_tests::{CRATES, SKIPPED, model};

/// Compares all cases, and reports the differences.
fn check(service: &str, cases: Cases) {
    let model = model(service);
    let pair = Pair::new(model);
    let operations = 0..model.client.operations.len();
    let of_operation = |index| example::mismatches(&pair, model, index, cases).1;
    let mismatches: Vec<_> = operations.flat_map(of_operation).collect();
    for mismatch in mismatches.iter().take(10) {
        println!("{mismatch}");
    }
    assert!(mismatches.is_empty(), "{} calls differ", mismatches.len());
}

macro_rules! for_service {
    ($module:ident, $service:literal) => {
        mod $module {
            use differential::example;

            #[test]
            fn requests() {
                super::check($service, example::requests);
            }

            #[test]
            fn outputs() {
                super::check($service, example::outputs);
            }

            #[test]
            fn modeled_errors() {
                super::check($service, example::modeled_errors);
            }

            #[test]
            fn other_errors() {
                super::check($service, example::other_errors);
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/for_services.rs"));

#[test]
fn what_is_not_compared_is_said() {
    for skipped in SKIPPED {
        // Unlike `println!`, this is shown when the test succeeds.
        writeln!(std::io::stderr(), "not compared: {skipped}").expect("standard error");
    }
    let compared = CRATES.iter().filter(|crates| !crates.operations.is_empty());
    assert!(compared.count() > 0, "nothing is compared");
}

/// Differences of services with other protocols, or with other endpoints and members.
const OF_OTHERS: [&str; 22] = [
    "what cannot be read with schemas",
    "required members with schemas",
    "required structures with schemas",
    "malformed messages with schemas",
    "receivers of events",
    "which of two problems",
    "words about headers",
    "words about hosts",
    "words about checksums",
    "words about frames",
    "texts that are no UTF-8",
    "words about authentication",
    "collections of sensitive elements",
    "lengths of bodies without members",
    "times that there are not",
    "fractions of seconds",
    "words about what endpoints need",
    "bodies of outputs without members",
    "order of headers",
    "lists in headers",
    "lengths of bodies",
    "raw identifiers",
];

#[test]
fn every_meant_difference_is_still_there() {
    let is_json = |it: &&Difference| it.format.is_none_or(|format| format == Format::Json);
    // `cargo xtask compare` shows the other differences with other services.
    for difference in DIFFERENCES.iter().filter(is_json) {
        if OF_OTHERS.contains(&difference.name) {
            continue;
        }
        let mut services = CRATES.iter().map(|crates| model(crates.service));
        assert!(
            services.any(|model| example::differs(model, difference)),
            "the crates do not differ any more in `{}`: remove it from the list",
            difference.name
        );
    }
}
