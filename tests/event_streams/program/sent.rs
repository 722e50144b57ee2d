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

/// A stream of items in memory.
pub struct Given<T>(pub VecDeque<T>);

impl<T: Unpin> Stream for Given<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// A stream of the items of a channel.
pub struct Channel<T>(pub mpsc::UnboundedReceiver<T>);

impl<T> Stream for Channel<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.0.poll_recv(cx)
    }
}

/// The frame inside of a signed frame.
pub fn signed(frame: &Frame) -> Option<Frame> {
    let names: Vec<_> = frame.headers.keys().map(String::as_str).collect();
    assert_eq!(names, [":chunk-signature", ":date"]);
    match &frame.headers[":chunk-signature"] {
        Value::Bytes(signature) => assert_eq!(signature.len(), 32),
        other => panic!("{other:?}"),
    }
    (!frame.payload.is_empty()).then(|| Frame::decoded(&frame.payload))
}

/// The encoding of values in a protocol.
struct Format {
    media_type: &'static str,
    /// A text `hi` and a number 7, in a structure with this name.
    both: fn(&str) -> &'static [u8],
    /// A text `hi`.
    text: &'static [u8],
    /// A structure `Silence`, which has no members.
    silence: &'static [u8],
    /// An error with the reason `late`.
    refused: &'static [u8],
    /// The topic `it` as a first message; `None` if it is a header.
    initial: Option<&'static [u8]>,
    /// The response with 7.
    heard: &'static [u8],
}

const JSON: Format = Format {
    media_type: "application/json",
    both: |_| br#"{"text":"hi","number":7}"#,
    text: br#"{"text":"hi"}"#,
    silence: b"{}",
    refused: br#"{"reason":"late"}"#,
    initial: None,
    heard: b"",
};

const XML: Format = Format {
    media_type: "application/xml",
    both: |name| match name {
        "Text" => b"<Text><text>hi</text><number>7</number></Text>",
        _ => b"<Plain><text>hi</text><number>7</number></Plain>",
    },
    text: b"<Mixed><text>hi</text></Mixed>",
    silence: b"<Silence></Silence>",
    refused: b"<Refused><reason>late</reason></Refused>",
    initial: None,
    heard: b"",
};

