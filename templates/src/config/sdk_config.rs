//! Converts the settings that all clients of an application share to those of this client.

//~ if environment-token
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::identity::{Identity, IdentityFuture};
use aws_smithy_types::config_bag::Layer;
//~ end
//~ if retries
use aws_smithy_types::retry::{RetryConfig, RetrySpec};
//~ end
use aws_types::sdk_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use crate::config::{Builder, Config};
//~ if environment-token
use crate::config::{ConfigBag, ResolveIdentity, RuntimeComponents, Token};
//~ end
use crate::meta;

impl From<&SdkConfig> for Config {
    fn from(sdk_config: &SdkConfig) -> Self {
        Self::new(sdk_config)
    }
}

impl From<&SdkConfig> for Builder {
    fn from(sdk_config: &SdkConfig) -> Self {
        let mut builder = Self::default();
        builder
            .set_behavior_version(sdk_config.behavior_version())
            //~ if aws
            .set_credentials_provider(sdk_config.credentials_provider())
            //~ end
            .set_auth_scheme_preference(sdk_config.auth_scheme_preference().cloned())
            //~ if sigv4a
            .set_sigv4a_signing_region_set(sdk_config.sigv4a_signing_region_set().cloned())
            //~ end
            //~ if aws
            .set_region(sdk_config.region().cloned())
            //~ end
            .set_endpoint_url(endpoint_url(sdk_config))
            //~ if aws
            .set_use_fips(sdk_config.use_fips())
            .set_use_dual_stack(sdk_config.use_dual_stack())
            //~ end
            //~ if account-ids
            .set_account_id_endpoint_mode(sdk_config.account_id_endpoint_mode().cloned())
            //~ end
            .set_http_client(sdk_config.http_client())
            //~ if not retries
            .set_retry_config(sdk_config.retry_config().cloned())
            //~ end
            //~ if retries
            .set_retry_config(retry_config(sdk_config))
            //~ end
            .set_timeout_config(sdk_config.timeout_config().cloned())
            .set_sleep_impl(sdk_config.sleep_impl())
            .set_time_source(sdk_config.time_source())
            .set_disable_clock_skew_correction(sdk_config.disable_clock_skew_correction())
            .set_app_name(sdk_config.app_name().cloned());
        //~ if checksums
        builder
            .set_request_checksum_calculation(sdk_config.request_checksum_calculation())
            .set_response_checksum_validation(sdk_config.response_checksum_validation());
        //~ end
        //~ if compression
        builder
            .set_disable_request_compression(sdk_config.disable_request_compression())
            .set_request_min_compression_size_bytes(
                sdk_config.request_min_compression_size_bytes(),
            );
        //~ end
        //~ if discovery
        let discovery = crate::endpoint_discovery::enabled_by(sdk_config);
        builder.set_enable_endpoint_discovery(discovery);
        //~ end
        //~ if sessions
        crate::operation::sessions::configure(&mut builder, sdk_config);
        //~ end
        //~ if bearer
        builder.set_token_provider(sdk_config.token_provider());
        //~ end
        //~ if environment-token
        set_environment_token(&mut builder, sdk_config);
        //~ end
        // Setting `None` would remove the default.
        if let Some(protection) = sdk_config.stalled_stream_protection() {
            builder.set_stalled_stream_protection(Some(protection));
        }
        if let Some(identity_cache) = sdk_config.identity_cache() {
            builder.set_identity_cache(identity_cache);
        }
        for framework in sdk_config.framework_metadata() {
            builder.push_framework_metadata(framework.clone());
        }
        builder
    }
}

//~ if retries
/// The retry settings, adapted to this service.
///
/// Older behavior versions keep their settings.
fn retry_config(sdk_config: &SdkConfig) -> Option<RetryConfig> {
    let config = sdk_config.retry_config()?;
    let is_new = |spec: &RetrySpec| spec.is_at_least(RetrySpec::V2_1);
    if !config.retry_spec().is_some_and(is_new) {
        return Some(config.clone());
    }
    let spec = RetrySpec::v2_1().with_non_throttling_initial_backoff(meta::INITIAL_BACKOFF);
    let config = config.clone().with_retry_spec(spec);
    Some(
        match sdk_config.get_origin("retry_config").is_client_config() {
            true => config,
            false => config.with_max_attempts(meta::MAX_ATTEMPTS),
        },
    )
}

//~ end
//~ if environment-token
/// Uses a bearer token of the environment, and prefers it to other authentication. For both,
/// settings in code come first.
fn set_environment_token(builder: &mut Builder, sdk_config: &SdkConfig) {
    // Profiles have no such setting.
    let key = ServiceConfigKey::builder()
        .service_id(meta::ENVIRONMENT_TOKEN)
        .env("AWS_BEARER_TOKEN")
        .profile("")
        .build()
        .expect("every part of the key is set");
    let token = sdk_config
        .service_config()
        .and_then(|service_config| service_config.load_config(key));
    let Some(token) = token else {
        return;
    };
    let is_of_code = |setting| sdk_config.get_origin(setting).is_client_config();
    if !is_of_code("auth_scheme_preference") {
        builder.set_auth_scheme_preference(Some(vec![HTTP_BEARER_AUTH_SCHEME_ID].into()));
    }
    if !is_of_code("token_provider") {
        // The feature that the user agent reports.
        let mut layer = Layer::new("EnvironmentToken");
        layer.store_append(AwsCredentialFeature::BearerServiceEnvVars);
        let identity = Identity::builder()
            .data(Token::new(token, None))
            .property(layer.freeze());
        let identity = identity.build().expect("it has data");
        let resolver = EnvironmentToken(identity);
        builder
            .runtime_components
            .set_identity_resolver(HTTP_BEARER_AUTH_SCHEME_ID, resolver);
    }
}

