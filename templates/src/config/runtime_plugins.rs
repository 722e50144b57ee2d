//! The runtime plugins of a client: the settings of its config and of its service's model.

use std::borrow::Cow;

//~ if aws
use aws_runtime::auth::sigv4::SigV4AuthScheme;
//~ end
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::service_clock_skew::ServiceClockSkewInterceptor;
//~ if basic
use aws_smithy_runtime::client::auth::http::BasicAuthScheme;
//~ end
//~ if bearer
use aws_smithy_runtime::client::auth::http::BearerAuthScheme;
//~ end
use aws_smithy_runtime::client::auth::no_auth::{NO_AUTH_SCHEME_ID, NoAuthScheme};
use aws_smithy_runtime::client::defaults::{DefaultPluginParams, default_plugins};
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::identity::no_auth::NoAuthIdentityResolver;
use aws_smithy_runtime::client::metrics::MetricsRuntimePlugin;
use aws_smithy_runtime::client::orchestrator::AuthSchemeAndEndpointOrchestrationV2;
use aws_smithy_runtime::client::retries::classifiers::HttpStatusCodeClassifier;
use aws_smithy_runtime_api::client::auth::SharedAuthScheme;
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::runtime_plugin::{Order, RuntimePlugins, StaticRuntimePlugin};

//~ if sigv4a
use crate::config::auth::sigv4a;
//~ end
use crate::config::auth::{DefaultAuthSchemeResolver, ResolveAuthScheme};
//~ if not aws
use crate::config::builder::freeze;
//~ end
//~ if aws
use crate::config::builder::{freeze, sign_for_configured_region};
//~ end
use crate::config::endpoint::{DefaultResolver, ResolveEndpoint};
use crate::config::kept_plugins::{self, put_together, together};
//~ if aws
use crate::config::user_agent::{OwnInterceptors, UserAgent};
//~ end
//~ if not aws
use crate::config::user_agent::UserAgent;
//~ end
//~ if aws
use crate::config::{
    BehaviorVersion, Builder, Config, FrozenLayer, IdentityCache, Layer, Region,
    RuntimeComponentsBuilder, RuntimePlugin, SharedInterceptor, SharedRuntimePlugin,
};
//~ end
//~ if not aws
use crate::config::{
    BehaviorVersion, Builder, Config, FrozenLayer, IdentityCache, Layer, RuntimeComponentsBuilder,
    RuntimePlugin, SharedInterceptor, SharedRuntimePlugin,
};
//~ end
use crate::meta;

/// Returns the plugins that all calls of a client share.
///
/// Among plugins with the same order, the later one wins: the defaults come first, then the user's
/// configuration.
///
/// # Panics
///
/// Panics if there is no behavior version.
#[track_caller]
pub(crate) fn base_client_runtime_plugins(config: Config) -> RuntimePlugins {
    let behavior_version = config.behavior_version.or_else(default_behavior_version).expect(
        "Invalid client configuration: A behavior major version must be set when sending a request or \
         constructing a client. You must set it during client construction or by enabling the \
         `behavior-version-latest` cargo feature.",
    );
    let defaults = DefaultPluginParams::new()
        //~ if aws
        .with_retry_partition_name(default_retry_partition(config.region()))
        //~ end
        //~ if not aws
        .with_retry_partition_name(meta::SERVICE_MODULE)
        //~ end
        .with_behavior_version(behavior_version)
        .with_is_aws_sdk(true);
    //~ if sessions
    let sessions = crate::operation::sessions::plugin(&config);
    //~ end
    let configured = StaticRuntimePlugin::new()
        .with_config(config.config)
        .with_runtime_components(config.runtime_components.clone());
    let metrics = MetricsRuntimePlugin::builder()
        .with_scope(meta::SCOPE)
        .with_time_source(config.runtime_components.time_source().unwrap_or_default())
        .build()
        .expect("the scope is set");
    let (metrics, instruments) = kept_plugins::metrics(metrics);

    //~ if not sigv4a
    let service = of_defaults().with_runtime_components(service_components());
    //~ end
    //~ if sigv4a
    let components = sigv4a::with_auth_scheme(service_components());
    let service = of_defaults().with_runtime_components(components);
    //~ end

    let mut plugins: Vec<_> = default_plugins(defaults).into_iter().collect();
    plugins.extend(default_http_client());
    //~ if sessions
    plugins.push(SharedRuntimePlugin::new(sessions));
    //~ end
    for plugin in [configured, no_auth(), metrics, service] {
        plugins.push(SharedRuntimePlugin::new(plugin));
    }
    let is_own = config.runtime_components.interceptors().next().is_none();
    let (mut components, layers) = put_together(&plugins);
    if is_own {
        together(&mut components);
    }
    //~ if aws
    let own = is_own.then(|| OwnInterceptors::of(&components));
    let settings = service_config(own);
    //~ end
    //~ if not aws
    let settings = service_config();
    //~ end
    let service = of_defaults()
        .with_config(settings)
        .with_runtime_components(components);
    let mut plugins = RuntimePlugins::new().with_client_plugin(service);
    for layer in layers {
        plugins = plugins.with_client_plugin(of_defaults().with_config(layer));
    }
    plugins
        .with_client_plugin(instruments)
        .with_client_plugins(config.runtime_plugins)
}

