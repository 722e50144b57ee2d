//! Who the caller is, and the auth scheme that proves it.
//!
//! The service's model says which schemes each operation supports, and in which order:
//! [`DefaultAuthSchemeResolver`] knows that. A [`ResolveAuthScheme`] of one's own, given to
//! [`Builder::auth_scheme_resolver`](crate::config::Builder::auth_scheme_resolver), takes its place.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

//~ if aws
use aws_runtime::auth::sigv4;
//~ end
//~ if sigv4a
#[cfg(feature = "sigv4a")]
use aws_runtime::auth::sigv4a as scheme_4a;
//~ end
use aws_smithy_runtime::client::auth::no_auth::NoAuthRuntimePluginV2;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeOption, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture,
    AuthSchemePreference, ResolveAuthSchemeOptions, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::shared::IntoShared;

//~ if aws
use crate::config::{
    Builder, ConfigBag, ProvideCredentials, ResolveCachedIdentity, RuntimeComponents,
    SharedCredentialsProvider,
};
//~ end
//~ if not aws
use crate::config::{Builder, ConfigBag, ResolveCachedIdentity, RuntimeComponents};
//~ end
use crate::meta;

//~ if api-key
pub(crate) mod api_key;
//~ end
//~ if basic
mod basic;
//~ end
//~ if bearer
mod bearer;
//~ end
//~ if endpoint-auth
mod of_endpoint;
//~ end
//~ if sigv4a
pub(super) mod sigv4a;
//~ end
//~ if api-key | basic | bearer | endpoint-auth

//~ end
/// Decides which auth schemes a request may use.
pub trait ResolveAuthScheme: Send + Sync + fmt::Debug {
    /// Returns the auth schemes that may be used, the preferred one first.
    ///
    //~ if aws
    /// The request uses the first for which there is an identity, such as credentials.
    //~ end
    //~ if not aws
    /// The request uses the first for which there is an identity, such as a key.
    //~ end
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        cfg: &'a ConfigBag,
        runtime_components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a>;

    /// Makes this resolver one that the runtime can share between requests.
    fn into_shared_resolver(self) -> SharedAuthSchemeOptionResolver
    where
        Self: Sized + 'static,
    {
        SharedAuthSchemeOptionResolver::new(TypedParams(self))
    }
}

/// Passes the parameters of this service, whose type the runtime does not know, to a resolver.
#[derive(Debug)]
struct TypedParams<T>(T);

impl<T: ResolveAuthScheme> ResolveAuthSchemeOptions for TypedParams<T> {
    fn resolve_auth_scheme_options_v2<'a>(
        &'a self,
        params: &'a AuthSchemeOptionResolverParams,
        cfg: &'a ConfigBag,
        runtime_components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_auth_scheme(params, cfg, runtime_components),
            None => AuthSchemeOptionsFuture::ready(Err(
                "params of expected type was not present".into()
            )),
        }
    }
}

/// Returns the auth schemes of an operation in the service's model.
#[derive(Debug, Default)]
pub struct DefaultAuthSchemeResolver {
    _private: (),
}

impl ResolveAuthScheme for DefaultAuthSchemeResolver {
    //~ if not endpoint-auth
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        _: &'a ConfigBag,
        _: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        let of_operation = meta::OPERATION_AUTH
            .iter()
            .find(|(operation, _)| *operation == params.operation_name());
        let schemes = of_operation.map_or(meta::AUTH, |(_, schemes)| schemes);
        let options = schemes.iter().cloned().map(AuthSchemeOption::from);
        AuthSchemeOptionsFuture::ready(Ok(options.collect()))
    }
    //~ end
    //~ if endpoint-auth
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        cfg: &'a ConfigBag,
        runtime_components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        let of_operation = meta::OPERATION_AUTH
            .iter()
            .find(|(operation, _)| *operation == params.operation_name());
        let schemes = of_operation.map_or(meta::AUTH, |(_, schemes)| schemes);
        AuthSchemeOptionsFuture::new(async move {
            let schemes = of_endpoint::schemes(schemes, cfg, runtime_components).await?;
            Ok(schemes.into_iter().map(AuthSchemeOption::from).collect())
        })
    }
    //~ end
}

/// What is known about a request when its auth scheme is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    operation_name: Cow<'static, str>,
}

impl Params {
    /// Creates a builder for [`Params`].
    #[inline]
    pub fn builder() -> ParamsBuilder {
        ParamsBuilder::default()
    }

    pub(crate) fn for_operation(operation_name: &'static str) -> Self {
        Self {
            operation_name: Cow::Borrowed(operation_name),
        }
    }

    /// Returns the operation's name as the service's model spells it.
    #[inline]
    pub fn operation_name(&self) -> &str {
        &self.operation_name
    }
}

/// Builder of [`Params`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParamsBuilder {
    operation_name: Option<Cow<'static, str>>,
}

