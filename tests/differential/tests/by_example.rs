//! Every operation with everything set and with little, and every error once.

use std::collections::HashMap;
use std::io::Write as _;

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use differential_tests::compare::Mismatch;
use differential_tests::differences::DIFFERENCES;
use differential_tests::examples::{Examples, Extent};
use differential_tests::json::Json;
use differential_tests::transport::{Body, Response};
use differential_tests::{CRATES, Model, Pair, SKIPPED, Value, wire};
use generator::ir::Operation;

/// As many rounds as it takes to see every variant of the models' unions.
const ROUNDS: usize = 3;

/// An input, and the response to it.
pub type Case = (Value, Response);

/// What is tried with an operation.
type Cases = fn(&Model, &Operation) -> Vec<Case>;

fn requests(model: &Model, operation: &Operation) -> Vec<Case> {
    let mut inputs = Vec::new();
    for round in 0..ROUNDS {
        for extent in [Extent::Full, Extent::Minimal] {
            inputs.push(Examples::new(model, round).structure(operation.input, extent));
        }
    }
    // Not even what is required: this fails before anything is sent, or is sent as it is.
    inputs.push(Value::Members(Vec::new()));
    inputs.push(each_member(minimal(model, operation), emptied));
    inputs.push(each_member(inputs[0].clone(), out_of_range));
    // Longer than a URI can be, where it goes into one.
    inputs.push(each_member(minimal(model, operation), prolonged));
    inputs
        .into_iter()
        .map(|input| (input, empty(200)))
        .collect()
}

fn each_member(input: Value, change: fn(Value) -> Value) -> Value {
    let members = input.members().iter().cloned();
    Value::Members(members.map(|(name, value)| (name, change(value))).collect())
}

fn emptied(value: Value) -> Value {
    match value {
        Value::Text(_) => Value::Text(String::new()),
        Value::List(_) => Value::List(Vec::new()),
        Value::Strings(_) => Value::Strings(HashMap::new()),
        other => other,
    }
}

fn prolonged(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(text.repeat(2000)),
        other => other,
    }
}

/// A time after the year 9999, which cannot be written.
fn out_of_range(value: Value) -> Value {
    match value {
        Value::Time(_) => Value::Time(DateTime::from_secs(300_000_000_000)),
        other => other,
    }
}

fn outputs(model: &Model, operation: &Operation) -> Vec<Case> {
    let id = operation.output;
    let mut responses = vec![
        empty(200),
        Response {
            body: Body::Bytes(Vec::new()),
            ..empty(204)
        },
        Response {
            body: Body::Bytes(b"<html>".to_vec()),
            ..empty(200)
        },
        Response {
            body: Body::Bytes(b" ".to_vec()),
            ..empty(200)
        },
        Response {
            body: Body::Bytes(b"{} and more".to_vec()),
            ..empty(200)
        },
    ];
    for round in 0..ROUNDS {
        for extent in [Extent::Full, Extent::Minimal] {
            let output = Examples::new(model, round).structure(id, extent);
            responses.push(wire::output(model, id, &output));
        }
    }
    let changes: [Change; 8] = [
        all_true,
        repeated_as_null,
        with_nulls,
        with_fractions,
        |json| numbers_as(json, "9007199254740993.0"),
        |json| numbers_as(json, "9223372036854775808"),
        |json| times_as(json, 0),
        |json| times_as(json, i64::MAX),
    ];
    let change = |change: &Change| {
        let responses = responses.iter();
        let changed = responses.filter_map(|response| changed(response, *change));
        changed.collect::<Vec<_>>()
    };
    let changed: Vec<_> = changes.iter().flat_map(change).collect();
    responses.extend(changed);
    answered(model, operation, responses)
}

/// Makes something of a body that the model does not have.
type Change = fn(&mut Json);

/// The response with a change, if it is JSON.
fn changed(response: &Response, change: Change) -> Option<Response> {
    let Body::Json(mut json) = response.body.clone() else {
        return None;
    };
    change(&mut json);
    Some(Response {
        body: Body::Json(json),
        ..response.clone()
    })
}

