//! Responses that may pause: those that take the service long, and streams of events, which may be
//! far apart.

use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::Layer;

/// Has calls wait for as long as the service takes, whatever the client's configuration says.
pub(crate) fn may_pause(layer: &mut Layer, _: &mut RuntimeComponentsBuilder) {
    layer.store_put(StalledStreamProtectionConfig::disabled());
}
