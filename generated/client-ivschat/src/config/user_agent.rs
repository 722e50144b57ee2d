//! The user agent. It is put together when something in it changes, rather than for every call.

use std::sync::{PoisonError, RwLock};

use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_runtime::user_agent::{ApiMetadata, AwsUserAgent, UserAgentInterceptor};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::HttpClient;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{DisableInterceptor, dyn_dispatch_hint};
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use aws_types::os_shim_internal::Env;

use crate::config::{AppName, ConfigBag, FrameworkMetadata, Intercept, RuntimeComponents};

/// How many interceptors a client has, if all of them are its own.
#[derive(Debug)]
pub(super) struct OwnInterceptors(pub(super) usize);

impl Storable for OwnInterceptors {
    type Storer = StoreReplace<Self>;
}

/// Does what the runtime's interceptor does, and repeats its headers while nothing that they tell
/// of changes.
///
/// A user's interceptors may change the [`AwsUserAgent`] of a call at any time. Where there are
/// some, the runtime's interceptor does it all.
#[derive(Debug, Default)]
pub(super) struct UserAgent {
    runtime: UserAgentInterceptor,
    last: RwLock<Option<(Told, [String; 2])>>,
}

const HEADERS: [&str; 2] = ["user-agent", "x-amz-user-agent"];

/// What the headers tell of, beside the client and the program.
type Told = (
    Option<AppName>,
    Vec<SmithySdkFeature>,
    Vec<AwsSdkFeature>,
    Vec<AwsCredentialFeature>,
    Option<ConnectorMetadata>,
);

fn told(cfg: &ConfigBag, components: &RuntimeComponents) -> Told {
    let http_client = components.http_client();
    (
        cfg.load::<AppName>().cloned(),
        cfg.load::<SmithySdkFeature>().cloned().collect(),
        cfg.load::<AwsSdkFeature>().cloned().collect(),
        cfg.load::<AwsCredentialFeature>().cloned().collect(),
        http_client.and_then(|http_client| http_client.connector_metadata()),
    )
}

fn is_disabled(cfg: &ConfigBag) -> bool {
    cfg.load::<DisableInterceptor<UserAgentInterceptor>>()
        .is_some()
}

/// Whether nobody sees the [`AwsUserAgent`] of this call, so that there need not be one.
fn is_unseen(cfg: &ConfigBag, components: &RuntimeComponents) -> bool {
    let interceptors = components.interceptors().size_hint().0;
    // Two more are the operation's.
    cfg.load::<OwnInterceptors>()
        .is_some_and(|own| own.0 + 2 == interceptors)
        && cfg.load::<AwsUserAgent>().is_none()
        && cfg.load::<ApiMetadata>().is_some()
        && cfg.load::<FrameworkMetadata>().next().is_none()
}

#[dyn_dispatch_hint]
impl Intercept for UserAgent {
    fn name(&self) -> &'static str {
        self.runtime.name()
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
        let told = told(cfg, components);
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, values)) = last.as_ref().filter(|(last, _)| *last == told) {
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
        *last = Some((told, HEADERS.map(added)));
        Ok(())
    }
}
