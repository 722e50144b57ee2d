//! The user agent: the features of the client that a call reports, and the headers.
//!
//! The headers are rebuilt when something in them changes, rather than for every call. The runtime
//! does not document its lists of features. Only this module uses them.

use std::sync::{PoisonError, RwLock};

use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_runtime::user_agent::{ApiMetadata, AwsUserAgent, UserAgentInterceptor};
use aws_smithy_observability::global::get_telemetry_provider;
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::HttpClient;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{DisableInterceptor, dyn_dispatch_hint};
use aws_smithy_types::config_bag::{Storable, StoreAppend};
use aws_smithy_types::retry::{RetryConfig, RetryMode};
//~ if account-ids
use aws_types::endpoint_config::AccountIdEndpointMode;
//~ end
use aws_types::endpoint_config::EndpointUrl;
use aws_types::os_shim_internal::Env;

use crate::config::{
    AppName, ConfigBag, FrameworkMetadata, Intercept, RuntimeComponents, RuntimeComponentsBuilder,
};

/// The number of interceptors in a plugin of the client's own. All others belong to users.
#[derive(Debug)]
pub(crate) struct OwnInterceptors(usize);

impl OwnInterceptors {
    pub(crate) fn of(components: &RuntimeComponentsBuilder) -> Self {
        Self(components.interceptors().count())
    }
}

impl Storable for OwnInterceptors {
    type Storer = StoreAppend<Self>;
}

/// Does the same as the runtime's interceptor, but reuses the headers while nothing in them
/// changes.
///
/// A user's interceptors may change the [`AwsUserAgent`] of a call at any time. If there are any,
/// the runtime's interceptor does all the work.
#[derive(Debug, Default)]
pub(super) struct UserAgent {
    runtime: UserAgentInterceptor,
    last: RwLock<Option<(Told, [String; 2])>>,
}

const HEADERS: [&str; 2] = ["user-agent", "x-amz-user-agent"];

/// The contents of the headers other than client and program.
#[derive(Debug)]
struct Told {
    app: Option<AppName>,
    smithy: Vec<SmithySdkFeature>,
    aws: Vec<AwsSdkFeature>,
    credentials: Vec<AwsCredentialFeature>,
    connector: Option<ConnectorMetadata>,
}

impl Told {
    fn new(cfg: &ConfigBag, connector: Option<ConnectorMetadata>) -> Self {
        Self {
            app: cfg.load::<AppName>().cloned(),
            smithy: cfg.load::<SmithySdkFeature>().cloned().collect(),
            aws: cfg.load::<AwsSdkFeature>().cloned().collect(),
            credentials: cfg.load::<AwsCredentialFeature>().cloned().collect(),
            connector,
        }
    }

    fn is_same(&self, cfg: &ConfigBag, connector: &Option<ConnectorMetadata>) -> bool {
        self.app.as_ref() == cfg.load::<AppName>()
            && cfg.load::<SmithySdkFeature>().eq(&self.smithy)
            && cfg.load::<AwsSdkFeature>().eq(&self.aws)
            && cfg.load::<AwsCredentialFeature>().eq(&self.credentials)
            && self.connector == *connector
    }
}

/// Whether metrics go to OpenTelemetry. The crate of its provider is not a dependency, so this
/// compares names.
fn is_observed() -> bool {
    get_telemetry_provider().is_ok_and(|provider| {
        provider.meter_provider().provider_name() == "AwsSmithyObservabilityOtelProvider"
    })
}

fn is_disabled(cfg: &ConfigBag) -> bool {
    cfg.load::<DisableInterceptor<UserAgentInterceptor>>()
        .is_some()
}

/// Whether no interceptor can see the [`AwsUserAgent`] of this call, so it need not exist.
fn is_unseen(cfg: &ConfigBag, components: &RuntimeComponents) -> bool {
    let own: usize = cfg.load::<OwnInterceptors>().map(|own| own.0).sum();
    own == components.interceptors().size_hint().0
        && cfg.load::<AwsUserAgent>().is_none()
        && cfg.load::<ApiMetadata>().is_some()
        && cfg.load::<FrameworkMetadata>().next().is_none()
}

#[dyn_dispatch_hint]
impl Intercept for UserAgent {
    fn name(&self) -> &'static str {
        self.runtime.name()
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if cfg.load::<EndpointUrl>().is_some() {
            cfg.interceptor_state()
                .store_append(AwsSdkFeature::EndpointOverride);
        }
        //~ if account-ids
        let mode = match cfg.load::<AccountIdEndpointMode>() {
            None | Some(AccountIdEndpointMode::Preferred) => AwsSdkFeature::AccountIdModePreferred,
            Some(AccountIdEndpointMode::Required) => AwsSdkFeature::AccountIdModeRequired,
            _ => AwsSdkFeature::AccountIdModeDisabled,
        };
        cfg.interceptor_state().store_append(mode);
        //~ end
        if is_observed() {
            cfg.interceptor_state()
                .store_append(SmithySdkFeature::ObservabilityOtelMetrics);
        }
        Ok(())
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        //~ if rpc-v2-cbor
        cfg.interceptor_state()
            .store_append(SmithySdkFeature::ProtocolRpcV2Cbor);
        //~ end
        let feature = match cfg.load::<RetryConfig>().map(RetryConfig::mode) {
            Some(RetryMode::Standard) => SmithySdkFeature::RetryModeStandard,
            Some(RetryMode::Adaptive) => SmithySdkFeature::RetryModeAdaptive,
            _ => return Ok(()),
        };
        cfg.interceptor_state().store_append(feature);
        Ok(())
    }

    fn read_after_serialization(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if is_disabled(cfg) || is_unseen(cfg, components) {
            return Ok(());
        }
        self.runtime
            .read_after_serialization(context, components, cfg)
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if is_disabled(cfg) {
            return Ok(());
        }
        let (None, Some(api)) = (cfg.load::<AwsUserAgent>(), cfg.load::<ApiMetadata>()) else {
            return self.runtime.modify_before_signing(context, components, cfg);
        };
        let connector = components
            .http_client()
            .and_then(|http_client| http_client.connector_metadata());
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, values)) = last
            .as_ref()
            .filter(|(told, _)| told.is_same(cfg, &connector))
        {
            for (name, value) in HEADERS.into_iter().zip(values) {
                context
                    .request_mut()
                    .headers_mut()
                    .append(name, value.clone());
            }
            return Ok(());
        }
        drop(last);
        let mut user_agent = AwsUserAgent::new_from_environment(Env::real(), api.clone());
        if let Some(app) = cfg.load::<AppName>() {
            user_agent.set_app_name(app.clone());
        }
        cfg.interceptor_state().store_put(user_agent);
        self.runtime
            .modify_before_signing(context, components, cfg)?;
        let headers = context.request().headers();
        let added = |name| headers.get_all(name).last().unwrap_or_default().to_owned();
        let mut last = self.last.write().unwrap_or_else(PoisonError::into_inner);
        *last = Some((Told::new(cfg, connector), HEADERS.map(added)));
        Ok(())
    }
}
