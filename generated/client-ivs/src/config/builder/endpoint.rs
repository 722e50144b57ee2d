//! Setters about where requests go.

use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};

use crate::config::endpoint::ResolveEndpoint;
use crate::config::{Builder, Region};

impl Builder {
    /// Sets the region that requests are sent to and signed for.
    ///
    /// Without a region, and without an endpoint of one's own, every request fails.
    pub fn region(mut self, region: impl Into<Option<Region>>) -> Self {
        self.set_region(region.into());
        self
    }

    /// Sets or removes the [region](Self::region).
    pub fn set_region(&mut self, region: Option<Region>) -> &mut Self {
        self.config.store_or_unset(region);
        self
    }

    /// Sends all requests to this URL, such as `http://localhost:4566` or that of a VPC endpoint.
    ///
    /// Requests are still signed for the [region](Self::region). The
    /// [FIPS](Self::use_fips) and [dual-stack](Self::use_dual_stack) settings must be off.
    pub fn endpoint_url(mut self, endpoint_url: impl Into<String>) -> Self {
        self.set_endpoint_url(Some(endpoint_url.into()));
        self
    }

    /// Sets or removes the [URL that all requests are sent to](Self::endpoint_url).
    pub fn set_endpoint_url(&mut self, endpoint_url: Option<String>) -> &mut Self {
        self.config.store_or_unset(endpoint_url.map(EndpointUrl));
        self
    }

    /// Chooses endpoints that can be reached over IPv6 as well as over IPv4. Off by default.
    ///
    /// Requests fail if the region has no such endpoint.
    pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
        self.set_use_dual_stack(Some(use_dual_stack.into()));
        self
    }

    /// Sets or removes the choice of [dual-stack endpoints](Self::use_dual_stack).
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
    pub fn set_use_fips(&mut self, use_fips: Option<bool>) -> &mut Self {
        self.config.store_or_unset(use_fips.map(UseFips));
        self
    }

    /// Sets what computes the endpoint of a request, in place of the service's own rules.
    ///
    /// The resolver sees region, URL and the other settings as
    /// [`Params`](crate::config::endpoint::Params), and is free to ignore them.
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
    pub fn set_endpoint_resolver(
        &mut self,
        endpoint_resolver: Option<SharedEndpointResolver>,
    ) -> &mut Self {
        self.runtime_components
            .set_endpoint_resolver(endpoint_resolver);
        self
    }
}