/// A plugin that comes before all plugins of users.
fn of_defaults() -> StaticRuntimePlugin {
    StaticRuntimePlugin::new().with_order(Order::Defaults)
}

/// The behavior version of a config that names none.
fn default_behavior_version() -> Option<BehaviorVersion> {
    cfg!(feature = "behavior-version-latest").then(BehaviorVersion::latest)
}

//~ if aws
/// One retry budget for each region of the service.
fn default_retry_partition(region: Option<&Region>) -> Cow<'static, str> {
    match region {
        Some(region) => format!("{}-{region}", meta::SERVICE_MODULE).into(),
        None => meta::SERVICE_MODULE.into(),
    }
}

//~ end
/// The HTTP client of a config that has none.
fn default_http_client() -> Option<SharedRuntimePlugin> {
    #[cfg(feature = "default-https-client")]
    return Some(crate::https::default_http_client_plugin());
    #[cfg(not(feature = "default-https-client"))]
    None
}

/// Registers the auth scheme that does not sign requests. It must be chosen elsewhere.
fn no_auth() -> StaticRuntimePlugin {
    let components = RuntimeComponentsBuilder::new("NoAuthRuntimePlugin")
        .with_identity_resolver(
            NO_AUTH_SCHEME_ID,
            SharedIdentityResolver::new(NoAuthIdentityResolver::new()),
        )
        .with_auth_scheme(SharedAuthScheme::new(NoAuthScheme::new()));
    StaticRuntimePlugin::new().with_runtime_components(components)
}

/// Settings from the service's model that are the same for all operations.
fn service_components() -> RuntimeComponentsBuilder {
    let auth_scheme_resolver = DefaultAuthSchemeResolver::default().into_shared_resolver();
    let endpoint_resolver = DefaultResolver::new().into_shared_resolver();
    //~ if discovery
    let endpoint_resolver =
        crate::operation::discovery::DiscoveringResolver::shared(endpoint_resolver);
    //~ end
    // Interceptors run in this order. A config cannot turn off the permanent ones.
    RuntimeComponentsBuilder::new("ServiceRuntimePlugin")
        .with_auth_scheme_option_resolver(Some(auth_scheme_resolver))
        .with_endpoint_resolver(Some(endpoint_resolver))
        //~ if aws
        .with_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()))
        //~ end
        //~ if api-key
        .with_auth_scheme(SharedAuthScheme::new(meta::api_key_auth_scheme()))
        //~ end
        //~ if basic
        .with_auth_scheme(SharedAuthScheme::new(BasicAuthScheme::new()))
        //~ end
        //~ if bearer
        .with_auth_scheme(SharedAuthScheme::new(BearerAuthScheme::new()))
        //~ end
        .with_retry_classifier(HttpStatusCodeClassifier::default())
        .with_interceptor(SharedInterceptor::permanent(
            ConnectionPoisoningInterceptor::new(),
        ))
        .with_interceptor(ServiceClockSkewInterceptor::new())
        .with_interceptor(RequestInfoInterceptor::new())
        .with_interceptor(SharedInterceptor::permanent(UserAgent::default()))
        .with_interceptor(InvocationIdInterceptor::new())
        .with_interceptor(SharedInterceptor::permanent(
            RecursionDetectionInterceptor::new(),
        ))
}

