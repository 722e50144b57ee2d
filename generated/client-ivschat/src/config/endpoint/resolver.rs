//! Resolving endpoints: the trait, the resolver that follows the service's rules, and the user
//! agent's note that there is a configured endpoint instead.

use std::error::Error;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{self, EndpointResolverParams};
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::endpoint_config::EndpointUrl;

use super::{Endpoint, EndpointFuture, Params, SharedEndpointResolver, finalize, rules};

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

/// Makes a resolver of this crate one that the runtime can call.
#[derive(Debug)]
struct DowncastParams<T>(T);

impl<T: ResolveEndpoint> endpoint::ResolveEndpoint for DowncastParams<T> {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_endpoint(params),
            None => EndpointFuture::ready(Err("params of expected type was not present".into())),
        }
    }

    fn finalize_params<'a>(
        &'a self,
        params: &'a mut EndpointResolverParams,
    ) -> Result<(), BoxError> {
        finalize(params);
        Ok(())
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

/// Tells the user agent when the endpoint is a configured one.
#[derive(Debug, Default)]
pub(crate) struct EndpointOverrideFeatureTracker;

#[dyn_dispatch_hint]
impl Intercept for EndpointOverrideFeatureTracker {
    fn name(&self) -> &'static str {
        "EndpointOverrideFeatureTrackerInterceptor"
    }

    fn read_before_execution(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if cfg.load::<EndpointUrl>().is_some() {
            cfg.interceptor_state()
                .store_append(AwsSdkFeature::EndpointOverride);
        }
        Ok(())
    }
}