const RPC_JSON: Format = Format {
    initial: Some(br#"{"topic":"it"}"#),
    heard: br#"{"heard":7}"#,
    ..JSON
};

const CBOR: Format = Format {
    media_type: "application/cbor",
    both: |_| b"\xbf\x64text\x62hi\x66number\x07\xff",
    text: b"\xbf\x64text\x62hi\xff",
    silence: b"\xbf\xff",
    refused: b"\xbf\x66reason\x64late\xff",
    initial: Some(b"\xbf\x65topic\x62it\xff"),
    heard: b"\xa1\x65heard\x07",
};

macro_rules! check {
    ($client:ident, $format:expr) => {{
        use $client::primitives::{Blob, DateTime};
        use $client::types::error::{EventsError, Refused};

        let format = $format;
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
            Ok(Events::Sound(Sound::builder().build())),
            Ok(Events::Note(
                Note::builder().who("you").note(text()).build(),
            )),
            Ok(Events::Plain(Plain::builder().text("hi").number(7).build())),
            Ok(Events::Mixed(
                Mixed::builder().who("they").text("hi").build(),
            )),
            Ok(Events::Silence(Silence::builder().build())),
            Err(EventsError::Refused(
                Refused::builder().reason("late").build(),
            )),
            Err(EventsError::unhandled("that is all")),
        ]);
        let json = |frame: Frame| frame.with(":content-type", format.media_type);
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
        let initial = format
            .initial
            .map(|it| json(frame("event", "initial-request", it)));
        let events = [
            said,
            frame("event", "sound", &[0, 1, 254]).with(":content-type", "application/octet-stream"),
            frame("event", "sound", b"").with(":content-type", "application/octet-stream"),
            json(frame("event", "note", (format.both)("Text"))).with("who", "you"),
            json(frame("event", "plain", (format.both)("Plain"))),
            json(frame("event", "mixed", format.text)).with("who", "they"),
            json(frame("event", "silence", format.silence)),
            json(frame("exception", "refused", format.refused)),
            Frame::default().with(":message-type", "exception"),
        ];
        let expected: Vec<_> = initial.into_iter().chain(events).collect();
        let (url, listener) = listen().await;
        let server = tokio::spawn(async move {
            let mut call = Call::accept(listener).await;
            let mut frames = Vec::new();
            while let Some(frame) = call.next().await {
                frames.push(frame);
            }
            let head = call.head.clone();
            call.answer("x-heard: 7\r\nsmithy-protocol: rpc-v2-cbor\r\n")
                .await;
            if !format.heard.is_empty() {
                call.send(format.heard).await;
            }
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
        let is_header = format.initial.is_none();
        assert_eq!(head.contains("x-topic: it\r\n"), is_header, "{head}");
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

/// The server answers each event before the next one is created.
macro_rules! converse {
    ($client:ident, $head:expr, $initial:expr) => {{
        use $client::types::{Events, Sound};

        let initial: Option<&[u8]> = $initial;
        let (url, listener) = listen().await;
        let server = tokio::spawn(async move {
            let mut call = Call::accept(listener).await;
            let head = call.head.clone();
            call.answer($head).await;
            if let Some(payload) = initial {
                // The first message contains the whole input, even if it is empty.
                let frame = signed(&call.next().await.expect("a frame"));
                let frame = frame.expect("it is not empty");
                assert_eq!(frame.headers[":event-type"], "initial-request".into());
                let frame = crate::frame::frame("event", "initial-response", payload);
                call.send(&frame.encoded()).await;
            }
            while let Some(frame) = call.next().await {
                if let Some(frame) = signed(&frame) {
                    call.send(&frame.encoded()).await;
                }
            }
            call.end().await;
            head
        });
        let (sender, receiver) = mpsc::unbounded_channel();
        let call = client!($client, url).converse();
        let output = call.events(Channel(receiver).into()).send().await;
        let mut output = output.expect("it is answered");
        assert_eq!(output.topic(), Some("echo"));
        for number in 0..100 {
            let sound = Sound::builder().bytes($client::primitives::Blob::new([number]));
            sender.send(Ok(Events::Sound(sound.build()))).unwrap();
            let answer = output.events.recv().await.expect("an answer");
            let answer = answer.expect("there is one");
            let bytes = answer.as_sound().expect("a sound").bytes();
            assert_eq!(bytes.map(|it| it.as_ref()), Some(&[number][..]));
        }
        // The user's stream ends, and the server's, too.
        drop(sender);
        assert!(output.events.recv().await.expect("the end").is_none());
        server.await.unwrap()
    }};
}

async fn conversations() {
    converse!(rest_json, "x-topic: echo\r\n", None);
    converse!(rest_xml, "x-topic: echo\r\n", None);
    let json = br#"{"topic":"echo"}"#;
    let head = converse!(aws_json, "", Some(json));
    assert!(head.contains("x-amz-target: talk.converse\r\n"), "{head}");
    assert!(!head.contains("accept: "), "{head}");
    let head = converse!(rpc_json, "", Some(json));
    let both = |format| format!("accept: application/vnd.amazon.eventstream, {format}\r\n");
    assert!(head.contains(&both("application/json")), "{head}");
    let head = converse!(rpc_cbor, "", Some(b"\xa1\x65topic\x64echo"));
    assert!(head.contains(&both("application/cbor")), "{head}");
}

/// The result of an output with a wrong first message.
async fn initial_responses() {
    use aws_json::error::SdkError;

    let event = || frame("event", "sound", b"1").encoded();
    let initial = |payload| frame("event", "initial-response", payload).encoded();
    let mut damaged = initial(b"{}");
    *damaged.last_mut().unwrap() ^= 1;
    let cases = [
        // An event instead of it is kept.
        (event(), true),
        (Vec::new(), true),
        (initial(b""), true),
        (initial(b"{\"topic\":7}"), false),
        (initial(b"{"), false),
        (damaged, false),
    ];
    for (number, (bytes, is_fine)) in cases.into_iter().enumerate() {
        let (url, listener) = listen().await;
        let server = tokio::spawn(async move {
            let mut call = Call::accept(listener).await;
            call.answer("x-amzn-requestid: 12\r\n").await;
            if !bytes.is_empty() {
                call.send(&bytes).await;
            }
            call.end().await;
        });
        let call = client!(aws_json, url).converse();
        let given = Given(VecDeque::new());
        match call.events(given.into()).send().await {
            Ok(mut output) => {
                use aws_json::operation::RequestId;

                assert!(is_fine, "{number}");
                assert_eq!(output.topic(), None);
                assert_eq!(output.request_id(), Some("12"));
                let event = output.events.recv().await.expect("an event");
                assert_eq!(event.is_some(), number == 0);
            }
            Err(error) => {
                use aws_json::operation::RequestId;

                assert!(!is_fine, "{number}: {error:?}");
                assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
                assert_eq!(error.request_id(), Some("12"));
            }
        }
        server.await.unwrap();
    }
}

/// The client cannot send unknown values: it aborts the request.
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
        // It ends or is aborted.
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

/// A stream is required.
async fn missing() {
    let sent = client!(rest_json, "http://localhost").speak().send().await;
    let error = sent.expect_err("there is no stream");
    assert!(format!("{error:?}").contains("events"), "{error:?}");
}

pub async fn check() {
    check!(rest_json, JSON);
    check!(rest_xml, XML);
    check!(aws_json, RPC_JSON);
    check!(rpc_json, RPC_JSON);
    check!(rpc_cbor, CBOR);
    conversations().await;
    initial_responses().await;
    unknown().await;
    missing().await;
}
