//! Signature Version 4A: one signature for several regions.

#[cfg(feature = "sigv4a")]
use aws_runtime::auth::sigv4a::SigV4aAuthScheme;
#[cfg(feature = "sigv4a")]
use aws_smithy_runtime_api::client::auth::SharedAuthScheme;
use aws_types::region::SigningRegionSet;

use crate::config::{Builder, Config, RuntimeComponentsBuilder};

/// Registers the auth scheme if the crate has it.
pub(in crate::config) fn with_auth_scheme(
    components: RuntimeComponentsBuilder,
) -> RuntimeComponentsBuilder {
    #[cfg(feature = "sigv4a")]
    let components = components.with_auth_scheme(SharedAuthScheme::new(SigV4aAuthScheme::new()));
    components
}

impl Config {
    /// Returns the regions that Signature Version 4A signs for, if they are set.
    #[inline]
    pub fn sigv4a_signing_region_set(&self) -> Option<&SigningRegionSet> {
        self.config.load::<SigningRegionSet>()
    }
}

/// Signature Version 4A.
impl Builder {
    /// Sets the regions that Signature Version 4A signs for: names with commas between them, or `*`
    /// for all.
    ///
    /// They take the place of those that an endpoint names. Without either it is the region of the
    /// client. Requests that are signed by Signature Version 4 are not concerned.
    ///
    /// ```ignore
    /// let config = Config::builder().sigv4a_signing_region_set("us-east-1,us-west-2").build();
    /// ```
    #[inline]
    pub fn sigv4a_signing_region_set(mut self, regions: impl Into<SigningRegionSet>) -> Self {
        self.set_sigv4a_signing_region_set(Some(regions.into()));
        self
    }

    /// Sets or removes the [regions that are signed for](Self::sigv4a_signing_region_set).
    #[inline]
    pub fn set_sigv4a_signing_region_set(
        &mut self,
        regions: Option<SigningRegionSet>,
    ) -> &mut Self {
        self.config.store_or_unset(regions);
        self
    }
}
