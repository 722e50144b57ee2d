//! Streams of events that clients receive.

use crate::frame::{Frame, Value, frame};
use crate::server::{Call, listen};

/// Bodies of a text `hi` and a number 7, in the format of a protocol, and of an error.
struct Format {
    both: &'static [u8],
    text: &'static [u8],
    refused: &'static [u8],
    is_bound: bool,
}

const JSON: Format = Format {
    both: br#"{"text":"hi","number":7}"#,
    text: br#"{"text":"hi"}"#,
    refused: br#"{"message":"no","reason":"late"}"#,
    is_bound: true,
};

const XML: Format = Format {
    both: b"<Text><text>hi</text><number>7</number></Text>",
    text: b"<Mixed><text>hi</text></Mixed>",
    refused: b"<ErrorResponse><Error><Code>Refused</Code><message>no</message>\
               <reason>late</reason></Error></ErrorResponse>",
    is_bound: true,
};

const RPC_JSON: Format = Format {
    is_bound: false,
    ..JSON
};

const CBOR: Format = Format {
    both: b"\xa2\x64text\x62hi\x66number\x07",
    text: b"\xa1\x64text\x62hi",
    refused: b"\xa2\x67message\x62no\x66reason\x64late",
    is_bound: false,
};

fn events(format: &Format) -> Vec<Frame> {
    let said = frame("event", "said", b"hello")
        .with("who", "me")
        .with("at", Value::Time(1_730_384_114_500))
        .with("loud", Value::Bool(true))
        .with("tiny", Value::Byte(-1))
        .with("small", Value::Short(2))
        .with("count", Value::Integer(3))
        .with("large", Value::Long(4_294_967_294))
        .with("raw", Value::Bytes(vec![0, 255]));
    let mut events = vec![
        said,
        frame("event", "sound", &[0, 1, 254]),
        frame("event", "note", format.both).with("who", "you"),
        frame("event", "plain", format.both),
        frame("event", "mixed", format.text).with("who", "they"),
        frame("event", "silence", b""),
        frame("event", "novelty", format.text),
    ];
    if !format.is_bound {
        events.insert(0, frame("event", "initial-response", b""));
    }
    events
}

/// The bytes of the server, and how the response ends.
enum End {
    Whole,
    Broken,
}

async fn serve(listener: tokio::net::TcpListener, bytes: Vec<u8>, end: End) {
    let mut call = Call::accept(listener).await;
    call.answer("content-type: application/vnd.amazon.eventstream\r\n")
        .await;
    // In pieces that do not match frames.
    for piece in bytes.chunks(23) {
        call.send(piece).await;
    }
    if let End::Whole = end {
        call.end().await;
    }
}

fn encoded(frames: &[Frame]) -> Vec<u8> {
    frames.iter().flat_map(Frame::encoded).collect()
}

macro_rules! client {
    ($client:ident, $url:expr) => {
        $client::Client::from_conf(
            $client::Config::builder()
                .behavior_version($client::config::BehaviorVersion::latest())
                .region($client::config::Region::new("us-east-1"))
                .credentials_provider($client::config::Credentials::new(
                    "id", "key", None, None, "test",
                ))
                .retry_config($client::config::retry::RetryConfig::disabled())
                .endpoint_url($url)
                .build(),
        )
    };
}
pub(crate) use client;

