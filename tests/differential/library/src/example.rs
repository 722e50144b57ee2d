//! Compares every operation with all members set and with few, and every error once.

use std::collections::HashMap;

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use generator::ir::{NamedShape, Operation};

use crate::compare::{Mismatch, Pair};
use crate::differences::Difference;
use crate::examples::{Examples, Extent};
use crate::model::{Model, Protocol};
use crate::transport::{Body, Response};
use crate::tree::Tree;
use crate::value::Value;
use crate::wire;

/// An input, and the response to it.
pub type Case = (Value, Response);

/// The cases of an operation.
pub type Cases = fn(&Model, &Operation) -> Vec<Case>;

/// All cases, with names.
pub const TESTS: [(&str, Cases); 4] = [
    ("requests", requests),
    ("outputs", outputs),
    ("modeled errors", modeled_errors),
    ("other errors", other_errors),
];

/// The number of rounds in which every variant of the operation's unions appears, up to a limit.
fn rounds(model: &Model, operation: &Operation) -> usize {
    let mut shapes = vec![
        NamedShape::Structure(operation.input),
        NamedShape::Structure(operation.output),
    ];
    let (mut next, mut rounds) = (0, 3);
    while let Some(shape) = shapes.get(next) {
        next += 1;
        let types: Vec<_> = match shape {
            NamedShape::Structure(id) => {
                let fields = &model.client.structure(*id).fields;
                fields.iter().map(|field| &field.ty).collect()
            }
            NamedShape::Union(id) => {
                let variants = &model.client.union(*id).variants;
                rounds = rounds.max(variants.len());
                variants.iter().map(|variant| &variant.ty).collect()
            }
            NamedShape::Enum(_) => Vec::new(),
        };
        for shape in types.into_iter().flat_map(|ty| ty.shapes()) {
            if !shapes.contains(&shape) {
                shapes.push(shape);
            }
        }
    }
    rounds.min(12)
}

/// The inputs.
pub fn requests(model: &Model, operation: &Operation) -> Vec<Case> {
    let mut inputs = Vec::new();
    for round in 0..rounds(model, operation) {
        for extent in [Extent::Full, Extent::Minimal] {
            inputs.push(Examples::new(model, round).structure(operation.input, extent));
        }
    }
    // Not even required members: this fails before anything is sent, or is sent unchanged.
    inputs.push(Value::Members(Vec::new()));
    inputs.push(each_member(minimal(model, operation), emptied));
    inputs.push(each_member(inputs[0].clone(), out_of_range));
    // Too long for a URI, if it is a part of one.
    inputs.push(each_member(minimal(model, operation), prolonged));
    inputs
        .into_iter()
        .map(|input| (input, empty(model, operation, 200)))
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
        Value::Map(_) => Value::Map(HashMap::new()),
        other => other,
    }
}

fn prolonged(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(text.repeat(2000)),
        other => other,
    }
}

/// A time after the year 9999, which has no text form.
fn out_of_range(value: Value) -> Value {
    match value {
        Value::Time(_) => Value::Time(DateTime::from_secs(300_000_000_000)),
        other => other,
    }
}

