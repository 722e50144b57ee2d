//! Compares what a client does for single operations.

use super::change::Changes;
use super::kind::Kind;
use crate::ir::Operation;

/// Compares requirements on bodies, presigning, and the customizations of an operation.
pub(super) fn compare(path: &str, old: &Operation, new: &Operation, changes: &mut Changes) {
    match (old.requires_length, new.requires_length) {
        (false, true) => changes.add(Kind::LengthRequired, path),
        (true, false) => changes.add(Kind::LengthOptional, path),
        _ => {}
    }
    let presigned = format!("{path}().presigned()");
    match (&old.presigned, &new.presigned) {
        // The model does not determine whether the body is signed.
        (None, None) | (Some(_), Some(_)) => {}
        (Some(_), None) => changes.add(Kind::PresigningRemoved, presigned),
        (None, Some(_)) => changes.add(Kind::PresigningAdded, presigned),
    }
    changes.differ_if_any(Kind::Handling, path, known(old), known(new));
}

/// The effects of customizations; `None` if there are none for the operation.
fn known(operation: &Operation) -> Option<String> {
    let tree_hash = operation.tree_hash.iter();
    let prefixed = operation.prefixed.iter();
    let filled = operation.filled_labels.iter();
    let parts = (tree_hash.map(|header| format!("a tree hash in `{header}`")))
        .chain(prefixed.map(|field| format!("`{field}` without prefixes")))
        .chain(filled.map(|(field, value)| format!("`{value}` for `{field}` unless it is set")))
        .chain(
            operation
                .long_polling
                .then(|| "a long wait for the response".to_owned()),
        )
        .chain(
            operation
                .optional_payload_signing
                .then(|| "`disable_payload_signing()`".to_owned()),
        );
    let parts: Vec<_> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
