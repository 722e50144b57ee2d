//! Receives streams of events.

use std::{fmt, vec};

use aws_smithy_eventstream::frame::read_message_from;
use aws_smithy_runtime_api::box_error::BoxError;
//~ if accepts-events
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
//~ end
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::event_stream::{HeaderValue, Message, RawMessage};

use super::event_frame::{Part, header};
use super::runtime::{OperationError, protocol};
use super::typed::ErrorResponse;
use crate::error::sealed_unhandled::Unhandled;
use crate::reader::Reader;
use crate::serde::Structure;

/// The longest frame that is read: services send frames of up to 24 MB, plus headers.
const LONGEST: usize = 32 * 1024 * 1024;

/// Receives the events of a stream, one after the other.
pub struct EventReceiver<T, E> {
    frames: Frames,
    read: Read<T, E>,
    /// Whether events and errors of the stream are sensitive, and not printed.
    is_sensitive: bool,
    /// Whether the first message has been checked: it may belong to the output.
    is_begun: bool,
    /// A message that has arrived but has not been read.
    kept: Option<Message>,
    /// Events that come before those of the connection.
    given: vec::IntoIter<Result<T, E>>,
}

/// Reads a message: an event, or the error that ends the stream.
type Read<T, E> = fn(&Message) -> Result<Result<T, E>, SerdeError>;

impl<T, E> fmt::Debug for EventReceiver<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventReceiver").finish_non_exhaustive()
    }
}

impl<T, E> EventReceiver<T, E> {
    /// A stream of these events, for tests of what receives them: no response is read.
    ///
    /// It ends behind the last of them, or with the first error, as one that the service sends does.
    /// Such an error comes without the message that it was read from.
    pub fn from_events(events: impl IntoIterator<Item = Result<T, E>>) -> Self {
        let events: Vec<_> = events.into_iter().collect();
        Self {
            frames: Frames::of(SdkBody::empty()),
            read: |_| Err(SerdeError::invalid_input("there is no response")),
            is_sensitive: false,
            is_begun: true,
            kept: None,
            given: events.into_iter(),
        }
    }

    /// Waits for the next event; `None` is the end of the stream.
    ///
    /// Nothing is lost when the future is dropped before it is ready.
    ///
    /// # Errors
    ///
    /// An error that the service sends is an [`SdkError::ServiceError`]. An event that cannot be
    /// read is an [`SdkError::ResponseError`], and a connection that breaks an
    /// [`SdkError::DispatchFailure`]. The stream ends with the first error.
    pub async fn recv(&mut self) -> Result<Option<T>, SdkError<E, RawMessage>> {
        let received = self.receive().await;
        if received.is_err() {
            self.frames.end();
            self.given = Vec::new().into_iter();
        }
        received
    }

    async fn receive(&mut self) -> Result<Option<T>, SdkError<E, RawMessage>> {
        if let Some(given) = self.given.next() {
            let without_message = |error| SdkError::service_error(error, RawMessage::Invalid(None));
            return given.map(Some).map_err(without_message);
        }
        // An initial message belongs to the output.
        self.initial().await.map_err(Broken::into_error)?;
        let message = match self.kept.take() {
            Some(message) => message,
            None => match self.frames.next().await.map_err(Broken::into_error)? {
                Some(message) => message,
                None => return Ok(None),
            },
        };
        match (self.read)(&message) {
            Ok(Ok(event)) => Ok(Some(event)),
            Ok(Err(error)) => Err(SdkError::service_error(error, self.raw(message))),
            Err(_) if self.is_sensitive => Err(SdkError::response_error(
                "an event that may hold sensitive data cannot be read",
                self.raw(message),
            )),
            Err(error) => Err(SdkError::response_error(error, self.raw(message))),
        }
    }

    /// The first message, if it is not an event. If it is an event, it is kept.
    pub(super) async fn initial(&mut self) -> Result<Option<Message>, Broken> {
        if self.is_begun {
            return Ok(None);
        }
        let message = self.frames.next().await?;
        self.is_begun = true;
        let kind = message.as_ref().map(|it| header(it, ":event-type"));
        match kind {
            Some(Some(HeaderValue::String(kind))) if kind.as_str() == "initial-response" => {
                Ok(message)
            }
            _ => {
                self.kept = message;
                Ok(None)
            }
        }
    }

    /// The parts of a message that its error contains.
    fn raw(&self, message: Message) -> RawMessage {
        if !self.is_sensitive {
            return RawMessage::Decoded(message);
        }
        let headers = message.headers().iter();
        let known = headers.filter(|it| is_kind(it.name().as_str()));
        RawMessage::Decoded(Message::new_from_parts(
            known.cloned().collect(),
            Vec::new(),
        ))
    }
}

