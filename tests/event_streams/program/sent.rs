//! Streams of events that clients send.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc;

use crate::frame::{Frame, Value, frame};
use crate::received::client;
use crate::server::{Call, listen};

/// A stream of what is there.
struct Given<T>(VecDeque<T>);

impl<T: Unpin> Stream for Given<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// A stream of what is sent through a channel.
struct Channel<T>(mpsc::UnboundedReceiver<T>);

impl<T> Stream for Channel<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.0.poll_recv(cx)
    }
}

/// What is in a frame that is signed: another one.
fn signed(frame: &Frame) -> Option<Frame> {
    let names: Vec<_> = frame.headers.keys().map(String::as_str).collect();
    assert_eq!(names, [":chunk-signature", ":date"]);
    match &frame.headers[":chunk-signature"] {
        Value::Bytes(signature) => assert_eq!(signature.len(), 32),
        other => panic!("{other:?}"),
    }
    (!frame.payload.is_empty()).then(|| Frame::decoded(&frame.payload))
}

macro_rules! check {
    ($client:ident, $media_type:literal, $both:expr, $text:expr) => {{
        use $client::primitives::{Blob, DateTime};
        use $client::types::error::EventsError;
        use $client::types::{Events, Mixed, Note, Plain, Said, Silence, Sound, Text};

        let text = || Text::builder().text("hi").number(7).build();
        let said = Said::builder()
            .who("me")
            .at(DateTime::from_millis(1_730_384_114_500))
            .loud(false)
            .tiny(-1)
            .small(2)
            .count(3)
            .large(4_294_967_294)
            .raw(Blob::new([0, 255]))
            .text("hello");
        let given = VecDeque::from([
            Ok(Events::Said(said.build())),
            Ok(Events::Sound(
                Sound::builder().bytes(Blob::new([0, 1, 254])).build(),
            )),
            Ok(Events::Note(
                Note::builder().who("you").note(text()).build(),
            )),
            Ok(Events::Plain(Plain::builder().text("hi").number(7).build())),
            Ok(Events::Mixed(
                Mixed::builder().who("they").text("hi").build(),
            )),
            Ok(Events::Silence(Silence::builder().build())),
            Err(EventsError::unhandled("that is all")),
        ]);
        let json = |frame: Frame| frame.with(":content-type", $media_type);
        let said = frame("event", "said", b"hello")
            .with(":content-type", "text/plain")
            .with("who", "me")
            .with("at", Value::Time(1_730_384_114_500))
            .with("loud", Value::Bool(false))
            .with("tiny", Value::Byte(-1))
            .with("small", Value::Short(2))
            .with("count", Value::Integer(3))
            .with("large", Value::Long(4_294_967_294))
            .with("raw", Value::Bytes(vec![0, 255]));
        let expected = [
            said,
            frame("event", "sound", &[0, 1, 254]).with(":content-type", "application/octet-stream"),
            json(frame("event", "note", $both("Text"))).with("who", "you"),
            json(frame("event", "plain", $both("Plain"))),
            json(frame("event", "mixed", $text)).with("who", "they"),
            frame("event", "silence", b""),
            Frame::default().with(":message-type", "exception"),
        ];
        let (url, listener) = listen().await;
        let server = tokio::spawn(async move {
            let mut call = Call::accept(listener).await;
            let mut frames = Vec::new();
            while let Some(frame) = call.next().await {
                frames.push(frame);
            }
            let head = call.head.clone();
            call.answer("x-heard: 7\r\n").await;
            call.end().await;
            (head, frames)
        });
        let speak = client!($client, url).speak().topic("it");
        let sent = speak.events(Given(given).into()).send().await;
        assert_eq!(sent.expect("it is answered").heard(), Some(7));
        let (head, frames) = server.await.unwrap();
        assert!(
            head.contains("content-type: application/vnd.amazon.eventstream\r\n"),
            "{head}"
        );
        assert!(head.contains("x-topic: it\r\n"), "{head}");
        assert!(!head.contains("content-length"), "{head}");
        let inner: Vec<_> = frames.iter().map(signed).collect();
        assert_eq!(inner.len(), expected.len() + 1);
        for (sent, expected) in inner.iter().zip(&expected) {
            assert_eq!(sent.as_ref(), Some(expected));
        }
        assert_eq!(
            inner.last(),
            Some(&None),
            "the last one is empty, and signed"
        );
        let mut signatures: Vec<_> = frames.iter().map(|it| format!("{it:?}")).collect();
        signatures.sort_unstable();
        signatures.dedup();
        assert_eq!(signatures.len(), frames.len());
    }};
}

