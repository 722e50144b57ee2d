//! Signatures of events.

use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use aws_smithy_types::event_stream::Message;

/// The events of a body without their signatures, which depend on the request's signature and on
/// the one before. Other bodies stay unchanged.
pub fn unsigned(body: &[u8]) -> Vec<u8> {
    let mut rest = body;
    let mut events = Vec::new();
    while !rest.is_empty() {
        let Ok(message) = read_message_from(&mut rest) else {
            return body.to_vec();
        };
        let headers = message.headers().iter();
        let headers = headers.filter(|header| header.name().as_str() != ":chunk-signature");
        let message =
            Message::new_from_parts(headers.cloned().collect(), message.payload().clone());
        write_message_to(&message, &mut events).expect("what was read can be written");
    }
    events
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::event_stream::{Header, HeaderValue};

    use super::*;

    #[test]
    fn only_signatures_are_left_out() {
        let frame = |signature: &'static [u8], payload: &'static [u8]| {
            let signature = HeaderValue::ByteArray(signature.into());
            let date = HeaderValue::Bool(true);
            let headers = vec![
                Header::new(":chunk-signature", signature),
                Header::new(":date", date),
            ];
            let mut body = Vec::new();
            let message = Message::new_from_parts(headers, payload);
            write_message_to(&message, &mut body).expect("it can be written");
            body
        };
        let bodies = [
            frame(b"one", b"hi"),
            frame(b"other", b"hi"),
            frame(b"one", b"ho"),
        ];
        let [one, same, other] = bodies.map(|body| unsigned(&body));
        assert_eq!(one, same);
        assert_ne!(one, other);
        assert_eq!(unsigned(b"{}"), b"{}");
    }
}
