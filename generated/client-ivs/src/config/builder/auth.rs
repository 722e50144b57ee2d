//! Setters about who the caller is and how that is proved.

use aws_runtime::auth::sigv4;
use aws_smithy_runtime::client::auth::no_auth::NoAuthRuntimePluginV2;
use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemePreference};
use aws_smithy_runtime_api::shared::IntoShared;

use crate::config::auth::ResolveAuthScheme;
use crate::config::{
    Builder, ProvideCredentials, ResolveCachedIdentity, SharedCredentialsProvider,
};

impl Builder {
    /// Sets where the credentials come from that requests are signed with.
    ///
    /// The provider is asked when a request needs credentials and the
    /// [identity cache](Self::identity_cache) has none that are still valid.
    pub fn credentials_provider(
        mut self,
        credentials_provider: impl ProvideCredentials + 'static,
    ) -> Self {
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(credentials_provider)));
        self
    }

    /// Sets [where the credentials come from](Self::credentials_provider). `None` changes nothing.
    pub fn set_credentials_provider(
        &mut self,
        credentials_provider: Option<SharedCredentialsProvider>,
    ) -> &mut Self {
        if let Some(credentials_provider) = credentials_provider {
            self.runtime_components
                .set_identity_resolver(sigv4::SCHEME_ID, credentials_provider);
        }
        self
    }

    /// Sets the cache of credentials and other identities.
    ///
    /// By default every client has its own [lazy cache](crate::config::IdentityCache::lazy). Give
    /// several clients the same one to fetch credentials once for all of them, or
    /// [`no_cache`](crate::config::IdentityCache::no_cache) to ask the provider for every request.
    pub fn identity_cache(mut self, identity_cache: impl ResolveCachedIdentity + 'static) -> Self {
        self.set_identity_cache(identity_cache);
        self
    }

    /// Sets the [cache of credentials](Self::identity_cache).
    pub fn set_identity_cache(
        &mut self,
        identity_cache: impl ResolveCachedIdentity + 'static,
    ) -> &mut Self {
        self.runtime_components
            .set_identity_cache(Some(identity_cache));
        self
    }

    /// Adds an auth scheme, or replaces the one with the same id.
    ///
    /// The [default resolver](crate::config::auth::DefaultAuthSchemeResolver) offers only the
    /// schemes of the service's model: a scheme of another id also needs an
    /// [`auth_scheme_resolver`](Self::auth_scheme_resolver) that offers it.
    pub fn push_auth_scheme(mut self, auth_scheme: impl AuthScheme + 'static) -> Self {
        self.runtime_components.push_auth_scheme(auth_scheme);
        self
    }

    /// Sets what decides which auth schemes an operation may use, and in which order.
    pub fn auth_scheme_resolver(
        mut self,
        auth_scheme_resolver: impl ResolveAuthScheme + 'static,
    ) -> Self {
        self.set_auth_scheme_resolver(auth_scheme_resolver);
        self
    }

    /// Sets what decides [which auth schemes](Self::auth_scheme_resolver) an operation may use.
    pub fn set_auth_scheme_resolver(
        &mut self,
        auth_scheme_resolver: impl ResolveAuthScheme + 'static,
    ) -> &mut Self {
        self.runtime_components
            .set_auth_scheme_option_resolver(Some(auth_scheme_resolver.into_shared_resolver()));
        self
    }

    /// Sets the order in which auth schemes are preferred.
    ///
    /// It sorts what the auth scheme resolver offers and adds nothing to it: a scheme that the
    /// operation does not support is passed over.
    pub fn auth_scheme_preference(mut self, preference: impl Into<AuthSchemePreference>) -> Self {
        self.set_auth_scheme_preference(Some(preference.into()));
        self
    }

    /// Sets or removes the [preferred order of auth schemes](Self::auth_scheme_preference).
    pub fn set_auth_scheme_preference(
        &mut self,
        preference: Option<AuthSchemePreference>,
    ) -> &mut Self {
        self.config.store_or_unset(preference);
        self
    }

    /// Sends a request unsigned if none of the operation's auth schemes can be used, for example
    /// because there are no credentials, instead of failing.
    pub fn allow_no_auth(mut self) -> Self {
        self.set_allow_no_auth();
        self
    }

    /// Allows [unsigned requests](Self::allow_no_auth).
    pub fn set_allow_no_auth(&mut self) -> &mut Self {
        self.push_runtime_plugin(NoAuthRuntimePluginV2::new().into_shared())
    }
}
