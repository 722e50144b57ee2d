//! Passes the configuration of a call to another call that must precede it: one that discovers the
//! endpoint, or opens a session.

use aws_smithy_runtime_api::client::runtime_plugin::{
    RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin,
};
use aws_smithy_types::config_bag::{Layer, Storable, StoreReplace};

use crate::config::{Builder, ConfigOverrideRuntimePlugin};

/// The configuration that a call adds to that of the client.
#[derive(Debug)]
pub(super) struct OfCall(pub(super) SharedRuntimePlugin);

impl Storable for OfCall {
    type Storer = StoreReplace<Self>;
}

/// Stores the configuration of a call for the call before it.
///
/// The interceptors of a call see its own request, and not the other one.
pub(super) fn keep(plugins: RuntimePlugins, config_override: &Builder) -> RuntimePlugins {
    let mut of_call = config_override.clone();
    of_call
        .runtime_components
        .set_interceptors(std::iter::empty());
    let of_call = ConfigOverrideRuntimePlugin::new(of_call);
    let mut layer = Layer::new("OfCall");
    layer.store_put(OfCall(SharedRuntimePlugin::new(of_call)));
    plugins.with_operation_plugin(StaticRuntimePlugin::new().with_config(layer.freeze()))
}
