//! From the runtime's resolvers to those of this crate.

use aws_smithy_runtime_api::client::endpoint::{self, EndpointResolverParams};

use super::{EndpointFuture, Params, ResolveEndpoint};

/// Makes a resolver of this crate one that the runtime can call.
#[derive(Debug)]
pub(super) struct DowncastParams<T>(pub(super) T);

impl<T: ResolveEndpoint> endpoint::ResolveEndpoint for DowncastParams<T> {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_endpoint(params),
            None => EndpointFuture::ready(Err("params of expected type was not present".into())),
        }
    }
}
