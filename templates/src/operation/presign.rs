//! Presigns requests.

use std::sync::Arc;

use aws_runtime::auth::{HttpSignatureType, PayloadSigningOverride, SigV4OperationSigningConfig};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::service_clock_skew::ServiceClockSkewInterceptor;
use aws_runtime::user_agent::UserAgentInterceptor;
use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};
use aws_smithy_runtime::client::orchestrator::{StopPoint, invoke_with_stop_point};
use aws_smithy_runtime::client::retries::strategy::NeverRetryStrategy;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, Input,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, disable_interceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::retries::SharedRetryStrategy;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, StaticRuntimePlugin};
use aws_smithy_schema::header_omit_settings::{HeaderOmitSettings, SharedHeaderOmitSettings};
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::error::operation::BuildError;

use super::runtime::{Operation, with_override};
use crate::client::Handle;
use crate::client::customize::internal::SendResult;
use crate::config;
use crate::config::user_agent::OwnInterceptors;
use crate::meta;
use crate::presigning::{IsPresigned, PresignedRequest, PresigningConfig};

/// Builds and signs a request of the operation `O`, without sending it.
pub(crate) async fn presign<O>(
    operation: O,
    handle: &Arc<Handle>,
    input: Result<O::Input, BuildError>,
    config_override: Option<config::Builder>,
    (presigning_config, is_body_signed): (PresigningConfig, bool),
) -> SendResult<PresignedRequest, O::Error>
where
    O: Operation + RuntimePlugin,
{
    let input = input.map_err(SdkError::construction_failure)?;
    let plugins = handle.runtime_plugins.clone();
    let plugins = plugins
        .with_client_plugin(presigning(&presigning_config, is_body_signed))
        .with_operation_plugin(operation);
    let plugins = with_override(plugins, config_override);
    let (name, input) = (O::SPEC.name, Input::erase(input));
    let stop = StopPoint::BeforeTransmit;
    let context = invoke_with_stop_point(meta::SDK_ID, name, input, &plugins, stop).await;
    let mut context = context.map_err(|error| {
        error.map_service_error(|error| {
            error
                .downcast()
                .expect("the deserializer is the operation's own")
        })
    })?;
    let request = context.take_request();
    let request = request.expect("it has been signed, and is not sent");
    PresignedRequest::new(request, is_body_signed).map_err(SdkError::construction_failure)
}

/// The configuration of a presigned request.
fn presigning(config: &PresigningConfig, is_body_signed: bool) -> StaticRuntimePlugin {
    const CAUSE: &str = "the request is not sent here";
    let clock = SharedTimeSource::new(StaticTimeSource::new(config.start_time()));
    let signature = SharedInterceptor::permanent(SignatureInQuery {
        config: config.clone(),
        is_body_signed,
    });
    let components = RuntimeComponentsBuilder::new("Presigning")
        .with_interceptor(signature)
        .with_retry_strategy(Some(SharedRetryStrategy::new(NeverRetryStrategy::new())))
        .with_time_source(Some(clock));
    let mut layer = Layer::new("Presigning");
    // All of these add headers, which the sender would have to send unchanged.
    layer
        .store_put(disable_interceptor::<InvocationIdInterceptor>(CAUSE))
        .store_put(disable_interceptor::<RequestInfoInterceptor>(CAUSE))
        .store_put(disable_interceptor::<ServiceClockSkewInterceptor>(CAUSE))
        .store_put(disable_interceptor::<UserAgentInterceptor>(CAUSE))
        .store_put(SharedHeaderOmitSettings::new(Omitted {
            content_type: !is_body_signed,
        }))
        .store_put(IsPresigned)
        .store_append(OwnInterceptors::of(&components));
    StaticRuntimePlugin::new()
        .with_config(layer.freeze())
        .with_runtime_components(components)
}

/// Headers that depend on a body, which is unknown here.
#[derive(Debug)]
struct Omitted {
    content_type: bool,
}

impl HeaderOmitSettings for Omitted {
    fn should_omit_default_content_type(&self) -> bool {
        self.content_type
    }

    fn should_omit_default_content_length(&self) -> bool {
        true
    }
}

/// Puts the signature into the query, with its validity.
#[derive(Debug)]
struct SignatureInQuery {
    config: PresigningConfig,
    is_body_signed: bool,
}

#[dyn_dispatch_hint]
impl Intercept for SignatureInQuery {
    fn name(&self) -> &'static str {
        "SignatureInQuery"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // The caller of this program does not send the request.
        context
            .request_mut()
            .headers_mut()
            .remove("x-amzn-trace-id");
        let signing = cfg.load::<SigV4OperationSigningConfig>().cloned();
        let mut signing = signing.unwrap_or_default();
        let options = &mut signing.signing_options;
        options.expires_in = Some(self.config.expires());
        options.signature_type = HttpSignatureType::HttpRequestQueryParams;
        if !self.is_body_signed {
            let unsigned = PayloadSigningOverride::unsigned_payload();
            options.payload_override = Some(unsigned.to_signable_body());
        }
        cfg.interceptor_state().store_put(signing);
        Ok(())
    }
}
