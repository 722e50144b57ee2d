//! Checks HTTP bindings; see <https://smithy.io/2.0/spec/http-bindings.html>.

mod bindings;
mod headers;
mod method;
mod routes;
mod status;
mod uri;

use std::collections::BTreeMap;

use self::bindings::Position;
pub(crate) use self::bindings::is_bound;
use self::bindings::is_simple;
pub(super) use self::method::is_token;
use self::uri::{Label, Pattern};
use super::{a, has_gap, input, is_string, kind, members_of};
use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::ShapeId;
use crate::smithy::resolve::{Member, Model, Operation, Shape};
use crate::smithy::traits::{Http, is_misspelled, uses_http_bindings};

const HTTP: &str = "smithy.api#http";

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        match operation.traits.http() {
            Some(http) => {
                method::check(operation, &http.method, diagnostics);
                status::of_success(operation, http.code, diagnostics);
                uri(model, operation, &http, diagnostics);
            }
            None => missing(model, operation, diagnostics),
        }
    }
    status::of_errors(model, diagnostics);
    routes::check(model, diagnostics);
    for ((id, position), operation) in bound_structures(model) {
        if let Some(shape) = model.shapes.get(id) {
            bindings::check(model, shape, position, operation, diagnostics);
        }
    }
}

/// The structures whose members are bound, each once per position, with one of their operations.
fn bound_structures(model: &Model) -> BTreeMap<(&ShapeId, Position), &Operation> {
    let mut structures = BTreeMap::new();
    for operation in model
        .operations
        .iter()
        .filter(|operation| operation.traits.has(HTTP))
    {
        let input = operation.input.iter().map(|id| (id, Position::Input));
        let output = operation.output.iter().map(|id| (id, Position::Output));
        let errors = operation.errors.iter().map(|id| (id, Position::Error));
        for place in input.chain(output).chain(errors) {
            structures.entry(place).or_insert(operation);
        }
    }
    structures
}

/// Reports a missing trait if any of the service's protocols has HTTP bindings.
fn missing(model: &Model, operation: &Operation, diagnostics: &mut Diagnostics) {
    // A value of the wrong form has been reported.
    if operation.traits.has(HTTP) || is_misspelled(&operation.traits, HTTP) {
        return;
    }
    let mut protocols = model.protocols.iter();
    if let Some(protocol) = protocols.find(|protocol| uses_http_bindings(protocol.as_str())) {
        diagnostics.error(
            Place::shape(&operation.id),
            format!("the operation has no `{HTTP}`, which `{protocol}` needs"),
            "add the trait, with the operation's method and URI",
        );
    }
}

fn uri(model: &Model, operation: &Operation, http: &Http, diagnostics: &mut Diagnostics) {
    let uri = http.uri.as_str();
    let pattern = match Pattern::parse(uri) {
        Ok(pattern) => pattern,
        Err(reason) => {
            diagnostics.error(
                uri_place(operation),
                format!("`{uri}` is not a URI pattern: {reason}"),
                "a pattern is like `/things/{thingId}/parts?list`",
            );
            return;
        }
    };
    let shape = input(model, operation);
    let members = members_of(shape);
    for label in &pattern.labels {
        let member = members.iter().find(|member| member.name == label.name);
        match (shape, member) {
            (Some(shape), Some(member)) => {
                bound_label(model, operation, shape, member, label, diagnostics);
            }
            _ if has_gap(model, operation, shape) => {}
            _ => unbound_label(operation, shape, label.name, diagnostics),
        }
    }
    literals(http, operation, shape, diagnostics);
    let in_uri = |member: &Member| pattern.labels.iter().any(|label| label.name == member.name);
    for member in members
        .iter()
        .filter(|member| member.traits.http_label() && !in_uri(member))
    {
        let place = Place::shape(shape.map_or(&operation.id, |shape| &shape.id));
        diagnostics.error(
            place.member(&member.name).r#trait("smithy.api#httpLabel"),
            format!(
                "the URI of `{}` has no label `{}`",
                operation.name, member.name
            ),
            format!(
                "put `{{{}}}` into `{uri}`, or remove the trait",
                member.name
            ),
        );
        diagnostics.see(uri_place(operation), "the URI");
    }
}

/// Reports a label without a member.
fn unbound_label(
    operation: &Operation,
    input: Option<&Shape>,
    name: &str,
    diagnostics: &mut Diagnostics,
) {
    let (problem, remedy) = match input {
        Some(_) => (
            "which is not a member of the input",
            "add the member with `smithy.api#httpLabel`, or correct the URI".to_owned(),
        ),
        None => (
            "and the operation has no input",
            format!("give the operation an input with the member `{name}`, or correct the URI"),
        ),
    };
    let message = format!("the URI has the label `{name}`, {problem}");
    diagnostics.error(uri_place(operation), message, remedy);
}

/// Reports a query parameter that both a member and the URI set.
fn literals(
    http: &Http,
    operation: &Operation,
    input: Option<&Shape>,
    diagnostics: &mut Diagnostics,
) {
    const QUERY: &str = "smithy.api#httpQuery";
    for member in members_of(input) {
        let (Some(shape), Some(name)) = (input, member.traits.http_query()) else {
            continue;
        };
        if http.query_names().any(|it| it == name) {
            diagnostics.error(
                Place::shape(&shape.id).member(&member.name).r#trait(QUERY),
                format!(
                    "`{}` is bound to the query parameter `{name}`, which the URI of `{}` sets",
                    member.name, operation.name
                ),
                "bind it to another query parameter, or take the parameter out of the URI",
            );
            diagnostics.see(uri_place(operation), "the URI");
        }
    }
}

fn uri_place(operation: &Operation) -> Place {
    Place::shape(&operation.id).r#trait(HTTP).key("uri")
}

/// Checks the member of a label. Its type is checked together with those of all bound members.
fn bound_label(
    model: &Model,
    operation: &Operation,
    shape: &Shape,
    member: &Member,
    label: &Label<'_>,
    diagnostics: &mut Diagnostics,
) {
    let name = &member.name;
    let place = Place::shape(&shape.id).member(name);
    // Types that cannot be in a URI are reported with the other bindings.
    let kind = kind(model, member).filter(|kind| label.greedy && !is_string(kind));
    match kind.filter(|kind| is_simple(kind)) {
        _ if is_misspelled(&member.traits, "smithy.api#httpLabel") => return,
        _ if !member.traits.http_label() => diagnostics.error(
            place,
            format!(
                "`{name}` is a label in the URI of `{}` and lacks `smithy.api#httpLabel`",
                operation.name
            ),
            "add the trait, or take the label out of the URI",
        ),
        Some(kind) => diagnostics.error(
            place,
            format!(
                "`{{{name}+}}` matches several segments, but this is {}",
                a(kind)
            ),
            "target a string, or take the `+` out of the URI",
        ),
        None => return,
    }
    diagnostics.see(uri_place(operation), "the URI");
}
