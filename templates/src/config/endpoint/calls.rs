//! Checks that calls of a client go to the endpoints in the test cases of the service's rules.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::http_client_fn;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_schema::document::DocumentShapeDeserializer;
use aws_smithy_types::Document;
use aws_smithy_types::endpoint::{Builder, Endpoint};
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::retry::RetryConfig;

use super::cases::Parts;
use crate::client::Handle;
use crate::client::customize::internal::BoxFuture;
//~ if aws
use crate::config::{
    self, BehaviorVersion, ConfigBag, Credentials, Intercept, RuntimeComponents, RuntimePlugin,
    base_client_runtime_plugins,
};
//~ end
//~ if not aws
use crate::config::{
    self, BehaviorVersion, ConfigBag, Intercept, RuntimeComponents, RuntimePlugin,
    base_client_runtime_plugins,
};
//~ end
use crate::error::BoxError;
use crate::operation::runtime::{self, Operation};
use crate::reader::Reader;
use crate::serde::{Structure, read_members};

/// A call that has been made, and its expected result.
pub(super) struct Call {
    /// The description of the call.
    pub(super) name: &'static str,
    /// The endpoint of the call, or an error.
    pub(super) endpoint: Result<Endpoint, String>,
    /// The endpoint, or part of the text of the error.
    pub(super) expected: Result<Builder, &'static str>,
}

/// Panics with a list of all calls with another result.
pub(super) fn check_calls(calls: impl IntoIterator<Item = Call>) {
    let mut failures = Vec::new();
    for call in calls {
        let expected = call.expected.map(Builder::build);
        let as_expected = match (&call.endpoint, &expected) {
            (Ok(endpoint), Ok(expected)) => Parts::of(endpoint) == Parts::of(expected),
            (Err(text), Err(expected)) => text.contains(expected),
            _ => false,
        };
        if !as_expected {
            failures.push(format!(
                "{}:\n{:#?}\ninstead of\n{expected:#?}",
                call.name, call.endpoint
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// The configuration of every call.
pub(super) fn config() -> config::Builder {
    config::Builder::new()
        .behavior_version(BehaviorVersion::latest())
        //~ if aws
        .credentials_provider(Credentials::new("", "", None, None, "tests"))
        //~ end
        //~ if api-key | basic | bearer
        .allow_no_auth()
        //~ end
        .retry_config(RetryConfig::disabled())
        .http_client(http_client_fn(|_, _| {
            unreachable!("calls end before they are sent")
        }))
}

/// Makes a call, until its endpoint is known.
///
/// A test may have many calls. Inlined, they would overflow its stack.
pub(super) fn endpoint_of<O>(
    config: config::Builder,
    input: HashMap<String, Document>,
) -> BoxFuture<Result<Endpoint, String>>
where
    O: Operation + RuntimePlugin + Default,
    O::Input: Structure,
{
    Box::pin(called::<O>(config, input))
}

async fn called<O>(
    config: config::Builder,
    input: HashMap<String, Document>,
) -> Result<Endpoint, String>
where
    O: Operation + RuntimePlugin + Default,
    O::Input: Structure,
{
    let input = Document::Object(input);
    let mut input = DocumentShapeDeserializer::new(&input);
    let input = read_members::<O::Input>(&mut Reader::of(&mut input))
        .and_then(O::Input::finish)
        .map_err(|error| error.to_string())?;
    let seen = Seen::default();
    //~ if sessions
    let config = crate::operation::sessions::with_credentials(config);
    //~ end
    let conf = config.interceptor(seen.clone()).build();
    let handle = Arc::new(Handle {
        runtime_plugins: base_client_runtime_plugins(conf.clone()),
        conf,
    });
    let called = runtime::call(O::default(), handle, Ok(input), None).await;
    let error = called.expect_err("no call is sent");
    let endpoint = seen.0.lock().expect("nothing has panicked").take();
    endpoint.ok_or_else(|| DisplayErrorContext(error).to_string())
}

/// Captures the endpoint of a call, and ends the call.
#[derive(Clone, Debug, Default)]
struct Seen(Arc<Mutex<Option<Endpoint>>>);

#[dyn_dispatch_hint]
impl Intercept for Seen {
    fn name(&self) -> &'static str {
        "Seen"
    }

    fn modify_before_signing(
        &self,
        _context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        *self.0.lock().expect("nothing has panicked") = cfg.load::<Endpoint>().cloned();
        Err("the endpoint is known".into())
    }
}
