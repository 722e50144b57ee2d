//! Runs the client's own interceptors as one.
//!
//! In each of its hooks, the runtime copies the handles of every interceptor, which takes longer
//! than most hooks do.

use std::sync::atomic::{AtomicUsize, Ordering};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::*;
use aws_smithy_runtime_api::client::interceptors::{OverriddenHooks, SharedInterceptor};

use crate::config::{ConfigBag, Intercept, RuntimeComponents, RuntimeComponentsBuilder};

/// Replaces the interceptors of a plugin by one that runs them all.
pub(crate) fn together(components: &mut RuntimeComponentsBuilder) {
    let interceptors: Vec<_> = components.interceptors().collect();
    if interceptors.len() < 2 {
        return;
    }
    let hooks = interceptors.iter().map(SharedInterceptor::overridden_hooks);
    let together = Together {
        hooks: hooks.fold(OverriddenHooks::none(), |all, hooks| all | hooks),
        interceptors,
        failed: AtomicUsize::new(0),
    };
    let together = SharedInterceptor::permanent(together);
    components.set_interceptors([together].into_iter());
}

#[derive(Debug)]
struct Together {
    interceptors: Vec<SharedInterceptor>,
    hooks: OverriddenHooks,
    /// The position of the interceptor that failed last. The runtime asks for its name.
    failed: AtomicUsize,
}

type Outcome = Result<(), BoxError>;

impl Together {
    /// Runs a hook of all interceptors. As in the runtime, an error does not end this, and the last
    /// one counts.
    fn each(
        &self,
        hook: OverriddenHooks,
        cfg: &mut ConfigBag,
        run: &mut dyn FnMut(&SharedInterceptor, &mut ConfigBag) -> Outcome,
    ) -> Outcome {
        let mut outcome = Ok(());
        for (index, interceptor) in self.interceptors.iter().enumerate() {
            if !interceptor.overridden_hooks().contains(hook) || !interceptor.enabled(cfg) {
                continue;
            }
            if let Err(error) = run(interceptor, cfg) {
                if let Err(earlier) = outcome {
                    tracing::debug!(error = %earlier, "an interceptor failed, and another one too");
                }
                self.failed.store(index, Ordering::Relaxed);
                outcome = Err(error);
            }
        }
        outcome
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
                self.each(OverriddenHooks::$mask, cfg, &mut |interceptor, cfg| {
                    interceptor.$hook(context, components, cfg)
                })
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
        let hook = OverriddenHooks::READ_BEFORE_EXECUTION;
        self.each(hook, cfg, &mut |interceptor, cfg| {
            interceptor.read_before_execution(context, cfg)
        })
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
