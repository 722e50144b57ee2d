//! The same call with both crates, and its results.

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::TimeSource;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::region::Region;

/// A crate and the HTTP client below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Side {
    /// The official crate. It is compiled without an HTTP client of its own.
    Official,
    /// Ours, over the same HTTP client.
    Ours,
    /// Ours, with its default HTTP client.
    OursByDefault,
}

pub const SIDES: [Side; 3] = [Side::Official, Side::Ours, Side::OursByDefault];

impl Side {
    /// Creates a client.
    ///
    /// `name` is used as the region. Clients of a region share a retry budget, even those of
    /// different crates, and no test may use up the budget of another.
    pub fn client(self, name: &str, url: &str, http: &SharedHttpClient, setup: &Setup) -> Client {
        let region = format!("{self:?}-{name}").to_lowercase();
        let region = region.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let region = Region::new(region);
        let attempts = Attempts::default();
        let calls: Box<dyn Calls> = match self {
            Self::Official => {
                let config = configure!(aws_sdk_ivsrealtime, setup, region, url, attempts);
                let config = config.http_client(http.clone()).build();
                Box::new(aws_sdk_ivsrealtime::Client::from_conf(config))
            }
            Self::Ours => {
                let config = configure!(client_ivs_realtime, setup, region, url, attempts);
                let config = config.http_client(http.clone()).build();
                Box::new(client_ivs_realtime::Client::from_conf(config))
            }
            Self::OursByDefault => {
                let config = configure!(client_ivs_realtime, setup, region, url, attempts);
                Box::new(client_ivs_realtime::Client::from_conf(config.build()))
            }
        };
        Client { calls, attempts }
    }
}

/// The HTTP client of both crates: hyper 1, with rustls on *ring*.
pub fn shared_http_client() -> SharedHttpClient {
    Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https()
}

/// The configuration of a client.
#[derive(Clone, Debug)]
pub struct Setup {
    pub retries: RetryConfig,
    /// Replaces the retry budget of the region.
    pub budget: Option<RetryPartition>,
    pub timeouts: TimeoutConfig,
    pub stalled_streams: StalledStreamProtectionConfig,
    pub clock: Clock,
}

impl Default for Setup {
    /// Three attempts without delays or timeouts.
    fn default() -> Self {
        let retries = RetryConfig::standard()
            .with_initial_backoff(Duration::from_millis(1))
            .with_max_backoff(Duration::from_millis(5));
        Self {
            retries,
            budget: None,
            timeouts: TimeoutConfig::builder()
                .connect_timeout(Duration::from_secs(30))
                .build(),
            stalled_streams: StalledStreamProtectionConfig::disabled(),
            clock: Clock::default(),
        }
    }
}

/// A clock that may be slow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    pub slow_by: Duration,
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::now() - self.slow_by
    }
}

/// Counts the runtime's attempts, even those that do not reach a server.
#[derive(Clone, Debug, Default)]
struct Attempts(Arc<AtomicUsize>);

impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "Attempts"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

macro_rules! configure {
    ($sdk:ident, $setup:expr, $region:expr, $url:expr, $attempts:expr) => {{
        let setup = $setup;
        let mut config = $sdk::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region($region)
            .credentials_provider(Credentials::new(
                "AKIDEXAMPLE",
                "secret",
                None,
                None,
                "test",
            ))
            .endpoint_url($url)
            .sleep_impl(TokioSleep::new())
            .time_source(setup.clock)
            .retry_config(setup.retries.clone())
            .timeout_config(setup.timeouts.clone())
            .stalled_stream_protection(setup.stalled_streams.clone())
            .interceptor($attempts.clone());
        config.set_retry_partition(setup.budget.clone());
        config
    }};
}
use configure;

/// A client of one of the crates.
pub struct Client {
    calls: Box<dyn Calls>,
    attempts: Attempts,
}

impl Client {
    /// Starts a composition.
    pub async fn start_composition(&self, stage: &str, token: Option<&str>) -> Outcome {
        self.calls.start_composition(stage, token).await
    }

    /// The attempts of all calls so far.
    pub fn attempts(&self) -> usize {
        self.attempts.0.load(Ordering::Relaxed)
    }
}

type Calling<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

trait Calls: Send + Sync {
    fn start_composition<'a>(&'a self, stage: &'a str, token: Option<&'a str>) -> Calling<'a>;
}

macro_rules! calls {
    ($($sdk:ident)*) => {$(
        impl Calls for $sdk::Client {
            fn start_composition<'a>(
                &'a self,
                stage: &'a str,
                token: Option<&'a str>,
            ) -> Calling<'a> {
                Box::pin(async move {
                    let call = self.start_composition().stage_arn(stage);
                    let call = call.set_idempotency_token(token.map(str::to_owned));
                    let sent = call.send().await;
                    Outcome::of(sent.map(|output| {
                        let it = output.composition;
                        it.map(|it| (it.stage_arn, it.arn)).unwrap_or_default()
                    }))
                })
            }
        }
    )*};
}
calls!(aws_sdk_ivsrealtime client_ivs_realtime);

/// The result for the caller.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The variant of `SdkError`, with its details.
    pub variant: String,
    /// The error and its sources.
    pub message: String,
    /// The stage and the composition of the response.
    pub found: (String, String),
}

impl Outcome {
    fn of<E>(result: Result<(String, String), SdkError<E, HttpResponse>>) -> Self
    where
        E: Error + ProvideErrorMetadata + 'static,
    {
        match result {
            Ok(found) => Self {
                variant: "Ok".to_owned(),
                message: String::new(),
                found,
            },
            Err(error) => Self {
                variant: variant(&error),
                message: chain(&error),
                found: Default::default(),
            },
        }
    }
}

fn variant<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> String {
    match error {
        SdkError::ConstructionFailure(_) => "ConstructionFailure".to_owned(),
        SdkError::TimeoutError(_) => "TimeoutError".to_owned(),
        SdkError::DispatchFailure(failure) => {
            let kind = failure.as_connector_error().map_or("none", kind);
            format!("DispatchFailure({kind})")
        }
        SdkError::ResponseError(context) => format!("ResponseError({})", context.raw().status()),
        SdkError::ServiceError(context) => {
            let (status, code) = (context.raw().status(), context.err().code());
            format!(
                "ServiceError({status} {})",
                code.unwrap_or("without a code")
            )
        }
        other => format!("another variant: {other:?}", other = other.code()),
    }
}

fn kind(error: &ConnectorError) -> &'static str {
    match error {
        error if error.is_timeout() => "timeout",
        error if error.is_user() => "user",
        error if error.is_io() => "io",
        _ => "other",
    }
}

/// The messages of an error and its sources. A message may contain the next one.
fn chain(error: &dyn Error) -> String {
    let mut parts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        parts.push(error.to_string());
        source = error.source();
    }
    parts.dedup();
    parts.join(": ")
}
