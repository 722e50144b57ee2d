//! A network in memory, and everything else that calls of a client depend on.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

use aws_credential_types::{Credentials, Token};
use aws_runtime::invocation_id::{InvocationId, InvocationIdGenerator};
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;
use aws_types::app_name::AppName;
use http::{HeaderName, HeaderValue};

use crate::json::with_escapes;
use crate::outcome::ready;
use crate::tree::{Format, Tree};

/// The region of all calls.
pub const REGION: &str = "eu-west-1";

/// The default idempotency token.
pub const IDEMPOTENCY_TOKEN: &str = "3f1c9b0e-7a52-4d8e-9c61-2b8f00d4a9e7";

/// The credentials of all calls.
pub fn credentials() -> Credentials {
    Credentials::new(
        "AKIDEXAMPLE",
        "a secret",
        Some("a session".to_owned()),
        None,
        "tests",
    )
}

/// The bearer token of all calls.
pub fn token() -> Token {
    Token::new("a token", None)
}

/// The application in the user agent.
pub fn app_name() -> AppName {
    AppName::new("differential-tests").expect("a valid name")
}

/// A stopped clock.
pub fn clock() -> StaticTimeSource {
    StaticTimeSource::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000))
}

/// Each call is one request.
pub fn no_retries() -> RetryConfig {
    RetryConfig::disabled()
}

/// Sleep that never ends: everything is in memory, so nothing has to wait.
#[derive(Clone, Copy, Debug)]
pub struct Never;

impl AsyncSleep for Never {
    fn sleep(&self, _duration: Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

/// The same invocation id for every call.
#[derive(Debug)]
pub struct FixedInvocationId;

impl InvocationIdGenerator for FixedInvocationId {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        Ok(Some(InvocationId::new("fixed".to_owned())))
    }
}

/// Removes parts of user agents, which signatures cover, from requests: the version of the crate,
/// which may differ from the official crate's, and marks of features that the official crate has
/// from a newer model.
#[derive(Debug)]
pub struct AnyVersion {
    /// The version of the crate.
    pub version: &'static str,
    /// Whether the model has endpoints that depend on accounts.
    pub account_ids: bool,
}

impl AnyVersion {
    /// A word of a user agent without the parts that differ.
    fn plain(&self, word: &str) -> String {
        match word.split_once('/') {
            Some(("api", word)) => format!("api/{}", word.replace(self.version, "any")),
            Some(("m", marks)) if !self.account_ids => {
                let marks = marks.split(',').filter(|it| !ACCOUNT_IDS.contains(it));
                format!("m/{}", marks.collect::<Vec<_>>().join(","))
            }
            _ => word.to_owned(),
        }
    }
}

/// The marks for endpoints with account ids: preferred, disabled, required, resolved.
const ACCOUNT_IDS: [&str; 4] = ["P", "Q", "R", "T"];

impl Intercept for AnyVersion {
    fn name(&self) -> &'static str {
        "AnyVersion"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        for name in ["user-agent", "x-amz-user-agent"] {
            let Some(agent) = headers.get(name) else {
                continue;
            };
            let words = agent.split(' ').map(|word| self.plain(word));
            let agent = words.collect::<Vec<_>>().join(" ");
            headers.insert(name, agent);
        }
        Ok(())
    }
}

/// A request as it would have been sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The whole URI.
    pub uri: String,
    /// All headers, in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A response to a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers. Their values need not be UTF-8.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Body,
}

impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        for (name, value) in &self.headers {
            write!(f, "\n  {name}: {}", value.escape_ascii())?;
        }
        write!(f, "\n  {}", self.body.bytes().escape_ascii())
    }
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A tree that can be changed, and its format.
    Tree(Tree, Format),
    /// Anything else.
    Bytes(Vec<u8>),
}

impl Body {
    /// The bytes of the body.
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Tree(tree, format) => format.write(tree),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }

    /// The body as JSON, if it is JSON. The parsers of clients also read control characters in
    /// strings, which JSON does not allow.
    pub fn json(&self) -> Option<Tree> {
        let text = String::from_utf8(self.bytes()).ok();
        let parsed = text.and_then(|text| Tree::parse(&with_escapes(&text)));
        parsed.or_else(|| match self {
            Self::Tree(tree, Format::Json) => Some(tree.clone()),
            _ => None,
        })
    }
}

/// The network of a client: it records each request, and always returns the same response.
#[derive(Clone, Debug)]
pub struct Transport(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    response: Response,
    requests: Vec<Request>,
}

impl Default for Transport {
    fn default() -> Self {
        let response = Response {
            status: 200,
            headers: Vec::new(),
            body: Body::Tree(Tree::EMPTY, Format::Json),
        };
        Self(Arc::new(Mutex::new(State {
            response,
            requests: Vec::new(),
        })))
    }
}

impl Transport {
    /// The network as an HTTP client of the runtime.
    pub fn http_client(&self) -> SharedHttpClient {
        let transport = self.clone();
        http_client_fn(move |_, _| SharedHttpConnector::new(transport.clone()))
    }

    /// Sets the response to the next requests.
    pub fn respond(&self, response: &Response) {
        self.state().response = response.clone();
    }

    /// The requests since the last call.
    pub fn take_requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.state().requests)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0
            .lock()
            .expect("no test panics while it holds the lock")
    }
}

impl HttpConnector for Transport {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut state = self.state();
        state.requests.push(sent(request));
        HttpConnectorFuture::ready(Ok(received(&state.response)))
    }
}

fn sent(mut request: HttpRequest) -> Request {
    let body = match request.body().bytes() {
        Some(bytes) => bytes.to_vec(),
        None => ready(ByteStream::new(request.take_body()).collect())
            .expect("a stream in memory")
            .to_vec(),
    };
    let header = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Request {
        method: request.method().to_owned(),
        uri: request.uri().to_owned(),
        headers: request.headers().iter().map(header).collect(),
        body,
    }
}

fn received(response: &Response) -> HttpResponse {
    let mut received = http::Response::new(SdkBody::from(response.body.bytes()));
    *received.status_mut() = response.status.try_into().expect("a status code");
    for (name, value) in &response.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("the name of a header");
        let value = HeaderValue::from_bytes(value).expect("the value of a header");
        received.headers_mut().append(name, value);
    }
    received.try_into().expect("a response")
}
