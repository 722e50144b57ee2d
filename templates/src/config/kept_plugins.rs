//! Caches what plugins return: the runtime would ask all plugins in every call.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_observability::TelemetryProvider;
use aws_smithy_observability::global::get_telemetry_provider;
use aws_smithy_runtime::client::metrics::MetricsRuntimePlugin;
use aws_smithy_runtime_api::client::runtime_plugin::{Order, StaticRuntimePlugin};

use crate::config::{FrozenLayer, RuntimeComponentsBuilder, RuntimePlugin, SharedRuntimePlugin};

/// Combines the components and the layers of plugins that return the same for every call.
///
/// Plugins that users add must come after them.
pub(super) fn put_together(
    plugins: &[SharedRuntimePlugin],
) -> (RuntimeComponentsBuilder, Vec<FrozenLayer>) {
    let mut components = RuntimeComponentsBuilder::new("client");
    let mut layers = Vec::new();
    for order in [Order::Defaults, Order::Overrides, Order::NestedComponents] {
        for plugin in plugins {
            if plugin.order() == order {
                let added = plugin.runtime_components(&components).into_owned();
                components = components.merge_from(&added);
                layers.extend(plugin.config());
            }
        }
    }
    (components, layers)
}

/// Records metrics: interceptors, and the instruments that they use.
pub(super) fn metrics(metrics: MetricsRuntimePlugin) -> (StaticRuntimePlugin, Instruments) {
    let components = metrics.runtime_components(&RuntimeComponentsBuilder::new("client"));
    let interceptors = StaticRuntimePlugin::new().with_runtime_components(components.into_owned());
    let last = Mutex::default();
    (interceptors, Instruments { metrics, last })
}

/// The instruments of a client. They are recreated when the program's telemetry provider changes.
pub(super) struct Instruments {
    metrics: MetricsRuntimePlugin,
    last: Mutex<Option<(Arc<TelemetryProvider>, FrozenLayer)>>,
}

impl fmt::Debug for Instruments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.metrics.fmt(f)
    }
}

impl RuntimePlugin for Instruments {
    fn config(&self) -> Option<FrozenLayer> {
        let Ok(provider) = get_telemetry_provider() else {
            return self.metrics.config();
        };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(&*last, Some((known, _)) if Arc::ptr_eq(known, &provider)) {
            *last = Some((provider, self.metrics.config()?));
        }
        last.as_ref().map(|(_, layer)| layer.clone())
    }
}
