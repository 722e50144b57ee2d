//! Responses whose body is a stream of events, in protocols that send the other members of the
//! output in the first message.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::event_stream::Message;

use super::event_frame::codec;
use super::event_stream::{Broken, EventReceiver};
use super::runtime::{Operation, OperationOutput};
use crate::client::customize::internal::{BoxFuture, SendResult};
use crate::reader::Reader;
use crate::response_metadata::{ProvideResponseMetadata, ResponseMetadata};
use crate::serde::{Structure, read_members};

/// Completes an output before it is returned.
pub(crate) type Complete<O> = fn(<O as Operation>::Output) -> BoxFuture<Completed<O>>;

type Completed<O> = SendResult<<O as Operation>::Output, <O as Operation>::Error>;

/// Waits for the message with the other members of an output, if the stream begins with one.
pub(crate) fn complete<O, T, E>(
    output: O::Output,
    take: fn(O::Output) -> EventReceiver<T, E>,
    put: fn(&mut <O::Output as Structure>::Builder, EventReceiver<T, E>),
) -> BoxFuture<Completed<O>>
where
    O: Operation,
    O::Output: ProvideResponseMetadata,
    T: Send + 'static,
    E: Send + 'static,
{
    Box::pin(async move {
        let metadata = output.response_metadata();
        let mut events = take(output);
        let message = match events.initial().await {
            Ok(message) => message,
            Err(Broken::Connection(error)) => {
                return Err(SdkError::dispatch_failure(ConnectorError::io(error)));
            }
            Err(Broken::Frame(error)) => {
                return Err(SdkError::response_error(error, response(&metadata)));
            }
        };
        let output = members::<O>(message.as_ref()).and_then(|mut builder| {
            put(&mut builder, events);
            O::Output::finish(builder)
        });
        match output {
            Ok(mut output) => {
                output.set_response_metadata(metadata);
                Ok(output)
            }
            Err(_) if O::SENSITIVE_OUTPUT => Err(SdkError::response_error(
                "a response that may hold sensitive data cannot be read",
                response(&metadata),
            )),
            Err(error) => Err(SdkError::response_error(error, response(&metadata))),
        }
    })
}

/// Reads the members of a message.
fn members<O: Operation>(
    message: Option<&Message>,
) -> Result<<O::Output as Structure>::Builder, SerdeError> {
    match message.map(Message::payload) {
        Some(payload) if !payload.is_empty() => {
            let mut de = codec()?.create_deserializer(payload);
            read_members::<O::Output>(&mut Reader::of_response(&mut *de))
        }
        _ => Ok(Default::default()),
    }
}

/// The rest of a response whose body has been read: its request id.
fn response(metadata: &ResponseMetadata) -> HttpResponse {
    let status = StatusCode::try_from(200).expect("it is a status");
    let mut response = HttpResponse::new(status, SdkBody::empty());
    if let Some(id) = metadata.request_id() {
        let headers = response.headers_mut();
        headers.insert("x-amzn-requestid", id.to_owned());
    }
    response
}
