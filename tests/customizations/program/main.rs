//! What clients do that customizations are about, as a server on the loopback device sees it.
//!
//! A test of the workspace compiles this together with the clients.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind, RetryConfig, RetrySpec};
use aws_types::SdkConfig;
use aws_types::origin::Origin;
use aws_types::region::Region;
use customized::Client;
use customized::config::{BehaviorVersion, Token};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    members_of_the_path_lose_a_prefix_and_are_filled().await;
    the_endpoint_has_members_of_the_path().await;
    pages_end_by_a_flag().await;
    an_empty_404_has_a_code().await;
    the_hash_of_the_body_is_a_header().await;
    a_response_that_succeeds_may_be_an_error().await;
    a_document_may_have_any_root().await;
    an_output_may_be_its_only_member().await;
    an_operation_may_go_unsigned().await;
    requests_have_headers().await;
    an_operation_is_not_signed().await;
    a_scheme_of_authentication_is_added().await;
    an_error_is_transient().await;
    an_error_can_be_tried_again().await;
    values_are_hidden().await;
    members_are_optional().await;
    retries_are_those_of_the_service();
    some_calls_are_waited_for().await;
}

/// A server with these answers, of which it gives the last to all further requests.
struct Server {
    url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

/// A status, a code of an error and a body.
type Answer = (u16, &'static str, &'static str);

const EMPTY: Answer = (200, "", "{}");

impl Server {
    fn start(answers: &'static [Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let heads = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heads);
        thread::spawn(move || {
            for (count, stream) in listener.incoming().enumerate() {
                let mut stream = stream.expect("a client connects");
                let reader = BufReader::new(stream.try_clone().expect("it can be cloned"));
                let lines = reader.lines().map(|line| line.expect("the head is a text"));
                let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
                kept.lock()
                    .expect("no test has panicked")
                    .push(head.join("\n"));
                let (status, code, body) = answers[count.min(answers.len() - 1)];
                let length = body.len();
                let code = match code {
                    "" => String::new(),
                    code => format!("x-amzn-errortype: {code}\r\n"),
                };
                let answer = format!(
                    "HTTP/1.1 {status} Any\r\ncontent-length: {length}\r\nconnection: close\r\n\
                     {code}\r\n{body}"
                );
                stream.write_all(answer.as_bytes()).expect("it is read");
            }
        });
        Self { url, heads }
    }

    fn client(&self) -> Client {
        let config = customized::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::for_tests())
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
            .endpoint_url(&self.url)
            .build();
        Client::from_conf(config)
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no test has panicked").clone()
    }

    /// The URI of the last request.
    fn uri(&self) -> String {
        let heads = self.heads();
        let head = heads.last().expect("it was called");
        head.split(' ').nth(1).expect("it has a URI").to_owned()
    }
}

async fn members_of_the_path_lose_a_prefix_and_are_filled() {
    let server = Server::start(&[EMPTY]);
    let get = || server.client().get_vault();
    get()
        .vault("/vaults/one")
        .send()
        .await
        .expect("it succeeds");
    assert_eq!(server.uri(), "/-/vaults/one");
    get()
        .account("")
        .vault("vaults/one")
        .send()
        .await
        .expect("it succeeds");
    assert_eq!(server.uri(), "/-/vaults/one");
    get()
        .account("7")
        .vault("one")
        .send()
        .await
        .expect("it succeeds");
    assert_eq!(server.uri(), "/7/vaults/one");
    get()
        .account("7")
        .vault("/vaults/vaults/one")
        .send()
        .await
        .expect("it succeeds");
    assert_eq!(server.uri(), "/7/vaults/vaults%2Fone");
    get()
        .send()
        .await
        .expect_err("the other member has to be set");
}

async fn the_endpoint_has_members_of_the_path() {
    let server = Server::start(&[EMPTY]);
    let found = server.client().find_vault().bank("north").send().await;
    found.expect("it succeeds");
    assert_eq!(server.uri(), "/?find");
}

