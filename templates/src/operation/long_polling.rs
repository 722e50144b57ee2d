//! Operations that the service answers once it has data.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::retry::{RetryConfig, RetrySpec};

/// Makes retries wait before they check the retry budget. Programs call such operations in loops,
/// which would not wait at all once the budget is spent.
pub(crate) fn join(_: &mut Layer, components: &mut RuntimeComponentsBuilder) {
    components.push_interceptor(SharedInterceptor::permanent(LongPolling));
}

#[derive(Debug)]
struct LongPolling;

#[dyn_dispatch_hint]
impl Intercept for LongPolling {
    fn name(&self) -> &'static str {
        "LongPolling"
    }

    fn modify_before_retry_loop(
        &self,
        _context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _runtime_components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(config) = cfg.load::<RetryConfig>() else {
            return Ok(());
        };
        // Older behavior versions ignore it.
        let spec = config
            .retry_spec()
            .filter(|it| it.is_at_least(RetrySpec::V2_1));
        if let Some(spec) = spec.cloned() {
            let config = config.clone().with_retry_spec(spec.with_long_polling(true));
            cfg.interceptor_state().store_put(config);
        }
        Ok(())
    }
}
