//! Tests that each call is a span of `tracing`, with the name and the fields of the official crates.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use aws_smithy_http_client::test_util::capture_request;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Lists the spans of the client.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<Span>>>);

struct Span {
    metadata: &'static Metadata<'static>,
    fields: Vec<(&'static str, String)>,
}

impl Visit for Span {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.push((field.name(), format!("{value:?}")));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("client_ivs") && metadata.is_span()
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut span = Span {
            metadata: attributes.metadata(),
            fields: Vec::new(),
        };
        attributes.record(&mut span);
        self.0.lock().expect("nothing has panicked").push(span);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_is_a_span() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let (http_client, _request) = capture_request(None);
    let config = client_ivs::Config::builder()
        .with_test_defaults_v2()
        .http_client(http_client);
    let client = client_ivs::Client::from_conf(config.build());
    client.list_channels().send().await.expect("an output");

    let spans = spans.0.lock().expect("nothing has panicked");
    let [span] = spans.as_slice() else {
        panic!("{} spans for one call", spans.len());
    };
    assert_eq!(span.metadata.name(), "ivs.ListChannels");
    assert_eq!(
        span.metadata.target(),
        "client_ivs::operation::list_channels"
    );
    assert_eq!(*span.metadata.level(), Level::DEBUG);
    let [service, method, (invocation, number), system] = span.fields.as_slice() else {
        panic!("other fields: {:?}", span.fields);
    };
    assert_eq!(*service, ("rpc.service", r#""ivs""#.to_owned()));
    assert_eq!(*method, ("rpc.method", r#""ListChannels""#.to_owned()));
    assert_eq!(*invocation, "sdk_invocation_id");
    assert!(number.parse::<u32>().is_ok(), "{number}");
    assert_eq!(*system, ("rpc.system", r#""aws-api""#.to_owned()));
}
