//! A fake network: it keeps requests and returns given responses.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;

/// A body of several pieces, whose length may be known.
pub struct Pieces {
    pieces: VecDeque<Vec<u8>>,
    trailer: Option<&'static str>,
    length: Option<u64>,
}

impl Pieces {
    pub fn new(text: &[u8], length: Option<u64>) -> Self {
        // The empty piece is a frame, but must not become a chunk.
        let mut pieces = VecDeque::from([Vec::new()]);
        pieces.extend(text.chunks(70_000).map(<[u8]>::to_vec));
        Self {
            pieces,
            trailer: None,
            length,
        }
    }

    pub fn with_trailer(text: &[u8]) -> Self {
        Self {
            trailer: Some("late"),
            ..Self::new(text, None)
        }
    }
}

impl Body for Pieces {
    type Data = <SdkBody as Body>::Data;
    type Error = <SdkBody as Body>::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let piece = self.pieces.pop_front().map(|it| Frame::data(it.into()));
        let trailer = || {
            let value = self.trailer.take()?;
            Some(Frame::trailers(
                [("x-late".parse().ok()?, value.parse().ok()?)]
                    .into_iter()
                    .collect(),
            ))
        };
        Poll::Ready(piece.or_else(trailer).map(Ok))
    }

    fn size_hint(&self) -> SizeHint {
        self.length
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A stream that can be retried.
pub fn stream(text: &[u8]) -> ByteStream {
    let length = text.len() as u64;
    again(text, Some(length))
}

/// The same with unknown length.
pub fn endless(text: &[u8]) -> ByteStream {
    again(text, None)
}

fn again(text: &[u8], length: Option<u64>) -> ByteStream {
    let text = text.to_vec();
    let body = move || SdkBody::from_body_1_x(Pieces::new(&text, length));
    ByteStream::new(SdkBody::retryable(body))
}

/// A request that was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Sent {
    pub fn all(&self, name: &str) -> Vec<&str> {
        let headers = self.headers.iter().filter(|(known, _)| known == name);
        headers.map(|(_, value)| value.as_str()).collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }

    /// The algorithms of checksums in headers.
    pub fn sums(&self) -> Vec<(&str, &str)> {
        let mut sums = Vec::new();
        for (name, value) in &self.headers {
            let name = name.strip_prefix("x-amz-checksum-");
            sums.extend(name.map(|name| (name, value.as_str())));
        }
        sums
    }

    /// The decoded body, with the signatures of its chunks and the trailers.
    pub fn whole(&self) -> Whole {
        let mut whole = Whole::default();
        let mut rest = self.body.as_slice();
        loop {
            let head = line(&mut rest);
            let mut head = head.split(';');
            let size = head.next().expect("a chunk has a size");
            whole.signatures.extend(head.map(str::to_owned));
            let size = usize::from_str_radix(size, 16).expect("it is a number");
            if size == 0 {
                break;
            }
            whole.chunks += 1;
            whole.data.extend(&rest[..size]);
            assert_eq!(&rest[size..size + 2], b"\r\n");
            rest = &rest[size + 2..];
        }
        loop {
            let line = line(&mut rest);
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            whole.trailers.push((name.to_owned(), value.to_owned()));
        }
        assert!(rest.is_empty(), "something follows the end: {rest:?}");
        whole
    }
}

/// The next line.
fn line(rest: &mut &[u8]) -> String {
    let end = rest.windows(2).position(|it| it == b"\r\n");
    let end = end.expect("there is a line");
    let line = String::from_utf8(rest[..end].to_vec()).expect("it is a text");
    *rest = &rest[end + 2..];
    line
}

/// A body that came in chunks.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Whole {
    pub data: Vec<u8>,
    pub chunks: usize,
    pub signatures: Vec<String>,
    pub trailers: Vec<(String, String)>,
}

type Answer = (u16, Vec<(&'static str, String)>, SdkBody);

#[derive(Clone, Debug, Default)]
pub struct Wire {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Wire {
    pub fn answer(&self, status: u16, headers: &[(&'static str, &str)], body: SdkBody) {
        let headers = headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        let answer = (status, headers.collect(), body);
        self.answers
            .lock()
            .expect("nobody panics")
            .push_back(answer);
    }

    /// The requests since the last call.
    pub fn take(&self) -> Vec<Sent> {
        std::mem::take(&mut *self.sent.lock().expect("nobody panics"))
    }

    pub fn only(&self) -> Sent {
        let mut sent = self.take();
        assert_eq!(sent.len(), 1);
        sent.remove(0)
    }
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let wire = self.clone();
        HttpConnectorFuture::new(async move {
            let headers = request.headers().iter();
            let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let headers = headers.collect();
            let body = request.into_body().collect().await;
            let body = body.expect("a body can be read").to_bytes().to_vec();
            wire.sent
                .lock()
                .expect("nobody panics")
                .push(Sent { headers, body });
            let next = wire.answers.lock().expect("nobody panics").pop_front();
            let (status, headers, body) = next.unwrap_or((200, Vec::new(), SdkBody::from("{}")));
            let status = status.try_into().expect("it is a status");
            let mut response = HttpResponse::new(status, body);
            for (name, value) in headers {
                response.headers_mut().insert(name, value);
            }
            Ok(response)
        })
    }
}

impl HttpClient for Wire {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

/// The length that the headers announce.
pub fn length(sent: &Sent) -> Option<usize> {
    sent.header("content-length")?.parse().ok()
}
