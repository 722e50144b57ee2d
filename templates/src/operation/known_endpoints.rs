//! Stores the endpoints that a service has named, and requests new ones before they expire.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::expiring_cache::ExpiringCache;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextRef, Input,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{
    RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin,
};
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::endpoint::Endpoint;

use super::discovery::Discovers;
use super::runtime;
use crate::config::user_agent::OwnInterceptors;
use crate::meta;

/// The maximum number of endpoints that a client stores.
const MOST: usize = 1000;

/// How long the client uses an old endpoint, after a request for a new one has failed, before it
/// sends the next request.
const PAUSE: Duration = Duration::from_secs(60);

/// How long before it expires an endpoint is renewed, at most.
pub(crate) const MARGIN: Duration = Duration::from_secs(60);

/// The members of the request for an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) operation: &'static str,
    /// In the order of the input's members.
    pub(crate) ids: Vec<(String, String)>,
}

/// Identifies an endpoint: who uses it, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    asked: Asked,
    /// The endpoint without discovery. It identifies the region.
    rules: String,
    /// The owner of the credentials.
    access_key: String,
}

impl Key {
    pub(super) fn of(of_rules: &Endpoint, params: &EndpointResolverParams, asked: Asked) -> Self {
        let identity = params.get_property::<Identity>();
        let credentials = identity.and_then(Identity::data::<Credentials>);
        Self {
            asked,
            rules: of_rules.url().to_owned(),
            access_key: credentials
                .map_or("", Credentials::access_key_id)
                .to_owned(),
        }
    }
}

/// The endpoints that a client knows.
#[derive(Debug)]
pub(crate) struct Known {
    /// The plugins for requests of endpoints: the client's own. Such requests discover no endpoint.
    plugins: RuntimePlugins,
    /// A list and no map, because most clients know a single endpoint.
    endpoints: Mutex<Vec<(Key, Arc<Entry>)>>,
}

impl Known {
    /// A store for the endpoints of a client with these plugins.
    pub(super) fn new(plugins: RuntimePlugins) -> Self {
        Self {
            plugins,
            endpoints: Mutex::default(),
        }
    }

    /// Returns the endpoint for a key: a known one, or a new one.
    pub(super) async fn endpoint(
        &self,
        key: Key,
        of_call: &Option<SharedRuntimePlugin>,
        clock: &SharedTimeSource,
    ) -> Result<String, BoxError> {
        let entry = {
            let mut endpoints = lock(&self.endpoints);
            match endpoints.iter().find(|(known, _)| *known == key) {
                Some((_, entry)) => entry.clone(),
                None => {
                    let entry = Arc::new(Entry::new(key.asked.clone(), of_call.clone()));
                    put(&mut endpoints, key, entry.clone());
                    entry
                }
            }
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

    /// Requests an endpoint.
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

    /// Requests the endpoint that does not depend on operation and input, if there is one.
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

    /// Renews all endpoints that expire within this time. If the service does not respond, the old
    /// ones stay.
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
        // Nothing has failed, so it exists.
        let _ = kept.await;
        let mut endpoints = lock(&self.endpoints);
        endpoints.retain(|(known, _)| *known != key);
        put(&mut endpoints, key, Arc::new(entry));
    }

    /// Removes an endpoint that is no longer valid.
    pub(super) fn forget(&self, url: &str) {
        lock(&self.endpoints).retain(|(_, entry)| {
            let state = lock(&entry.state);
            state.last.as_ref().is_none_or(|last| last.url != url)
        });
    }
}

/// Adds an endpoint that is not known yet.
fn put(endpoints: &mut Vec<(Key, Arc<Entry>)>, key: Key, entry: Arc<Entry>) {
    if endpoints.len() >= MOST {
        endpoints.clear();
    }
    endpoints.push((key, entry));
}

/// How long an endpoint is used: until shortly before it expires, and for a year at most.
fn period(minutes: i64) -> Duration {
    let minutes = u64::try_from(minutes.clamp(0, 525_600)).unwrap_or_default();
    let period = Duration::from_secs(minutes * 60);
    period - MARGIN.min(period / 10)
}

/// An endpoint that the service has named.
#[derive(Clone, Debug)]
struct Found {
    url: String,
    /// The time of its renewal.
    until: SystemTime,
}

/// An entry of the store, with or without an endpoint.
#[derive(Debug)]
struct Entry {
    asked: Asked,
    of_call: Option<SharedRuntimePlugin>,
    /// Concurrent calls send a single request.
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

/// The state that outlives failed requests.
#[derive(Debug, Default)]
struct State {
    last: Option<Found>,
    failed: Option<SystemTime>,
}

impl State {
    /// The old endpoint, if a request has failed recently.
    fn while_failing(&self, now: SystemTime) -> Option<String> {
        let failed = self.failed.filter(|failed| now < *failed + PAUSE);
        failed.and(self.last.as_ref()).map(|last| last.url.clone())
    }

    /// Stores a new endpoint, or notes that the request failed. Then the old one stays in use.
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

/// Captures the key of a request for an endpoint, so that calls find that endpoint.
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
