//! Calls whose bodies users exclude from the signature.

use aws_runtime::auth::PayloadSigningOverride;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_types::config_bag::ConfigBag;

/// Excludes the body of a call from its signature.
#[derive(Debug)]
pub(crate) struct UnsignedBody;

#[dyn_dispatch_hint]
impl Intercept for UnsignedBody {
    fn name(&self) -> &'static str {
        "UnsignedBody"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // A checksum that follows the body sets this later.
        let unsigned = PayloadSigningOverride::unsigned_payload();
        cfg.interceptor_state().store_put(unsigned);
        Ok(())
    }
}
