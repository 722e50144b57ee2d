//! Resolves endpoints: the trait, the resolver of the service's rules, and a client's settings.

use std::error::Error;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{self, EndpointResolverParams};
//~ if account-ids
use aws_types::endpoint_config::AccountIdEndpointMode;
//~ end
//~ if not aws
use aws_types::endpoint_config::EndpointUrl;
//~ end
//~ if aws
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
//~ end

use super::{Endpoint, EndpointFuture, Params, SharedEndpointResolver, finalize, rules};
//~ if not aws
use crate::config::Builder;
//~ end
//~ if aws
use crate::config::{Builder, Region};
//~ end

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

/// Adapts a resolver of this crate for the runtime.
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
    /// The last endpoint and its parameters: most clients only ever need one.
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

/// The error of building [`Params`].
#[derive(Debug)]
pub struct InvalidParams {
    /// The whole message.
    pub(super) message: &'static str,
}

impl fmt::Display for InvalidParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl Error for InvalidParams {}

/// Where requests go.
impl Builder {
    //~ if aws
    /// Sets the region that requests are sent to and signed for.
    ///
    /// Without a region, and without an endpoint of one's own, every request fails.
    pub fn region(mut self, region: impl Into<Option<Region>>) -> Self {
        self.set_region(region.into());
        self
    }

    /// Sets or removes the [region](Self::region).
    #[inline]
    pub fn set_region(&mut self, region: Option<Region>) -> &mut Self {
        self.config.store_or_unset(region);
        self
    }

    //~ end
    /// Sends all requests to this URL, such as `http://localhost:4566` or that of a VPC endpoint.
    //~ if aws
    ///
    /// Requests are still signed for the [region](Self::region). The
    /// [FIPS](Self::use_fips) and [dual-stack](Self::use_dual_stack) settings must be off.
    //~ end
    pub fn endpoint_url(mut self, endpoint_url: impl Into<String>) -> Self {
        self.set_endpoint_url(Some(endpoint_url.into()));
        self
    }

    /// Sets or removes the [URL that all requests are sent to](Self::endpoint_url).
    #[inline]
    pub fn set_endpoint_url(&mut self, endpoint_url: Option<String>) -> &mut Self {
        self.config.store_or_unset(endpoint_url.map(EndpointUrl));
        self
    }

    //~ if aws
    /// Chooses endpoints that can be reached over IPv6 as well as over IPv4. Off by default.
    ///
    /// Requests fail if the region has no such endpoint.
    pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
        self.set_use_dual_stack(Some(use_dual_stack.into()));
        self
    }

    /// Sets or removes the choice of [dual-stack endpoints](Self::use_dual_stack).
    #[inline]
    pub fn set_use_dual_stack(&mut self, use_dual_stack: Option<bool>) -> &mut Self {
        self.config.store_or_unset(use_dual_stack.map(UseDualStack));
        self
    }

    /// Chooses endpoints that comply with FIPS 140. Off by default.
    ///
    /// Requests fail if the region has no such endpoint. The setting says nothing about the TLS
    /// implementation on this side of the connection.
    pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
        self.set_use_fips(Some(use_fips.into()));
        self
    }

    /// Sets or removes the choice of [FIPS endpoints](Self::use_fips).
    #[inline]
    pub fn set_use_fips(&mut self, use_fips: Option<bool>) -> &mut Self {
        self.config.store_or_unset(use_fips.map(UseFips));
        self
    }

    //~ end
    //~ if account-ids
    /// Says whether endpoints may have the id of the account that the credentials are of:
    /// [preferred](AccountIdEndpointMode::Preferred), which they do by default, required or disabled.
    pub fn account_id_endpoint_mode(mut self, mode: AccountIdEndpointMode) -> Self {
        self.set_account_id_endpoint_mode(Some(mode));
        self
    }

    /// Sets or removes the [choice of endpoints with an account's
    /// id](Self::account_id_endpoint_mode).
    #[inline]
    pub fn set_account_id_endpoint_mode(
        &mut self,
        mode: Option<AccountIdEndpointMode>,
    ) -> &mut Self {
        self.config.store_or_unset(mode);
        self
    }

    //~ end
    /// Sets what computes the endpoint of a request, in place of the service's own rules.
    ///
    //~ if aws
    /// The resolver sees region, URL and the other settings as
    /// [`Params`], and is free to ignore them.
    //~ end
    //~ if not aws
    /// The resolver sees the settings that the endpoint depends on as [`Params`], and is free to
    /// ignore them.
    //~ end
    ///
    /// ```ignore
    /// #[derive(Debug)]
    /// struct Staging;
    ///
    /// impl ResolveEndpoint for Staging {
    ///     fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
    ///         EndpointFuture::ready(Ok(Endpoint::builder().url("https://staging.test").build()))
    ///     }
    /// }
    ///
    /// let config = Config::builder().endpoint_resolver(Staging).build();
    /// ```
    pub fn endpoint_resolver(mut self, endpoint_resolver: impl ResolveEndpoint + 'static) -> Self {
        self.set_endpoint_resolver(Some(endpoint_resolver.into_shared_resolver()));
        self
    }

    /// Sets or removes the [endpoint resolver](Self::endpoint_resolver).
    #[inline]
    pub fn set_endpoint_resolver(
        &mut self,
        endpoint_resolver: Option<SharedEndpointResolver>,
    ) -> &mut Self {
        self.runtime_components
            .set_endpoint_resolver(endpoint_resolver);
        self
    }
}
