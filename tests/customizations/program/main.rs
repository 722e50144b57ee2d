//! Calls clients with customizations, and checks what a server on the loopback device receives.
//!
//! A test of the workspace compiles this together with the clients.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind, RetryConfig, RetrySpec};
use aws_types::SdkConfig;
use aws_types::origin::Origin;
use aws_types::region::Region;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use customized::config::{BehaviorVersion, Token};
use customized::error::ProvideErrorMetadata as _;
use customized::operation::RequestIdExt as _;
use customized::operation::open_vault::OpenVaultError;
use customized::primitives::ByteStream;
use customized::{Client, auth_token};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    members_of_the_path_lose_a_prefix_and_are_filled().await;
    the_endpoint_has_members_of_the_path().await;
    pages_end_by_a_flag().await;
    an_empty_404_has_a_code().await;
    a_date_need_not_be_one().await;
    the_hash_of_the_body_is_a_header().await;
    a_body_has_a_tree_hash().await;
    a_body_may_be_left_out_of_the_signature().await;
    the_input_says_where_the_call_goes().await;
    requests_have_a_second_id().await;
    a_token_of_the_environment_comes_first().await;
    databases_take_tokens().await;
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

/// A server with these responses; it repeats the last one.
struct Server {
    url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

/// A status, a code of an error or a header, and a body.
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
                let mut reader = BufReader::new(stream.try_clone().expect("it can be cloned"));
                let lines = reader.by_ref().lines();
                let lines = lines.map(|line| line.expect("the head is a text"));
                let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
                let mut lengths = head
                    .iter()
                    .filter_map(|it| it.strip_prefix("content-length: "));
                let length = lengths
                    .next()
                    .map_or(0, |it| it.parse().expect("it is a number"));
                let body = reader.take(length).read_to_end(&mut Vec::new());
                body.expect("the body is sent");
                kept.lock()
                    .expect("no test has panicked")
                    .push(head.join("\n"));
                let (status, code, body) = answers[count.min(answers.len() - 1)];
                let length = body.len();
                let code = match code {
                    "" => String::new(),
                    header if header.contains(':') => format!("{header}\r\n"),
                    code => format!("x-amzn-errortype: {code}\r\n"),
                };
                let answer = format!(
                    "HTTP/1.1 {status} Any\r\ncontent-length: {length}\r\nconnection: close\r\n\
                     x-amz-id-2: second\r\n{code}\r\n{body}"
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
    // A path of the endpoint is kept.
    for (path, seen) in [
        ("/north", "/north?find"),
        ("/north/", "/north?find"),
        ("/", "/?find"),
    ] {
        let config = server.client().config().to_builder();
        let config = config.endpoint_url(format!("{}{path}", server.url));
        let found = Client::from_conf(config.build()).find_vault().bank("north");
        found.send().await.expect("it succeeds");
        assert_eq!(server.uri(), seen);
    }
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

async fn a_date_need_not_be_one() {
    let server = Server::start(&[
        (200, "x-closes: Thu, 01 Jan 1970 00:00:07 GMT", "{}"),
        (200, "x-closes: soon", "{}"),
        // Not UTF-8.
        (200, "x-closes: \u{e9}", "{}"),
        EMPTY,
        EMPTY,
    ]);
    let client = server.client();
    let mut seen = Vec::new();
    for _ in 0..4 {
        let vault = client.get_vault().vault("one").send().await;
        let vault = vault.expect("it is read");
        #[allow(deprecated, reason = "it is what is tested")]
        let date = vault.closes().map(|it| it.secs());
        seen.push((date, vault.closes_string().map(str::to_owned)));
    }
    let text = |it: &str| Some(it.to_owned());
    let date = "Thu, 01 Jan 1970 00:00:07 GMT";
    assert_eq!(seen[..2], [(Some(7), text(date)), (None, text("soon"))]);
    assert_eq!((seen[2].0, &seen[3]), (None, &(None, None)));
    let printed = client.get_vault().vault("one").send().await;
    let printed = format!("{:?}", printed.expect("it is read"));
    let last = "closes: None, closes_string: None, _response_metadata: ";
    assert!(printed.contains(last), "{printed}");
    let fill = client
        .fill_vault()
        .vault("one")
        .contents(ByteStream::from_static(b"1"));
    let fill = fill.closes(DateTime::from_secs(7)).send().await;
    fill.expect("it succeeds");
    let heads = server.heads();
    let sent = heads.last().expect("it was called");
    assert!(sent.contains(&format!("x-closes: {date}")), "{sent}");
}

async fn the_hash_of_the_body_is_a_header() {
    let server = Server::start(&[EMPTY]);
    let get = server.client().get_vault().vault("one");
    get.send().await.expect("it succeeds");
    let heads = server.heads();
    assert!(heads[0].contains("x-amz-content-sha256: "), "{heads:?}");
}

async fn a_body_has_a_tree_hash() {
    // Length of the body, tree hash, and hash.
    const KNOWN: [(usize, &str, &str); 5] = [
        (
            0,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            5,
            "08bb5e5d6eaac1049ede0893d30ed022b1a4d9b5b48db414871f51c9cb35283d",
            "08bb5e5d6eaac1049ede0893d30ed022b1a4d9b5b48db414871f51c9cb35283d",
        ),
        (
            1_048_576,
            "631b84027d6b9e52b539c4e8373622d23032dfadc64d60af87339c9037e4f769",
            "631b84027d6b9e52b539c4e8373622d23032dfadc64d60af87339c9037e4f769",
        ),
        (
            1_048_577,
            "a9c574ce937d2371daf87cdd0e75396b096d7f74a66c764e4c656bd12b2e7bf9",
            "5769f52bc3eef28afa39c6fc68cadb7d0bd69812ae3a3d71452f519ec3c7aa56",
        ),
        (
            5_242_883,
            "ec725b96e96241690153538ff1fb9ae4937d850be85d2cb2746bd379490f9613",
            "8c777ac1fb03e07e1bb1f050cbf6dc4d752063e272c95e76fca894c76a671b9a",
        ),
    ];
    let server = Server::start(&[EMPTY]);
    let head = || server.heads().last().cloned().expect("it was called");
    let file = std::env::temp_dir().join(format!("customizations-{}", std::process::id()));
    for (length, tree, whole) in KNOWN {
        let body: Vec<u8> = (0..251).cycle().take(length).collect();
        std::fs::write(&file, &body).expect("it can be written");
        let streamed = ByteStream::from_path(&file).await;
        for contents in [body.into(), streamed.expect("it can be read")] {
            let fill = server.client().fill_vault().vault("one").contents(contents);
            fill.send().await.expect("it succeeds");
            assert!(
                head().contains(&format!("x-tree-hash: {tree}")),
                "{}",
                head()
            );
            assert!(
                head().contains(&format!("x-amz-content-sha256: {whole}")),
                "{}",
                head()
            );
        }
    }
    std::fs::remove_file(&file).expect("it can be removed");
    // The user's value is kept.
    let fill = server.client().fill_vault().vault("one").checksum("mine");
    fill.send().await.expect("it succeeds");
    assert!(head().contains("x-tree-hash: mine"), "{}", head());
}

async fn a_body_may_be_left_out_of_the_signature() {
    let server = Server::start(&[EMPTY]);
    let fill = server.client().fill_vault().vault("one");
    let fill = fill.contents(ByteStream::from_static(b"gold"));
    let sent = fill.customize().disable_payload_signing().send().await;
    sent.expect("it succeeds");
    let heads = server.heads();
    assert!(
        heads[0].contains("x-amz-content-sha256: UNSIGNED-PAYLOAD"),
        "{heads:?}"
    );
}

async fn the_input_says_where_the_call_goes() {
    let (configured, door) = (Server::start(&[EMPTY]), Server::start(&[EMPTY]));
    let ask = configured.client().ask_vault().door(&door.url);
    ask.send().await.expect("it succeeds");
    assert_eq!((configured.heads().len(), door.uri().as_str()), (0, "/ask"));
}

async fn requests_have_a_second_id() {
    let server = Server::start(&[EMPTY, (409, "Busy", "{}")]);
    let client = server.client();
    let found = client.find_vault().bank("north").send().await;
    assert_eq!(found.extended_request_id(), Some("second"));
    let found = found.expect("it succeeds");
    assert_eq!(found.extended_request_id(), Some("second"));
    let config = client
        .config()
        .to_builder()
        .retry_config(RetryConfig::disabled());
    let error = Client::from_conf(config.build()).open_vault().send().await;
    let error = error.expect_err("it fails");
    assert_eq!(error.extended_request_id(), Some("second"));
    assert_eq!(error.meta().extended_request_id(), Some("second"));
    let response = error.raw_response().expect("there is one");
    assert_eq!(response.headers().extended_request_id(), Some("second"));
    let error = error.into_service_error();
    assert_eq!(error.extended_request_id(), Some("second"));
    let OpenVaultError::Busy(busy) = &error else {
        panic!("it is another error: {error:?}");
    };
    assert_eq!(busy.extended_request_id(), Some("second"));
    assert_eq!(
        customized::Error::from(error).extended_request_id(),
        Some("second")
    );
}

/// An environment with a bearer token for the service.
#[derive(Debug)]
struct Environment;

impl LoadServiceConfig for Environment {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let is_meant = (key.env(), key.service_id()) == ("AWS_BEARER_TOKEN", "vaults");
        is_meant.then(|| "of the environment".to_owned())
    }
}

async fn a_token_of_the_environment_comes_first() {
    let server = Server::start(&[EMPTY]);
    let settings = || {
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(Credentials::for_tests()))
            .endpoint_url(&server.url)
    };
    let authorization = async |config: SdkConfig| {
        let called = Client::new(&config).wait_for_work().send().await;
        called.expect("it succeeds");
        let heads = server.heads();
        let mut lines = heads.last().expect("it was called").lines();
        let found = lines.find_map(|line| line.strip_prefix("authorization: "));
        found.expect("it is authenticated").to_owned()
    };
    let signed = authorization(settings().build()).await;
    assert!(signed.starts_with("AWS4-HMAC-SHA256 "), "{signed}");
    let found = authorization(settings().service_config(Environment).build()).await;
    assert_eq!(found, "Bearer of the environment");
    let own = SharedTokenProvider::new(Token::new("of the code", None));
    let mut config = settings().service_config(Environment).token_provider(own);
    config.insert_origin("token_provider", Origin::shared_config());
    assert_eq!(authorization(config.build()).await, "Bearer of the code");
}

