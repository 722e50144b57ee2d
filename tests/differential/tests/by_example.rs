//! Every operation once with everything set and once with little, every error once.

use std::collections::HashMap;

use differential_tests::compare::Mismatch;
use differential_tests::differences::DIFFERENCES;
use differential_tests::examples::{Examples, Extent};
use differential_tests::json::Json;
use differential_tests::transport::{Body, Response};
use differential_tests::{CRATES, Model, Pair, Value, wire};

/// As many rounds as it takes to see every variant of the models' unions.
const ROUNDS: usize = 3;

/// A call to make with both crates.
struct Case {
    operation: usize,
    input: Value,
    response: Response,
}

fn requests(model: &Model) -> Vec<Case> {
    each_operation(model, |operation, cases| {
        let input = model.client.operations[operation].input;
        let mut case = |input| {
            cases.push(Case {
                operation,
                input,
                response: empty(200),
            })
        };
        for round in 0..ROUNDS {
            case(Examples::new(model, round).structure(input, Extent::Full));
            case(Examples::new(model, round).structure(input, Extent::Minimal));
        }
        // Not even what is required: this fails before anything is sent, or is sent as it is.
        case(Value::Members(Vec::new()));
        case(Value::Members(blank(model, operation)));
    })
}

/// Every string of the input that is part of the path, empty.
fn blank(model: &Model, operation: usize) -> Vec<(String, Value)> {
    let Value::Members(mut members) = minimal(model, operation) else {
        panic!("an input is a structure");
    };
    for (_, value) in &mut members {
        match value {
            Value::Text(text) => text.clear(),
            Value::List(values) => values.clear(),
            Value::Strings(entries) => *entries = HashMap::new(),
            _ => {}
        }
    }
    members
}

fn outputs(model: &Model) -> Vec<Case> {
    each_operation(model, |operation, cases| {
        let output = model.client.operations[operation].output;
        let mut case = |response| {
            cases.push(Case {
                operation,
                input: minimal(model, operation),
                response,
            });
        };
        for round in 0..ROUNDS {
            let full = Examples::new(model, round).structure(output, Extent::Full);
            case(wire::output(model, output, &full));
            let minimal = Examples::new(model, round).structure(output, Extent::Minimal);
            case(wire::output(model, output, &minimal));
        }
        case(empty(200));
        case(Response {
            body: Body::Bytes(Vec::new()),
            ..empty(204)
        });
        case(Response {
            body: Body::Bytes(b"<html>".to_vec()),
            ..empty(200)
        });
    })
}

fn modeled_errors(model: &Model) -> Vec<Case> {
    each_operation(model, |operation, cases| {
        for id in &model.client.operations[operation].errors {
            for extent in [Extent::Full, Extent::Minimal] {
                let error = Examples::new(model, 0).structure(*id, extent);
                let response = wire::error(model, *id, 400, &error);
                cases.push(Case {
                    operation,
                    input: minimal(model, operation),
                    response,
                });
            }
            let response = wire::error(model, *id, 503, &Value::Members(Vec::new()));
            cases.push(Case {
                operation,
                input: minimal(model, operation),
                response,
            });
        }
    })
}

fn other_errors(model: &Model) -> Vec<Case> {
    let text = |text: &str| Json::Text(text.to_owned());
    let object = |members: &[(&str, &str)]| {
        let members = members
            .iter()
            .map(|(name, value)| ((*name).to_owned(), text(value)));
        Body::Json(Json::Object(members.collect()))
    };
    let bodies = [
        object(&[("message", "said so")]),
        object(&[
            ("__type", "com.example#OutOfThinAir"),
            ("Message", "said so"),
        ]),
        object(&[
            ("code", "OutOfThinAir:http://example.com/"),
            ("exceptionMessage", "said so"),
        ]),
        object(&[]),
        Body::Bytes(Vec::new()),
        Body::Bytes(b"<html>".to_vec()),
    ];
    each_operation(model, |operation, cases| {
        let mut case = |response| {
            cases.push(Case {
                operation,
                input: minimal(model, operation),
                response,
            });
        };
        for body in &bodies {
            let response = Response {
                body: body.clone(),
                ..empty(500)
            };
            case(response.clone());
            let mut coded = response;
            wire::set_code(&mut coded, "OutOfThinAir");
            case(coded.clone());
            if let Some(id) = model.client.operations[operation].errors.first() {
                let shape = model
                    .client
                    .structure(*id)
                    .error
                    .as_ref()
                    .expect("an error");
                wire::set_code(&mut coded, &format!("com.example#{}:http://a/", shape.code));
                case(coded);
            }
        }
    })
}

fn each_operation(model: &Model, add: impl Fn(usize, &mut Vec<Case>)) -> Vec<Case> {
    let mut cases = Vec::new();
    for operation in 0..model.client.operations.len() {
        add(operation, &mut cases);
    }
    cases
}

fn minimal(model: &Model, operation: usize) -> Value {
    let input = model.client.operations[operation].input;
    Examples::new(model, 0).structure(input, Extent::Minimal)
}

fn empty(status: u16) -> Response {
    let request_id = ("x-amzn-requestid".to_owned(), "request-1".to_owned());
    let body = Body::Json(Json::Object(Vec::new()));
    Response {
        status,
        headers: vec![request_id],
        body,
    }
}

fn compare(pair: &Pair<'_>, case: &Case) -> Result<(), Box<Mismatch>> {
    pair.call(case.operation, &case.input, &case.response)
}

/// Compares all cases, and reports all that differ.
fn check(service: &str, cases: fn(&Model) -> Vec<Case>) {
    let model = Model::load(service);
    let cases = cases(&model);
    let pair = Pair::new(&model);
    let mismatches: Vec<_> = cases
        .iter()
        .filter_map(|case| compare(&pair, case).err())
        .collect();
    for mismatch in mismatches.iter().take(10) {
        println!("{mismatch}");
    }
    assert!(
        mismatches.is_empty(),
        "{} of {} calls differ",
        mismatches.len(),
        cases.len()
    );
}

macro_rules! for_service {
    ($module:ident, $service:literal) => {
        mod $module {
            #[test]
            fn requests() {
                super::check($service, super::requests);
            }

            #[test]
            fn outputs() {
                super::check($service, super::outputs);
            }

            #[test]
            fn modeled_errors() {
                super::check($service, super::modeled_errors);
            }

            #[test]
            fn other_errors() {
                super::check($service, super::other_errors);
            }
        }
    };
}

for_service!(ivs, "ivs");
for_service!(ivs_realtime, "ivs-realtime");
for_service!(ivschat, "ivschat");

#[test]
fn every_service_is_compared() {
    let services: Vec<_> = CRATES.iter().map(|crates| crates.service).collect();
    assert_eq!(services, ["ivs", "ivs-realtime", "ivschat"]);
    let operations = CRATES
        .iter()
        .map(|crates| Model::load(crates.service).client.operations.len());
    assert_eq!(operations.sum::<usize>(), 103);
}

#[test]
fn every_meant_difference_is_still_there() {
    let models: Vec<_> = CRATES
        .iter()
        .map(|crates| Model::load(crates.service))
        .collect();
    for difference in DIFFERENCES {
        let differs = |model: &Model| {
            let pair = Pair::without(model, difference.name);
            [outputs, modeled_errors, other_errors]
                .iter()
                .flat_map(|cases| cases(model))
                .any(|case| compare(&pair, &case).is_err())
        };
        assert!(
            models.iter().any(differs),
            "the crates do not differ any more in `{}`: remove it from the list",
            difference.name
        );
    }
}
