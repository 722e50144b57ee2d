//! The clients, and the results of calls.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::body::SdkBody;

use crate::bodies::Format;

/// A response that a service could give.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    fn http(&self) -> http::Response<SdkBody> {
        let mut response = http::Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(*name, value);
        }
        let response = response.body(SdkBody::from(self.body.clone()));
        response.expect("a response")
    }
}

/// The result of a call.
#[derive(Debug, Default, PartialEq)]
pub struct Seen {
    /// The error's variant, `Unhandled`, or nothing if the call succeeded.
    pub variant: &'static str,
    pub code: Option<String>,
    pub message: Option<String>,
    pub request_id: Option<String>,
    pub status: Option<u16>,
    pub attempts: Option<u32>,
    pub fault: Option<String>,
    /// The member `thing` of an error, if it has one.
    pub thing: Option<String>,
    /// The output of `DisplayErrorContext`.
    pub printed: String,
}

/// A client of the service.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    pub name: &'static str,
    pub format: Format,
    /// The code of `NoSuchThing` in the body of a response.
    pub code: &'static str,
    /// Whether the service sends codes of a query protocol in a header.
    pub is_query_compatible: bool,
    call: fn(http_client: SharedHttpClient, attempts: u32) -> Seen,
}

impl Client {
    /// Calls a service that always returns this response.
    pub fn call(&self, response: &Response) -> Seen {
        let response = response.clone();
        let is_cbor = matches!(self.format, Format::Cbor);
        let answer = move |request: http::Request<SdkBody>| {
            assert_eq!(tells_of_cbor(&request), is_cbor);
            response.http()
        };
        (self.call)(infallible_client_fn(answer), 1)
    }

    /// Calls a service that returns this response once, and then succeeds.
    pub fn call_again(&self, response: &Response) -> Seen {
        let answers = [response.clone(), Response::new(200, self.format.output())];
        let next = AtomicUsize::new(0);
        let http_client =
            infallible_client_fn(move |_| answers[next.fetch_add(1, Ordering::Relaxed)].http());
        (self.call)(http_client, 2)
    }
}

/// Whether the user agent of a request reports, by its letter, that the client uses CBOR.
fn tells_of_cbor(request: &http::Request<SdkBody>) -> bool {
    let agent = request.headers()["x-amz-user-agent"].to_str();
    let words = agent.expect("a text").split(' ');
    let mut metrics = words.filter_map(|word| word.strip_prefix("m/"));
    metrics.any(|metrics| metrics.split(',').any(|metric| metric == "M"))
}

/// Defines how each client is called, and lists them.
macro_rules! clients {
    ($($library:ident: $format:ident, $code:literal, $is_query_compatible:literal;)*) => {
        /// All clients.
        pub const ALL: &[Client] = &[$(
            Client {
                name: stringify!($library),
                format: Format::$format,
                code: $code,
                is_query_compatible: $is_query_compatible,
                call: $library::call,
            },
        )*];

        $(mod $library {
            use ::$library::ProvideResponseMetadata;
            use ::$library::config::BehaviorVersion;
            use ::$library::config::retry::RetryConfig;
            use ::$library::error::{DisplayErrorContext, ProvideErrorMetadata};
            use ::$library::operation::put_thing::PutThingError;

            use super::*;

            pub(super) fn call(http_client: SharedHttpClient, attempts: u32) -> Seen {
                let retries = RetryConfig::standard()
                    .with_max_attempts(attempts)
                    .with_initial_backoff(Duration::ZERO);
                let config = ::$library::Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .endpoint_url("http://localhost")
                    .retry_config(retries)
                    .http_client(http_client);
                let client = ::$library::Client::from_conf(config.build());
                let call = client.put_thing().name("a").send();
                let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
                let error = match runtime.expect("a runtime").block_on(call) {
                    Ok(output) => return Seen {
                        attempts: output.response_metadata().attempts(),
                        ..Seen::default()
                    },
                    Err(error) => error,
                };
                let metadata = error.response_metadata();
                let printed = DisplayErrorContext(&error).to_string();
                let error = error.into_service_error();
                assert_eq!(error.response_metadata().http_status(), metadata.http_status());
                let (variant, thing) = match &error {
                    PutThingError::NoSuchThing(error) => ("NoSuchThing", error.thing()),
                    PutThingError::Busy(_) => ("Busy", None),
                    PutThingError::Broken(_) => ("Broken", None),
                    _ => ("Unhandled", None),
                };
                Seen {
                    variant,
                    code: error.code().map(str::to_owned),
                    message: error.message().map(str::to_owned),
                    request_id: metadata.request_id().map(str::to_owned),
                    status: metadata.http_status(),
                    attempts: metadata.attempts(),
                    fault: error.meta().extra("type").map(str::to_owned),
                    thing: thing.map(str::to_owned),
                    printed,
                }
            }
        })*
    };
}

clients! {
    rest_json: Json, "NoSuchThing", false;
    json_compatible: Json, "NoSuchThing", true;
    aws_json: Json, "NoSuchThing", false;
    rest_xml: Xml, "NoSuchThing", false;
    aws_query: Xml, "Things.NoSuchThing", false;
    ec2_query: Ec2, "NoSuchThing", false;
    rpc_cbor: Cbor, "NoSuchThing", false;
    cbor_compatible: Cbor, "NoSuchThing", true;
    rpc_json: Json, "NoSuchThing", false;
}