//~ if aws
fn service_config(own: Option<OwnInterceptors>) -> FrozenLayer {
    let mut config = Layer::new(meta::SERVICE_SHAPE);
    config.store_put(AuthSchemeAndEndpointOrchestrationV2);
    if let Some(own) = own {
        config.store_append(own);
    }
    config.freeze()
}

//~ end
//~ if not aws
fn service_config() -> FrozenLayer {
    let mut config = Layer::new(meta::SERVICE_SHAPE);
    config.store_put(AuthSchemeAndEndpointOrchestrationV2);
    config.freeze()
}

//~ end
/// The config of a single call, in addition to that of its client.
#[derive(Debug)]
pub(crate) struct ConfigOverrideRuntimePlugin {
    config: FrozenLayer,
    runtime_components: RuntimeComponentsBuilder,
}

impl ConfigOverrideRuntimePlugin {
    pub(crate) fn new(config_override: Builder) -> Self {
        let Builder {
            //~ if aws
            config: mut layer,
            //~ end
            //~ if not aws
            config: layer,
            //~ end
            mut runtime_components,
            ..
        } = config_override;
        //~ if aws
        sign_for_configured_region(&mut layer);
        //~ end
        // Credentials of a single call would stay in the client's cache forever. They get a cache
        // that is dropped with the call, and that its retries use.
        if runtime_components.has_identity_resolvers()
            && runtime_components.identity_cache().is_none()
        {
            let identity_cache = IdentityCache::lazy().max_partitions(1).build();
            runtime_components.set_identity_cache(Some(identity_cache));
        }
        Self {
            config: freeze::<Self>(layer),
            runtime_components,
        }
    }
}

impl RuntimePlugin for ConfigOverrideRuntimePlugin {
    fn config(&self) -> Option<FrozenLayer> {
        Some(self.config.clone())
    }

    fn runtime_components(
        &self,
        _: &RuntimeComponentsBuilder,
    ) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.runtime_components)
    }
}

