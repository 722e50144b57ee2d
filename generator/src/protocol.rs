//! The protocols that clients can be generated for.

use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::{Model, ShapeId};

/// A protocol and the runtime type that speaks it.
pub(crate) struct Protocol {
    /// Shape id of the protocol trait.
    id: &'static str,
    /// The runtime's protocol object: it owns paths, headers, envelopes and the payload's format.
    pub(crate) runtime: &'static str,
    /// Media type of payloads in the protocol's own format.
    pub(crate) media_type: &'static str,
    /// What is sent for a structure that is the whole payload and not set.
    pub(crate) empty_structure: &'static str,
}

/// Adding a protocol is adding a row, and a suite for the conformance tests. The template `json.rs`
/// has to leave to the runtime what is not restJson1: it goes by `@jsonName`.
const PROTOCOLS: [Protocol; 1] = [Protocol {
    id: "aws.protocols#restJson1",
    runtime: "aws_smithy_json::protocol::aws_rest_json_1::AwsRestJsonProtocol",
    media_type: "application/json",
    empty_structure: "{}",
}];

/// The first of the service's protocols that clients can speak.
pub(crate) fn of(model: &Model) -> Option<&'static Protocol> {
    let mut protocols = model.protocols.iter();
    protocols.find_map(|id| PROTOCOLS.iter().find(|protocol| protocol.id == id.as_str()))
}

/// Whether clients can speak a protocol.
pub(crate) fn is_supported(id: &ShapeId) -> bool {
    PROTOCOLS.iter().any(|protocol| protocol.id == id.as_str())
}

/// Reports a service of which clients cannot speak any protocol.
pub(crate) fn check(service: &ShapeId, protocols: &[ShapeId], diagnostics: &mut Diagnostics) {
    if !protocols.iter().any(is_supported) {
        let service = Place::shape(service);
        let known: Vec<_> = PROTOCOLS.iter().map(|protocol| protocol.id).collect();
        let known = format!("`{}`", known.join("`, `"));
        let remedy = format!("clients speak {known}: nothing can be generated without it");
        let (place, message, remedy) = match protocols {
            [] => (
                service,
                "the service has no protocol trait".to_owned(),
                format!("add {known}, if the service speaks it: clients know no other"),
            ),
            [one] => (
                service.r#trait(one.as_str()).the_key(),
                format!("the service speaks `{one}` only, which is not supported"),
                remedy,
            ),
            several => {
                let ids: Vec<_> = several.iter().map(|id| format!("`{id}`")).collect();
                let ids = ids.join(", ");
                let message = format!("none of the service's protocols is supported: {ids}");
                (service, message, remedy)
            }
        };
        diagnostics.error(place, message, remedy);
    }
}
