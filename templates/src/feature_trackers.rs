//! Telling the service, in the user agent, which features of the client a call uses.
//!
//! The runtime does not document its list of features: it is used nowhere else.

use aws_smithy_observability::global::get_telemetry_provider;
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_types::retry::{RetryConfig, RetryMode};

use crate::config::interceptors::BeforeSerializationInterceptorContextRef;
use crate::config::{ConfigBag, Intercept, RuntimeComponents};
use crate::error::BoxError;

/// Tracks by which rules requests are retried.
#[derive(Debug)]
pub(crate) struct RetryModeFeatureTracker;

#[dyn_dispatch_hint]
impl Intercept for RetryModeFeatureTracker {
    fn name(&self) -> &'static str {
        "RetryModeFeatureTrackerInterceptor"
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let feature = match cfg.load::<RetryConfig>().map(RetryConfig::mode) {
            Some(RetryMode::Standard) => SmithySdkFeature::RetryModeStandard,
            Some(RetryMode::Adaptive) => SmithySdkFeature::RetryModeAdaptive,
            _ => return Ok(()),
        };
        cfg.interceptor_state().store_append(feature);
        Ok(())
    }
}

/// Tracks that metrics go to OpenTelemetry.
#[derive(Debug)]
pub(crate) struct ObservabilityFeatureTracker;

#[dyn_dispatch_hint]
impl Intercept for ObservabilityFeatureTracker {
    fn name(&self) -> &'static str {
        "ObservabilityFeatureTrackerInterceptor"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // The crate with the OpenTelemetry provider is no dependency: only its name is known here.
        let is_otel = get_telemetry_provider().is_ok_and(|provider| {
            provider.meter_provider().provider_name() == "AwsSmithyObservabilityOtelProvider"
        });
        if is_otel {
            cfg.interceptor_state()
                .store_append(SmithySdkFeature::ObservabilityOtelMetrics);
        }
        Ok(())
    }
}