/// Whether a header describes the message and contains none of its data.
fn is_kind(name: &str) -> bool {
    matches!(
        name,
        ":message-type" | ":event-type" | ":exception-type" | ":content-type"
    )
}

/// The frames of a body. It reads the body only as far as needed.
struct Frames {
    body: ByteStream,
    /// The bytes that have arrived, and how many of them have been read.
    arrived: Vec<u8>,
    read: usize,
}

/// Why there is no frame.
pub(super) enum Broken {
    Connection(BoxError),
    Frame(BoxError),
}

impl Broken {
    fn into_error<E>(self) -> SdkError<E, RawMessage> {
        match self {
            Self::Connection(error) => SdkError::dispatch_failure(ConnectorError::io(error)),
            Self::Frame(error) => SdkError::response_error(error, RawMessage::Invalid(None)),
        }
    }
}

impl Frames {
    async fn next(&mut self) -> Result<Option<Message>, Broken> {
        loop {
            if let Some(frame) = self.whole()? {
                let message = read_message_from(&mut &*frame);
                return message.map(Some).map_err(|it| Broken::Frame(it.into()));
            }
            let Some(chunk) = self.body.next().await else {
                return match self.read == self.arrived.len() {
                    true => Ok(None),
                    false => Err(Broken::Frame("the stream ends within a frame".into())),
                };
            };
            let chunk = chunk.map_err(|it| Broken::Connection(it.into()))?;
            self.arrived.drain(..self.read);
            self.read = 0;
            self.arrived.extend_from_slice(&chunk);
        }
    }

    /// The next frame, if all of it has arrived.
    fn whole(&mut self) -> Result<Option<&[u8]>, Broken> {
        let rest = &self.arrived[self.read..];
        let Some(length) = rest.first_chunk() else {
            return Ok(None);
        };
        let length = u32::from_be_bytes(*length) as usize;
        if length > LONGEST {
            return Err(Broken::Frame("a frame is too long".into()));
        }
        let frame = rest.get(..length);
        if frame.is_some() {
            self.read += length;
        }
        Ok(frame)
    }

    /// Closes the stream.
    fn end(&mut self) {
        *self = Self::of(SdkBody::empty());
    }

    fn of(body: SdkBody) -> Self {
        Self {
            body: ByteStream::new(body),
            arrived: Vec::new(),
            read: 0,
        }
    }
}

/// The events of a response's body.
pub(crate) fn receive<T, E>(body: SdkBody, is_sensitive: bool) -> EventReceiver<T, E>
where
    T: Structure,
    E: OperationError,
{
    EventReceiver {
        frames: Frames::of(body),
        read: message::<T, E>,
        is_sensitive,
        is_begun: false,
        kept: None,
        given: Vec::new().into_iter(),
    }
}

//~ if accepts-events
/// Accepts a stream of events as response.
pub(crate) fn accept(request: &mut HttpRequest) {
    let headers = request.headers_mut();
    let others = headers.get("accept").map(|others| format!(", {others}"));
    let others = others.unwrap_or_default();
    headers.insert(
        "accept",
        format!("application/vnd.amazon.eventstream{others}"),
    );
}
//~ end

/// Reads a message.
fn message<T: Structure, E: OperationError>(message: &Message) -> Result<Result<T, E>, SerdeError> {
    match text(message, ":message-type")? {
        "event" => event(text(message, ":event-type")?, message).map(Ok),
        "exception" => Ok(Err(exception(text(message, ":exception-type")?, message))),
        "error" => {
            let text = |name| text(message, name).unwrap_or_default();
            let meta = ErrorMetadata::builder()
                .code(text(":error-code"))
                .message(text(":error-message"));
            let error = E::of_unhandled(Unhandled::generic(meta.build()));
            Ok(Err(error))
        }
        other => Err(SerdeError::invalid_input(format!(
            "`{other}` is no type of messages"
        ))),
    }
}

/// Returns a header that every message of this kind has.
fn text<'a>(message: &'a Message, name: &str) -> Result<&'a str, SerdeError> {
    match header(message, name) {
        Some(HeaderValue::String(text)) => Ok(text.as_str()),
        Some(_) => Err(SerdeError::invalid_input(format!("`{name}` is no string"))),
        None => Err(SerdeError::invalid_input(format!("`{name}` is missing"))),
    }
}

/// Reads an event into the variant with its name.
fn event<T: Structure>(name: &str, message: &Message) -> Result<T, SerdeError> {
    let mut members = T::schema().members().iter();
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

/// Reads an error of the model, as if from a response.
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
