//! Clients of some of a service's operations.

use crate::config::{Entry, Operations, ServiceConfig, UnknownNames};
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{self, Ast, ResolveOptions, ShapeId, ShapeType};

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
    for id in &operations {
        if names.iter().any(|name| is_called(id, name)) != are_kept {
            ast.leave_out(id.as_str());
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
            "name operations as the model does, such as `CreateThing`".to_owned()
        }),
        diagnostics,
    );
}
