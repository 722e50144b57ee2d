//! Streams of events that are sent.

use std::fmt;
use std::marker::PhantomData;

use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_sigv4::http_request::SignableBody;
use aws_smithy_eventstream::error::Error;
use aws_smithy_eventstream::frame::{DeferredSigner, MarshallMessage};
use aws_smithy_http::event_stream::EventStreamSender;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use http_body_util::StreamBody;

use super::event_writer::Frame;
use super::runtime::OperationError;
use crate::error::sealed_unhandled::Unhandled;
use crate::serde::Structure;

/// The body that a stream of events becomes. Each event is signed when the request is.
pub(crate) fn body<T, E>(events: &mut EventStreamSender<T, E>, cfg: &mut ConfigBag) -> SdkBody
where
    T: Structure + fmt::Debug + Send + Sync + 'static,
    E: OperationError,
{
    let taken = E::of_unhandled(Unhandled::new("the events have been sent".into(), None));
    let events = std::mem::replace(events, EventStreamSender::once(Err(taken)));
    let (signer, sender) = DeferredSigner::new();
    cfg.interceptor_state().store_put(sender);
    let frames =
        events.into_body_stream(Events::<T>(PhantomData), Errors::<E>(PhantomData), signer);
    SdkBody::from_body_1_x(StreamBody::new(frames))
}

/// Says what the body is. How long it is, nobody knows.
pub(crate) fn label(request: &mut HttpRequest) {
    let headers = request.headers_mut();
    headers.insert("content-type", "application/vnd.amazon.eventstream");
    headers.remove("content-length");
}

/// Signs the request without its body, whose events have signatures of their own.
pub(crate) fn sign_events(layer: &mut Layer, _: &mut RuntimeComponentsBuilder) {
    let signing = layer.load::<SigV4OperationSigningConfig>();
    let mut signing = signing.cloned().unwrap_or_default();
    signing.signing_options.payload_override = Some(SignableBody::Bytes(&[]));
    layer.store_put(signing);
}

/// Writes events.
struct Events<T>(PhantomData<fn(T)>);

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

impl<T: Structure> MarshallMessage for Events<T> {
    type Input = T;

    fn marshall(&self, event: T) -> Result<Message, Error> {
        let mut frame = Frame::default();
        event
            .write_members(&mut frame)
            .map_err(|error| Error::marshalling(error.to_string()))?;
        Ok(frame.into_message())
    }
}

/// Writes the error that a stream of the user ends with.
struct Errors<E>(PhantomData<fn(E)>);

impl<E> fmt::Debug for Errors<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Errors")
    }
}

impl<E: OperationError> MarshallMessage for Errors<E> {
    type Input = E;

    fn marshall(&self, error: E) -> Result<Message, Error> {
        let text = |text: &str| HeaderValue::String(text.to_owned().into());
        let mut headers = vec![Header::new(":message-type", text("exception"))];
        let code = error.meta().code();
        headers.extend(code.map(|code| Header::new(":exception-type", text(code))));
        Ok(Message::new_from_parts(headers, Vec::new()))
    }
}
