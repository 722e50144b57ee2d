//! Reads lists page by page.

use std::collections::HashMap;
use std::sync::Arc;

use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::error::operation::BuildError;

use super::runtime::{self, Operation};
use crate::client::Handle;
use crate::config::{Layer, RuntimePlugin};

/// A page, or an error.
type Page<O> = Result<<O as Operation>::Output, SdkError<<O as Operation>::Error, HttpResponse>>;

/// The state after a page.
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
    let mut layer = Layer::new("Paginator");
    layer.store_append(SmithySdkFeature::Paginator);
    let plugins = handle
        .runtime_plugins
        .clone()
        .with_operation_plugin(operation)
        .with_operation_plugin(StaticRuntimePlugin::new().with_config(layer.freeze()));
    PaginationStream::new(FnStream::new(move |tx| {
        Box::pin(async move {
            let mut input = match input {
                Ok(input) => input,
                Err(error) => {
                    // If the receiver has been dropped, nobody needs the error.
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

/// A token for the next page.
pub(crate) trait PageToken: Clone + PartialEq {
    /// Whether the token means that there is no next page.
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
/// A service that returns the token of the request would be called forever. `stop_on_duplicate`
/// ends there.
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