/// `true` for every member.
fn all_true(json: &mut Json) {
    if let Json::Object(members) = json {
        for (_, value) in members {
            *value = Json::Boolean(true);
        }
    }
}

/// In every object a null in a member that is new, and one in a member that is there.
fn repeated_as_null(json: &mut Json) {
    match json {
        Json::Array(values) => values.iter_mut().for_each(repeated_as_null),
        Json::Object(members) => {
            members
                .iter_mut()
                .for_each(|(_, value)| repeated_as_null(value));
            let first = members.first().map(|(name, _)| name.clone());
            let names = first.into_iter().chain(["unheardOf".to_owned()]);
            members.extend(names.map(|name| (name, Json::Null)));
        }
        _ => {}
    }
}

/// A null in every array.
fn with_nulls(json: &mut Json) {
    match json {
        Json::Array(values) => {
            values.iter_mut().for_each(with_nulls);
            values.insert(0, Json::Null);
        }
        Json::Object(members) => members.iter_mut().for_each(|(_, value)| with_nulls(value)),
        _ => {}
    }
}

/// Another number for each.
fn numbers_as(json: &mut Json, number: &str) {
    match json {
        Json::Verbatim(text) if text.parse::<i64>().is_ok() => number.clone_into(text),
        Json::Array(values) => values.iter_mut().for_each(|it| numbers_as(it, number)),
        Json::Object(members) => members
            .iter_mut()
            .for_each(|(_, value)| numbers_as(value, number)),
        _ => {}
    }
}

/// `12.0` for `12`.
fn with_fractions(json: &mut Json) {
    match json {
        Json::Verbatim(text) if text.parse::<i64>().is_ok() => text.push_str(".0"),
        Json::Array(values) => values.iter_mut().for_each(with_fractions),
        Json::Object(members) => members
            .iter_mut()
            .for_each(|(_, value)| with_fractions(value)),
        _ => {}
    }
}

/// A number for every time.
fn times_as(json: &mut Json, seconds: i64) {
    match json {
        Json::Text(text) if DateTime::from_str(text, Format::DateTime).is_ok() => {
            *json = Json::Verbatim(seconds.to_string());
        }
        Json::Array(values) => values.iter_mut().for_each(|value| times_as(value, seconds)),
        Json::Object(members) => members
            .iter_mut()
            .for_each(|(_, value)| times_as(value, seconds)),
        _ => {}
    }
}

/// A message that is no text, under a name that no model has.
fn wrong_message(json: &mut Json) {
    if let Json::Object(members) = json {
        members.push(("Message".to_owned(), Json::Array(Vec::new())));
    }
}

fn modeled_errors(model: &Model, operation: &Operation) -> Vec<Case> {
    let mut responses = Vec::new();
    for id in &operation.errors {
        for extent in [Extent::Full, Extent::Minimal] {
            let error = Examples::new(model, 0).structure(*id, extent);
            let response = wire::error(model, *id, 400, &error);
            responses.extend(changed(&response, wrong_message));
            responses.push(response);
        }
        responses.push(wire::error(model, *id, 503, &Value::Members(Vec::new())));
    }
    answered(model, operation, responses)
}

fn other_errors(model: &Model, operation: &Operation) -> Vec<Case> {
    let body = |members: &[(&str, &str)]| {
        let text = |text: &str| Json::Text(text.to_owned());
        let members = members
            .iter()
            .map(|(name, value)| ((*name).to_owned(), text(value)));
        Body::Json(Json::Object(members.collect()))
    };
    let bodies = [
        body(&[("message", "said so")]),
        body(&[
            ("__type", "com.example#OutOfThinAir"),
            ("Message", "said so"),
        ]),
        body(&[
            ("code", "OutOfThinAir:http://example.com/"),
            ("exceptionMessage", "said so"),
        ]),
        body(&[]),
        Body::Bytes(Vec::new()),
        Body::Bytes(b"<html>".to_vec()),
    ];
    let mut responses = Vec::new();
    for body in bodies {
        let response = Response { body, ..empty(500) };
        responses.push(response.clone());
        let mut codes = vec!["OutOfThinAir".to_owned()];
        if let Some(id) = operation.errors.first() {
            let shape = model
                .client
                .structure(*id)
                .error
                .as_ref()
                .expect("an error");
            codes.push(format!(
                "com.example#{}:http://example.com/",
                shape.codes[0]
            ));
        }
        for code in codes {
            let mut response = response.clone();
            wire::set_code(&mut response, &code);
            responses.push(response);
        }
    }
    answered(model, operation, responses)
}

