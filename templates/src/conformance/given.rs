//! Streams of events for tests of calls.

use std::collections::VecDeque;
use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_smithy_http::event_stream::EventStreamSender;
use futures_core::Stream;

/// A stream of items in memory.
struct Given<T>(VecDeque<T>);

impl<T: Unpin> Stream for Given<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// A stream of these events.
pub(super) fn given<T, E, const COUNT: usize>(
    events: [Result<T, E>; COUNT],
) -> EventStreamSender<T, E>
where
    T: Send + Sync + Unpin + 'static,
    E: Error + Send + Sync + Unpin + 'static,
{
    Given(VecDeque::from(events)).into()
}
