//! Responses that may pause: slow ones, and streams of events.

use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::Layer;

/// Turns off the protection against stalled streams, whatever the client's configuration is.
pub(crate) fn may_pause(layer: &mut Layer, _: &mut RuntimeComponentsBuilder) {
    layer.store_put(StalledStreamProtectionConfig::disabled());
}
