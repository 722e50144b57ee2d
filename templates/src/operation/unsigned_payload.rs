//! Requests that are signed without their bodies.

use aws_runtime::auth::{PayloadSigningOverride, SigV4OperationSigningConfig};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::config_bag::Layer;

/// Has the signature say that it leaves out the body, by the header `x-amz-content-sha256`.
pub(crate) fn join(layer: &mut Layer, _: &mut RuntimeComponentsBuilder) {
    let signing = layer.load::<SigV4OperationSigningConfig>().cloned();
    let mut signing = signing.unwrap_or_default();
    let unsigned = PayloadSigningOverride::unsigned_payload();
    signing.signing_options.payload_override = Some(unsigned.to_signable_body());
    signing.signing_options.content_sha256_header = true;
    layer.store_put(signing);
}
