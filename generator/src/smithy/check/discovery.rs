//! Checks endpoint discovery; see
//! <https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery>.

use super::{a, has_gap, input, kind, members_of, output};
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::{Kind, Member, Model, Operation, Shape};
use crate::smithy::suggest::did_you_mean;

const DISCOVERY: &str = "aws.api#clientEndpointDiscovery";
const DISCOVERED: &str = "aws.api#clientDiscoveredEndpoint";
const ID: &str = "aws.api#clientEndpointDiscoveryId";

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let discovered = model.operations.iter();
    let discovered = discovered.filter(|it| it.traits.discovered_endpoint().is_some());
    let discovered: Vec<_> = discovered.collect();
    ids(model, diagnostics);
    let Some((names, error)) = model.service.traits.endpoint_discovery() else {
        // The service's trait is absent, or has been reported.
        let is_absent = !model.service.traits.has(DISCOVERY);
        if let Some(first) = discovered.first().filter(|_| is_absent) {
            diagnostics.error(
                Place::shape(&first.id).r#trait(DISCOVERED).the_key(),
                "the endpoint must be discovered, but the service does not say how",
                format!("add `{DISCOVERY}` to the service, or remove the trait"),
            );
        }
        return;
    };
    match model.operations.iter().find(|it| it.id.as_str() == names) {
        Some(operation) => {
            takes(model, operation, diagnostics);
            returns(model, operation, diagnostics);
        }
        None => no_operation(model, names, &discovered, diagnostics),
    }
    for operation in discovered {
        if operation.id.as_str() == names {
            diagnostics.error(
                Place::shape(&operation.id).r#trait(DISCOVERED).the_key(),
                format!(
                    "`{}` returns the endpoints of others, but needs one itself",
                    operation.name
                ),
                "remove the trait",
            );
        }
        let has_error = |error: &&str| operation.errors.iter().any(|it| it.as_str() == *error);
        if let Some(error) = error.filter(|error| !has_error(error)) {
            diagnostics.error(
                Place::shape(&operation.id).r#trait(DISCOVERED).the_key(),
                format!(
                    "`{}` does not have the error `{error}` of a wrong endpoint",
                    operation.name
                ),
                format!("add it to the errors of the operation; `{DISCOVERY}` names it"),
            );
        }
    }
}

/// Reports that the client lacks the operation, if another one needs it.
fn no_operation(
    model: &Model,
    name: &str,
    discovered: &[&Operation],
    diagnostics: &mut Diagnostics,
) {
    let is_left_out = model
        .missing
        .iter()
        .any(|it| name.split_once('#').is_some_and(|id| id.1 == it));
    let needs = |it: &&&Operation| it.traits.discovered_endpoint() == Some(true);
    let place = Place::shape(&model.service.id)
        .r#trait(DISCOVERY)
        .key("operation");
    match discovered.iter().find(needs) {
        _ if model.gaps.contains(&model.service.id) => {}
        Some(operation) if is_left_out => diagnostics.error(
            place,
            format!(
                "the client does not have `{name}`, which returns the endpoint of `{}`",
                operation.name
            ),
            "have the operation among those of the client",
        ),
        None if is_left_out => {}
        _ => {
            let ids = model.operations.iter().map(|it| it.id.as_str());
            diagnostics.error(
                place,
                format!("the service has no operation `{name}`"),
                did_you_mean(name, ids)
                    .unwrap_or_else(|| "name an operation of the service".to_owned()),
            );
        }
    }
}

/// Checks that the members on which the endpoint depends are required strings.
fn ids(model: &Model, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        let Some(input) = input(model, operation) else {
            continue;
        };
        let discovered = operation.traits.discovered_endpoint().is_some();
        for member in input
            .members()
            .into_iter()
            .filter(|it| it.traits.endpoint_discovery_id())
        {
            let is_string = kind(model, member).is_none_or(|it| matches!(it, Kind::String));
            if discovered && !(is_string && member.traits.required()) {
                diagnostics.error(
                    Place::shape(&input.id)
                        .member(&member.name)
                        .r#trait(ID)
                        .the_key(),
                    format!(
                        "`{}` selects the endpoint, and is not a required string",
                        member.name
                    ),
                    "make it a string with `smithy.api#required`, or remove the trait",
                );
            }
        }
    }
}

