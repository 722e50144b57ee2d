//! Requests whose body is a stream of events, in protocols that send the other members of the input
//! in the first message.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_smithy_http::event_stream::{EventOrInitial, EventOrInitialMarshaller, EventStreamSender};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_schema::serde::SerializableStruct;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::event_stream::Message;
use futures_core::Stream;
use http_body_util::StreamBody;

use super::event_sender::{Errors, Events, SentError, signer};
use super::event_writer::Frame;
use crate::serde::Structure;

/// Converts an input and its events to a body.
pub(crate) fn body<T, E>(
    events: EventStreamSender<T, E>,
    input: &dyn SerializableStruct,
    cfg: &mut ConfigBag,
) -> Result<SdkBody, BoxError>
where
    T: Structure + fmt::Debug + Send + Sync + 'static,
    E: SentError,
{
    let mut frame = Frame::named("initial-request");
    frame.write_payload(input)?;
    let messages = EventStreamSender::from(Messages {
        initial: Some(frame.into_message("event")),
        events: events.into_inner(),
    });
    let events = EventOrInitialMarshaller::new(Events::new());
    let frames = messages.into_body_stream(events, Errors::<E>::new(), signer(cfg));
    Ok(SdkBody::from_body_1_x(StreamBody::new(frames)))
}

/// A message, followed by events.
struct Messages<T, E> {
    initial: Option<Message>,
    events: Pin<Box<dyn Stream<Item = Result<T, E>> + Send + Sync>>,
}

impl<T, E> Stream for Messages<T, E> {
    type Item = Result<EventOrInitial<T>, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(message) = self.initial.take() {
            return Poll::Ready(Some(Ok(EventOrInitial::InitialMessage(message))));
        }
        let event = self.events.as_mut().poll_next(cx);
        event.map(|event| event.map(|event| event.map(EventOrInitial::Event)))
    }
}