macro_rules! check {
    ($client:ident, $format:expr) => {{
        use $client::error::{ProvideErrorMetadata, SdkError};
        use $client::types::error::EventsError;

        let format = $format;
        // The first event to the last, and the end of the stream.
        let (url, listener) = listen().await;
        let bytes = encoded(&events(&format));
        let server = tokio::spawn(serve(listener, bytes, End::Whole));
        let output = client!($client, url).listen().topic("all").send().await;
        let mut events = output.expect("it is answered").events;
        let mut all = Vec::new();
        while let Some(event) = events.recv().await.expect("an event") {
            all.push(event);
        }
        assert!(events.recv().await.expect("the end").is_none());
        server.await.unwrap();
        assert_eq!(all.len(), 7, "{all:?}");
        let said = all[0].as_said().expect("it was said");
        assert_eq!(said.who(), Some("me"));
        assert_eq!(
            said.at().map(|it| it.to_millis().unwrap()),
            Some(1_730_384_114_500)
        );
        assert_eq!(
            (said.loud(), said.tiny(), said.small()),
            (Some(true), Some(-1), Some(2))
        );
        assert_eq!((said.count(), said.large()), (Some(3), Some(4_294_967_294)));
        assert_eq!(said.raw().map(|it| it.as_ref()), Some(&[0, 255][..]));
        assert_eq!(said.text(), Some("hello"));
        let sound = all[1].as_sound().expect("a sound");
        assert_eq!(sound.bytes().map(|it| it.as_ref()), Some(&[0, 1, 254][..]));
        let note = all[2].as_note().expect("a note");
        assert_eq!(note.who(), Some("you"));
        let text = note.note().expect("a text");
        assert_eq!((text.text(), text.number()), (Some("hi"), Some(7)));
        let plain = all[3].as_plain().expect("it is plain");
        assert_eq!((plain.text(), plain.number()), (Some("hi"), Some(7)));
        let mixed = all[4].as_mixed().expect("it is mixed");
        assert_eq!((mixed.who(), mixed.text()), (Some("they"), Some("hi")));
        assert!(all[5].is_silence());
        assert!(all[6].is_unknown());

        // Everything that may end a stream early.
        let before = frame("event", "sound", b"1");
        let after = frame("event", "sound", b"2");
        let ends = [
            frame("exception", "refused", format.refused),
            frame("exception", "unheard", b""),
            Frame::default()
                .with(":message-type", "error")
                .with(":error-code", "internal-error")
                .with(":error-message", "it broke"),
            Frame::default().with(":message-type", "event"),
            frame("event", "said", b"").with("who", Value::Bool(true)),
            Frame::default().with(":message-type", "novelty"),
        ];
        for (number, end) in ends.into_iter().enumerate() {
            let (url, listener) = listen().await;
            let bytes = encoded(&[before.clone(), end, after.clone()]);
            let server = tokio::spawn(serve(listener, bytes, End::Whole));
            let output = client!($client, url).listen().send().await;
            let mut events = output.expect("it is answered").events;
            assert!(
                events
                    .recv()
                    .await
                    .expect("an event")
                    .is_some_and(|it| it.is_sound())
            );
            let error = events.recv().await.expect_err("the stream fails");
            match (number, &error) {
                (0, SdkError::ServiceError(error)) => match error.err() {
                    EventsError::Refused(refused) => {
                        assert_eq!(refused.reason(), Some("late"));
                        assert_eq!(refused.message(), Some("no"));
                        assert!(error.err().is_refused());
                    }
                    other => panic!("{other:?}"),
                },
                (1, SdkError::ServiceError(error)) => {
                    assert_eq!(error.err().code(), Some("unheard"));
                }
                (2, SdkError::ServiceError(error)) => {
                    assert_eq!(error.err().code(), Some("internal-error"));
                    assert_eq!(error.err().message(), Some("it broke"));
                }
                (3.., SdkError::ResponseError(_)) => {}
                other => panic!("{other:?}"),
            }
            assert!(events.recv().await.expect("the end").is_none());
            server.await.unwrap();
        }

        // A connection that breaks, within a frame and between two.
        for missing in [1, 0] {
            let (url, listener) = listen().await;
            let mut bytes = encoded(&[before.clone(), after.clone()]);
            bytes.truncate(bytes.len() - missing);
            let server = tokio::spawn(serve(listener, bytes, End::Broken));
            let output = client!($client, url).listen().send().await;
            let mut events = output.expect("it is answered").events;
            for _ in missing..2 {
                assert!(events.recv().await.expect("an event").is_some());
            }
            let error = events.recv().await.expect_err("it breaks");
            assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
            server.await.unwrap();
        }

        // A damaged frame.
        let (url, listener) = listen().await;
        let mut bytes = encoded(&[before.clone()]);
        *bytes.last_mut().unwrap() ^= 1;
        let server = tokio::spawn(serve(listener, bytes, End::Whole));
        let output = client!($client, url).listen().send().await;
        let mut events = output.expect("it is answered").events;
        let error = events.recv().await.expect_err("it is damaged");
        assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
        server.await.unwrap();
    }};
}

/// Events of a test instead of a service.
async fn given() {
    use rest_json::error::SdkError;
    use rest_json::operation::listen::ListenOutput;
    use rest_json::primitives::event_stream::EventReceiver;
    use rest_json::types::error::{EventsError, Refused};
    use rest_json::types::{Events, Said};

    let said = |text: &str| Events::Said(Said::builder().text(text).build());
    let refused = EventsError::Refused(Refused::builder().reason("late").build());
    let events = [
        Ok(said("one")),
        Ok(said("two")),
        Err(refused),
        Ok(said("three")),
    ];
    let output = ListenOutput::builder().events(EventReceiver::from_events(events));
    let mut events = output.build().expect("it is complete").events;
    for expected in ["one", "two"] {
        let event = events.recv().await.expect("an event");
        assert_eq!(event, Some(said(expected)));
    }
    match events.recv().await.expect_err("the stream fails") {
        SdkError::ServiceError(error) => assert!(error.err().is_refused()),
        other => panic!("{other:?}"),
    }
    assert!(events.recv().await.expect("the end").is_none());
    let mut none = EventReceiver::<Events, EventsError>::from_events([]);
    assert!(none.recv().await.expect("the end").is_none());
}

/// A call that fails before there is a stream.
async fn refused() {
    let (url, listener) = listen().await;
    let server = tokio::spawn(async move {
        let call = Call::accept(listener).await;
        let head = "400 Bad Request\r\nx-amzn-errortype: Refused";
        call.refuse(head, r#"{"reason":"closed"}"#).await;
    });
    let error = client!(rest_json, url).listen().send().await;
    let error = error.expect_err("it is refused").into_service_error();
    match error {
        rest_json::operation::listen::ListenError::Refused(error) => {
            assert_eq!(error.reason(), Some("closed"));
        }
        other => panic!("{other:?}"),
    }
    server.await.unwrap();
}

pub async fn check() {
    check!(rest_json, JSON);
    check!(rest_xml, XML);
    check!(aws_json, RPC_JSON);
    check!(rpc_json, RPC_JSON);
    check!(rpc_cbor, CBOR);
    refused().await;
    given().await;
}
