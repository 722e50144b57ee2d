//! Streams of events that calls return.

use std::fmt;

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::event_stream::RawMessage;

use crate::primitives::event_stream::EventReceiver;

/// All events of a stream, and the error that it ends with.
pub(super) async fn all<T: fmt::Debug, E>(
    mut receiver: EventReceiver<T, E>,
) -> (Vec<T>, Option<SdkError<E, RawMessage>>) {
    let mut events = Vec::new();
    loop {
        match receiver.recv().await {
            Ok(Some(event)) => events.push(event),
            Ok(None) => return (events, None),
            Err(error) => return (events, Some(error)),
        }
    }
}
