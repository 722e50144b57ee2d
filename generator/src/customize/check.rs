//! Checks customizations that some clients cannot implement.

use super::Customized;
use crate::diagnostics::{Diagnostics, Place};
use crate::protocol::{Object, Protocol};
use crate::smithy::Model;

/// Reports customizations that the client's protocol or authentication cannot implement.
pub(crate) fn check(
    customized: &Customized,
    model: &Model,
    protocol: &'static Protocol,
    diagnostics: &mut Diagnostics,
) {
    for (key, is_set, has_place, what) in requirements(customized, model, protocol) {
        if is_set && !has_place {
            diagnostics.error(
                Place::shape(&model.service.id),
                format!("the customization `{key}` {what}, which the client does not have"),
                "remove it from the customizations of the service",
            );
        }
    }
}

/// Customizations that need something: the key, whether it is set, whether the client has what it
/// needs, and the need in words.
fn requirements(
    customized: &Customized,
    model: &Model,
    protocol: &Protocol,
) -> [(&'static str, bool, bool, &'static str); 7] {
    let is_rest_xml = protocol.object == Object::RestXml;
    let service = &model.service.traits;
    let is_signed = service.sigv4_name().or(service.sigv4a_name()).is_some();
    [
        (
            "errors-in-success",
            customized.errors_in_success,
            is_rest_xml,
            "requires `restXml`",
        ),
        (
            "any-root",
            !customized.any_root.is_empty(),
            is_rest_xml,
            "requires `restXml`",
        ),
        (
            "tree-hashes",
            !customized.tree_hashes.is_empty(),
            protocol.binds_to_http,
            "requires a protocol with headers",
        ),
        (
            "environment-token",
            customized.environment_token.is_some(),
            model.service.traits.has("smithy.api#httpBearerAuth"),
            "requires bearer tokens",
        ),
        (
            "optional-payload-signing",
            !customized.optional_payload_signing.is_empty(),
            is_signed,
            "requires Signature Version 4",
        ),
        (
            "sessions",
            customized.sessions.is_some(),
            is_signed,
            "requires Signature Version 4",
        ),
        (
            "signing",
            customized.signing.is_some(),
            is_signed,
            "requires Signature Version 4",
        ),
    ]
}
