//! Stage 2: from the model to the IR, where everything is decided.

mod boxing;
mod conformance;
mod describe;
mod docs;
mod endpoints;
mod features;
mod links;
pub(crate) mod names;
mod operations;
mod overrides;
mod paginators;
mod presence;
mod schema;
mod sensitivity;
mod service;
mod shapes;
mod types;
mod unique;

use crate::config::{Layout, ServiceConfig};
use crate::diagnostics::Diagnostics;
use crate::ir;
use crate::smithy::Model;

pub(crate) use docs::markdown;
pub use endpoints::Partitions;
use links::Links;
use overrides::Overrides;
pub(crate) use overrides::apply as overrides;
use types::Shapes;

/// What every pass of lowering looks at.
struct Context<'a> {
    model: &'a Model,
    config: &'a ServiceConfig,
    overrides: &'a Overrides<'a>,
    shapes: Shapes,
    links: Links,
}

/// Lowers a service.
///
/// # Errors
///
/// Everything that stands in the way of a client, all at once.
pub(crate) fn client(
    model: &Model,
    config: &ServiceConfig,
    overrides: &Overrides<'_>,
    partitions: &Partitions,
    model_name: &str,
) -> Result<ir::Client, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let diagnostics_ref = &mut diagnostics;
    let shapes = Shapes::of(model);
    let context = Context {
        model,
        config,
        overrides,
        links: Links::of(model, &shapes),
        shapes,
    };
    let service = service::service(&context, diagnostics_ref);
    let schemas = schema::Schemas::of(&context);
    let mut structures = shapes::structures(&context, &schemas, diagnostics_ref);
    let unions = shapes::unions(&context, &schemas, diagnostics_ref);
    let enums = shapes::enums(&context, diagnostics_ref);
    let (endpoints, parameters) = endpoints::lower(model, partitions, diagnostics_ref);
    let operations = operations::operations(
        &context,
        &mut structures,
        &schemas,
        &parameters,
        diagnostics_ref,
    );
    let conformance = conformance::tests(&context, &structures, &operations, diagnostics_ref);
    let errors = shapes::errors(&structures);
    unique::check(&context, &structures, diagnostics_ref);
    let (Some(service), Some(endpoints)) = (service, endpoints) else {
        return Err(diagnostics);
    };
    let package = service::package(&context, model_name);
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
        left_out: Vec::new(),
        conformance,
    };
    match config.layout {
        Layout::Package => features::assign(&mut client),
        // The crate around it has features and tests of its own.
        Layout::Module(_) => {
            client.conformance = ir::ConformanceTests::default();
            client.endpoints.remove_tests();
        }
    }
    diagnostics.into_result(client)
}
