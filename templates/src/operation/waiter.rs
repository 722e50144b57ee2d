//! Waits for the service.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime::client::waiters::{
    AcceptorState, WaiterOrchestrator, attach_waiter_tracing_span,
};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_runtime_api::client::waiters::FinalPoll;
use aws_smithy_runtime_api::client::waiters::error::WaiterError;
use aws_smithy_types::error::operation::BuildError;

use super::runtime::{self, Operation};
use crate::client::Handle;
use crate::config::{ConfigBag, Layer, RuntimePlugin};
use crate::error::sealed_unhandled::Unhandled;

/// A waiter.
///
/// It evaluates outputs and modeled errors. By default, an output means to call again, and an error
/// ends the waiting.
pub(crate) trait Waiter {
    /// The operation.
    type Operation: Operation + RuntimePlugin;

    /// The minimum and the maximum number of seconds between two calls.
    const DELAYS: [u64; 2];

    /// Evaluates an output.
    fn of_output(
        _input: &<Self::Operation as Operation>::Input,
        _output: &<Self::Operation as Operation>::Output,
    ) -> AcceptorState {
        AcceptorState::NoAcceptorsMatched
    }

    /// Evaluates an error.
    fn of_error(_error: &<Self::Operation as Operation>::Error) -> AcceptorState {
        AcceptorState::NoAcceptorsMatched
    }
}

impl<O, E> From<WaiterError<O, E>> for crate::Error
where
    O: fmt::Debug + Send + Sync + 'static,
    E: Error + Send + Sync + 'static,
{
    fn from(error: WaiterError<O, E>) -> Self {
        Self::Unhandled(Unhandled::new(error.into(), None))
    }
}

/// The result of waiting for an operation.
pub(crate) type Waited<O> = Result<
    FinalPoll<<O as Operation>::Output, SdkError<<O as Operation>::Error, HttpResponse>>,
    WaiterError<<O as Operation>::Output, <O as Operation>::Error>,
>;

/// Calls an operation until a waiter has succeeded or failed.
pub(crate) async fn wait<W: Waiter>(
    operation: W::Operation,
    handle: Arc<Handle>,
    input: Result<<W::Operation as Operation>::Input, BuildError>,
    max_wait: Duration,
) -> Waited<W::Operation>
where
    <W::Operation as Operation>::Input: Clone,
{
    let input = Arc::new(input.map_err(WaiterError::construction_failure)?);
    let mut layer = Layer::new("Waiter");
    layer.store_append(SmithySdkFeature::Waiter);
    let plugins = handle
        .runtime_plugins
        .clone()
        .with_operation_plugin(operation)
        .with_operation_plugin(StaticRuntimePlugin::new().with_config(layer.freeze()));
    let time = plugins
        .apply_client_configuration(&mut ConfigBag::base())
        .map_err(WaiterError::construction_failure)?
        .into_time_components();
    let (Some(sleep_impl), Some(time_source)) = (time.sleep_impl(), time.time_source()) else {
        return Err(WaiterError::construction_failure(
            "waiting takes a `sleep_impl` and a `time_source`: set them in the client's configuration",
        ));
    };
    let asked = Arc::clone(&input);
    let accept = move |result: Result<
        &<W::Operation as Operation>::Output,
        &<W::Operation as Operation>::Error,
    >| match result {
        Ok(output) => W::of_output(&asked, output),
        Err(error) => W::of_error(error),
    };
    let call = move || {
        let (input, plugins) = (Input::erase((*input).clone()), plugins.clone());
        async move {
            let spec = <W::Operation as runtime::Specified>::SPEC;
            let result = runtime::orchestrate(spec, &plugins, input).await;
            runtime::typed_result::<W::Operation>(result)
        }
    };
    let [min_delay, max_delay] = W::DELAYS.map(Duration::from_secs);
    let waiting = WaiterOrchestrator::builder()
        .min_delay(min_delay)
        .max_delay(max_delay)
        .max_wait(max_wait)
        .sleep_impl(sleep_impl)
        .time_source(time_source)
        .acceptor(accept)
        .operation(call)
        .build();
    attach_waiter_tracing_span(waiting.orchestrate()).await
}

/// Defines the builder of a waiter, and the types of its results.
macro_rules! waiter {
    ($builder:ident of $inner:ident asks $operation:ident
        => $poll:ident of $output:ident, $error:ident of $operation_error:ident {
        $($field:ident $name:literal $set:ident $get:ident = $how:ident $values:tt),* $(,)?
    }) => {
        #[doc = ::std::concat!(
            "What is asked for with [`", ::std::stringify!($operation), "`], until it is there.",
        )]
        #[derive(Clone, Debug)]
        pub struct $builder {
            handle: ::std::sync::Arc<crate::client::Handle>,
            inner: $inner,
        }

        impl $builder {
            #[inline]
            pub(crate) fn new(handle: ::std::sync::Arc<crate::client::Handle>) -> Self {
                Self {
                    handle,
                    inner: ::std::default::Default::default(),
                }
            }

            /// Asks again and again, with growing delays, until the service has done what is
            /// waited for, and returns its last answer.
            ///
            /// # Errors
            ///
            /// `ExceededMaxWait` when it takes longer than `max_wait`, `FailureState` when the
            /// answer says that waiting is in vain, and `OperationFailed` when a call fails in
            /// another way than the waiter expects.
            #[inline]
            pub async fn wait(
                self,
                max_wait: ::std::time::Duration,
            ) -> ::std::result::Result<$poll, $error> {
                crate::operation::waiter::wait::<Self>(
                    $operation,
                    self.handle,
                    self.inner.build(),
                    max_wait,
                )
                .await
            }

            /// Returns the input as set so far.
            #[inline]
            pub fn as_input(&self) -> &$inner {
                &self.inner
            }

            $(
                waiter!(@$how $values $field $name);
                accessors!($name $set $get = $how $values);
            )*
        }

        /// The last answer, if it is what was waited for.
        pub type $poll = aws_smithy_runtime_api::client::waiters::FinalPoll<
            $output,
            aws_smithy_runtime_api::client::result::SdkError<
                $operation_error,
                aws_smithy_runtime_api::client::orchestrator::HttpResponse,
            >,
        >;

        /// Why waiting has ended without it.
        pub type $error = aws_smithy_runtime_api::client::waiters::error::WaiterError<
            $output,
            $operation_error,
        >;
    };
    (@one ($as:ident $type:ty) $field:ident $name:literal) => {
        #[doc = ::std::concat!("Sets `", $name, "`.")]
        #[inline]
        pub fn $field(mut self, input: builder!(@argument $as $type)) -> Self {
            self.inner = self.inner.$field(input);
            self
        }
    };
    (@list ($as:ident $type:ty) $field:ident $name:literal) => {
        #[doc = ::std::concat!("Appends an item to `", $name, "`.")]
        #[inline]
        pub fn $field(mut self, input: builder!(@argument $as $type)) -> Self {
            self.inner = self.inner.$field(input);
            self
        }
    };
    (@map ($key_as:ident $key:ty, $as:ident $type:ty) $field:ident $name:literal) => {
        #[doc = ::std::concat!("Inserts an entry into `", $name, "`.")]
        #[inline]
        pub fn $field(
            mut self,
            k: builder!(@argument $key_as $key),
            v: builder!(@argument $as $type),
        ) -> Self {
            self.inner = self.inner.$field(k, v);
            self
        }
    };
}

pub(crate) use waiter;