//~ if package
#[cfg(test)]
mod tests {
    //~ if aws
    use aws_smithy_runtime::client::retries::RetryPartition;
    //~ end
    use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpConnector};
    use aws_smithy_types::retry::RetryConfig;
    //~ if aws
    use aws_types::region::SigningRegion;
    //~ end
    use aws_types::sdk_config::SdkConfig;

    use super::*;
    //~ if aws
    use crate::config::{
        ConfigBag, Credentials, HttpClient, Intercept, RuntimeComponents,
        StalledStreamProtectionConfig,
    };
    //~ end
    //~ if not aws
    use crate::config::{
        ConfigBag, HttpClient, Intercept, RuntimeComponents, StalledStreamProtectionConfig,
    };
    //~ end

    /// The combined plugins of a client and a call.
    struct Applied {
        cfg: ConfigBag,
        client: RuntimeComponentsBuilder,
        call: RuntimeComponentsBuilder,
    }

    fn apply(config: Config, config_override: Option<Builder>) -> Applied {
        let plugins = base_client_runtime_plugins(config).with_operation_plugins(
            config_override
                .map(ConfigOverrideRuntimePlugin::new)
                .map(SharedRuntimePlugin::new),
        );
        let mut cfg = ConfigBag::base();
        let client = plugins
            .apply_client_configuration(&mut cfg)
            .expect("a client");
        let call = plugins
            .apply_operation_configuration(&mut cfg)
            .expect("a call");
        Applied { cfg, client, call }
    }

    fn builder() -> Builder {
        Config::builder()
            .behavior_version_latest()
            //~ if aws
            .region(Region::new("us-east-1"))
        //~ end
    }

    #[derive(Debug)]
    struct Mine;

    impl Intercept for Mine {
        fn name(&self) -> &'static str {
            "Mine"
        }
    }

    #[test]
    fn interceptors_run_in_the_order_of_the_official_clients() {
        let Applied { client, .. } = apply(builder().build(), None);
        assert_eq!(client.interceptors().count(), 1, "they run together");
        let config = builder().interceptor(Mine).build();
        let Applied { client, .. } = apply(config, None);
        let names: Vec<_> = client.interceptors().map(|it| it.name()).collect();
        let expected = [
            "TokenBucketProvider",
            "ConnectionPoisoningInterceptor",
            "ServiceClockSkewInterceptor",
            "RequestInfoInterceptor",
            "UserAgentInterceptor",
            "InvocationIdInterceptor",
            "RecursionDetectionInterceptor",
            "EnforceContentLength",
            "Mine",
            "MetricsInterceptor",
            "TelemetryBytesInterceptor",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    #[cfg(not(feature = "behavior-version-latest"))]
    #[should_panic(
        expected = "Invalid client configuration: A behavior major version must be set when sending a request or constructing a client. You must set it during client construction or by enabling the `behavior-version-latest` cargo feature."
    )]
    fn a_client_needs_a_behavior_version() {
        base_client_runtime_plugins(Config::builder().build());
    }

    #[test]
    fn an_empty_sdk_config_leaves_the_defaults_alone() {
        let sdk_config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .build();
        let Applied { cfg, client, .. } = apply(Config::new(&sdk_config), None);
        #[cfg(feature = "rt-tokio")]
        client
            .validate_base_client_config(&cfg)
            .expect("a valid config");
        assert!(client.identity_cache().is_some());
        assert_eq!(
            cfg.load::<RetryConfig>().map(RetryConfig::max_attempts),
            Some(3)
        );
        let protection = cfg.load::<StalledStreamProtectionConfig>();
        assert!(protection.is_some_and(|protection| protection.is_enabled()));
    }

    //~ if aws
    #[test]
    fn retries_are_budgeted_by_region() {
        let Applied { cfg, .. } = apply(builder().build(), None);
        let partition = cfg.load::<RetryPartition>().map(ToString::to_string);
        assert_eq!(
            partition,
            Some(format!("{}-us-east-1", meta::SERVICE_MODULE))
        );
        assert_eq!(default_retry_partition(None), meta::SERVICE_MODULE);
    }

    #[test]
    fn an_overridden_region_is_signed_for() {
        let config_override = Config::builder().region(Region::new("eu-west-1"));
        let Applied { cfg, call, .. } = apply(builder().build(), Some(config_override));
        assert_eq!(cfg.load::<Region>().map(Region::as_ref), Some("eu-west-1"));
        assert_eq!(
            cfg.load::<SigningRegion>().map(SigningRegion::as_ref),
            Some("eu-west-1")
        );
        assert!(call.identity_cache().is_none());
    }

    #[test]
    fn overridden_credentials_are_cached_apart() {
        let credentials = Credentials::new("id", "secret", None, None, "test");
        let config_override = Config::builder().credentials_provider(credentials);
        let Applied { call, .. } = apply(builder().build(), Some(config_override.clone()));
        assert!(format!("{:?}", call.identity_cache()).contains("LazyCache"));

        let config_override = config_override.identity_cache(IdentityCache::no_cache());
        let Applied { call, .. } = apply(builder().build(), Some(config_override));
        assert!(format!("{:?}", call.identity_cache()).contains("NoCache"));
    }

    //~ end
    #[derive(Debug)]
    struct OwnClient;

    impl HttpClient for OwnClient {
        fn http_connector(
            &self,
            _: &HttpConnectorSettings,
            _: &RuntimeComponents,
        ) -> SharedHttpConnector {
            unreachable!("nothing is sent")
        }
    }

    #[test]
    fn the_default_http_client_gives_way() {
        let http_client = |client: &RuntimeComponentsBuilder| format!("{:?}", client.http_client());
        let Applied { client, .. } = apply(builder().build(), None);
        let is_default = http_client(&client).contains("HttpsClient");
        assert_eq!(is_default, cfg!(feature = "default-https-client"));

        let Applied { client, .. } = apply(builder().http_client(OwnClient).build(), None);
        assert!(http_client(&client).contains("OwnClient"));

        let config_override = Config::builder().http_client(OwnClient);
        let Applied { call, .. } = apply(builder().build(), Some(config_override));
        assert!(http_client(&call).contains("OwnClient"));
    }
}
//~ end