async fn pages_end_by_a_flag() {
    const FIRST: Answer = (200, "", r#"{"next":"1","more":true}"#);
    const LAST: Answer = (200, "", r#"{"next":"2"}"#);
    let server = Server::start(&[FIRST, LAST]);
    let mut pages = server
        .client()
        .list_vaults()
        .limit(1)
        .into_paginator()
        .send();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        page.expect("it succeeds");
        count += 1;
    }
    assert_eq!((count, server.heads().len()), (2, 2));
}

async fn an_empty_404_has_a_code() {
    let server = Server::start(&[(404, "", ""), (404, "Lost", ""), (404, "", "{}")]);
    let client = server.client();
    let mut codes = Vec::new();
    for _ in 0..3 {
        let error = client.open_vault().send().await.expect_err("it fails");
        let error = error.into_service_error();
        codes.push(error.meta().code().unwrap_or_default().to_owned());
    }
    assert_eq!(codes, ["NotFound", "Lost", ""]);
}

async fn the_hash_of_the_body_is_a_header() {
    let server = Server::start(&[EMPTY]);
    let get = server.client().get_vault().vault("one");
    get.send().await.expect("it succeeds");
    let heads = server.heads();
    assert!(heads[0].contains("x-amz-content-sha256: "), "{heads:?}");
}

/// A client of the service that speaks XML.
fn shelves(server: &Server) -> customized_xml::Client {
    let config = customized_xml::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(&server.url);
    customized_xml::Client::from_conf(config.build())
}

async fn a_response_that_succeeds_may_be_an_error() {
    const BUSY: &str = "<Error><Code>Busy</Code><Message>later</Message></Error>";
    const COPIED: &str = "<CopyBookOutput><title>one</title></CopyBookOutput>";
    let server = Server::start(&[(200, "", BUSY), (200, "", COPIED)]);
    let copied = shelves(&server).copy_book().send().await;
    let error = copied.expect_err("it is an error").into_service_error();
    assert!(error.is_busy(), "{error:?}");
    assert_eq!(error.meta().message(), Some("later"));
    let copied = shelves(&server).copy_book().send().await;
    assert_eq!(copied.expect("it succeeds").title(), Some("one"));
}

async fn a_document_may_have_any_root() {
    const BOOK: &str = "<Anything><title>one</title></Anything>";
    let server = Server::start(&[(200, "", BOOK)]);
    let book = shelves(&server).get_book().send().await;
    assert_eq!(book.expect("it succeeds").title(), Some("one"));
    let copied = shelves(&server).copy_book().send().await;
    copied.expect_err("another root is not that of the output");
}

async fn an_output_may_be_its_only_member() {
    let server = Server::start(&[(200, "", "<Shelf>top</Shelf>")]);
    let shelf = shelves(&server).get_shelf().send().await;
    assert_eq!(shelf.expect("it succeeds").shelf(), Some("top"));
}

async fn an_operation_may_go_unsigned() {
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

async fn requests_have_headers() {
    let server = Server::start(&[EMPTY]);
    server
        .client()
        .wait_for_work()
        .send()
        .await
        .expect("it succeeds");
    let heads = server.heads();
    assert!(
        heads[0].contains("x-vaults-version: 2026-01-01"),
        "{heads:?}"
    );
    assert!(heads[0].contains("accept: application/json"), "{heads:?}");
    // They are signed.
    assert!(heads[0].contains(";x-vaults-version"), "{heads:?}");
}

async fn an_operation_is_not_signed() {
    let server = Server::start(&[EMPTY]);
    let client = server.client();
    client.open_vault().send().await.expect("it succeeds");
    client.wait_for_work().send().await.expect("it succeeds");
    let heads = server.heads();
    assert!(!heads[0].contains("authorization:"), "{heads:?}");
    assert!(heads[1].contains("authorization:"), "{heads:?}");
}

async fn a_scheme_of_authentication_is_added() {
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

async fn an_error_is_transient() {
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

async fn an_error_can_be_tried_again() {
    let server = Server::start(&[(409, "Busy", "{}"), EMPTY]);
    let opened = server.client().open_vault().send().await;
    opened.expect("it is tried again");
    let server = Server::start(&[(409, "Busy", "{}")]);
    let error = server.client().open_vault().send().await;
    let error = error.expect_err("it fails").into_service_error();
    assert_eq!(error.retryable_error_kind(), Some(ErrorKind::ServerError));
}

async fn values_are_hidden() {
    const BODY: &str = r#"{"id":"one","keys":{"secret":"s1"},"hint":"h1"}"#;
    let server = Server::start(&[(200, "", BODY)]);
    let vault = server
        .client()
        .get_vault()
        .vault("one")
        .send()
        .await
        .expect("it succeeds");
    let shown = format!("{vault:?}");
    assert!(shown.contains("one"), "{shown}");
    assert!(!shown.contains("s1") && !shown.contains("h1"), "{shown}");
}

async fn members_are_optional() {
    let server = Server::start(&[EMPTY]);
    let vault = server
        .client()
        .get_vault()
        .vault("one")
        .send()
        .await
        .expect("it succeeds");
    assert_eq!((vault.id(), vault.size(), vault.load()), (None, None, None));
    let vaults = server
        .client()
        .list_vaults()
        .limit(1)
        .send()
        .await
        .expect("it succeeds");
    assert_eq!(vaults.count(), None);
}

/// What the configuration of a call says of its waits.
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

async fn some_calls_are_waited_for() {
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

fn retries_are_those_of_the_service() {
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
    // Older behavior stays as it was.
    let old = RetryConfig::standard().with_retry_spec(RetrySpec::v2_0());
    let config = configured(old, Origin::shared_environment_variable());
    assert_eq!(config.max_attempts(), 3);
}
