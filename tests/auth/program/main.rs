//! Calls clients, and checks how they authenticate with a server on the loopback device.
//!
//! A test of the workspace compiles this together with the clients.

mod in_regions;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use aws_credential_types::Credentials;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_types::SdkConfig;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    the_first_scheme_is_taken_that_there_is_an_identity_for().await;
    an_operation_has_schemes_of_its_own().await;
    optional_authentication_is_left_out_without_an_identity().await;
    the_preference_of_a_user_wins().await;
    tokens_come_from_the_configuration_of_a_program_and_from_a_call().await;
    a_key_that_no_header_can_have_is_an_error().await;
    a_key_is_a_parameter_of_the_query().await;
    a_body_is_not_signed().await;
    a_scheme_comes_before_the_key().await;
    tests_have_identities().await;
    a_client_says_its_name_and_what_the_program_says().await;
    in_regions::an_endpoint_that_the_client_cannot_call_is_an_error().await;
    in_regions::a_client_without_the_feature_signs_for_one_region().await;
    println!("{}", in_regions::signed().await);
}

/// The head of a request: the first line, and the headers in lower case.
type Head = (String, Vec<(String, String)>);

/// A server that responds to everything with an empty structure, and keeps the heads of requests.
struct Server {
    url: String,
    heads: Arc<Mutex<Vec<Head>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let heads = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heads);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a client connects");
                let reader = BufReader::new(stream.try_clone().expect("it can be cloned"));
                let lines = reader.lines().map(|line| line.expect("the head is a text"));
                let mut lines = lines.take_while(|line| !line.is_empty());
                let first = lines.next().expect("there is a request");
                let headers = lines.map(|line| {
                    let (name, value) = line.split_once(':').expect("it is a header");
                    (
                        name.to_lowercase(),
                        value.strip_prefix(' ').unwrap_or(value).to_owned(),
                    )
                });
                let headers = headers.collect();
                kept.lock()
                    .expect("no test has panicked")
                    .push((first, headers));
                let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
                stream.write_all(answer.as_bytes()).expect("it is read");
            }
        });
        Self { url, heads }
    }

    /// The authentication of the last request: the URI, and the relevant headers.
    fn last(&self) -> (String, Vec<String>) {
        let (first, headers) = self
            .heads
            .lock()
            .expect("no test has panicked")
            .pop()
            .expect("it was called");
        let uri = first.split(' ').nth(1).expect("it has a URI").to_owned();
        let mut headers: Vec<_> = headers
            .into_iter()
            .filter(|(name, _)| {
                ["authorization", "x-amz-content-sha256", "x-api-key"].contains(&name.as_str())
            })
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        headers.sort();
        (uri, headers)
    }

    fn headers(&self) -> Vec<String> {
        self.last().1
    }

    /// The values of a header of the last request.
    fn values(&self, wanted: &str) -> Vec<String> {
        let heads = self.heads.lock().expect("no test has panicked");
        let (_, headers) = heads.last().expect("it was called");
        let values = headers.iter().filter(|(name, _)| name == wanted);
        values.map(|(_, value)| value.clone()).collect()
    }
}

/// `user:password` in Base64.
const BASIC: &str = "authorization: Basic dXNlcjpwYXNzd29yZA==";

fn http_auth(server: &Server) -> http_auth::config::Builder {
    http_auth::Config::builder()
        .behavior_version_latest()
        .endpoint_url(&server.url)
}

fn token(text: &str) -> http_auth::config::Token {
    http_auth::config::Token::new(text, None)
}

fn login() -> http_auth::config::Login {
    http_auth::config::Login::new("user", "password", None)
}

async fn the_first_scheme_is_taken_that_there_is_an_identity_for() {
    let server = Server::start();
    let config = || http_auth(&server);
    let client = http_auth::Client::from_conf(config().bearer_token(token("b")).build());
    client.any().send().await.expect("it is a call");
    assert_eq!(server.headers(), ["authorization: Bearer b"]);
    let config = config().bearer_token(token("b")).basic_auth_login(login());
    let client = http_auth::Client::from_conf(config.clone().build());
    client.any().send().await.expect("it is a call");
    assert_eq!(server.headers(), [BASIC]);
    let client = http_auth::Client::from_conf(config.api_key(token("k")).build());
    client.any().send().await.expect("it is a call");
    assert_eq!(server.headers(), ["x-api-key: k"]);
    client.preferring().send().await.expect("it is a call");
    assert_eq!(server.headers(), ["authorization: Bearer b"]);
    client.only_basic().send().await.expect("it is a call");
    assert_eq!(server.headers(), [BASIC]);
}

async fn an_operation_has_schemes_of_its_own() {
    let server = Server::start();
    let config = http_auth(&server).api_key(token("k"));
    let client = http_auth::Client::from_conf(config.build());
    client.preferring().send().await.expect("it is a call");
    assert_eq!(server.headers(), ["x-api-key: k"]);
    client.never().send().await.expect("it is a call");
    assert_eq!(server.headers(), [""; 0]);
    client.optional().send().await.expect("it is a call");
    assert_eq!(server.headers(), ["x-api-key: k"]);
    let error = client
        .only_basic()
        .send()
        .await
        .expect_err("there is no login");
    let error = DisplayErrorContext(error).to_string();
    let said = "\"httpBasicAuth\" wasn't a valid option because there was no identity resolver";
    assert!(error.contains(said), "{error}");
}

async fn optional_authentication_is_left_out_without_an_identity() {
    let server = Server::start();
    let client = http_auth::Client::from_conf(http_auth(&server).build());
    client.optional().send().await.expect("it is a call");
    assert_eq!(server.headers(), [""; 0]);
    client.any().send().await.expect_err("there is no identity");
    let config = http_auth(&server).allow_no_auth();
    let client = http_auth::Client::from_conf(config.build());
    client.any().send().await.expect("it is a call");
    assert_eq!(server.headers(), [""; 0]);
}

