//! Tests of programs that send events, without a service.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;
use tokio::task::yield_now;

use crate::received::client;
use crate::sent::{Channel, Given, signed};
use crate::server::{Call, listen};

/// Takes the events of a call out of it before they are sent.
macro_rules! check {
    ($client:ident, $answer:expr) => {{
        use $client::config::interceptors::BeforeSerializationInterceptorContextMut;
        use $client::config::{ConfigBag, Intercept, RuntimeComponents};
        use $client::error::BoxError;
        use $client::operation::speak::SpeakInput;
        use $client::primitives::event_stream::{EventStreamSender, sent_events};
        use $client::types::error::{EventsError, Refused};
        use $client::types::{Events, Plain};

        type Sender = EventStreamSender<Events, EventsError>;

        #[derive(Clone, Debug, Default)]
        struct TakeEvents(Arc<Mutex<Option<Sender>>>);

        impl Intercept for TakeEvents {
            fn name(&self) -> &'static str {
                "TakeEvents"
            }

            fn modify_before_serialization(
                &self,
                context: &mut BeforeSerializationInterceptorContextMut<'_>,
                _: &RuntimeComponents,
                _: &mut ConfigBag,
            ) -> Result<(), BoxError> {
                let input = context.input_mut().downcast_mut::<SpeakInput>();
                let events = &mut input.expect("it speaks").events;
                let nothing = Given(VecDeque::new()).into();
                *self.0.lock().unwrap() = Some(std::mem::replace(events, nothing));
                Ok(())
            }
        }

        let (url, listener) = listen().await;
        let server = tokio::spawn(async move {
            let mut call = Call::accept(listener).await;
            let mut sent = Vec::new();
            while let Some(frame) = call.next().await {
                sent.extend(signed(&frame));
            }
            call.answer("smithy-protocol: rpc-v2-cbor\r\n").await;
            let answer: &[u8] = $answer;
            if !answer.is_empty() {
                call.send(answer).await;
            }
            call.end().await;
            sent
        });
        let plain = |number| Events::Plain(Plain::builder().number(number).build());
        let taken = TakeEvents::default();
        let (sender, receiver) = mpsc::unbounded_channel();
        sender.send(Ok(plain(1))).expect("somebody receives it");
        let call = client!($client, url).speak();
        let call = call.events(Channel(receiver).into()).customize();
        let sent = call.interceptor(taken.clone()).send().await;
        sent.expect("it is answered");
        let sent = server.await.unwrap();
        let is_event = |frame: &crate::frame::Frame| {
            let kind = frame.headers.get(":event-type");
            kind.is_none_or(|it| *it != "initial-request".into())
        };
        assert!(!sent.iter().any(is_event), "{sent:?}");

        // The rest arrives while the test waits for it, with an error in between.
        let refused = EventsError::Refused(Refused::builder().reason("late").build());
        tokio::spawn(async move {
            for event in [Ok(plain(2)), Err(refused), Ok(plain(3))] {
                yield_now().await;
                sender.send(event).expect("somebody receives it");
            }
        });
        let taken = taken.0.lock().unwrap().take().expect("it was taken");
        let events = sent_events(taken).await;
        let events: Vec<_> = events.iter().map(Result::as_ref).collect();
        match events[..] {
            [Ok(one), Ok(two), Err(error), Ok(three)] => {
                assert_eq!([one, two, three], [1, 2, 3].map(plain).each_ref());
                assert!(error.is_refused());
            }
            _ => panic!("{events:?}"),
        }
        let none: Sender = Given(VecDeque::new()).into();
        assert!(sent_events(none).await.is_empty());
    }};
}

pub async fn check() {
    check!(rest_json, b"");
    check!(rpc_cbor, b"\xa1\x65heard\x07");
}