/// Checks that the operation takes nothing but the name of another operation and its ids.
fn takes(model: &Model, operation: &Operation, diagnostics: &mut Diagnostics) {
    let shape = input(model, operation);
    for member in members_of(shape) {
        let Some(found) = kind(model, member) else {
            continue;
        };
        let problem = match member.name.as_str() {
            "Operation" if !matches!(found, Kind::String) => "a string",
            "Identifiers" if !is_map_of_strings(model, found) => "a map of strings",
            "Operation" | "Identifiers" => continue,
            _ if member.traits.required() => {
                diagnostics.error(
                    place_of(shape, member),
                    format!(
                        "`{}` returns endpoints, but clients cannot set its member `{}`",
                        operation.name, member.name
                    ),
                    "make it optional: clients set `Operation` and `Identifiers` only",
                );
                continue;
            }
            _ => continue,
        };
        wrong(shape, member, found, problem, diagnostics);
    }
}

/// Checks that it returns a list `Endpoints` whose elements have `Address` and
/// `CachePeriodInMinutes`.
fn returns(model: &Model, operation: &Operation, diagnostics: &mut Diagnostics) {
    let shape = output(model, operation);
    let is_whole = !has_gap(model, operation, shape);
    let Some(list) = members_of(shape).iter().find(|it| it.name == "Endpoints") else {
        if is_whole {
            diagnostics.error(
                Place::shape(&operation.id).key("output"),
                format!("`{}` returns no list `Endpoints`", operation.name),
                "add the member, a list of structures with `Address` and `CachePeriodInMinutes`",
            );
        }
        return;
    };
    let Some(found) = kind(model, list) else {
        return;
    };
    let element = match found {
        Kind::List(element) => model.shapes.get(&element.target),
        _ => None,
    };
    let Some(element) = element.filter(|it| matches!(it.kind, Kind::Structure(_))) else {
        return wrong(shape, list, found, "a list of structures", diagnostics);
    };
    for (name, wanted) in [("Address", "a string"), ("CachePeriodInMinutes", "a long")] {
        let member = members_of(Some(element)).iter().find(|it| it.name == name);
        let Some(member) = member else {
            if !model.gaps.contains(&element.id) {
                diagnostics.error(
                    Place::shape(&element.id),
                    format!("an endpoint of `{}` has no member `{name}`", operation.name),
                    format!("add it: it is {wanted}"),
                );
            }
            continue;
        };
        match kind(model, member) {
            Some(Kind::String) if name == "Address" => {}
            Some(Kind::Long) if name == "CachePeriodInMinutes" => {}
            Some(found) => wrong(Some(element), member, found, wanted, diagnostics),
            None => {}
        }
    }
}

fn is_map_of_strings(model: &Model, kind: &Kind) -> bool {
    let is_string = |member: &Member| {
        let target = model.shapes.get(&member.target);
        target.is_none_or(|it| matches!(it.kind, Kind::String))
    };
    matches!(kind, Kind::Map { key, value } if is_string(key) && is_string(value))
}

fn place_of(shape: Option<&Shape>, member: &Member) -> Place {
    let shape = shape.expect("it has members");
    Place::shape(&shape.id).member(&member.name)
}

fn wrong(
    shape: Option<&Shape>,
    member: &Member,
    found: &Kind,
    wanted: &str,
    diagnostics: &mut Diagnostics,
) {
    diagnostics.error(
        place_of(shape, member).key("target"),
        format!(
            "`{}` is {}, and must be {wanted} for endpoints to be discovered",
            member.name,
            a(found)
        ),
        format!("target {wanted}"),
    );
}
