//! Choosing the auth scheme that a request is signed with.
//!
//! The service's model says which schemes each operation supports, and in which order:
//! [`DefaultAuthSchemeResolver`] knows that. A [`ResolveAuthScheme`] of one's own, given to
//! [`Builder::auth_scheme_resolver`](crate::config::Builder::auth_scheme_resolver), takes its place.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOption, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture,
    ResolveAuthSchemeOptions, SharedAuthSchemeOptionResolver,
};

use crate::config::{ConfigBag, RuntimeComponents};
use crate::meta;

/// Decides which auth schemes a request may use.
pub trait ResolveAuthScheme: Send + Sync + fmt::Debug {
    /// Returns the auth schemes that may be used, the preferred one first.
    ///
    /// The request uses the first for which there is an identity, such as credentials.
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

/// Gives a resolver the parameters of this service, whose type the runtime does not know.
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

/// Offers the auth schemes that the service's model names for an operation.
#[derive(Debug, Default)]
pub struct DefaultAuthSchemeResolver {
    _private: (),
}

impl ResolveAuthScheme for DefaultAuthSchemeResolver {
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
}

/// What is known about a request when its auth scheme is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    operation_name: Cow<'static, str>,
}

impl Params {
    /// Creates a builder for [`Params`].
    pub fn builder() -> ParamsBuilder {
        ParamsBuilder::default()
    }

    pub(crate) fn for_operation(operation_name: &'static str) -> Self {
        Self {
            operation_name: Cow::Borrowed(operation_name),
        }
    }

    /// Returns the operation's name as the service's model spells it.
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
    pub fn set_operation_name(mut self, operation_name: Option<Cow<'static, str>>) -> Self {
        self.operation_name = operation_name;
        self
    }

    /// Builds the parameters.
    ///
    /// # Errors
    ///
    /// If the operation's name is missing.
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
