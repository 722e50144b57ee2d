//! The clients, each called with a response.

use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_types::body::SdkBody;

use crate::{Cases, cbor, xml};

/// The result of reading a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An output, or the modeled error.
    Value,
    /// Another error.
    Error,
}

/// A call of one client, for outputs or errors.
pub struct Call {
    pub name: &'static str,
    pub cases: fn() -> Cases,
    /// Calls an operation that gets this body.
    pub response: fn(Vec<u8>) -> Outcome,
    /// Calls the same operation with success, and shows what is in the output.
    pub shown: fn(Vec<u8>) -> String,
    /// The size in memory of the largest element of a list.
    pub largest: u64,
    /// The minimum size in a body of an element of a list.
    pub smallest: u64,
}

macro_rules! calls {
    ($library:ident, $smallest:literal, $outputs:expr, $errors:expr) => {{
        use $library::Client;
        use $library::config::BehaviorVersion;
        use $library::config::retry::RetryConfig;
        use $library::types::{Choice, Node};

        fn client(status: u16, body: Vec<u8>) -> Client {
            let config = $library::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .with_test_defaults_v2()
                .endpoint_url("https://example.com")
                .retry_config(RetryConfig::disabled())
                .http_client(http_client(status, body));
            Client::from_conf(config.build())
        }

        fn output(body: Vec<u8>) -> Outcome {
            match wait(client(200, body).get_things().send()) {
                Ok(_) => Outcome::Value,
                Err(error) => {
                    let _ = format!("{error:?}");
                    Outcome::Error
                }
            }
        }

        fn shown(body: Vec<u8>) -> String {
            let output = wait(client(200, body).get_things().send());
            output.map_or_else(|_| "an error".to_owned(), |it| format!("{it:?}"))
        }

        fn error(body: Vec<u8>) -> Outcome {
            let error = wait(client(400, body).get_things().send());
            let error = error.expect_err("the status is that of an error");
            let _ = format!("{error:?}");
            match error.into_service_error().is_refusal() {
                true => Outcome::Value,
                false => Outcome::Error,
            }
        }

        let largest = size_of::<(String, Node)>().max(size_of::<Choice>()) as u64;
        let call = |name, cases, response| Call {
            name,
            cases,
            response,
            shown,
            largest,
            smallest: $smallest,
        };
        [
            call(concat!(stringify!($library), " output"), $outputs, output),
            call(concat!(stringify!($library), " error"), $errors, error),
        ]
    }};
}

/// All of them.
pub fn calls() -> Vec<Call> {
    [
        calls!(client_rest_xml, 4, xml::rest_outputs, xml::rest_errors),
        calls!(client_aws_query, 4, xml::query_outputs, xml::rest_errors),
        calls!(client_ec2_query, 4, xml::ec2_outputs, xml::ec2_errors),
        calls!(client_rpc_v2_cbor, 1, cbor::outputs, cbor::errors),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn http_client(status: u16, body: Vec<u8>) -> StaticReplayClient {
    let request = http::Request::builder().body(SdkBody::empty());
    let response = http::Response::builder().status(status);
    let response = response.body(SdkBody::from(body));
    let event = ReplayEvent::new(request.expect("a request"), response.expect("a response"));
    StaticReplayClient::new(vec![event])
}

fn wait<T>(call: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.expect("a runtime can be made").block_on(call)
}
