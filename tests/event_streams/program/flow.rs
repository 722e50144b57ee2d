//! Streams in both directions, interrupted streams, and backpressure.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use rest_json::error::SdkError;
use rest_json::primitives::Blob;
use rest_json::types::error::EventsError;
use rest_json::types::{Events, Sound};
use tokio::sync::mpsc;
use tokio::task::yield_now;

use crate::frame::{Frame, frame};
use crate::received::client;
use crate::sent::{Channel, Given, signed};
use crate::server::{Call, listen};
use crate::{counted, http2};

const LARGE: usize = 1024 * 1024;
const MANY: usize = 48;
/// A frame on each side and in each buffer between, but not all of them.
const BOUND: usize = 16 * LARGE;

fn http2_client(url: String) -> rest_json::Client {
    let client = client!(rest_json, url);
    let config = client.config().to_builder().http_client(http2::client());
    rest_json::Client::from_conf(config.build())
}

fn sound(length: usize) -> Events {
    let bytes = Blob::new(vec![7; length]);
    Events::Sound(Sound::builder().bytes(bytes).build())
}

fn large() -> Vec<u8> {
    frame("event", "sound", &vec![7; LARGE]).encoded()
}

/// Lets all other tasks run.
async fn dawdle() {
    for _ in 0..200 {
        yield_now().await;
    }
}

async fn both_ways() {
    let (url, mut calls) = http2::listen().await;
    let server = tokio::spawn(async move {
        let mut call = calls.recv().await.expect("a call");
        while let Some(frame) = call.next().await {
            if let Some(frame) = signed(&frame) {
                call.send(frame.encoded()).await;
            }
        }
    });
    let (sender, receiver) = mpsc::unbounded_channel();
    let call = http2_client(url).converse();
    let output = call.events(Channel(receiver).into()).send().await;
    let mut output = output.expect("it is answered");
    assert_eq!(output.topic(), Some("echo"));
    for length in 0..100 {
        sender.send(Ok(sound(length))).unwrap();
        let answer = output.events.recv().await.expect("an answer");
        assert_eq!(answer, Some(sound(length)));
    }
    // Dropping a future loses no event.
    for length in 0..20 {
        tokio::select! {
            biased;
            _ = output.events.recv() => panic!("nothing was sent"),
            () = yield_now() => {}
        }
        sender.send(Ok(sound(length))).unwrap();
        let answer = output.events.recv().await.expect("an answer");
        assert_eq!(answer, Some(sound(length)));
    }
    drop(sender);
    assert!(output.events.recv().await.expect("the end").is_none());
    server.await.unwrap();
}

/// Either side closes the connection.
async fn broken_off() {
    let (url, mut calls) = http2::listen().await;
    let client = http2_client(url);
    let listened = client.listen().send().await.expect("it is answered");
    let call = calls.recv().await.expect("a call");
    drop(listened);
    call.hung_up().await;

    // Within a frame, and between two.
    for missing in [1, 0] {
        let output = client.listen().send().await.expect("it is answered");
        let mut call = calls.recv().await.expect("a call");
        let mut bytes = frame("event", "sound", b"1").encoded();
        bytes.truncate(bytes.len() - missing);
        call.send(bytes).await;
        let breaking = tokio::spawn(call.break_off());
        let mut events = output.events;
        for _ in missing..1 {
            assert!(events.recv().await.expect("an event").is_some());
        }
        let error = events.recv().await.expect_err("it breaks");
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
        assert!(events.recv().await.expect("the end").is_none());
        breaking.await.unwrap();
    }

    // The user's stream ends because its other side is dropped.
    let (sender, receiver) = mpsc::unbounded_channel::<Result<Events, EventsError>>();
    let call = client.converse().events(Channel(receiver).into());
    let output = call.send().await.expect("it is answered");
    let mut call = calls.recv().await.expect("a call");
    drop(sender);
    let end = call.next().await.expect("the last frame");
    assert_eq!(signed(&end), None);
    assert_eq!(call.next().await, None);
    drop(output);
}

