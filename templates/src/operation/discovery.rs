//! Endpoints that the service names: before a call, it is asked where the request is to go. See
//! [endpoint discovery].
//!
//! An interceptor decides whether an endpoint is wanted, and leaves the question with the parameters
//! of the endpoint. The resolver answers it with each attempt, so that an attempt after the error
//! of a wrong endpoint goes to another one.
//!
//! [endpoint discovery]: https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::expiring_cache::ExpiringCache;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, BeforeTransmitInterceptorContextRef, Error,
    FinalizerInterceptorContextRef, Input, InterceptorContext,
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

use super::runtime::{self, Operation};
use crate::config::user_agent::OwnInterceptors;
use crate::config::{Builder, ConfigOverrideRuntimePlugin};
use crate::endpoint_discovery::EnableEndpointDiscovery;
use crate::meta;

/// How many endpoints a client knows at most.
const MOST: usize = 1000;

/// For how long the service is not asked again after it has not answered, while there is an old
/// endpoint to go on with.
const PAUSE: Duration = Duration::from_secs(60);

/// How much earlier than need be an endpoint is renewed, at most.
pub(crate) const MARGIN: Duration = Duration::from_secs(60);

/// The operation that names endpoints.
pub(crate) trait Discovers: Operation + RuntimePlugin + Default {
    /// Whether the service is told which operation wants an endpoint.
    const BY_OPERATION: bool;

    /// Whether the service is told members of the input.
    const BY_IDS: bool;

    /// Asks for endpoints.
    fn input(asked: &Asked) -> Result<Self::Input, BuildError>;

    /// The first endpoint, and for how many minutes it holds.
    fn endpoint(output: Self::Output) -> Option<(String, i64)>;
}

/// An operation whose endpoint is discovered.
pub(crate) trait Discovered: Operation {
    /// Whether it has no other one.
    const REQUIRED: bool;

    /// The members of the input that the endpoint depends on, by the model's names.
    fn ids(_input: &Self::Input) -> Ids<'_> {
        Vec::new()
    }
}

/// What the service is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    pub(crate) operation: &'static str,
    pub(crate) ids: BTreeMap<String, String>,
}

/// Members of an input, by the model's names.
type Ids<'a> = Vec<(&'static str, Option<&'a str>)>;

/// Has calls of the operation ask for an endpoint.
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
        // Where the user says where to go, nobody else is asked.
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

/// A call whose endpoint was wrong is made once more, to another one.
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

/// What the resolver of endpoints is asked for.
#[derive(Debug)]
struct Wanted {
    known: Arc<Known>,
    asked: Asked,
    of_call: Option<SharedRuntimePlugin>,
    required: bool,
    clock: SharedTimeSource,
}

/// The resolver that asks the service, where that is wanted.
#[derive(Debug)]
pub(crate) struct DiscoveringResolver {
    rules: SharedEndpointResolver,
}

impl DiscoveringResolver {
    /// `rules` say where the service is asked, and how requests are signed.
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

/// Whose endpoint it is, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    /// Where requests would go otherwise: it tells the region.
    rules: String,
    /// Whose the credentials are.
    access_key: String,
    asked: Asked,
}

impl Key {
    fn of(of_rules: &Endpoint, params: &EndpointResolverParams, asked: Asked) -> Self {
        let identity = params.get_property::<Identity>();
        let credentials = identity.and_then(Identity::data::<Credentials>);
        Self {
            rules: of_rules.url().to_owned(),
            access_key: credentials
                .map_or("", Credentials::access_key_id)
                .to_owned(),
            asked,
        }
    }
}

/// What a client knows, where its calls find it.
#[derive(Clone, Debug)]
pub(crate) struct Discovery(pub(crate) Arc<Known>);

impl Storable for Discovery {
    type Storer = StoreReplace<Self>;
}

/// What the configuration of a call adds to that of the client.
#[derive(Debug)]
struct OfCall(SharedRuntimePlugin);

impl Storable for OfCall {
    type Storer = StoreReplace<Self>;
}

/// Gives a client a place for endpoints.
pub(crate) fn with_discovery(plugins: RuntimePlugins) -> RuntimePlugins {
    let mut layer = Layer::new("EndpointDiscovery");
    layer.store_put(Discovery(Arc::new(Known {
        plugins: plugins.clone(),
        endpoints: Mutex::default(),
    })));
    plugins.with_client_plugin(StaticRuntimePlugin::new().with_config(layer.freeze()))
}

