//! Records all events of `tracing`, on every level.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Events of the runtime that print whole messages before a client can change them.
const OF_THE_RUNTIME: [&str; 3] = [
    "aws_sigv4::http_request::sign",
    "message=transmitting request",
    "message=received response from service",
];

/// Texts of events and spans.
#[derive(Clone, Default)]
pub struct Events(Arc<Mutex<Vec<String>>>);

impl Events {
    /// The recorded texts.
    pub fn take(&self) -> Vec<String> {
        let texts = std::mem::take(&mut *self.0.lock().expect("nothing has panicked"));
        let is_ours = |text: &String| !OF_THE_RUNTIME.iter().any(|it| text.contains(it));
        let ours: Vec<_> = texts.into_iter().filter(is_ours).collect();
        assert!(
            ours.iter().any(|text| text.contains("resolving endpoint")),
            "{ours:?}"
        );
        ours
    }

    fn add(&self, text: Text) {
        self.0.lock().expect("nothing has panicked").push(text.0);
    }
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Events {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut text = Text(attributes.metadata().name().to_owned());
        attributes.record(&mut text);
        self.add(text);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut text = Text(String::new());
        values.record(&mut text);
        self.add(text);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(event.metadata().target().to_owned());
        event.record(&mut text);
        self.add(text);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
