//! Selects the call in the first program on a crate's page.

use crate::ir::{FirstCall, Operation, OperationId, Type};
use crate::names::FieldName;
use crate::smithy::Operation as ModelOperation;

use super::Context;

/// Chooses the operation with the simplest call.
pub(super) fn first_call(context: &Context<'_>, operations: &[Operation]) -> Option<FirstCall> {
    let lowered = (0..).map(OperationId).zip(operations);
    let both = context.model.operations.iter().zip(lowered);
    let simple = both.filter_map(|(model, (id, operation))| {
        let required = required(context, model)?;
        is_plain(operation).then_some((id, operation, required))
    });
    // Prefers operations that list resources, which change nothing, and short names, which are
    // likely those of central resources.
    let (operation, _, required) = simple.min_by_key(|(_, operation, required)| {
        (
            operation.deprecated.is_some(),
            required.len(),
            operation.paginator.is_none(),
            operation.name.method().to_string().len(),
        )
    })?;
    Some(FirstCall {
        operation,
        required,
    })
}

/// Whether a call is a single request and response, without streams.
fn is_plain(operation: &Operation) -> bool {
    !operation.sends_events && !operation.receives_events && operation.streaming.is_none()
}

/// The required members of the input; `None` if a value is more than a literal.
fn required(context: &Context<'_>, operation: &ModelOperation) -> Option<Vec<(FieldName, Type)>> {
    let Some(input) = &operation.input else {
        return Some(Vec::new());
    };
    let members = context.model.shape(input).members().into_iter();
    let required = members.filter(|member| member.traits.required());
    let fields = required.map(|member| {
        let ty = context.shapes.member_type(context.model, input, member);
        let is_simple = matches!(ty, Type::String | Type::Boolean | Type::Integer(_));
        is_simple.then(|| (FieldName::new(member.rust_name()), ty))
    });
    fields.collect()
}