/// Has the service asked with the same configuration as a call is made with.
///
/// The interceptors of the call are about its own request, and do not see the other one.
pub(super) fn asked_alike(plugins: RuntimePlugins, config_override: &Builder) -> RuntimePlugins {
    let mut of_question = config_override.clone();
    of_question
        .runtime_components
        .set_interceptors(std::iter::empty());
    let of_question = ConfigOverrideRuntimePlugin::new(of_question);
    let mut layer = Layer::new("EndpointDiscovery");
    layer.store_put(OfCall(SharedRuntimePlugin::new(of_question)));
    plugins.with_operation_plugin(StaticRuntimePlugin::new().with_config(layer.freeze()))
}

/// The endpoints that a client knows.
#[derive(Debug)]
pub(crate) struct Known {
    /// What the service is asked with: the client's own, which do not ask in turn.
    plugins: RuntimePlugins,
    endpoints: Mutex<HashMap<Key, Arc<Entry>>>,
}

impl Known {
    async fn endpoint(
        &self,
        key: Key,
        of_call: &Option<SharedRuntimePlugin>,
        clock: &SharedTimeSource,
    ) -> Result<String, BoxError> {
        let entry = {
            let mut endpoints = lock(&self.endpoints);
            if endpoints.len() >= MOST && !endpoints.contains_key(&key) {
                endpoints.clear();
            }
            let asked = key.asked.clone();
            let entry = || Arc::new(Entry::new(asked, of_call.clone()));
            endpoints.entry(key).or_insert_with(entry).clone()
        };
        let now = clock.now();
        if let Some(found) = entry.fresh.yield_or_clear_if_expired(now).await {
            return Ok(found.url);
        }
        if let Some(url) = lock(&entry.state).while_failing(now) {
            return Ok(url);
        }
        let of_call = entry.of_call.iter().cloned();
        let found = entry.fresh.get_or_load(|| async {
            let found = self.ask(&entry.asked, of_call, clock).await?;
            let until = found.until;
            Ok((found, until))
        });
        let found = found.await;
        lock(&entry.state).note(found, now)
    }

    /// Asks the service for an endpoint.
    async fn ask(
        &self,
        asked: &Asked,
        plugins: impl Iterator<Item = SharedRuntimePlugin>,
        clock: &SharedTimeSource,
    ) -> Result<Found, BoxError> {
        let operation = meta::EndpointDiscovery::default();
        let plugins = self
            .plugins
            .clone()
            .with_operation_plugin(operation)
            .with_operation_plugins(plugins);
        let input = Input::erase(meta::EndpointDiscovery::input(asked)?);
        let spec = <meta::EndpointDiscovery as runtime::Specified>::SPEC;
        let output = runtime::orchestrate(spec, &plugins, input).await;
        let output = runtime::typed_result::<meta::EndpointDiscovery>(output)?;
        let (address, minutes) = meta::EndpointDiscovery::endpoint(output)
            .ok_or("the service was asked for an endpoint, and names none")?;
        let url = match address.contains("://") {
            true => address,
            false => format!("https://{address}"),
        };
        let until = clock.now() + period(minutes);
        Ok(Found { url, until })
    }

    /// Asks for the endpoint of calls that tell the service nothing, if there are such calls.
    pub(crate) async fn begin(&self, clock: &SharedTimeSource) -> Result<(), BoxError> {
        if meta::EndpointDiscovery::BY_OPERATION || meta::EndpointDiscovery::BY_IDS {
            return Ok(());
        }
        let seen = Seen::default();
        let components = RuntimeComponentsBuilder::new("EndpointDiscovery")
            .with_interceptor(SharedInterceptor::permanent(seen.clone()));
        let mut layer = Layer::new("EndpointDiscovery");
        layer.store_append(OwnInterceptors::of(&components));
        let plugin = StaticRuntimePlugin::new()
            .with_config(layer.freeze())
            .with_runtime_components(components);
        let plugins = [SharedRuntimePlugin::new(plugin)].into_iter();
        let found = self.ask(&Asked::default(), plugins, clock).await?;
        if let Some(key) = seen.0.get() {
            self.keep(key.clone(), None, found).await;
        }
        Ok(())
    }

