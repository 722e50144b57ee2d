//! Endpoint discovery, from `aws.api#clientEndpointDiscovery`.
//!
//! The check of the model has verified that all members exist and have the right types.

use super::Context;
use super::presence::step;
use crate::ir::{DiscoveredEndpoint, EndpointDiscovery, OperationId, Structure};
use crate::names::FieldName;
use crate::smithy::{Kind, Operation, Shape};

/// How endpoints are discovered; `None` if no operation of the client uses discovery.
pub(super) fn discovery(
    context: &Context<'_>,
    structures: &[Structure],
) -> Option<EndpointDiscovery> {
    let model = context.model;
    let (name, error) = model.service.traits.endpoint_discovery()?;
    let mut operations = (0..).map(OperationId).zip(&model.operations);
    let (id, operation) = operations.find(|(_, it)| it.id.as_str() == name)?;
    let is_discovered = |it: &Operation| it.traits.discovered_endpoint().is_some();
    model.operations.iter().find(|it| is_discovered(it))?;
    let input = operation.input.as_ref().map(|it| model.shape(it));
    let takes = |name: &str| {
        let member = input?.member(name)?;
        Some(FieldName::new(member.rust_name()))
    };
    let output = model.shape(operation.output.as_ref()?);
    let Kind::List(element) = &model.target(output.member("Endpoints")?).kind else {
        return None;
    };
    let endpoint = model.target(element);
    let error = error.and_then(|error| {
        let mut errors = context.shapes.structures.iter();
        let (_, id) = errors.find(|(id, _)| id.as_str() == error)?;
        structures[id.0 as usize].error.as_ref()
    });
    Some(EndpointDiscovery {
        operation: id,
        asks_for_operation: takes("Operation"),
        asks_for_ids: takes("Identifiers"),
        endpoints: step(model, output, "Endpoints")?,
        address: step(model, endpoint, "Address")?,
        minutes: step(model, endpoint, "CachePeriodInMinutes")?,
        error_codes: error.map_or(Vec::new(), |error| error.codes.clone()),
    })
}

/// Whether and how the endpoint of an operation is discovered.
pub(super) fn of_operation(
    context: &Context<'_>,
    operation: &Operation,
    input: Option<&Shape>,
) -> Option<DiscoveredEndpoint> {
    let (name, _) = context.model.service.traits.endpoint_discovery()?;
    let required = operation.traits.discovered_endpoint()?;
    let mut operations = context.model.operations.iter();
    operations.find(|it| it.id.as_str() == name)?;
    let members = input.into_iter().flat_map(|input| input.members());
    let ids = members.filter(|member| member.traits.endpoint_discovery_id());
    Some(DiscoveredEndpoint {
        required,
        ids: ids
            .map(|member| (member.name.clone(), FieldName::new(member.rust_name())))
            .collect(),
    })
}
