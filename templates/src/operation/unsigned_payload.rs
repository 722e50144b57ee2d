//! Requests whose signatures exclude the body.

use aws_runtime::auth::{PayloadSigningOverride, SigV4OperationSigningConfig};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::config_bag::Layer;

/// Excludes the body from the signature, as the header `x-amz-content-sha256` then says.
pub(crate) fn join(layer: &mut Layer, _: &mut RuntimeComponentsBuilder) {
    let signing = layer.load::<SigV4OperationSigningConfig>().cloned();
    let mut signing = signing.unwrap_or_default();
    let unsigned = PayloadSigningOverride::unsigned_payload();
    signing.signing_options.payload_override = Some(unsigned.to_signable_body());
    signing.signing_options.content_sha256_header = true;
    layer.store_put(signing);
}
