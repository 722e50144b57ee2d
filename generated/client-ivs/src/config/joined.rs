//! Interceptors joined into one.
//!
//! For each of its many hooks, the runtime walks through all interceptors of a call and copies the
//! pointers to them, whether they have something to do or not. Ours it need not walk through.

use std::cell::Cell;
use std::ops::BitOr;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::OverriddenHooks;
use aws_smithy_runtime_api::client::interceptors::context::*;

use crate::config::{ConfigBag, Intercept, RuntimeComponents, SharedInterceptor};

thread_local! {
    /// The interceptor that failed last. The runtime asks for the name of an interceptor in the
    /// moment that it fails.
    static FAILED: Cell<&'static str> = const { Cell::new("Joined") };
}

/// Runs interceptors one after the other, as the runtime does.
#[derive(Debug)]
struct Joined {
    interceptors: Vec<SharedInterceptor>,
    hooks: OverriddenHooks,
}

/// Joins interceptors that follow one another, but for those that do not say which hooks they have.
pub(crate) fn join(interceptors: Vec<SharedInterceptor>) -> Vec<SharedInterceptor> {
    let union = |hooks: &[OverriddenHooks]| {
        let hooks = hooks.iter().copied();
        hooks.fold(OverriddenHooks::none(), OverriddenHooks::bitor)
    };
    let known = union(HOOKS);
    let can_be_joined = |it: &SharedInterceptor| it.overridden_hooks() | known == known;
    let runs = interceptors.chunk_by(|one, other| can_be_joined(one) && can_be_joined(other));
    let joined = runs.map(|run| match run {
        [alone] => alone.clone(),
        _ => {
            let hooks: Vec<_> = run
                .iter()
                .map(SharedInterceptor::overridden_hooks)
                .collect();
            SharedInterceptor::permanent(Joined {
                interceptors: run.to_vec(),
                hooks: union(&hooks),
            })
        }
    });
    joined.collect()
}

macro_rules! hooks {
    ($($hook:ident $name:ident($context:ty $(, $components:ident)?);)*) => {
        /// All hooks that there are. A later runtime may have more.
        const HOOKS: &[OverriddenHooks] = &[$(OverriddenHooks::$hook),*];

        impl Intercept for Joined {
            fn name(&self) -> &'static str {
                FAILED.get()
            }

            fn overridden_hooks(&self) -> OverriddenHooks {
                self.hooks
            }

            $(fn $name(
                &self,
                context: $context,
                $($components: &RuntimeComponents,)?
                cfg: &mut ConfigBag,
            ) -> Result<(), BoxError> {
                let mut result = Ok(());
                for it in &self.interceptors {
                    let is_called = it.overridden_hooks().contains(OverriddenHooks::$hook);
                    if is_called && it.enabled(cfg) {
                        if let Err(error) = it.$name(context, $($components,)? cfg) {
                            FAILED.set(it.name());
                            result = Err(error);
                        }
                    }
                }
                result
            })*
        }
    };
}

hooks! {
    READ_BEFORE_EXECUTION read_before_execution(&BeforeSerializationInterceptorContextRef<'_>);
    MODIFY_BEFORE_SERIALIZATION modify_before_serialization(&mut BeforeSerializationInterceptorContextMut<'_>, components);
    READ_BEFORE_SERIALIZATION read_before_serialization(&BeforeSerializationInterceptorContextRef<'_>, components);
    READ_AFTER_SERIALIZATION read_after_serialization(&BeforeTransmitInterceptorContextRef<'_>, components);
    MODIFY_BEFORE_RETRY_LOOP modify_before_retry_loop(&mut BeforeTransmitInterceptorContextMut<'_>, components);
    READ_BEFORE_ATTEMPT read_before_attempt(&BeforeTransmitInterceptorContextRef<'_>, components);
    MODIFY_BEFORE_SIGNING modify_before_signing(&mut BeforeTransmitInterceptorContextMut<'_>, components);
    READ_BEFORE_SIGNING read_before_signing(&BeforeTransmitInterceptorContextRef<'_>, components);
    READ_AFTER_SIGNING read_after_signing(&BeforeTransmitInterceptorContextRef<'_>, components);
    MODIFY_BEFORE_TRANSMIT modify_before_transmit(&mut BeforeTransmitInterceptorContextMut<'_>, components);
    READ_BEFORE_TRANSMIT read_before_transmit(&BeforeTransmitInterceptorContextRef<'_>, components);
    READ_AFTER_TRANSMIT read_after_transmit(&BeforeDeserializationInterceptorContextRef<'_>, components);
    MODIFY_BEFORE_DESERIALIZATION modify_before_deserialization(&mut BeforeDeserializationInterceptorContextMut<'_>, components);
    READ_BEFORE_DESERIALIZATION read_before_deserialization(&BeforeDeserializationInterceptorContextRef<'_>, components);
    READ_AFTER_DESERIALIZATION read_after_deserialization(&AfterDeserializationInterceptorContextRef<'_>, components);
    MODIFY_BEFORE_ATTEMPT_COMPLETION modify_before_attempt_completion(&mut FinalizerInterceptorContextMut<'_>, components);
    READ_AFTER_ATTEMPT read_after_attempt(&FinalizerInterceptorContextRef<'_>, components);
    MODIFY_BEFORE_COMPLETION modify_before_completion(&mut FinalizerInterceptorContextMut<'_>, components);
    READ_AFTER_EXECUTION read_after_execution(&FinalizerInterceptorContextRef<'_>, components);
}