async fn the_preference_of_a_user_wins() {
    let server = Server::start();
    let config = http_auth(&server)
        .api_key(token("k"))
        .bearer_token(token("b"));
    let preferring = |schemes: [&'static str; 2]| {
        let schemes = schemes.map(AuthSchemeId::new);
        let config = config.clone().auth_scheme_preference(schemes);
        http_auth::Client::from_conf(config.build())
    };
    let client = preferring(["httpBasicAuth", "httpBearerAuth"]);
    client.any().send().await.expect("it is a call");
    assert_eq!(server.headers(), ["authorization: Bearer b"]);
    let client = preferring(["httpApiKeyAuth", "httpBearerAuth"]);
    client.preferring().send().await.expect("it is a call");
    assert_eq!(server.headers(), ["x-api-key: k"]);
}

async fn tokens_come_from_the_configuration_of_a_program_and_from_a_call() {
    let server = Server::start();
    let shared = SdkConfig::builder()
        .behavior_version(http_auth::config::BehaviorVersion::latest())
        .endpoint_url(&server.url)
        .token_provider(SharedTokenProvider::new(token("of-the-program")))
        .build();
    let client = http_auth::Client::new(&shared);
    client.preferring().send().await.expect("it is a call");
    assert_eq!(server.headers(), ["authorization: Bearer of-the-program"]);
    let of_call = http_auth::Config::builder().bearer_token(token("of-the-call"));
    let call = client.preferring().customize().config_override(of_call);
    call.send().await.expect("it is a call");
    assert_eq!(server.headers(), ["authorization: Bearer of-the-call"]);
    client.preferring().send().await.expect("it is a call");
    assert_eq!(server.headers(), ["authorization: Bearer of-the-program"]);
}

async fn a_key_that_no_header_can_have_is_an_error() {
    let server = Server::start();
    let config = http_auth(&server).api_key(token("a\nb"));
    let client = http_auth::Client::from_conf(config.build());
    let error = client.any().send().await.expect_err("it cannot be sent");
    let error = DisplayErrorContext(error).to_string();
    assert!(
        error.contains("the API key has characters that no header can have"),
        "{error}"
    );
    assert!(!error.contains("a\\nb"), "{error}");
}

/// A client that can sign.
fn signing(server: &Server) -> in_query::config::Builder {
    in_query::Config::builder()
        .behavior_version_latest()
        .endpoint_url(&server.url)
        .region(in_query::config::Region::new("us-east-1"))
        .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
}

async fn a_key_is_a_parameter_of_the_query() {
    let server = Server::start();
    let config = signing(&server);
    let client = in_query::Client::from_conf(config.clone().build());
    client.any().send().await.expect("it is a call");
    let (uri, headers) = server.last();
    assert_eq!(uri, "/any?fixed=yes");
    assert!(
        headers[0].starts_with("authorization: AWS4-HMAC-SHA256 Credential=id/"),
        "{headers:?}"
    );
    let config = config.api_key(in_query::config::Token::new("k&k", None));
    let config = config.bearer_token(in_query::config::Token::new("b", None));
    let client = in_query::Client::from_conf(config.build());
    client.any().send().await.expect("it is a call");
    let (uri, headers) = server.last();
    assert_eq!(uri, "/any?fixed=yes&api%20key=k%26k");
    assert_eq!(headers, [""; 0]);
    client.signed().send().await.expect("it is a call");
    let headers = server.headers();
    assert!(
        headers[0].starts_with("authorization: AWS4-HMAC-SHA256 "),
        "{headers:?}"
    );
}

async fn a_body_is_not_signed() {
    let server = Server::start();
    let config = signing(&server);
    let client = in_query::Client::from_conf(config.build());
    let data = || aws_smithy_types::Blob::new("data");
    client
        .unsigned()
        .data(data())
        .send()
        .await
        .expect("it is a call");
    let headers = server.headers();
    assert!(headers[0].contains("x-amz-content-sha256"), "{headers:?}");
    assert_eq!(headers[1], "x-amz-content-sha256: UNSIGNED-PAYLOAD");
    client.signed().send().await.expect("it is a call");
    assert_eq!(server.headers().len(), 1);
}

async fn a_scheme_comes_before_the_key() {
    let server = Server::start();
    let config = after_scheme::Config::builder()
        .behavior_version_latest()
        .endpoint_url(&server.url)
        .api_key(after_scheme::config::Token::new("k", None));
    let client = after_scheme::Client::from_conf(config.build());
    client.any().send().await.expect("it is a call");
    assert_eq!(server.headers(), ["authorization: Token k"]);
}

async fn tests_have_identities() {
    let server = Server::start();
    let config = http_auth(&server).with_test_defaults();
    let client = http_auth::Client::from_conf(config.build());
    client.preferring().send().await.expect("it is a call");
    assert!(server.headers()[0].starts_with("authorization: Bearer "));
    client.only_basic().send().await.expect("it is a call");
    assert_eq!(server.headers(), [BASIC]);
}

async fn a_client_says_its_name_and_what_the_program_says() {
    let server = Server::start();
    let app = http_auth::config::AppName::new("some-program").expect("a valid name");
    let config = http_auth(&server).bearer_token(token("b")).app_name(app);
    let client = http_auth::Client::from_conf(config.build());
    client.any().send().await.expect("it is a call");
    let agent = format!("service/{} app/some-program", http_auth::meta::PKG_VERSION);
    assert_eq!(server.values("user-agent"), [agent]);
    assert_eq!(server.values("x-amz-user-agent"), [""; 0]);
}
