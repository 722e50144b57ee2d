//! Checksums of requests and responses: `@httpChecksum` and `@httpChecksumRequired`.

use crate::ir::{RequestChecksum, ResponseChecksum};
use crate::names::FieldName;
use crate::smithy::{HttpChecksum, Kind, Model, Operation, Shape};

/// The supported algorithms. The default is the first of these that the service supports, as in all
/// AWS clients.
const KNOWN: [&str; 5] = ["CRC32", "CRC32C", "CRC64NVME", "SHA256", "SHA1"];

/// Whether an algorithm is supported.
pub(crate) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// Whether requests have a `Content-MD5`: a checksum is required, and the model does not name an
/// algorithm.
pub(super) fn is_md5(operation: &Operation) -> bool {
    let checksum = operation.traits.http_checksum();
    let is_chosen = |it: &HttpChecksum<'_>| it.algorithm_member.is_some();
    let is_required = |it: &HttpChecksum<'_>| it.required;
    !checksum.as_ref().is_some_and(is_chosen)
        && (checksum.as_ref().is_some_and(is_required) || operation.traits.http_checksum_required())
}

/// The checksum of requests whose algorithm is a member of the input.
pub(super) fn of_requests(
    model: &Model,
    operation: &Operation,
    input: Option<&Shape>,
) -> Option<RequestChecksum> {
    let checksum = operation.traits.http_checksum()?;
    let member = input?.member(checksum.algorithm_member?)?;
    let is_read = |name: &&str| match &model.target(member).kind {
        Kind::Enum(values) => values.iter().any(|value| value.value == *name),
        _ => true,
    };
    let default = KNOWN.into_iter().find(is_read).unwrap_or(KNOWN[0]);
    Some(RequestChecksum {
        algorithm: FieldName::new(member.rust_name()),
        header: member.traits.http_header().map(str::to_lowercase),
        default: default.to_owned(),
        required: checksum.required,
    })
}

/// The checksums of responses that a member of the input enables.
pub(super) fn of_responses(
    operation: &Operation,
    input: Option<&Shape>,
) -> Option<ResponseChecksum> {
    let checksum = operation.traits.http_checksum()?;
    let member = input?.member(checksum.mode_member?)?;
    let algorithms = checksum.response_algorithms.into_iter();
    Some(ResponseChecksum {
        mode: FieldName::new(member.rust_name()),
        algorithms: algorithms.map(str::to_owned).collect(),
    })
}