/// The clock of tokens.
#[derive(Debug)]
struct Then;

impl TimeSource for Then {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_700_000_000)
    }
}

async fn databases_take_tokens() {
    const TOKEN: &str = "db.example.com:5432/?Action=Open&DBUser=a%20b%26c&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20231114%2Fus-east-1%2Fvaults-db%2Faws4_request&X-Amz-Date=20231114T221320Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=28ca4485a38270ebd1d08b40dd7d9e0be9a2150e1981475002244f310d1895c2&X-Amz-Security-Token=a%2Fb%3D";
    let settings = SdkConfig::builder()
        .credentials_provider(SharedCredentialsProvider::new(Credentials::new(
            "AKID",
            "SECRET",
            Some("a/b=".to_owned()),
            None,
            "tests",
        )))
        .region(Region::new("us-east-1"))
        .time_source(Then)
        .build();
    let database = || auth_token::Config::builder().hostname("db.example.com");
    let config = database()
        .port(5432)
        .username("a b&c")
        .build()
        .expect("it is complete");
    let generator = auth_token::AuthTokenGenerator::new(config);
    let token = generator.open_token(&settings).await.expect("it is signed");
    assert_eq!(token.as_str(), TOKEN);
    assert_eq!(token.to_string(), TOKEN);
    assert!(!format!("{token:?}").contains("Open"));
    let own = database()
        .port(5432)
        .username("a b&c")
        .expires_in(60)
        .region(Region::new("eu-west-1"));
    let generator = auth_token::AuthTokenGenerator::new(own.build().expect("it is complete"));
    let token = generator
        .open_token(&settings)
        .await
        .expect("it is signed")
        .to_string();
    assert!(
        token.contains("X-Amz-Expires=60&") && token.contains("%2Feu-west-1%2F"),
        "{token}"
    );
    let nobody = SdkConfig::builder().build();
    generator
        .open_token(&nobody)
        .await
        .expect_err("there are no credentials");
    for lacking in [database().port(1), database().username("one")] {
        lacking.build().expect_err("something is missing");
    }
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
    let server = Server::start(&[(200, "", "<Shelf>top</Shelf>"), (200, "", "<html/>")]);
    let client = shelves(&server);
    let shelf = client.get_shelf().send().await;
    assert_eq!(shelf.expect("it succeeds").shelf(), Some("top"));
    let shelf = client.get_shelf().send().await;
    shelf.expect_err("it is none");
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
    // Older behavior versions do not change.
    let old = RetryConfig::standard().with_retry_spec(RetrySpec::v2_0());
    let config = configured(old, Origin::shared_environment_variable());
    assert_eq!(config.max_attempts(), 3);
}
