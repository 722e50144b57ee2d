//! Does once what the runtime would do in every call: asks plugins for what they add, and copies the
//! handles of interceptors.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_observability::TelemetryProvider;
use aws_smithy_observability::global::get_telemetry_provider;
use aws_smithy_runtime::client::metrics::MetricsRuntimePlugin;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::*;
use aws_smithy_runtime_api::client::interceptors::{OverriddenHooks, SharedInterceptor};
use aws_smithy_runtime_api::client::runtime_plugin::{Order, StaticRuntimePlugin};

use crate::config::{
    ConfigBag, FrozenLayer, Intercept, RuntimeComponents, RuntimeComponentsBuilder, RuntimePlugin,
    SharedRuntimePlugin,
};

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

/// Replaces the interceptors of a plugin by one that runs them all: in each hook, the runtime copies
/// the handle of every interceptor, which takes longer than most hooks do.
pub(crate) fn together(components: &mut RuntimeComponentsBuilder) {
    let mut together = Together {
        interceptors: Vec::new(),
        hooks: OverriddenHooks::none(),
        failed: AtomicUsize::new(0),
    };
    for interceptor in components.interceptors() {
        together.hooks = together.hooks | interceptor.overridden_hooks();
        together.interceptors.push(interceptor);
    }
    if together.interceptors.len() > 1 {
        components.set_interceptors(std::iter::empty());
        components.push_interceptor(SharedInterceptor::permanent(together));
    }
}

#[derive(Debug)]
struct Together {
    interceptors: Vec<SharedInterceptor>,
    hooks: OverriddenHooks,
    /// The position of the interceptor that failed last. The runtime asks for its name.
    failed: AtomicUsize,
}

type Outcome = Result<(), BoxError>;

/// The run of a hook of all interceptors.
struct Run {
    hook: OverriddenHooks,
    /// The position after the interceptor that runs.
    next: usize,
    outcome: Outcome,
}

impl Run {
    fn of(hook: OverriddenHooks) -> Self {
        Self {
            hook,
            next: 0,
            outcome: Ok(()),
        }
    }
}

impl Together {
    /// The next interceptor that has the hook and is not disabled.
    fn next(&self, run: &mut Run, cfg: &ConfigBag) -> Option<&SharedInterceptor> {
        while let Some(interceptor) = self.interceptors.get(run.next) {
            run.next += 1;
            if interceptor.overridden_hooks().contains(run.hook) && interceptor.enabled(cfg) {
                return Some(interceptor);
            }
        }
        None
    }

    /// Notes how the interceptor has ended. As in the runtime, an error does not keep the others
    /// from running, and the last one counts.
    fn note(&self, run: &mut Run, outcome: Outcome) {
        if outcome.is_err() {
            self.failed.store(run.next - 1, Ordering::Relaxed);
            run.outcome = outcome;
        }
    }
}

macro_rules! hooks {
    ($($hook:ident $mask:ident($context:ty);)*) => {
        $(
            fn $hook(
                &self,
                context: $context,
                components: &RuntimeComponents,
                cfg: &mut ConfigBag,
            ) -> Outcome {
                let mut run = Run::of(OverriddenHooks::$mask);
                while let Some(interceptor) = self.next(&mut run, cfg) {
                    self.note(&mut run, interceptor.$hook(context, components, cfg));
                }
                run.outcome
            }
        )*
    };
}

impl Intercept for Together {
    fn name(&self) -> &'static str {
        self.interceptors[self.failed.load(Ordering::Relaxed)].name()
    }

    fn overridden_hooks(&self) -> OverriddenHooks {
        self.hooks
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Outcome {
        let mut run = Run::of(OverriddenHooks::READ_BEFORE_EXECUTION);
        while let Some(interceptor) = self.next(&mut run, cfg) {
            self.note(&mut run, interceptor.read_before_execution(context, cfg));
        }
        run.outcome
    }

    hooks! {
        modify_before_serialization
            MODIFY_BEFORE_SERIALIZATION(&mut BeforeSerializationInterceptorContextMut<'_>);
        read_before_serialization
            READ_BEFORE_SERIALIZATION(&BeforeSerializationInterceptorContextRef<'_>);
        read_after_serialization READ_AFTER_SERIALIZATION(&BeforeTransmitInterceptorContextRef<'_>);
        modify_before_retry_loop
            MODIFY_BEFORE_RETRY_LOOP(&mut BeforeTransmitInterceptorContextMut<'_>);
        read_before_attempt READ_BEFORE_ATTEMPT(&BeforeTransmitInterceptorContextRef<'_>);
        modify_before_signing MODIFY_BEFORE_SIGNING(&mut BeforeTransmitInterceptorContextMut<'_>);
        read_before_signing READ_BEFORE_SIGNING(&BeforeTransmitInterceptorContextRef<'_>);
        read_after_signing READ_AFTER_SIGNING(&BeforeTransmitInterceptorContextRef<'_>);
        modify_before_transmit MODIFY_BEFORE_TRANSMIT(&mut BeforeTransmitInterceptorContextMut<'_>);
        read_before_transmit READ_BEFORE_TRANSMIT(&BeforeTransmitInterceptorContextRef<'_>);
        read_after_transmit READ_AFTER_TRANSMIT(&BeforeDeserializationInterceptorContextRef<'_>);
        modify_before_deserialization
            MODIFY_BEFORE_DESERIALIZATION(&mut BeforeDeserializationInterceptorContextMut<'_>);
        read_before_deserialization
            READ_BEFORE_DESERIALIZATION(&BeforeDeserializationInterceptorContextRef<'_>);
        read_after_deserialization
            READ_AFTER_DESERIALIZATION(&AfterDeserializationInterceptorContextRef<'_>);
        modify_before_attempt_completion
            MODIFY_BEFORE_ATTEMPT_COMPLETION(&mut FinalizerInterceptorContextMut<'_>);
        read_after_attempt READ_AFTER_ATTEMPT(&FinalizerInterceptorContextRef<'_>);
        modify_before_completion MODIFY_BEFORE_COMPLETION(&mut FinalizerInterceptorContextMut<'_>);
        read_after_execution READ_AFTER_EXECUTION(&FinalizerInterceptorContextRef<'_>);
    }
}