/// A token that never expires.
#[derive(Debug)]
struct EnvironmentToken(Identity);

impl ResolveIdentity for EnvironmentToken {
    fn resolve_identity<'a>(
        &'a self,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::ready(Ok(self.0.clone()))
    }
}

//~ end
//~ if aws
/// The shortest way to a client.
#[cfg(feature = "aws-config")]
impl crate::Client {
    /// Creates a client with the configuration of the environment.
    ///
    /// Region, credentials, endpoint, retries and the rest come from environment variables, from
    /// the files `~/.aws/config` and `~/.aws/credentials`, and from the container or machine that
    /// the program runs on, all by the [newest defaults](crate::config::BehaviorVersion::latest).
    /// Requests and credentials go through [`default_http_client`](crate::default_http_client). A
    /// missing region or missing credentials do not fail here, but with the first request.
    ///
    /// To change some of this, use the `aws-config` crate and [`Client::new`](Self::new).
    ///
    /// ```ignore
    /// let client = Client::from_env().await;
    /// ```
    pub async fn from_env() -> Self {
        let config = aws_config::defaults(crate::config::BehaviorVersion::latest())
            .http_client(crate::default_http_client())
            .load()
            .await;
        Self::new(&config)
    }
}

//~ end
/// The endpoint set in code, else the one that the environment or profile sets for this service,
/// else the one that it sets for all services.
///
//~ if aws
/// See <https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html>.
//~ end
//~ if not aws
/// AWS's SDKs, whose settings these are, do the same.
//~ end
fn endpoint_url(sdk_config: &SdkConfig) -> Option<String> {
    let general = sdk_config.endpoint_url().map(str::to_owned);
    if sdk_config.get_origin("endpoint_url").is_client_config() {
        return general;
    }
    let key = ServiceConfigKey::builder()
        .service_id(meta::SDK_ID)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .expect("every part of the key is set");
    let of_service = sdk_config
        .service_config()
        .and_then(|service_config| service_config.load_config(key));
    of_service.or(general)
}

//~ if package
#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use aws_types::endpoint_config::EndpointUrl;
    use aws_types::origin::Origin;
    use aws_types::service_config::LoadServiceConfig;

    use super::*;
    use crate::config::FrameworkMetadata;

    /// An environment with or without an endpoint for this service. It records its keys.
    #[derive(Clone, Debug, Default)]
    struct Environment {
        endpoint: Option<&'static str>,
        asked: Arc<Mutex<Vec<String>>>,
    }

    impl LoadServiceConfig for Environment {
        fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
            let key = format!("{} {} {}", key.service_id(), key.env(), key.profile());
            self.asked.lock().expect("no test panicked").push(key);
            self.endpoint.map(str::to_owned)
        }
    }

    fn endpoint_url(origin: Origin, environment: &Environment) -> Option<String> {
        let mut sdk_config = SdkConfig::builder()
            .endpoint_url("http://general")
            .service_config(environment.clone());
        sdk_config.insert_origin("endpoint_url", origin);
        let config = Config::new(&sdk_config.build());
        config.config.load::<EndpointUrl>().map(|url| url.0.clone())
    }

    #[test]
    fn an_endpoint_of_the_service_comes_before_the_general_one() {
        let environment = Environment {
            endpoint: Some("http://service"),
            ..Default::default()
        };
        let url = endpoint_url(Origin::shared_profile_file(), &environment);
        assert_eq!(url.as_deref(), Some("http://service"));
        let asked = environment.asked.lock().expect("no test panicked");
        //~ if discovery | environment-token | sessions
        let mut asked = asked.clone();
        asked.retain(|key| key.contains(" AWS_ENDPOINT_URL "));
        //~ end
        assert_eq!(
            *asked,
            [format!("{} AWS_ENDPOINT_URL endpoint_url", meta::SDK_ID)]
        );
    }

    #[test]
    fn an_endpoint_in_code_comes_first_and_the_general_one_last() {
        let environment = Environment {
            endpoint: Some("http://service"),
            ..Default::default()
        };
        let url = endpoint_url(Origin::shared_config(), &environment);
        assert_eq!(url.as_deref(), Some("http://general"));
        let url = endpoint_url(Origin::shared_environment_variable(), &Default::default());
        assert_eq!(url.as_deref(), Some("http://general"));
    }

    #[test]
    fn frameworks_keep_their_order() {
        let framework = |name| FrameworkMetadata::new(name, None::<&str>).expect("a valid name");
        let sdk_config = SdkConfig::builder()
            .framework_metadata(framework("one"))
            .framework_metadata(framework("two"))
            .build();
        let config = Config::from(&sdk_config).to_builder().build();
        let names: Vec<_> = config
            .framework_metadata()
            .into_iter()
            .map(|f| f.name())
            .collect();
        assert_eq!(names, ["one", "two"]);
    }
}
//~ end