/// A stream that ends within a frame is an error.
async fn cut_off() {
    let whole = frame("event", "sound", b"12345").encoded();
    for length in 0..whole.len() {
        let (url, listener) = listen().await;
        let bytes = [&whole[..], &whole[..length]].concat();
        let server = tokio::spawn(async move {
            let mut call = Call::accept(listener).await;
            call.answer("").await;
            call.send(&bytes).await;
            call.end().await;
        });
        let output = client!(rest_json, url).listen().send().await;
        let mut events = output.expect("it is answered").events;
        assert!(events.recv().await.expect("an event").is_some());
        let end = events.recv().await;
        match length {
            0 => assert!(end.expect("the end").is_none()),
            _ => {
                let error = end.expect_err("it is cut off");
                assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
            }
        }
        server.await.unwrap();
    }
}

/// The client does not wait for a frame whose declared length is too large.
async fn too_long() {
    let (url, listener) = listen().await;
    let server = tokio::spawn(async move {
        let mut call = Call::accept(listener).await;
        call.answer("").await;
        call.send(&u32::MAX.to_be_bytes()).await;
        call
    });
    let output = client!(rest_json, url).listen().send().await;
    let mut events = output.expect("it is answered").events;
    let error = events.recv().await.expect_err("it is too long");
    assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
    drop(server.await.unwrap());
}

/// A slow reader slows the sender down, and memory does not grow.
async fn slow_reader() {
    for is_http2 in [false, true] {
        let before = counted::begin();
        let (url, server) = if is_http2 {
            let (url, mut calls) = http2::listen().await;
            let server = tokio::spawn(async move {
                let mut call = calls.recv().await.expect("a call");
                for _ in 0..MANY {
                    call.send(large()).await;
                }
            });
            (url, server)
        } else {
            let (url, listener) = listen().await;
            let server = tokio::spawn(async move {
                let mut call = Call::accept(listener).await;
                call.answer("").await;
                for _ in 0..MANY {
                    call.send(&large()).await;
                }
                call.end().await;
            });
            (url, server)
        };
        let client = match is_http2 {
            true => http2_client(url),
            false => client!(rest_json, url),
        };
        let output = client.listen().send().await.expect("it is answered");
        let mut events = output.events;
        let mut count = 0;
        while let Some(event) = events.recv().await.expect("an event") {
            assert!(event.is_sound());
            count += 1;
            dawdle().await;
        }
        assert_eq!(count, MANY);
        server.await.unwrap();
        let most = counted::most_since(before);
        assert!(most < BOUND, "{most} bytes were in use at once");
    }
}

/// Large events, created on demand.
struct Sounds(usize);

impl Stream for Sounds {
    type Item = Result<Events, EventsError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let left = self.0;
        self.0 = left.saturating_sub(1);
        Poll::Ready((left > 0).then(|| Ok(sound(LARGE))))
    }
}

/// A slow service slows the user's stream down.
async fn slow_service() {
    let before = counted::begin();
    let (url, mut calls) = http2::listen().await;
    let server = tokio::spawn(async move {
        let mut call = calls.recv().await.expect("a call");
        let mut count = 0;
        while let Some(frame) = call.next().await {
            count += usize::from(signed(&frame).is_some());
            dawdle().await;
        }
        count
    });
    let call = http2_client(url).converse().events(Sounds(MANY).into());
    let output = call.send().await.expect("it is answered");
    assert_eq!(server.await.unwrap(), MANY);
    drop(output);
    let most = counted::most_since(before);
    assert!(most < BOUND, "{most} bytes were in use at once");
}

/// If credentials expire, a stream continues with those of its request.
async fn expiring_credentials() {
    use std::time::{Duration, SystemTime};

    use rest_json::config::Credentials;

    let (url, mut calls) = http2::listen().await;
    let expiry = SystemTime::now() - Duration::from_secs(1);
    let expired = Credentials::new("id", "key", None, Some(expiry), "test");
    let client = http2_client(url);
    let config = client.config().to_builder().credentials_provider(expired);
    let client = rest_json::Client::from_conf(config.build());
    let given = VecDeque::from([Ok(sound(1)), Ok(sound(2))]);
    let call = client.converse().events(Given(given).into());
    let output = call.send().await.expect("it is answered");
    let mut call = calls.recv().await.expect("a call");
    let mut sent = Vec::new();
    while let Some(frame) = call.next().await {
        sent.extend(signed(&frame));
    }
    let payloads = sent.iter().map(|frame: &Frame| frame.payload.len());
    assert_eq!(payloads.collect::<Vec<_>>(), [1, 2]);
    drop(output);
}

pub async fn check() {
    both_ways().await;
    broken_off().await;
    cut_off().await;
    too_long().await;
    slow_reader().await;
    slow_service().await;
    expiring_credentials().await;
}
