//! Clients of some of a service's operations.

use crate::config::{Entry, Operations, ServiceConfig, UnknownNames};
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{self, Ast, ResolveOptions, ShapeId, ShapeType, Unsupported};

/// Checks that the model has the service that a client is asked for.
///
/// # Errors
///
/// Says where the service is asked for, if it is in a file.
pub(crate) fn check_service(ast: &Ast, config: &ServiceConfig) -> Result<(), Diagnostics> {
    let Some(wanted) = &config.service else {
        return Ok(());
    };
    let services = ast.shapes.iter();
    let services = services.filter(|(_, shape)| shape.r#type == ShapeType::Service);
    let ids = services.map(|(id, _)| id.as_str());
    let mut diagnostics = Diagnostics::new();
    if !ids.clone().any(|id| id == wanted.as_str()) {
        let (message, remedy) = smithy::unknown_service(wanted.as_str(), ids);
        let place = Place::root().key("shapes");
        wanted.error(config, place, message, remedy, &mut diagnostics);
    }
    diagnostics.into_result(())
}

/// Takes the operations out of a model that its client is not to have. Shapes that only they use
/// are not reached any more.
///
/// # Errors
///
/// When a name is none of the service's operations.
pub(crate) fn apply(
    ast: &mut Ast,
    options: &ResolveOptions<'_>,
    config: &ServiceConfig,
) -> Result<(), Diagnostics> {
    let (names, are_kept) = match &config.operations {
        Operations::All => return Ok(()),
        Operations::Only(names) => (names, true),
        Operations::Except(names) => (names, false),
    };
    let operations = smithy::operations(ast, options);
    if operations.is_empty() {
        // What stands in the way is found when the model is resolved.
        return Ok(());
    }
    let mut diagnostics = Diagnostics::new();
    if config.unknown_names == UnknownNames::Refuse {
        let is_known = |name: &&Entry| operations.iter().any(|id| is_called(id, name));
        let place = service(ast, options);
        for name in names.iter().filter(|name| !is_known(name)) {
            unknown(name, &operations, place.clone(), config, &mut diagnostics);
        }
    }
    let is_left_out = |id: &ShapeId| names.iter().any(|name| is_called(id, name)) != are_kept;
    if diagnostics.is_empty() && operations.iter().all(is_left_out) {
        nothing_left(names, service(ast, options), config, &mut diagnostics);
    }
    for id in &operations {
        if is_left_out(id) {
            ast.leave_out(id.as_str());
        }
    }
    diagnostics.into_result(())
}

/// Reports that a client would have no operations, where the first of them is named.
fn nothing_left(
    names: &[Entry],
    service: Place,
    config: &ServiceConfig,
    diagnostics: &mut Diagnostics,
) {
    let message = "no operation is left for the client";
    match names.first() {
        Some(name) => {
            let remedy = "leave some of the service's operations in";
            name.error(config, service, message, remedy, diagnostics);
        }
        None => diagnostics.error(service, message, "name some of the service's operations"),
    }
}

/// Checks that something is left when operations are left out because they are not supported.
///
/// # Errors
///
/// Says why each of them is not.
pub(crate) fn check_rest(
    ast: &Ast,
    options: &ResolveOptions<'_>,
    left_out: &[Unsupported],
) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    if !left_out.is_empty() && smithy::operations(ast, options).is_empty() {
        for Unsupported { operation, reason } in left_out {
            diagnostics.error(
                Place::shape(operation),
                format!(
                    "none of the operations is supported; of `{}`: {reason}",
                    operation.name()
                ),
                "generated clients cannot call this service",
            );
        }
    }
    diagnostics.into_result(())
}

/// Whether a name is the operation's, with or without its namespace.
fn is_called(id: &ShapeId, name: &Entry) -> bool {
    id.name() == name.as_str() || id.as_str() == name.as_str()
}

/// The service that a client is made of.
fn service(ast: &Ast, options: &ResolveOptions<'_>) -> Place {
    let mut services = ast.shapes.iter().filter(|(id, shape)| {
        let is_meant = options.service.is_none_or(|wanted| id.as_str() == wanted);
        shape.r#type == ShapeType::Service && is_meant
    });
    let found = services.next();
    found.map_or_else(Place::root, |(id, _)| Place::shape(id))
}

fn unknown(
    name: &Entry,
    operations: &[ShapeId],
    service: Place,
    config: &ServiceConfig,
    diagnostics: &mut Diagnostics,
) {
    let known = operations.iter().map(ShapeId::name);
    name.error(
        config,
        service,
        format!("the service has no operation `{name}`"),
        did_you_mean(name.as_str(), known).unwrap_or_else(|| {
            let example = operations.first().map_or("", |id| id.name());
            format!("name operations as the model does, such as `{example}`")
        }),
        diagnostics,
    );
}
