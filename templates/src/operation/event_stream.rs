//! Streams of events that are received.

use std::fmt;
use std::marker::PhantomData;

use aws_smithy_eventstream::error::Error;
use aws_smithy_eventstream::frame::{UnmarshallMessage, UnmarshalledMessage};
use aws_smithy_http::event_stream::{InitialMessageType, Receiver};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::event_stream::{HeaderValue, Message, RawMessage};

use super::event_frame::{Part, header};
use super::runtime::{OperationError, protocol};
use super::typed::ErrorResponse;
use crate::error::sealed_unhandled::Unhandled;
use crate::reader::Reader;
use crate::serde::Structure;

/// Receives the events of a stream, one after the other.
#[derive(Debug)]
pub struct EventReceiver<T, E> {
    inner: Receiver<T, E>,
    is_begun: bool,
}

impl<T, E> EventReceiver<T, E> {
    /// Waits for the next event; `None` is the end of the stream.
    ///
    /// # Errors
    ///
    /// An error that the service sends is an [`SdkError::ServiceError`], with which the stream
    /// ends. An event that cannot be read is an [`SdkError::ResponseError`], and a connection that
    /// breaks an [`SdkError::DispatchFailure`].
    pub async fn recv(&mut self) -> Result<Option<T>, SdkError<E, RawMessage>> {
        if !self.is_begun {
            // What it says belongs to the output. An event that comes in its place is kept.
            let initial = InitialMessageType::Response;
            self.inner.try_recv_initial(initial).await?;
            self.is_begun = true;
        }
        self.inner.recv().await
    }
}

/// The events of a response's body.
pub(crate) fn receive<T, E>(body: SdkBody) -> EventReceiver<T, E>
where
    T: Structure + fmt::Debug + 'static,
    E: OperationError,
{
    EventReceiver {
        inner: Receiver::new(Events::<T, E>(PhantomData), body),
        is_begun: false,
    }
}

/// Events may be far apart: a stream that is silent has not stalled.
pub(crate) fn may_pause(layer: &mut Layer, _: &mut RuntimeComponentsBuilder) {
    layer.store_put(StalledStreamProtectionConfig::disabled());
}

/// Reads events.
struct Events<T, E>(PhantomData<fn() -> (T, E)>);

impl<T, E> fmt::Debug for Events<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

impl<T: Structure, E: OperationError> UnmarshallMessage for Events<T, E> {
    type Output = T;
    type Error = E;

    fn unmarshall(&self, message: &Message) -> Result<UnmarshalledMessage<T, E>, Error> {
        match text(message, ":message-type")? {
            "event" => event(text(message, ":event-type")?, message)
                .map(UnmarshalledMessage::Event)
                .map_err(|error| Error::unmarshalling(error.to_string())),
            "exception" => {
                let error = exception(text(message, ":exception-type")?, message);
                Ok(UnmarshalledMessage::Error(error))
            }
            "error" => {
                let text = |name| text(message, name).unwrap_or_default();
                let meta = ErrorMetadata::builder()
                    .code(text(":error-code"))
                    .message(text(":error-message"));
                let error = E::of_unhandled(Unhandled::generic(meta.build()));
                Ok(UnmarshalledMessage::Error(error))
            }
            other => Err(Error::unmarshalling(format!(
                "`{other}` is no type of messages"
            ))),
        }
    }
}

/// A header that every message of its kind has.
fn text<'a>(message: &'a Message, name: &str) -> Result<&'a str, Error> {
    match header(message, name) {
        Some(HeaderValue::String(text)) => Ok(text.as_str()),
        Some(_) => Err(Error::unmarshalling(format!("`{name}` is no string"))),
        None => Err(Error::unmarshalling(format!("`{name}` is missing"))),
    }
}

/// Reads an event into the variant of its name.
fn event<T: Structure>(name: &str, message: &Message) -> Result<T, SerdeError> {
    let mut members = T::SCHEMA.members().iter();
    let mut value = T::Builder::default();
    match members.find(|member| member.member_name() == Some(name)) {
        Some(member) => {
            let mut part = Part::Frame(message);
            T::read_member(&mut value, member, &mut Reader::of_response(&mut part))?;
            T::finish(value)
        }
        None => <T as Structure>::absent()
            .ok_or_else(|| SerdeError::invalid_input("the event is not known")),
    }
}

/// Reads an error of the model, which is read as if it were a response.
fn exception<E: OperationError>(name: &str, message: &Message) -> E {
    let status = StatusCode::try_from(400).expect("it is a status");
    let body = SdkBody::from(message.payload().clone());
    let (response, cfg) = (HttpResponse::new(status, body), ConfigBag::base());
    let meta = protocol().parse_error_metadata(&response, &cfg);
    let mut meta = meta.unwrap_or_default().build();
    if meta.code().is_none() {
        meta = meta.into_builder().code(name).build();
    }
    let response = ErrorResponse {
        response: &response,
        cfg: &cfg,
    };
    E::read(name, meta, &response).unwrap_or_else(E::of_unhandled)
}
