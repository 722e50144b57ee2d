//! Configuration of a client.
//!
//~ if aws
//! A [`Config`] is usually made from the [`SdkConfig`] that the `aws-config` crate loads from the
//! environment, or by hand with a [`Builder`]. It is immutable once built; [`Config::to_builder`]
//! gives a builder to change a copy. A single call can be configured differently with
//~ end
//~ if not aws
//! A [`Config`] is made with a [`Builder`], or from an [`SdkConfig`] with settings that several
//! clients share. It is immutable once built; [`Config::to_builder`] gives a builder to change a
//! copy. A single call can be configured differently with
//~ end
//! [`CustomizableOperation::config_override`](crate::client::customize::CustomizableOperation::config_override).

//~ if aws
pub use aws_credential_types::Credentials;
//~ end
//~ if bearer
pub use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
//~ end
//~ if aws
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
//~ end
use aws_runtime::invocation_id::SharedInvocationIdGenerator;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_async::time::SharedTimeSource;
pub use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemePreference, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
pub use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
//~ if api-key | basic | bearer
pub use aws_smithy_runtime_api::client::identity::ResolveIdentity;
//~ end
//~ if basic
pub use aws_smithy_runtime_api::client::identity::http::Login;
//~ end
//~ if api-key | bearer
pub use aws_smithy_runtime_api::client::identity::http::Token;
//~ end
pub use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityCache};
pub use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
pub use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
pub use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, SharedRuntimePlugin};
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
pub use aws_smithy_runtime_api::shared::IntoShared;
//~ if checksums
pub use aws_smithy_types::checksum_config::{
    RequestChecksumCalculation, ResponseChecksumValidation,
};
//~ end
use aws_smithy_types::config_bag::CloneableLayer;
pub use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
pub use aws_types::app_name::AppName;
//~ if account-ids
pub use aws_types::endpoint_config::AccountIdEndpointMode;
//~ end
//~ if aws
pub use aws_types::region::Region;
//~ end
use aws_types::sdk_config::SdkConfig;
pub use aws_types::sdk_ua_metadata::FrameworkMetadata;
pub use builder::Builder;
pub(crate) use runtime_plugins::{ConfigOverrideRuntimePlugin, base_client_runtime_plugins};

use crate::config::endpoint::{DefaultResolver, ResolveEndpoint};
//~ if aws
use crate::meta;
//~ end

pub mod auth;
mod builder;
//~ if checksums
mod checksums;
//~ end
pub mod endpoint;
pub(crate) mod kept_plugins;
mod runtime_plugins;
mod sdk_config;
pub(crate) mod user_agent;

/// Everything a client is configured with: where to send requests, how to sign them, and how to
/// deal with failures.
///
//~ if aws
/// Cloning is cheap, and clones share the HTTP client, the credentials provider and the other
//~ end
//~ if not aws
/// Cloning is cheap, and clones share the HTTP client, the cache of identities and the other
//~ end
/// components. Settings that are not set here get defaults when a client is created.
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) config: FrozenLayer,
    /// The same values as `config`, which cannot be thawed again: kept for `to_builder`.
    cloneable: CloneableLayer,
    pub(crate) runtime_components: RuntimeComponentsBuilder,
    pub(crate) runtime_plugins: Vec<SharedRuntimePlugin>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
}

impl Config {
    /// Creates a config from the settings that all clients of an application share.
    ///
    /// An endpoint that is configured for this service alone, by environment variable or profile,
    /// takes precedence over the general one.
    pub fn new(config: &SdkConfig) -> Self {
        Builder::from(config).build()
    }

    /// Creates an empty builder.
    ///
    //~ if aws
    /// A config built from scratch has neither a region nor credentials, retries only as its
    /// [behavior version](Builder::behavior_version) says, and reads nothing from the environment.
    //~ end
    //~ if not aws
    /// A config built from scratch retries only as its [behavior version](Builder::behavior_version)
    /// says, and reads nothing from the environment.
    //~ end
    #[inline]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Creates a builder that starts from this config.
    #[inline]
    pub fn to_builder(&self) -> Builder {
        Builder {
            config: self.cloneable.clone(),
            runtime_components: self.runtime_components.clone(),
            runtime_plugins: self.runtime_plugins.clone(),
            behavior_version: self.behavior_version,
        }
    }

    //~ if aws
    /// Returns the region that requests are sent to, if one is set.
    #[inline]
    pub fn region(&self) -> Option<&Region> {
        self.config.load::<Region>()
    }

