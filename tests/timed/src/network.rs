//! A network in memory.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_credential_types::Credentials;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame};

use crate::Call;

/// The size of the parts of a streamed body.
const CHUNK: usize = 16 * 1024;

/// Answers every request with the same response.
#[derive(Clone, Debug)]
pub struct Network {
    headers: Vec<(String, String)>,
    body: Bytes,
    /// Whether bodies arrive in parts.
    is_streamed: bool,
}

impl Network {
    pub(crate) fn new(call: &Call) -> Self {
        let headers = call.answer.headers.clone();
        Self {
            headers: headers.into_iter().collect(),
            body: call.answer.body().into(),
            is_streamed: false,
        }
    }

    /// The same with bodies that arrive in parts.
    #[must_use]
    pub fn streamed(&self) -> Self {
        Self {
            is_streamed: true,
            ..self.clone()
        }
    }

    /// The network as an HTTP client of the runtime.
    pub fn http_client(&self) -> SharedHttpClient {
        let connector = SharedHttpConnector::new(self.clone());
        http_client_fn(move |_, _| connector.clone())
    }

    /// A response with this body.
    pub(crate) fn response(&self, body: SdkBody) -> HttpResponse {
        let mut response = HttpResponse::new(200.try_into().expect("a status"), body);
        for (name, value) in &self.headers {
            response.headers_mut().insert(name.clone(), value.clone());
        }
        response
    }
}

impl HttpConnector for Network {
    fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
        let body = self.body.clone();
        let body = match self.is_streamed {
            true => SdkBody::from_body_1_x(Chunks(body)),
            false => SdkBody::from(body),
        };
        HttpConnectorFuture::ready(Ok(self.response(body)))
    }
}

/// A body that arrives in parts.
#[derive(Debug)]
struct Chunks(Bytes);

impl Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let size = self.0.len().min(CHUNK);
        let chunk = self.0.split_to(size);
        Poll::Ready((size > 0).then(|| Ok(Frame::data(chunk))))
    }
}

/// The credentials of all calls.
pub fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "a secret", None, None, "fixed")
}

/// The sleep of clients.
pub fn sleep() -> SharedAsyncSleep {
    SharedAsyncSleep::new(TokioSleep::new())
}
