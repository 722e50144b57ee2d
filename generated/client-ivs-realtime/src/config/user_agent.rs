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
use aws_smithy_runtime_api::http::Headers;
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
    last: RwLock<Option<Known>>,
}

/// The headers, and what they tell of.
#[derive(Debug)]
struct Known {
    api: String,
    app: Option<AppName>,
    smithy: Vec<SmithySdkFeature>,
    aws: Vec<AwsSdkFeature>,
    credentials: Vec<AwsCredentialFeature>,
    connector: Option<ConnectorMetadata>,
    values: [String; 2],
}

const HEADERS: [&str; 2] = ["user-agent", "x-amz-user-agent"];

impl Known {
    fn of(cfg: &ConfigBag, components: &RuntimeComponents, headers: &Headers) -> Self {
        let added = |name| headers.get_all(name).last().unwrap_or_default().to_owned();
        Self {
            api: api(cfg),
            app: cfg.load::<AppName>().cloned(),
            smithy: cfg.load::<SmithySdkFeature>().cloned().collect(),
            aws: cfg.load::<AwsSdkFeature>().cloned().collect(),
            credentials: cfg.load::<AwsCredentialFeature>().cloned().collect(),
            connector: connector(components),
            values: HEADERS.map(added),
        }
    }

    fn holds(&self, cfg: &ConfigBag, components: &RuntimeComponents) -> bool {
        let credentials = cfg.load::<AwsCredentialFeature>();
        self.app.as_ref() == cfg.load::<AppName>()
            && self.smithy.iter().eq(cfg.load::<SmithySdkFeature>())
            && self.aws.iter().eq(cfg.load::<AwsSdkFeature>())
            && self.credentials.iter().eq(credentials)
            && self.connector == connector(components)
            && self.api == api(cfg)
    }
}

fn api(cfg: &ConfigBag) -> String {
    cfg.load::<ApiMetadata>()
        .map_or_else(String::new, ToString::to_string)
}

fn connector(components: &RuntimeComponents) -> Option<ConnectorMetadata> {
    components.http_client()?.connector_metadata()
}

fn is_disabled(cfg: &ConfigBag) -> bool {
    cfg.load::<DisableInterceptor<UserAgentInterceptor>>()
        .is_some()
}

/// Whether nobody sees the [`AwsUserAgent`] of this call, so that there need not be one.
fn is_unseen(cfg: &ConfigBag, components: &RuntimeComponents) -> bool {
    let interceptors = components.interceptors().size_hint().0;
    // One more is the operation's.
    cfg.load::<OwnInterceptors>()
        .is_some_and(|own| own.0 + 1 == interceptors)
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
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = last.as_ref().filter(|last| last.holds(cfg, components)) {
            for (name, value) in HEADERS.into_iter().zip(&known.values) {
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
        let known = Known::of(cfg, components, context.request().headers());
        let mut last = self.last.write().unwrap_or_else(PoisonError::into_inner);
        *last = Some(known);
        Ok(())
    }
}