/// Successful responses.
pub fn outputs(model: &Model, operation: &Operation) -> Vec<Case> {
    let id = operation.output;
    let mut responses = vec![
        empty(model, operation, 200),
        Response {
            body: Body::Bytes(Vec::new()),
            ..empty(model, operation, 204)
        },
        Response {
            body: Body::Bytes(b"<html>".to_vec()),
            ..empty(model, operation, 200)
        },
        Response {
            body: Body::Bytes(b" ".to_vec()),
            ..empty(model, operation, 200)
        },
        Response {
            body: Body::Bytes(b"{} and more".to_vec()),
            ..empty(model, operation, 200)
        },
    ];
    for round in 0..rounds(model, operation) {
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

/// Changes a body into something that is not in the model.
type Change = fn(&mut Tree);

/// The response with a change, if it is JSON.
fn changed(response: &Response, change: Change) -> Option<Response> {
    let Body::Tree(mut json, format) = response.body.clone() else {
        return None;
    };
    change(&mut json);
    Some(Response {
        body: Body::Tree(json, format),
        ..response.clone()
    })
}

/// `true` for every member.
fn all_true(json: &mut Tree) {
    if let Tree::Object(members) = json {
        for (_, value) in members {
            *value = Tree::Boolean(true);
        }
    }
}

/// In every object, a null in a new member, and one in an existing member.
fn repeated_as_null(json: &mut Tree) {
    match json {
        Tree::Array(values) => values.iter_mut().for_each(repeated_as_null),
        Tree::Object(members) => {
            members
                .iter_mut()
                .for_each(|(_, value)| repeated_as_null(value));
            let first = members.first().map(|(name, _)| name.clone());
            let names = first.into_iter().chain(["unheardOf".to_owned()]);
            members.extend(names.map(|name| (name, Tree::Null)));
        }
        _ => {}
    }
}

/// A null in every array.
fn with_nulls(json: &mut Tree) {
    match json {
        Tree::Array(values) => {
            values.iter_mut().for_each(with_nulls);
            values.insert(0, Tree::Null);
        }
        Tree::Object(members) => members.iter_mut().for_each(|(_, value)| with_nulls(value)),
        _ => {}
    }
}

/// Another number for each.
fn numbers_as(json: &mut Tree, number: &str) {
    match json {
        Tree::Verbatim(text) if text.parse::<i64>().is_ok() => number.clone_into(text),
        Tree::Array(values) => values.iter_mut().for_each(|it| numbers_as(it, number)),
        Tree::Object(members) => members
            .iter_mut()
            .for_each(|(_, value)| numbers_as(value, number)),
        _ => {}
    }
}

/// `12.0` for `12`.
fn with_fractions(json: &mut Tree) {
    match json {
        Tree::Verbatim(text) if text.parse::<i64>().is_ok() => text.push_str(".0"),
        Tree::Array(values) => values.iter_mut().for_each(with_fractions),
        Tree::Object(members) => members
            .iter_mut()
            .for_each(|(_, value)| with_fractions(value)),
        _ => {}
    }
}

/// A number for every time.
fn times_as(json: &mut Tree, seconds: i64) {
    match json {
        Tree::Text(text) if DateTime::from_str(text, Format::DateTime).is_ok() => {
            *json = Tree::Verbatim(seconds.to_string());
        }
        Tree::Array(values) => values.iter_mut().for_each(|value| times_as(value, seconds)),
        Tree::Object(members) => members
            .iter_mut()
            .for_each(|(_, value)| times_as(value, seconds)),
        _ => {}
    }
}

/// A message that is not text, under a name that no model has.
fn wrong_message(json: &mut Tree) {
    if let Tree::Object(members) = json {
        members.push(("Message".to_owned(), Tree::Array(Vec::new())));
    }
}

/// The errors in the model.
pub fn modeled_errors(model: &Model, operation: &Operation) -> Vec<Case> {
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

/// Errors that are not in the model.
pub fn other_errors(model: &Model, operation: &Operation) -> Vec<Case> {
    let body = |members: &[(&str, &str)]| {
        let text = |text: &str| Tree::Text(text.to_owned());
        let members = members
            .iter()
            .map(|(name, value)| ((*name).to_owned(), text(value)));
        let body = wire::error_body(model, Tree::Object(members.collect()));
        Body::Tree(body, model.protocol.format())
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
        let response = Response {
            body,
            ..empty(model, operation, 500)
        };
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
            wire::set_code(model, &mut response, &code);
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

/// Only what a request requires.
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

/// An empty response.
pub fn empty(model: &Model, operation: &Operation, status: u16) -> Response {
    let response = wire::output(model, operation.output, &Value::Members(Vec::new()));
    let is_kept = |name: &str| name == "x-amzn-requestid" || model.protocol == Protocol::RpcV2Cbor;
    let headers = response.headers.into_iter();
    Response {
        status,
        headers: headers.filter(|(name, _)| is_kept(name)).collect(),
        body: response.body,
    }
}

/// All differences in an operation, and the number of cases.
pub fn mismatches(
    pair: &Pair<'_>,
    model: &Model,
    index: usize,
    cases: Cases,
) -> (usize, Vec<Box<Mismatch>>) {
    let cases = cases(model, &model.client.operations[index]);
    let calls = cases.iter();
    let differing = calls.filter_map(|(input, response)| pair.call(index, input, response).err());
    (cases.len(), differing.collect())
}

/// Whether the crates of a service still have the intended differences, with the input and response
/// of some example.
pub fn differs(model: &Model, difference: &Difference) -> bool {
    let pair = Pair::without(model, difference.name);
    let mut operations = model.client.operations.iter().enumerate();
    operations.any(|(index, operation)| {
        let mut cases = TESTS.iter().flat_map(|(_, cases)| cases(model, operation));
        cases.any(|(input, response)| {
            difference.rule.concerns(model, operation, &response)
                && pair.call(index, &input, &response).is_err()
        })
    })
}