/// Each event is answered before the next one is made.
async fn converse() {
    use rest_json::types::{Events, Sound};

    let (url, listener) = listen().await;
    let server = tokio::spawn(async move {
        let mut call = Call::accept(listener).await;
        call.answer("x-topic: echo\r\n").await;
        while let Some(frame) = call.next().await {
            if let Some(frame) = signed(&frame) {
                call.send(&frame.encoded()).await;
            }
        }
        call.end().await;
    });
    let (sender, receiver) = mpsc::unbounded_channel();
    let events = Channel(receiver);
    let output = client!(rest_json, url)
        .converse()
        .events(events.into())
        .send()
        .await;
    let mut output = output.expect("it is answered");
    assert_eq!(output.topic(), Some("echo"));
    for number in 0..100 {
        let sound = Sound::builder().bytes(rest_json::primitives::Blob::new([number]));
        sender.send(Ok(Events::Sound(sound.build()))).unwrap();
        let answer = output.events.recv().await.expect("an answer");
        let answer = answer.expect("there is one");
        let bytes = answer.as_sound().expect("a sound").bytes();
        assert_eq!(bytes.map(|it| it.as_ref()), Some(&[number][..]));
    }
    // The user says no more, and the server ends as well.
    drop(sender);
    assert!(output.events.recv().await.expect("the end").is_none());
    server.await.unwrap();
}

/// What this client does not know it cannot send: the request breaks off.
async fn unknown() {
    use rest_json::types::{Events, Sound};

    let (url, listener) = listen().await;
    let server = tokio::spawn(async move {
        let mut call = Call::accept(listener).await;
        call.answer("").await;
        call.send(&frame("event", "novelty", b"").encoded()).await;
        call.end().await;
    });
    let output = client!(rest_json, url).listen().send().await;
    let mut output = output.expect("it is answered");
    let unknown = output.events.recv().await.expect("an event").expect("one");
    server.await.unwrap();

    let (url, listener) = listen().await;
    let server = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        // It ends or breaks.
        let _ = socket.read_to_end(&mut request).await;
        request
    });
    let known = Events::Sound(Sound::builder().build());
    let given = VecDeque::from([Ok(known), Ok(unknown)]);
    let sent = client!(rest_json, url)
        .speak()
        .events(Given(given).into())
        .send()
        .await;
    let error = sent.expect_err("it cannot be sent");
    assert!(
        matches!(error, rest_json::error::SdkError::DispatchFailure(_)),
        "{error:?}"
    );
    let request = server.await.unwrap();
    assert!(
        !request.ends_with(b"\r\n0\r\n\r\n"),
        "the server is told that it is not whole"
    );
}

/// A stream has to be there.
async fn missing() {
    let sent = client!(rest_json, "http://localhost").speak().send().await;
    let error = sent.expect_err("there is no stream");
    assert!(format!("{error:?}").contains("events"), "{error:?}");
}

pub async fn check() {
    let json = |_: &str| br#"{"text":"hi","number":7}"#.as_slice();
    check!(rest_json, "application/json", json, br#"{"text":"hi"}"#);
    let xml = |name: &str| match name {
        "Text" => b"<Text><text>hi</text><number>7</number></Text>".as_slice(),
        _ => b"<Plain><text>hi</text><number>7</number></Plain>".as_slice(),
    };
    check!(
        rest_xml,
        "application/xml",
        xml,
        b"<Mixed><text>hi</text></Mixed>"
    );
    converse().await;
    unknown().await;
    missing().await;
}