    /// Asks anew for all endpoints that are not used for longer than that. Where the service does not
    /// answer, the old ones stay.
    pub(crate) async fn renew(&self, until: Option<SystemTime>, clock: &SharedTimeSource) {
        let known = lock(&self.endpoints).clone();
        for (key, entry) in known {
            let is_old = |found: &Found| until.is_none_or(|until| found.until <= until);
            if !lock(&entry.state).last.as_ref().is_none_or(is_old) {
                continue;
            }
            let plugins = entry.of_call.iter().cloned();
            match self.ask(&entry.asked, plugins, clock).await {
                Ok(found) => self.keep(key, entry.of_call.clone(), found).await,
                Err(error) => tracing::debug!(%error, "no endpoint was discovered"),
            }
        }
    }

    async fn keep(&self, key: Key, of_call: Option<SharedRuntimePlugin>, found: Found) {
        let entry = Entry::new(key.asked.clone(), of_call);
        lock(&entry.state).last = Some(found.clone());
        let until = found.until;
        let kept = entry.fresh.get_or_load(|| async { Ok((found, until)) });
        // It is there by now, since nothing has failed.
        let _ = kept.await;
        lock(&self.endpoints).insert(key, Arc::new(entry));
    }

    /// Forgets an endpoint that does not hold any more.
    fn forget(&self, url: &str) {
        lock(&self.endpoints).retain(|_, entry| {
            let state = lock(&entry.state);
            state.last.as_ref().is_none_or(|last| last.url != url)
        });
    }
}

/// For how long an endpoint is used: until a little before it does not hold any more. A year is
/// as good as for ever.
fn period(minutes: i64) -> Duration {
    let minutes = u64::try_from(minutes.clamp(0, 525_600)).unwrap_or_default();
    let period = Duration::from_secs(minutes * 60);
    period - MARGIN.min(period / 10)
}

/// What the service has named.
#[derive(Clone, Debug)]
struct Found {
    url: String,
    /// Until when it is used.
    until: SystemTime,
}

/// An endpoint, whether the service has named it or is to be asked for it.
#[derive(Debug)]
struct Entry {
    asked: Asked,
    of_call: Option<SharedRuntimePlugin>,
    /// Calls that need it at the same time ask once.
    fresh: ExpiringCache<Found, BoxError>,
    state: Mutex<State>,
}

impl Entry {
    fn new(asked: Asked, of_call: Option<SharedRuntimePlugin>) -> Self {
        Self {
            asked,
            of_call,
            fresh: ExpiringCache::new(Duration::ZERO),
            state: Mutex::default(),
        }
    }
}

/// What goes on when the service does not answer.
#[derive(Debug, Default)]
struct State {
    last: Option<Found>,
    failed: Option<SystemTime>,
}

impl State {
    /// The old endpoint, if the service has lately not answered.
    fn while_failing(&self, now: SystemTime) -> Option<String> {
        let failed = self.failed.filter(|failed| now < *failed + PAUSE);
        failed.and(self.last.as_ref()).map(|last| last.url.clone())
    }

    /// Notes an answer. Without one, the old endpoint is better than none.
    fn note(
        &mut self,
        found: Result<Found, BoxError>,
        now: SystemTime,
    ) -> Result<String, BoxError> {
        match found {
            Ok(found) => {
                self.failed = None;
                Ok(self.last.insert(found).url.clone())
            }
            Err(error) => {
                self.failed = Some(now);
                let last = self.last.as_ref();
                last.map(|last| last.url.clone()).ok_or(error)
            }
        }
    }
}

/// Notes what the client asks for an endpoint with, so that calls find that endpoint.
#[derive(Clone, Debug, Default)]
struct Seen(Arc<OnceLock<Key>>);

#[dyn_dispatch_hint]
impl Intercept for Seen {
    fn name(&self) -> &'static str {
        "EndpointDiscovery"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let params = cfg.load::<EndpointResolverParams>();
        if let (Some(endpoint), Some(params)) = (cfg.load::<Endpoint>(), params) {
            let key = Key::of(endpoint, params, Asked::default());
            let _ = self.0.set(key);
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
