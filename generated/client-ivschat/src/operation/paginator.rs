//! How lists are read page by page.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::operation::BuildError;

use super::runtime::{self, Operation};
use crate::client::Handle;
use crate::config::interceptors::BeforeSerializationInterceptorContextMut;
use crate::config::{
    ConfigBag, Intercept, RuntimeComponents, RuntimeComponentsBuilder, RuntimePlugin,
    SharedInterceptor,
};
use crate::error::BoxError;

/// A page, or why there is none.
type Page<O> = Result<<O as Operation>::Output, SdkError<<O as Operation>::Error, HttpResponse>>;

/// What follows a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The input now asks for another page.
    Page,
    /// This was the last page.
    End,
}

/// Calls an operation until a page says it is the last.
///
/// `turn` moves the token from a page to the input of the next call.
pub(crate) fn pages<O>(
    operation: O,
    handle: Arc<Handle>,
    input: Result<O::Input, BuildError>,
    turn: impl Fn(&O::Output, &mut O::Input) -> Next + Send + Sync + 'static,
) -> PaginationStream<Page<O>>
where
    O: Operation + RuntimePlugin,
    O::Input: Clone,
{
    let plugins = handle
        .runtime_plugins
        .clone()
        .with_operation_plugin(operation)
        .with_operation_plugin(PaginatorFeatureTrackerRuntimePlugin::new());
    PaginationStream::new(FnStream::new(move |tx| {
        Box::pin(async move {
            let mut input = match input {
                Ok(input) => input,
                Err(error) => {
                    // Nobody is left to tell when the receiver is gone.
                    let _ = tx.send(Err(SdkError::construction_failure(error))).await;
                    return;
                }
            };
            loop {
                let erased = Input::erase(input.clone());
                let page = runtime::orchestrate(O::SPEC, &plugins, erased).await;
                let page = runtime::typed_result::<O>(page);
                let next = page
                    .as_ref()
                    .map_or(Next::End, |page| turn(page, &mut input));
                if tx.send(page).await.is_err() || next == Next::End {
                    return;
                }
            }
        })
    }))
}

/// A token that asks for the next page.
pub(crate) trait PageToken: Clone + PartialEq {
    /// Whether the token says that there is no next page.
    fn is_end(&self) -> bool;
}

impl PageToken for String {
    fn is_end(&self) -> bool {
        self.is_empty()
    }
}

impl<K: Clone + Eq + std::hash::Hash, V: Clone + PartialEq> PageToken for HashMap<K, V> {
    fn is_end(&self) -> bool {
        self.is_empty()
    }
}

impl PageToken for i32 {
    fn is_end(&self) -> bool {
        false
    }
}

impl PageToken for i64 {
    fn is_end(&self) -> bool {
        false
    }
}

/// Moves a page's token into the next input.
///
/// A service that answers with the token it was given would be asked forever:
/// `stop_on_duplicate` ends there.
pub(crate) fn advance<T: PageToken>(
    token: Option<&T>,
    slot: &mut Option<T>,
    stop_on_duplicate: bool,
) -> Next {
    match token {
        Some(token) if token.is_end() => {
            *slot = Some(token.clone());
            Next::End
        }
        Some(token) if stop_on_duplicate && slot.as_ref() == Some(token) => Next::End,
        Some(token) => {
            *slot = Some(token.clone());
            Next::Page
        }
        None => Next::End,
    }
}

/// Tracks that a call fetches a page for a paginator.
#[derive(Debug)]
struct PaginatorFeatureTracker;

#[dyn_dispatch_hint]
impl Intercept for PaginatorFeatureTracker {
    fn name(&self) -> &'static str {
        "PaginatorFeatureTrackerInterceptor"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        cfg.interceptor_state()
            .store_append(SmithySdkFeature::Paginator);
        Ok(())
    }
}

/// Adds the tracker of paginators to the calls of one paginator.
#[derive(Debug)]
struct PaginatorFeatureTrackerRuntimePlugin {
    runtime_components: RuntimeComponentsBuilder,
}

impl PaginatorFeatureTrackerRuntimePlugin {
    fn new() -> Self {
        let runtime_components =
            RuntimeComponentsBuilder::new("PaginatorFeatureTrackerRuntimePlugin")
                .with_interceptor(SharedInterceptor::permanent(PaginatorFeatureTracker));
        Self { runtime_components }
    }
}

impl RuntimePlugin for PaginatorFeatureTrackerRuntimePlugin {
    fn runtime_components(
        &self,
        _: &RuntimeComponentsBuilder,
    ) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.runtime_components)
    }
}
