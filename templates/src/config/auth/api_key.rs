//! API keys: a key identifies its sender.

//~ if bare-api-key
use aws_smithy_runtime_api::box_error::BoxError;
//~ end
use aws_smithy_runtime_api::client::auth::http::HTTP_API_KEY_AUTH_SCHEME_ID;
//~ if bare-api-key
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign,
};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{GetIdentityResolver, RuntimeComponents};
use aws_smithy_types::config_bag::ConfigBag;
//~ end

use crate::config::{Builder, ResolveIdentity, Token};

/// API keys.
impl Builder {
    /// Sets the API key that requests are sent with.
    ///
    /// ```ignore
    /// let config = Config::builder().api_key(Token::new(key, None)).build();
    /// ```
    #[inline]
    pub fn api_key(self, api_key: Token) -> Self {
        self.api_key_resolver(api_key)
    }

    /// Sets the [API key](Self::api_key). `None` changes nothing.
    #[inline]
    pub fn set_api_key(&mut self, api_key: Option<Token>) -> &mut Self {
        if let Some(api_key) = api_key {
            self.runtime_components
                .set_identity_resolver(HTTP_API_KEY_AUTH_SCHEME_ID, api_key);
        }
        self
    }

    /// Sets what finds the API key of a request, which is an identity with a [`Token`].
    pub fn api_key_resolver(mut self, api_key_resolver: impl ResolveIdentity + 'static) -> Self {
        self.runtime_components
            .set_identity_resolver(HTTP_API_KEY_AUTH_SCHEME_ID, api_key_resolver);
        self
    }
}
//~ if bare-api-key

/// Sends the API key as the whole value of a header. The runtime's object puts a space before the
/// key, which HTTP/2 does not allow.
#[derive(Debug)]
pub(crate) struct ApiKeyAuthScheme {
    /// The name of the header, in lower case.
    pub(crate) header: &'static str,
}

impl AuthScheme for ApiKeyAuthScheme {
    fn scheme_id(&self) -> AuthSchemeId {
        HTTP_API_KEY_AUTH_SCHEME_ID
    }

    fn identity_resolver(
        &self,
        identity_resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        identity_resolvers.identity_resolver(HTTP_API_KEY_AUTH_SCHEME_ID)
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for ApiKeyAuthScheme {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        let key = identity.data::<Token>();
        let key = key.ok_or("the identity of an API key has to be a `Token`")?;
        let headers = request.headers_mut();
        headers
            .try_insert(self.header, key.token().to_owned())
            .map_err(|_| "the API key has characters that no header can have")?;
        Ok(())
    }
}
//~ end
