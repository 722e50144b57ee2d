//! Calls clients with customizations, and checks what a server on the loopback device receives.
//!
//! A test of the workspace compiles this together with the clients.

mod calls;
mod requests;
mod responses;
mod tokens;
mod xml;

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
    requests::members_of_the_path_lose_a_prefix_and_are_filled().await;
    requests::the_endpoint_has_members_of_the_path().await;
    responses::pages_end_by_a_flag().await;
    responses::an_empty_404_has_a_code().await;
    responses::a_date_need_not_be_one().await;
    requests::the_hash_of_the_body_is_a_header().await;
    requests::a_body_has_a_tree_hash().await;
    requests::a_body_may_be_left_out_of_the_signature().await;
    requests::the_input_says_where_the_call_goes().await;
    responses::requests_have_a_second_id().await;
    tokens::a_token_of_the_environment_comes_first().await;
    tokens::databases_take_tokens().await;
    xml::a_response_that_succeeds_may_be_an_error().await;
    xml::a_document_may_have_any_root().await;
    xml::an_output_may_be_its_only_member().await;
    calls::an_operation_may_go_unsigned().await;
    requests::requests_have_headers().await;
    calls::an_operation_is_not_signed().await;
    calls::a_scheme_of_authentication_is_added().await;
    calls::an_error_is_transient().await;
    calls::an_error_can_be_tried_again().await;
    responses::values_are_hidden().await;
    responses::members_are_optional().await;
    calls::retries_are_those_of_the_service();
    calls::some_calls_are_waited_for().await;
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
