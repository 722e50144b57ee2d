//! A call that can be made any number of times.

use std::error::Error;
use std::fmt::Debug;
use std::pin::Pin;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse as _, SharedResponseDeserializer,
};
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use tokio::runtime::{Builder, Runtime};

/// A function that gets each output before it is dropped.
type See<'a> = &'a dyn Fn(&dyn Debug);

type Made<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// A call of one of the crates.
pub struct Timed {
    call: Box<dyn for<'a> Fn(See<'a>) -> Made<'a>>,
    layer: FrozenLayer,
    /// Whether the output has a stream, which parsing does not read.
    pub(crate) is_streamed: bool,
}

impl Timed {
    /// A call and its operation.
    pub fn new<O, E, F>(operation: &impl RuntimePlugin, call: impl Fn() -> F + 'static) -> Self
    where
        O: Debug,
        E: Error,
        F: Future<Output = Result<O, E>> + 'static,
    {
        Self {
            call: Box::new(move |see| {
                let call = call();
                Box::pin(async move { see(&call.await.expect("the call succeeds")) })
            }),
            layer: operation.config().expect("operations have a configuration"),
            is_streamed: false,
        }
    }

    /// A call whose output has a stream, which is read to the end.
    pub fn streamed<O, E, F>(
        operation: &impl RuntimePlugin,
        call: impl Fn() -> F + 'static,
        stream: fn(O) -> ByteStream,
    ) -> Self
    where
        O: Debug + 'static,
        E: Error + 'static,
        F: Future<Output = Result<O, E>> + 'static,
    {
        let read = move || {
            let call = call();
            async move {
                let mut body = stream(call.await?);
                let mut size = 0;
                while let Some(bytes) = body.next().await {
                    size += bytes.expect("the stream has no error").len();
                }
                Ok::<_, E>(size)
            }
        };
        Self {
            is_streamed: true,
            ..Self::new(operation, read)
        }
    }

    /// The function that makes the call.
    pub(crate) fn caller(self) -> impl Fn(See<'_>) {
        let mut builder = Builder::new_current_thread();
        let runtime: Runtime = builder.enable_time().build().expect("a runtime");
        move |see| runtime.block_on((self.call)(see))
    }

    /// The function that reads a response.
    pub(crate) fn parser(self, response: HttpResponse) -> impl Fn(See<'_>) {
        let mut config = ConfigBag::base();
        // Some protocols need the name of the operation.
        config.push_shared_layer(self.layer.clone());
        move |see| {
            let deserializer = self.layer.load::<SharedResponseDeserializer>();
            let deserializer = deserializer.expect("operations have a deserializer");
            let output = deserializer.deserialize_nonstreaming_with_config(&response, &config);
            see(&output.expect("the response can be read"));
        }
    }
}
