//! Bearer tokens: a token identifies its sender.

use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;

use crate::config::{Builder, Config, ProvideToken, ResolveIdentity, SharedTokenProvider, Token};

impl Config {
    /// Always returns `None`: token providers cannot be read back from a config.
    #[deprecated(
        note = "Always returns `None`. Keep the provider that was given to the builder, or ask `SdkConfig::token_provider`."
    )]
    #[inline]
    pub fn token_provider(&self) -> Option<SharedTokenProvider> {
        None
    }
}

/// Bearer tokens.
impl Builder {
    /// Sets where bearer tokens come from, such as a session of single sign-on.
    ///
    /// The provider is asked when a request needs a token and the
    /// [identity cache](Self::identity_cache) has none that is still valid. A config that is made
    /// from an [`SdkConfig`](aws_types::sdk_config::SdkConfig) has the provider of that.
    #[inline]
    pub fn token_provider(mut self, token_provider: impl ProvideToken + 'static) -> Self {
        self.set_token_provider(Some(SharedTokenProvider::new(token_provider)));
        self
    }

    /// Sets [where bearer tokens come from](Self::token_provider). `None` changes nothing.
    #[inline]
    pub fn set_token_provider(&mut self, token_provider: Option<SharedTokenProvider>) -> &mut Self {
        if let Some(token_provider) = token_provider {
            self.runtime_components
                .set_identity_resolver(HTTP_BEARER_AUTH_SCHEME_ID, token_provider);
        }
        self
    }

    /// Sets the bearer token that requests are sent with.
    ///
    /// ```ignore
    /// let config = Config::builder().bearer_token(Token::new(token, None)).build();
    /// ```
    #[inline]
    pub fn bearer_token(self, bearer_token: Token) -> Self {
        self.bearer_token_resolver(bearer_token)
    }

    /// Sets what finds the bearer token of a request, which is an identity with a [`Token`].
    pub fn bearer_token_resolver(
        mut self,
        bearer_token_resolver: impl ResolveIdentity + 'static,
    ) -> Self {
        self.runtime_components
            .set_identity_resolver(HTTP_BEARER_AUTH_SCHEME_ID, bearer_token_resolver);
        self
    }
}
