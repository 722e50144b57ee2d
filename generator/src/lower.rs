//! Stage 2: from the model to the IR, where everything is decided.

mod auth;
mod boxing;
mod checksums;
mod conformance;
#[cfg(test)]
mod defined;
mod describe;
mod discovery;
mod docs;
mod endpoints;
mod examples;
mod features;
mod first_call;
mod links;
mod operations;
mod overrides;
mod paginators;
mod paths;
mod presence;
mod presigning;
mod schema;
mod sensitivity;
mod service;
mod sessions;
mod shapes;
mod types;
mod unique;
mod values;
mod waiters;

use std::collections::BTreeSet;

use crate::config::{Layout, ServiceConfig};
use crate::customize::Customized;
use crate::diagnostics::Diagnostics;
use crate::ir;
use crate::ir::endpoints::EndpointParameter;
use crate::protocol::Protocol;
use crate::smithy::{Model, ShapeId};

pub(crate) use checksums::is_known as is_known_checksum;
pub(crate) use docs::markdown;
pub use endpoints::{Partitions, partitions};
use links::Links;
use overrides::Overrides;
pub(crate) use overrides::apply as overrides;
pub(crate) use types::Shapes;

/// The input of lowering beside the model.
#[derive(Clone, Copy)]
pub(crate) struct Settings<'a> {
    pub(crate) config: &'a ServiceConfig,
    pub(crate) customized: &'a Customized,
    pub(crate) partitions: &'a Partitions,
    /// What the files of the client call the model.
    pub(crate) model_name: &'a str,
}

/// What every pass of lowering uses.
struct Context<'a> {
    model: &'a Model,
    config: &'a ServiceConfig,
    customized: &'a Customized,
    overrides: &'a Overrides<'a>,
    shapes: Shapes,
    links: Links,
    /// The shapes that are sensitive or contain something sensitive.
    sensitive: BTreeSet<ShapeId>,
}

impl<'a> Context<'a> {
    fn new(model: &'a Model, overrides: &'a Overrides<'a>, settings: Settings<'a>) -> Self {
        let shapes = Shapes::of(model);
        Self {
            model,
            config: settings.config,
            customized: settings.customized,
            overrides,
            links: Links::of(model, &shapes),
            shapes,
            sensitive: sensitivity::sensitive_shapes(model),
        }
    }
}

/// Lowers a service, or reports why no client can be generated.
pub(crate) fn client(
    model: &Model,
    protocol: &'static Protocol,
    overrides: &Overrides<'_>,
    settings: Settings<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<ir::Client> {
    let context = Context::new(model, overrides, settings);
    let service = service::service(&context, protocol);
    let schemas = schema::Schemas::of(&context, protocol);
    let mut structures = shapes::structures(&context, &schemas, diagnostics);
    let unions = shapes::unions(&context, &schemas, diagnostics);
    let enums = shapes::enums(&context, diagnostics);
    let (endpoints, parameters) = endpoints::lower(model, settings.partitions, diagnostics);
    let operations = operations::operations(
        &context,
        &mut structures,
        &schemas,
        protocol,
        &parameters,
        diagnostics,
    );
    let conformance = conformance::tests(
        &context,
        protocol,
        &structures,
        &operations,
        bound(model, &parameters),
        diagnostics,
    );
    let errors = shapes::errors(&structures);
    let sessions = sessions::sessions(&context, &operations, &parameters, diagnostics);
    let with_sessions = (operations.as_slice(), sessions.is_some());
    unique::check(&context, &structures, with_sessions, diagnostics);
    check(&context, protocol, diagnostics);
    let endpoints = endpoints?;
    let discovery = discovery::discovery(&context, &structures);
    let package = service::package(&context, settings.model_name);
    let first_call = first_call::first_call(&context, &operations);
    let schemas = schemas.into_definitions(&context, &structures, &operations);
    let mut client = ir::Client {
        package,
        gates: Vec::new(),
        service,
        structures,
        unions,
        enums,
        operations,
        errors,
        schemas,
        endpoints,
        discovery,
        sessions,
        first_call,
        left_out: service::left_out(model),
        conformance,
    };
    fit_to_layout(&mut client, settings.config);
    diagnostics.unless_errors(client)
}

/// The parameters of endpoints that tests can set: without rules, no test does.
fn bound<'p>(model: &Model, parameters: &'p [EndpointParameter]) -> &'p [EndpointParameter] {
    match endpoints::has_rules(&model.service.traits) {
        true => parameters,
        false => &[],
    }
}

/// Checks what needs nothing but the model.
fn check(context: &Context<'_>, protocol: &'static Protocol, diagnostics: &mut Diagnostics) {
    waiters::check(context, diagnostics);
    presigning::check(context, protocol, diagnostics);
}

/// Makes of a client what its layout allows.
fn fit_to_layout(client: &mut ir::Client, config: &ServiceConfig) {
    match config.layout {
        Layout::Package if config.operation_features => features::assign(client),
        Layout::Package => {}
        // The crate around it has features, tests and an edition of its own.
        Layout::Module(_) => {
            client.conformance = ir::ConformanceTests::default();
            client.endpoints.remove_tests();
            client.endpoints.has_let_chains = false;
        }
    }
}