impl ParamsBuilder {
    /// Sets the operation's name. Required.
    pub fn operation_name(self, operation_name: impl Into<Cow<'static, str>>) -> Self {
        self.set_operation_name(Some(operation_name.into()))
    }

    /// Sets or removes the [operation's name](Self::operation_name).
    #[inline]
    pub fn set_operation_name(mut self, operation_name: Option<Cow<'static, str>>) -> Self {
        self.operation_name = operation_name;
        self
    }

    /// Builds the parameters.
    ///
    /// # Errors
    ///
    /// Fails if the operation's name is missing.
    #[inline]
    pub fn build(self) -> Result<Params, BuildError> {
        let missing = || BuildError {
            field: "operation_name",
        };
        Ok(Params {
            operation_name: self.operation_name.ok_or_else(missing)?,
        })
    }
}

/// A required parameter was not set.
#[derive(Debug)]
pub struct BuildError {
    field: &'static str,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a required field was missing: `{}`", self.field)
    }
}

impl Error for BuildError {}

/// Who the caller is, and how that is proved.
impl Builder {
    //~ if aws
    /// Sets the provider of the credentials that requests are signed with.
    ///
    /// The provider is asked when a request needs credentials and the
    /// [identity cache](Self::identity_cache) has none that are still valid.
    #[inline]
    pub fn credentials_provider(
        mut self,
        credentials_provider: impl ProvideCredentials + 'static,
    ) -> Self {
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(credentials_provider)));
        self
    }

    /// Sets the [credentials provider](Self::credentials_provider). `None` changes nothing.
    #[inline]
    pub fn set_credentials_provider(
        &mut self,
        credentials_provider: Option<SharedCredentialsProvider>,
    ) -> &mut Self {
        if let Some(credentials_provider) = credentials_provider {
            //~ end
            //~ if sigv4a
            #[cfg(feature = "sigv4a")]
            self.runtime_components
                .set_identity_resolver(scheme_4a::SCHEME_ID, credentials_provider.clone());
            //~ end
            //~ if aws
            self.runtime_components
                .set_identity_resolver(sigv4::SCHEME_ID, credentials_provider);
        }
        self
    }

    //~ end
    //~ if aws
    /// Sets the cache of credentials and other identities.
    ///
    /// By default every client has its own [lazy cache](crate::config::IdentityCache::lazy). Give
    /// several clients the same one to fetch credentials once for all of them, or
    //~ end
    //~ if not aws
    /// Sets the cache of keys, tokens and other identities.
    ///
    /// By default every client has its own [lazy cache](crate::config::IdentityCache::lazy). Give
    /// several clients the same one to fetch identities once for all of them, or
    //~ end
    /// [`no_cache`](crate::config::IdentityCache::no_cache) to ask the provider for every request.
    pub fn identity_cache(mut self, identity_cache: impl ResolveCachedIdentity + 'static) -> Self {
        self.set_identity_cache(identity_cache);
        self
    }

    //~ if aws
    /// Sets the [cache of credentials](Self::identity_cache).
    //~ end
    //~ if not aws
    /// Sets the [cache of identities](Self::identity_cache).
    //~ end
    #[inline]
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

    /// Sets the resolver that returns the auth schemes that an operation may use, in order.
    #[inline]
    pub fn auth_scheme_resolver(
        mut self,
        auth_scheme_resolver: impl ResolveAuthScheme + 'static,
    ) -> Self {
        self.set_auth_scheme_resolver(auth_scheme_resolver);
        self
    }

    /// Sets the [resolver of auth schemes](Self::auth_scheme_resolver).
    #[inline]
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
    /// It only sorts the schemes that the auth scheme resolver returns: a scheme that the operation
    /// does not support is ignored.
    pub fn auth_scheme_preference(mut self, preference: impl Into<AuthSchemePreference>) -> Self {
        self.set_auth_scheme_preference(Some(preference.into()));
        self
    }

    /// Sets or removes the [preferred order of auth schemes](Self::auth_scheme_preference).
    #[inline]
    pub fn set_auth_scheme_preference(
        &mut self,
        preference: Option<AuthSchemePreference>,
    ) -> &mut Self {
        self.config.store_or_unset(preference);
        self
    }

    /// Sends a request unsigned if none of the operation's auth schemes can be used, for example
    //~ if aws
    /// because there are no credentials, instead of failing.
    //~ end
    //~ if not aws
    /// because there is no key, instead of failing.
    //~ end
    #[inline]
    pub fn allow_no_auth(mut self) -> Self {
        self.set_allow_no_auth();
        self
    }

    /// Allows [unsigned requests](Self::allow_no_auth).
    #[inline]
    pub fn set_allow_no_auth(&mut self) -> &mut Self {
        self.push_runtime_plugin(NoAuthRuntimePluginV2::new().into_shared())
    }
}
