//! Both ends of an HTTP/2 connection.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use futures_core::Stream;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, Version};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector as Tcp;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::frame::Frame;

/// Speaks HTTP/2 from the first byte.
#[derive(Clone, Debug)]
struct Http2(Client<Tcp, SdkBody>);

impl HttpConnector for Http2 {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let client = self.0.clone();
        HttpConnectorFuture::new(async move {
            let request = request.try_into_http1x().expect("it is a request");
            let response = client.request(request).await;
            let response = response.map_err(|error| ConnectorError::other(error.into(), None))?;
            let response = response.map(SdkBody::from_body_1_x);
            Ok(HttpResponse::try_from(response).expect("it is a response"))
        })
    }
}

pub fn client() -> SharedHttpClient {
    let mut builder = Client::builder(TokioExecutor::new());
    let connector = SharedHttpConnector::new(Http2(builder.http2_only(true).build_http()));
    http_client_fn(move |_, _| connector.clone())
}

type Chunk = Result<hyper::body::Frame<Bytes>, io::Error>;

/// The body of a response in progress.
struct Chunks(mpsc::Receiver<Chunk>);

impl Stream for Chunks {
    type Item = Chunk;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Chunk>> {
        self.0.poll_recv(cx)
    }
}

/// A request whose response has begun.
pub struct Call {
    body: Incoming,
    arrived: Vec<u8>,
    chunks: mpsc::Sender<Chunk>,
}

impl Call {
    /// The next frame of the request's body; `None` at the end.
    pub async fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some(frame) = Frame::take(&mut self.arrived) {
                return Some(frame);
            }
            let chunk = self.body.frame().await?.ok()?;
            self.arrived.extend(chunk.into_data().ok()?);
        }
    }

    /// Sends a part of the response's body when the window allows it.
    pub async fn send(&mut self, bytes: Vec<u8>) {
        let chunk = hyper::body::Frame::data(Bytes::from(bytes));
        self.chunks
            .send(Ok(chunk))
            .await
            .expect("the client listens");
    }

    /// Aborts the response.
    pub async fn break_off(self) {
        let error = io::Error::other("it breaks");
        self.chunks
            .send(Err(error))
            .await
            .expect("the client listens");
    }

    /// Waits until the client has closed the stream.
    pub async fn hung_up(self) {
        self.chunks.closed().await;
    }
}

/// Serves a connection, and sends its calls to a channel.
pub async fn listen() -> (String, mpsc::UnboundedReceiver<Call>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (calls, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let service = service_fn(move |request: Request<Incoming>| {
            let calls = calls.clone();
            async move {
                assert_eq!(request.version(), Version::HTTP_2);
                let (chunks, receiver) = mpsc::channel(1);
                let body = request.into_body();
                let arrived = Vec::new();
                calls
                    .send(Call {
                        body,
                        arrived,
                        chunks,
                    })
                    .expect("the test goes on");
                let response = Response::builder().header("x-topic", "echo");
                Ok::<_, Infallible>(response.body(StreamBody::new(Chunks(receiver))).unwrap())
            }
        });
        let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
        // It ends when the client closes the connection.
        let _ = server.serve_connection(TokioIo::new(socket), service).await;
    });
    (url, receiver)
}
