//! Operations without a path of their own.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::{ConfigBag, Layer};

/// Ends the URIs of requests where the endpoint's path ends. The runtime would append a slash.
pub(crate) fn join(_: &mut Layer, components: &mut RuntimeComponentsBuilder) {
    components.push_interceptor(SharedInterceptor::permanent(BarePath));
}

#[derive(Debug)]
struct BarePath;

#[dyn_dispatch_hint]
impl Intercept for BarePath {
    fn name(&self) -> &'static str {
        "BarePath"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let (path, query) = match request.uri().split_once('?') {
            Some((path, query)) => (path, format!("?{query}")),
            None => (request.uri(), String::new()),
        };
        // Without a path in the endpoint, the slash is the path.
        let is_root = path
            .split_once("://")
            .is_none_or(|(_, rest)| rest.find('/') == Some(rest.len() - 1));
        if let (Some(path), false) = (path.strip_suffix('/'), is_root) {
            let uri = format!("{path}{query}");
            request.set_uri(uri)?;
        }
        Ok(())
    }
}
