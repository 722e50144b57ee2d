//! Resolving endpoints: the trait, and the resolver that follows the service's rules.

use std::error::Error;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use super::{DowncastParams, Endpoint, EndpointFuture, Params, SharedEndpointResolver, rules};

/// Decides which endpoint a request goes to.
///
/// Implement it to replace [`DefaultResolver`], for instance to send the requests of different
/// stages to different hosts.
pub trait ResolveEndpoint: Send + Sync + fmt::Debug {
    /// The endpoint for a request with these parameters.
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a>;

    /// Wraps the resolver as one that the runtime can call.
    ///
    /// The wrapper hands [`Params`] to the resolver, and fails on the parameters of another service.
    fn into_shared_resolver(self) -> SharedEndpointResolver
    where
        Self: Sized + 'static,
    {
        SharedEndpointResolver::new(DowncastParams(self))
    }
}

/// The resolver that follows the service's own rules.
#[derive(Debug, Default)]
pub struct DefaultResolver {
    /// The last endpoint, and what it was resolved for: most clients only ever need one.
    last: RwLock<Option<(Params, Endpoint)>>,
}

impl DefaultResolver {
    /// Creates a resolver.
    pub fn new() -> Self {
        Self::default()
    }

    fn last_for(&self, params: &Params) -> Option<Endpoint> {
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((known, endpoint)) if known == params => Some(endpoint.clone()),
            _ => None,
        }
    }
}

impl ResolveEndpoint for DefaultResolver {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        if let Some(endpoint) = self.last_for(params) {
            return EndpointFuture::ready(Ok(endpoint));
        }
        let resolved = rules::resolve(params);
        if let Ok(endpoint) = &resolved {
            let mut last = self.last.write().unwrap_or_else(PoisonError::into_inner);
            *last = Some((params.clone(), endpoint.clone()));
        }
        EndpointFuture::ready(resolved.map_err(Into::into))
    }
}

/// Says why [`Params`] could not be built.
#[derive(Debug)]
pub struct InvalidParams {
    /// The whole sentence.
    pub(super) message: &'static str,
}

impl fmt::Display for InvalidParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl Error for InvalidParams {}