    /// Returns the service name that Signature Version 4 puts into the credential scope.
    ///
    /// A resolved endpoint may name another one for its requests.
    #[inline]
    pub fn signing_name(&self) -> &'static str {
        meta::SIGNING_NAME
    }

    /// Always returns `None`: credentials providers cannot be read back from a config.
    #[deprecated(
        note = "Always returns `None`. Keep the provider that was given to the builder, or ask `SdkConfig::credentials_provider`."
    )]
    #[inline]
    pub fn credentials_provider(&self) -> Option<SharedCredentialsProvider> {
        None
    }

    //~ end
    //~ if aws
    /// Returns the cache of credentials and other identities, if one is set.
    //~ end
    //~ if not aws
    /// Returns the cache of keys, tokens and other identities, if one is set.
    //~ end
    #[inline]
    pub fn identity_cache(&self) -> Option<SharedIdentityCache> {
        self.runtime_components.identity_cache()
    }

    /// Returns the auth schemes added to this config, without the service's own.
    #[inline]
    pub fn auth_schemes(&self) -> impl Iterator<Item = SharedAuthScheme> + '_ {
        self.runtime_components.auth_schemes()
    }

    /// Returns the auth scheme resolver, if one is set.
    #[inline]
    pub fn auth_scheme_resolver(&self) -> Option<SharedAuthSchemeOptionResolver> {
        self.runtime_components.auth_scheme_option_resolver()
    }

    /// Returns the order in which auth schemes are preferred, if one is set.
    #[inline]
    pub fn auth_scheme_preference(&self) -> Option<&AuthSchemePreference> {
        self.config.load::<AuthSchemePreference>()
    }

    /// Returns the endpoint resolver: that of the service's own rules if no other is set.
    #[inline]
    pub fn endpoint_resolver(&self) -> SharedEndpointResolver {
        self.runtime_components
            .endpoint_resolver()
            .unwrap_or_else(|| DefaultResolver::new().into_shared_resolver())
    }

    /// Returns the HTTP client, if one is set.
    #[inline]
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.runtime_components.http_client()
    }

    /// Returns the retry settings, if any are set.
    #[inline]
    pub fn retry_config(&self) -> Option<&RetryConfig> {
        self.config.load::<RetryConfig>()
    }

    /// Returns the retry partition, if one is set.
    #[inline]
    pub fn retry_partition(&self) -> Option<&RetryPartition> {
        self.config.load::<RetryPartition>()
    }

    /// Returns the retry classifiers added to this config, without the default ones.
    #[inline]
    pub fn retry_classifiers(&self) -> impl Iterator<Item = SharedRetryClassifier> + '_ {
        self.runtime_components.retry_classifiers()
    }

    /// Returns the timeouts, if any are set.
    #[inline]
    pub fn timeout_config(&self) -> Option<&TimeoutConfig> {
        self.config.load::<TimeoutConfig>()
    }

    /// Returns the settings of stalled stream protection, if any are set.
    #[inline]
    pub fn stalled_stream_protection(&self) -> Option<&StalledStreamProtectionConfig> {
        self.config.load::<StalledStreamProtectionConfig>()
    }

    /// Returns the implementation of sleeping, if one is set.
    #[inline]
    pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.runtime_components.sleep_impl()
    }

    /// Returns the clock. [`Builder::build`] sets the system's if there is no other.
    #[inline]
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.runtime_components.time_source()
    }

    /// Returns whether correcting for a wrong local clock is disabled, if that is set.
    #[inline]
    pub fn disable_clock_skew_correction(&self) -> Option<bool> {
        self.config
            .load::<DisableClockSkewCorrection>()
            .map(DisableClockSkewCorrection::is_disabled)
    }

    /// Returns the interceptors added to this config, without the client's own.
    #[inline]
    pub fn interceptors(&self) -> impl Iterator<Item = SharedInterceptor> + '_ {
        self.runtime_components.interceptors()
    }

    /// Returns the generator of `amz-sdk-invocation-id` values, if one is set.
    #[inline]
    pub fn invocation_id_generator(&self) -> Option<SharedInvocationIdGenerator> {
        self.config.load::<SharedInvocationIdGenerator>().cloned()
    }

    /// Returns the application's name in the user agent, if one is set.
    #[inline]
    pub fn app_name(&self) -> Option<&AppName> {
        self.config.load::<AppName>()
    }

    /// Returns the frameworks named in the user agent, in the order in which they were added.
    #[inline]
    pub fn framework_metadata(&self) -> Vec<&FrameworkMetadata> {
        // Appended values load newest first.
        let mut frameworks: Vec<_> = self.config.load::<FrameworkMetadata>().collect();
        frameworks.reverse();
        frameworks
    }
}

pub mod http {
    //! The HTTP messages that interceptors see.

    pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
}

pub mod interceptors {
    //! What an [interceptor](crate::config::Intercept) gets at each step of a call.

    pub use aws_smithy_runtime_api::client::interceptors::context::{
        AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
        BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
        BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
        BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut,
        FinalizerInterceptorContextRef, InterceptorContext,
    };
}

pub mod retry {
    //! How failed requests are retried.

    pub use aws_smithy_runtime::client::retries::{ClientRateLimiter, RetryPartition, TokenBucket};
    pub use aws_smithy_runtime_api::client::retries::ShouldAttempt;
    pub use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};
    pub use aws_smithy_types::retry::{ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode};
}

pub mod timeout {
    //! Timeouts.

    pub use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};
}
