//! Helpers of tests of events that calls send.

use std::fmt;
use std::sync::Arc;

use aws_smithy_eventstream::frame::read_message_from;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::event_stream::Message;

use super::harness::{Wire, client};
use crate::Client;

/// The frames that a call sent.
pub(super) struct Sent(Arc<Wire>);

/// Returns a client that keeps its requests, and gets empty responses.
pub(super) fn listening() -> (Client, Sent) {
    let wire = Arc::new(Wire::new(200, &[], b""));
    (
        client(&wire, |config| config.endpoint_url("https://example.com")),
        Sent(wire),
    )
}

impl Sent {
    /// Compares events with the expected ones: frames, and media types and texts of their payloads.
    pub(super) async fn check(
        self,
        result: &impl fmt::Debug,
        expected: &[(&[u8], Option<(&str, &str)>)],
    ) {
        let request = self.0.request.lock().unwrap().take();
        let request = request.unwrap_or_else(|| panic!("nothing was sent: {result:?}"));
        let body = ByteStream::new(request.into_parts().body).collect().await;
        let body = body.expect("all events are written").into_bytes();
        let sent = frames(&body).filter_map(unsigned);
        let sent: Vec<_> = sent.filter(|it| !is_initial(it)).collect();
        assert_eq!(sent.len(), expected.len(), "{sent:?}");
        for (sent, (frame, body)) in sent.iter().zip(expected) {
            let expected = read(frame);
            assert_eq!(headers(sent), headers(&expected));
            match body {
                Some((media_type, text)) => super::body::check(sent.payload(), media_type, text),
                None => assert_eq!(sent.payload(), expected.payload()),
            }
        }
    }
}

fn frames(mut bytes: &[u8]) -> impl Iterator<Item = Message> {
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(*bytes.first_chunk()?) as usize;
        let (frame, rest) = bytes.split_at(length);
        bytes = rest;
        Some(read(frame))
    })
}

fn read(mut frame: &[u8]) -> Message {
    read_message_from(&mut frame).expect("it is a frame")
}

/// The content of a frame with a signature: another frame, or nothing at the end.
fn unsigned(message: Message) -> Option<Message> {
    let mut headers = message.headers().iter();
    match headers.any(|it| it.name().as_str() == ":chunk-signature") {
        true if message.payload().is_empty() => None,
        true => Some(read(message.payload())),
        false => Some(message),
    }
}

fn is_initial(message: &Message) -> bool {
    headers(message)
        .iter()
        .any(|it| it.contains("\"initial-request\""))
}

fn headers(message: &Message) -> Vec<String> {
    let headers = message.headers().iter().map(|it| format!("{it:?}"));
    let mut headers: Vec<_> = headers.collect();
    headers.sort();
    headers
}
