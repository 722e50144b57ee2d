//! Endpoints that the service names: before a call, the client asks the service where to send the
//! request. See [endpoint discovery].
//!
//! An interceptor decides whether a call needs discovery, and stores that in the parameters of the
//! endpoint. The resolver discovers the endpoint in each attempt. So an attempt that follows the
//! error for a wrong endpoint goes to another one.
//!
//! [endpoint discovery]: https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery

use std::sync::Arc;

use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, Error, FinalizerInterceptorContextRef, Input,
    InterceptorContext,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{
    RuntimePlugin, RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin,
};
use aws_smithy_types::config_bag::{ConfigBag, Layer, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::error::operation::BuildError;
use aws_types::endpoint_config::EndpointUrl;

use super::known_endpoints::Key;
pub(crate) use super::known_endpoints::{Asked, Known, MARGIN};
use super::of_call::OfCall;
use super::runtime::Operation;
use crate::endpoint_discovery::EnableEndpointDiscovery;
use crate::meta;

/// The operation that names endpoints.
pub(crate) trait Discovers: Operation + RuntimePlugin + Default {
    /// Whether the request contains the name of the operation that needs an endpoint.
    const BY_OPERATION: bool;

    /// Whether the request contains members of the input.
    const BY_IDS: bool;

    /// Requests endpoints.
    fn input(asked: &Asked) -> Result<Self::Input, BuildError>;

    /// Returns the first endpoint, and for how many minutes it is valid.
    fn endpoint(output: Self::Output) -> Option<(String, i64)>;
}

/// An operation whose endpoint is discovered.
pub(crate) trait Discovered: Operation {
    /// Whether the operation works only with a discovered endpoint.
    const REQUIRED: bool;

    /// The members of the input that the endpoint depends on, by the model's names.
    fn ids(_input: &Self::Input) -> Ids<'_> {
        Vec::new()
    }
}

/// Members of an input, by the model's names.
type Ids<'a> = Vec<(&'static str, Option<&'a str>)>;

/// Makes calls of the operation discover their endpoint.
pub(crate) fn join<O: Discovered>(_: &mut Layer, components: &mut RuntimeComponentsBuilder) {
    let discover = Discover {
        operation: O::SPEC.name,
        required: O::REQUIRED,
        ids: |input| input.downcast_ref().map_or(Vec::new(), O::ids),
        is_invalid: |error| {
            let code = error.downcast_ref::<O::Error>().and_then(O::Error::code);
            code.is_some_and(|code| meta::INVALID_ENDPOINT.contains(&code))
        },
    };
    components.push_interceptor(SharedInterceptor::permanent(discover));
    components.push_retry_classifier(discover);
}

#[derive(Clone, Copy, Debug)]
struct Discover {
    operation: &'static str,
    required: bool,
    ids: fn(&Input) -> Ids<'_>,
    is_invalid: fn(&Error) -> bool,
}

impl Discover {
    fn asked(&self, input: &Input) -> Asked {
        let mut asked = Asked::default();
        if meta::EndpointDiscovery::BY_OPERATION {
            asked.operation = self.operation;
        }
        if meta::EndpointDiscovery::BY_IDS {
            for (name, value) in (self.ids)(input) {
                asked
                    .ids
                    .extend(value.map(|it| (name.to_owned(), it.to_owned())));
            }
        }
        asked
    }
}

#[dyn_dispatch_hint]
impl Intercept for Discover {
    fn name(&self) -> &'static str {
        "EndpointDiscovery"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let enabled = cfg.load::<EnableEndpointDiscovery>();
        let enabled = enabled.map_or(self.required, |it| it.0);
        // An endpoint that the user has set comes first.
        let is_wanted = enabled && cfg.load::<EndpointUrl>().is_none();
        let known = cfg.load::<Discovery>().filter(|_| is_wanted);
        let Some(Discovery(known)) = known.cloned() else {
            return Ok(());
        };
        let wanted = Wanted {
            known,
            asked: self.asked(context.input()),
            of_call: cfg.load::<OfCall>().map(|it| it.0.clone()),
            required: self.required,
            clock: components.time_source().unwrap_or_default(),
        };
        if let Some(params) = cfg.get_mut_from_interceptor_state::<EndpointResolverParams>() {
            params.set_property(wanted);
        }
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let error = context.output_or_error().and_then(Result::err);
        let error = error.and_then(OrchestratorError::as_operation_error);
        if !error.is_some_and(self.is_invalid) {
            return Ok(());
        }
        let known = cfg.load::<Discovery>();
        if let (Some(Discovery(known)), Some(endpoint)) = (known, cfg.load::<Endpoint>()) {
            known.forget(endpoint.url());
        }
        Ok(())
    }
}

/// Retries a call once, at another endpoint, if its endpoint was wrong.
impl ClassifyRetry for Discover {
    fn name(&self) -> &'static str {
        "EndpointDiscovery"
    }

    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let error = context.output_or_error().and_then(Result::err);
        let error = error.and_then(OrchestratorError::as_operation_error);
        match error.is_some_and(self.is_invalid) {
            true => RetryAction::transient_error(),
            false => RetryAction::NoActionIndicated,
        }
    }
}

/// The request for an endpoint, for the resolver.
#[derive(Debug)]
struct Wanted {
    known: Arc<Known>,
    asked: Asked,
    of_call: Option<SharedRuntimePlugin>,
    required: bool,
    clock: SharedTimeSource,
}

/// Resolves endpoints by discovery if the call needs it.
#[derive(Debug)]
pub(crate) struct DiscoveringResolver {
    rules: SharedEndpointResolver,
}

impl DiscoveringResolver {
    /// `rules` determine where the service is asked, and how requests are signed.
    pub(crate) fn shared(rules: SharedEndpointResolver) -> SharedEndpointResolver {
        SharedEndpointResolver::new(Self { rules })
    }
}

impl ResolveEndpoint for DiscoveringResolver {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        let Some(wanted) = params.get_property::<Wanted>() else {
            return self.rules.resolve_endpoint(params);
        };
        EndpointFuture::new(async move {
            let of_rules = self.rules.resolve_endpoint(params).await?;
            let key = Key::of(&of_rules, params, wanted.asked.clone());
            let found = wanted.known.endpoint(key, &wanted.of_call, &wanted.clock);
            match found.await {
                Ok(url) => Ok(of_rules.into_builder().url(url).build()),
                Err(error) if wanted.required => Err(error),
                Err(error) => {
                    tracing::debug!(%error, "no endpoint was discovered");
                    Ok(of_rules)
                }
            }
        })
    }

    fn finalize_params<'a>(
        &'a self,
        params: &'a mut EndpointResolverParams,
    ) -> Result<(), BoxError> {
        self.rules.finalize_params(params)
    }
}

/// Holds the endpoints that a client knows, for its calls.
#[derive(Clone, Debug)]
pub(crate) struct Discovery(pub(crate) Arc<Known>);

impl Storable for Discovery {
    type Storer = StoreReplace<Self>;
}

/// Gives a client a store of endpoints.
pub(crate) fn with_discovery(plugins: RuntimePlugins) -> RuntimePlugins {
    let mut layer = Layer::new("EndpointDiscovery");
    layer.store_put(Discovery(Arc::new(Known::new(plugins.clone()))));
    plugins.with_client_plugin(StaticRuntimePlugin::new().with_config(layer.freeze()))
}
