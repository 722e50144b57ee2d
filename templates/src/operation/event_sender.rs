//! Sends streams of events.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;

use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_sigv4::http_request::SignableBody;
use aws_smithy_eventstream::error::Error;
use aws_smithy_eventstream::frame::{DeferredSigner, MarshallMessage};
use aws_smithy_http::event_stream::EventStreamSender;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::event_stream::{DeferredSignerSender, Header, HeaderValue, Message};
use http_body_util::StreamBody;

use super::event_writer;
use super::runtime::OperationError;
use crate::error::sealed_unhandled::Unhandled;
use crate::serde::{Members, Structure};

/// An error at the end of a stream of events that a user sends.
pub(crate) trait SentError: OperationError {
    /// Converts an error of the model to a message.
    fn modeled(&self) -> Option<Result<Message, SerdeError>>;
}

/// Returns all events of a stream, for tests of code that makes streams. Nothing is sent.
///
/// It waits for the end of the stream. An error is not the end: what follows would be sent, too.
pub async fn sent_events<T, E>(events: EventStreamSender<T, E>) -> Vec<Result<T, E>>
where
    T: Send + Sync,
    E: std::error::Error + Send + Sync + 'static,
{
    let mut stream = events.into_inner();
    let mut events = Vec::new();
    while let Some(event) = poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
        events.push(event);
    }
    events
}

/// Takes the stream out of an input.
pub(crate) fn take<T, E>(events: &mut EventStreamSender<T, E>) -> EventStreamSender<T, E>
where
    T: Send + Sync + 'static,
    E: OperationError,
{
    let taken = E::of_unhandled(Unhandled::new("the events have been sent".into(), None));
    std::mem::replace(events, EventStreamSender::once(Err(taken)))
}

/// Converts a stream of events to a body. Events are signed if the request is.
pub(crate) fn body<T, E>(events: EventStreamSender<T, E>, cfg: &mut ConfigBag) -> SdkBody
where
    T: Structure + fmt::Debug + Send + Sync + 'static,
    E: SentError,
{
    let frames = events.into_body_stream(Events::new(), Errors::new(), signer(cfg));
    SdkBody::from_body_1_x(StreamBody::new(frames))
}

/// Returns a signer of events, which gets its keys when the request is signed.
pub(super) fn signer(cfg: &mut ConfigBag) -> DeferredSigner {
    let (signer, sender) = DeferredSigner::new();
    cfg.interceptor_state().store_put(sender);
    signer
}

/// Sets the headers for a body of events, whose length is unknown.
pub(crate) fn label(request: &mut HttpRequest) {
    let headers = request.headers_mut();
    headers.insert("content-type", "application/vnd.amazon.eventstream");
    headers.remove("content-length");
}

/// Excludes the body from the signature: its events have signatures of their own.
pub(crate) fn sign_events(layer: &mut Layer, components: &mut RuntimeComponentsBuilder) {
    let signing = layer.load::<SigV4OperationSigningConfig>();
    let mut signing = signing.cloned().unwrap_or_default();
    signing.signing_options.payload_override = Some(SignableBody::Bytes(&[]));
    layer.store_put(signing);
    components.push_interceptor(SharedInterceptor::permanent(NoMoreSigners));
}

/// Drops the sender of the signer. If no signer has been sent, such as for calls with a bearer
/// token, events are not signed, and nothing waits for a signer.
#[derive(Debug)]
struct NoMoreSigners;

#[dyn_dispatch_hint]
impl Intercept for NoMoreSigners {
    fn name(&self) -> &'static str {
        "NoMoreSigners"
    }

    fn modify_before_transmit(
        &self,
        //~ if sigv4a
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        //~ end
        //~ if not sigv4a
        _context: &mut BeforeTransmitInterceptorContextMut<'_>,
        //~ end
        _runtime_components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        cfg.interceptor_state().unset::<DeferredSignerSender>();
        //~ if sigv4a
        let authorization = context.request().headers().get("authorization");
        if authorization.is_some_and(|it| it.starts_with("AWS4-ECDSA-")) {
            return Err("events cannot be signed by Signature Version 4A".into());
        }
        //~ end
        Ok(())
    }
}

/// Writes events.
pub(super) struct Events<T>(PhantomData<fn(T)>);

impl<T> Events<T> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

impl<T: Structure> MarshallMessage for Events<T> {
    type Input = T;

    fn marshall(&self, event: T) -> Result<Message, Error> {
        event_writer::event(&Members(&event)).map_err(unwritable)
    }
}

/// Writes an error of the user's stream.
pub(super) struct Errors<E>(PhantomData<fn(E)>);

impl<E> Errors<E> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<E> fmt::Debug for Errors<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Errors")
    }
}

impl<E: SentError> MarshallMessage for Errors<E> {
    type Input = E;

    fn marshall(&self, error: E) -> Result<Message, Error> {
        if let Some(message) = error.modeled() {
            return message.map_err(unwritable);
        }
        let text = |text: &str| HeaderValue::String(text.to_owned().into());
        let mut headers = vec![Header::new(":message-type", text("exception"))];
        let code = error.meta().code();
        headers.extend(code.map(|code| Header::new(":exception-type", text(code))));
        Ok(Message::new_from_parts(headers, Vec::new()))
    }
}

fn unwritable(error: SerdeError) -> Error {
    Error::marshalling(error.to_string())
}
