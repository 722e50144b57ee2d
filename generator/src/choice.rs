//! What a client has of its service: some or all operations, and one of the protocols.

pub(crate) mod protocol;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Entry, Operations, ServiceConfig, UnknownNames, UnsupportedOperations};
use crate::customize::Customized;
use crate::diagnostics::{Diagnostics, Place};
use crate::protocol::Protocol;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::traits::Traits;
use crate::smithy::{self, Assembled, Ast, LeftOut, ShapeId, ShapeType};

/// Checks that the model has the requested service.
///
/// # Errors
///
/// The error points to the file that requests the service, if there is one.
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

/// Returns the operations that the client leaves out. Shapes that only they use are not reached.
///
/// # Errors
///
/// Fails if a name is not that of an operation of the service, or if no operation is left.
pub(crate) fn left_out(
    model: &Assembled<'_>,
    protocol: Option<&'static Protocol>,
    (config, customized): (&ServiceConfig, &Customized),
) -> Result<LeftOut, Diagnostics> {
    let operations = model.operations();
    let mut unwanted = unwanted(&operations, model.service(), config)?;
    if let Operations::Only(_) = &config.operations {
        let needed = [
            names_endpoints(model, &unwanted),
            opens_sessions(model, &unwanted, customized),
        ];
        for operation in needed.iter().flatten() {
            unwanted.remove(operation);
        }
    }
    let unsupported = match config.unsupported {
        UnsupportedOperations::Refuse => BTreeMap::new(),
        UnsupportedOperations::LeaveOut => model.unsupported(protocol, &unwanted),
    };
    let left_out = LeftOut {
        unwanted,
        unsupported,
    };
    let has_none = operations.iter().all(|id| left_out.has(id));
    if has_none && !left_out.unsupported.is_empty() {
        return Err(none_supported(&left_out));
    }
    Ok(left_out)
}

/// The operation that returns endpoints, if a remaining operation cannot be called without it.
fn names_endpoints(model: &Assembled<'_>, unwanted: &BTreeSet<ShapeId>) -> Option<ShapeId> {
    let service = model.shape(model.service())?.traits.as_ref()?;
    let (asked, _) = service.endpoint_discovery()?;
    let operations = model.operations();
    let needs = |id: &&ShapeId| {
        let traits = model.shape(id).and_then(|it| it.traits.as_ref());
        traits.and_then(Traits::discovered_endpoint) == Some(true)
    };
    let mut kept = operations.iter().filter(|id| !unwanted.contains(*id));
    kept.find(needs)?;
    operations.iter().find(|id| id.as_str() == asked).cloned()
}

/// The operation that opens sessions, if a remaining operation may need one: its endpoint depends
/// on the same member of the input.
fn opens_sessions(
    model: &Assembled<'_>,
    unwanted: &BTreeSet<ShapeId>,
    customized: &Customized,
) -> Option<ShapeId> {
    let sessions = customized.sessions.as_ref()?;
    let operations = model.operations();
    let mut kept = operations.iter().filter(|id| !unwanted.contains(*id));
    kept.find(|id| **id != sessions.operation && model.binds(id, &sessions.parameter))?;
    Some(sessions.operation.clone())
}

/// The operations that the configuration excludes.
fn unwanted(
    operations: &[ShapeId],
    service: &ShapeId,
    config: &ServiceConfig,
) -> Result<BTreeSet<ShapeId>, Diagnostics> {
    let (names, are_kept) = match &config.operations {
        Operations::All => return Ok(BTreeSet::new()),
        Operations::Only(names) => (names, true),
        Operations::Except(names) => (names, false),
    };
    if operations.is_empty() {
        // Resolving the model reports what is unsupported.
        return Ok(BTreeSet::new());
    }
    let mut diagnostics = Diagnostics::new();
    if config.unknown_names == UnknownNames::Refuse {
        let is_known = |name: &&Entry| operations.iter().any(|id| name.means(id));
        for name in names.iter().filter(|name| !is_known(name)) {
            unknown(name, operations, service, config, &mut diagnostics);
        }
    }
    let is_unwanted = |id: &&ShapeId| names.iter().any(|name| name.means(id)) != are_kept;
    let unwanted: BTreeSet<_> = operations.iter().filter(is_unwanted).cloned().collect();
    if diagnostics.is_empty() && unwanted.len() == operations.len() {
        nothing_left(names, service, config, &mut diagnostics);
    }
    diagnostics.into_result(unwanted)
}

/// Reports that a client would have no operations, at the first name in the configuration.
fn nothing_left(
    names: &[Entry],
    service: &ShapeId,
    config: &ServiceConfig,
    diagnostics: &mut Diagnostics,
) {
    let service = Place::shape(service);
    let message = "no operation is left for the client";
    match names.first() {
        Some(name) => {
            let remedy = "keep some of the service's operations";
            name.error(config, service, message, remedy, diagnostics);
        }
        None => diagnostics.error(service, message, "name some of the service's operations"),
    }
}

/// Reports why none of the operations is supported.
fn none_supported(left_out: &LeftOut) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (operation, reason) in &left_out.unsupported {
        diagnostics.error(
            Place::shape(operation),
            format!(
                "none of the operations is supported; of `{}`: {reason}",
                operation.name()
            ),
            "generated clients cannot call this service",
        );
    }
    diagnostics
}

fn unknown(
    name: &Entry,
    operations: &[ShapeId],
    service: &ShapeId,
    config: &ServiceConfig,
    diagnostics: &mut Diagnostics,
) {
    let known = operations.iter().map(ShapeId::name);
    name.error(
        config,
        Place::shape(service),
        format!("the service has no operation `{name}`"),
        did_you_mean(name.as_str(), known).unwrap_or_else(|| {
            let example = operations.first().map_or("", |id| id.name());
            format!("name operations as the model does, such as `{example}`")
        }),
        diagnostics,
    );
}
