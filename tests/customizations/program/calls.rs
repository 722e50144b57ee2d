//! How calls are authenticated, and tried again.

use super::*;

pub async fn an_operation_may_go_unsigned() {
    let server = Server::start(&[EMPTY]);
    let config = customized::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(&server.url);
    let client = Client::from_conf(config.build());
    client.wait_for_work().send().await.expect("it succeeds");
    client
        .get_vault()
        .vault("one")
        .send()
        .await
        .expect_err("it has to be signed");
    assert_eq!(server.heads().len(), 1);
}

pub async fn an_operation_is_not_signed() {
    let server = Server::start(&[EMPTY]);
    let client = server.client();
    client.open_vault().send().await.expect("it succeeds");
    client.wait_for_work().send().await.expect("it succeeds");
    let heads = server.heads();
    assert!(!heads[0].contains("authorization:"), "{heads:?}");
    assert!(heads[1].contains("authorization:"), "{heads:?}");
}

pub async fn a_scheme_of_authentication_is_added() {
    let server = Server::start(&[EMPTY]);
    let config = customized::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .bearer_token(Token::new("t", None))
        .endpoint_url(&server.url)
        .build();
    let client = Client::from_conf(config);
    let call = client.get_vault().account("7").vault("one");
    call.send().await.expect("it succeeds");
    let heads = server.heads();
    assert!(heads[0].contains("authorization: Bearer t"), "{heads:?}");
}

pub async fn an_error_is_transient() {
    let server = Server::start(&[(400, "CourierLate", "{}"), EMPTY]);
    server
        .client()
        .open_vault()
        .send()
        .await
        .expect("it is tried again");
    let server = Server::start(&[(400, "CourierLost", "{}"), EMPTY]);
    server
        .client()
        .open_vault()
        .send()
        .await
        .expect_err("it is not tried again");
}

pub async fn an_error_can_be_tried_again() {
    let server = Server::start(&[(409, "Busy", "{}"), EMPTY]);
    let opened = server.client().open_vault().send().await;
    opened.expect("it is tried again");
    let server = Server::start(&[(409, "Busy", "{}")]);
    let error = server.client().open_vault().send().await;
    let error = error.expect_err("it fails").into_service_error();
    assert_eq!(error.retryable_error_kind(), Some(ErrorKind::ServerError));
}

/// Records the configuration of a call's waits.
#[derive(Clone, Debug, Default)]
struct Waits(Arc<Mutex<(bool, bool)>>);

#[dyn_dispatch_hint]
impl Intercept for Waits {
    fn name(&self) -> &'static str {
        "Waits"
    }

    fn read_before_attempt(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let spec = cfg.load::<RetryConfig>().and_then(RetryConfig::retry_spec);
        let is_long_polling = spec.is_some_and(RetrySpec::long_polling);
        let protection = cfg.load::<StalledStreamProtectionConfig>();
        let is_protected = protection.is_some_and(StalledStreamProtectionConfig::is_enabled);
        *self.0.lock().expect("no test has panicked") = (is_long_polling, is_protected);
        Ok(())
    }
}

pub async fn some_calls_are_waited_for() {
    let server = Server::start(&[EMPTY]);
    let config = server.client().config().to_builder();
    let retries = RetryConfig::standard().with_retry_spec(RetrySpec::v2_1());
    let client = Client::from_conf(config.retry_config(retries).build());
    let waits = Waits::default();
    let seen = || *waits.0.lock().expect("no test has panicked");
    let call = client
        .wait_for_work()
        .customize()
        .interceptor(waits.clone());
    call.send().await.expect("it succeeds");
    assert_eq!(seen(), (true, true));
    let call = client.get_vault().vault("one").customize();
    call.interceptor(waits.clone())
        .send()
        .await
        .expect("it succeeds");
    assert_eq!(seen(), (false, false));
    let call = client.open_vault().customize().interceptor(waits.clone());
    call.send().await.expect("it succeeds");
    assert_eq!(seen(), (false, true));
}

pub fn retries_are_those_of_the_service() {
    let configured = |retries: RetryConfig, origin: Origin| {
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(SharedCredentialsProvider::new(Credentials::for_tests()))
            .retry_config(retries);
        config.insert_origin("retry_config", origin);
        let config = customized::Config::new(&config.build());
        config.retry_config().expect("it is set").clone()
    };
    let new = || RetryConfig::standard().with_retry_spec(RetrySpec::v2_1());
    let wait = |it: &RetryConfig| {
        it.retry_spec()
            .map(RetrySpec::non_throttling_initial_backoff)
    };
    let config = configured(new(), Origin::shared_environment_variable());
    assert_eq!(config.max_attempts(), 4);
    assert_eq!(wait(&config), Some(Duration::from_millis(25)));
    let config = configured(new().with_max_attempts(7), Origin::shared_config());
    assert_eq!(config.max_attempts(), 7);
    // Older behavior versions do not change.
    let old = RetryConfig::standard().with_retry_spec(RetrySpec::v2_0());
    let config = configured(old, Origin::shared_environment_variable());
    assert_eq!(config.max_attempts(), 3);
}