/// The same request for each response.
fn answered(model: &Model, operation: &Operation, responses: Vec<Response>) -> Vec<Case> {
    let input = minimal(model, operation);
    responses
        .into_iter()
        .map(|response| (input.clone(), response))
        .collect()
}

/// Only what there has to be for a request to be made.
pub fn minimal(model: &Model, operation: &Operation) -> Value {
    let full = Examples::new(model, 0).structure(operation.input, Extent::Full);
    let fields = model.fields(operation.input);
    let is_required = |name: &str| {
        let mut fields = fields.iter();
        let field = fields.find(|(_, member)| member.name == name);
        let mut required = operation.required.iter();
        field.is_some_and(|(field, _)| required.any(|binding| binding.field == field.name))
    };
    let members = full.members().iter().cloned();
    Value::Members(members.filter(|(name, _)| is_required(name)).collect())
}

/// A response that says nothing.
pub fn empty(status: u16) -> Response {
    let request_id = ("x-amzn-requestid".to_owned(), b"request-1".to_vec());
    let body = Body::Json(Json::Object(Vec::new()));
    Response {
        status,
        headers: vec![request_id],
        body,
    }
}

/// Everything that differs, found one by one.
fn mismatches<'a>(
    pair: &'a Pair<'a>,
    model: &'a Model,
    cases: Cases,
) -> impl Iterator<Item = Box<Mismatch>> {
    let operations = model.client.operations.iter().enumerate();
    operations.flat_map(move |(index, operation)| {
        let cases = cases(model, operation).into_iter();
        cases.filter_map(move |(input, response)| pair.call(index, &input, &response).err())
    })
}

/// Compares all cases, and reports what differs.
fn check(service: &str, cases: Cases) {
    let model = Model::of(service);
    let pair = Pair::new(model);
    let mismatches: Vec<_> = mismatches(&pair, model, cases).collect();
    for mismatch in mismatches.iter().take(10) {
        println!("{mismatch}");
    }
    assert!(mismatches.is_empty(), "{} calls differ", mismatches.len());
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

include!(concat!(env!("OUT_DIR"), "/for_services.rs"));

#[test]
fn what_is_not_compared_is_said() {
    for skipped in SKIPPED {
        // Unlike `println!`, this is seen when the test succeeds.
        writeln!(std::io::stderr(), "not compared: {skipped}").expect("standard error");
    }
    let compared = CRATES.iter().filter(|crates| !crates.operations.is_empty());
    assert!(compared.count() > 0, "nothing is compared");
}

#[test]
fn every_meant_difference_is_still_there() {
    for difference in DIFFERENCES {
        let differs = |service: &str| {
            let model = Model::of(service);
            let pair = Pair::without(model, difference.name);
            let tests: [Cases; 4] = [requests, outputs, modeled_errors, other_errors];
            let mut operations = model.client.operations.iter().enumerate();
            operations.any(|(index, operation)| {
                let mut cases = tests.iter().flat_map(|cases| cases(model, operation));
                cases.any(|(input, response)| {
                    difference.rule.concerns(model, operation, &response)
                        && pair.call(index, &input, &response).is_err()
                })
            })
        };
        assert!(
            CRATES.iter().any(|crates| differs(crates.service)),
            "the crates do not differ any more in `{}`: remove it from the list",
            difference.name
        );
    }
}
