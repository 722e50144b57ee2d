//! Clients of some of a service's operations.

use crate::config::Operations;
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{self, Ast, ResolveOptions, ShapeId};

/// Takes the operations out of a model that its client is not to have. Shapes that only they use
/// are not reached any more.
///
/// # Errors
///
/// When a name is none of the service's operations.
pub(crate) fn apply(
    ast: &mut Ast,
    options: &ResolveOptions<'_>,
    choice: &Operations,
) -> Result<(), Diagnostics> {
    let (names, are_kept) = match choice {
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
    for name in names {
        if !operations.iter().any(|id| is_called(id, name)) {
            unknown(name, &operations, &mut diagnostics);
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
fn is_called(id: &ShapeId, name: &str) -> bool {
    id.name() == name || id.as_str() == name
}

fn unknown(name: &str, operations: &[ShapeId], diagnostics: &mut Diagnostics) {
    let known = operations.iter().map(ShapeId::name);
    diagnostics.error(
        Place::root(),
        format!("an operation `{name}` is chosen or left out, and the service has none"),
        did_you_mean(name, known).unwrap_or_else(|| {
            "name operations as the model does, such as `CreateThing`".to_owned()
        }),
    );
}
