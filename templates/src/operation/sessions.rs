//! Sessions: some endpoints require that calls are signed with temporary credentials for a single
//! resource.
//!
//! The endpoint names an auth scheme of its own. Its identity is that of a session: one that the
//! client keeps for the resource, or a new one, which a separate call opens with the credentials of
//! the caller. Clones of a client share its sessions.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::env;
use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_runtime::auth::sigv4::{self, SigV4Signer};
use aws_runtime::auth::{
    HttpSignatureType, SigV4OperationSigningConfig, SigV4SessionTokenNameOverride,
};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::expiring_cache::ExpiringCache;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemeId, SharedAuthScheme, Sign};
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, IdentityFuture, ResolveCachedIdentity, ResolveIdentity,
    SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::interceptors::error::ContextAttachedError;
use aws_smithy_runtime_api::client::runtime_components::{
    GetIdentityResolver, RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{Order, RuntimePlugins, StaticRuntimePlugin};
use aws_smithy_types::Document;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::endpoint::Endpoint;
use aws_types::sdk_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use super::of_call::OfCall;
use super::runtime::{self, Specified};
//~ if package
//~ if endpoint-calls
#[cfg(test)]
use crate::config::SharedCredentialsProvider;
//~ end
//~ end
use crate::config::endpoint::Params;
use crate::config::{Builder, Config, IdentityCache, base_client_runtime_plugins};
use crate::meta;

mod service;

/// The maximum number of sessions that a client keeps.
const MOST: usize = 100;

/// How long before its end the client stops using a session.
const MARGIN: Duration = Duration::from_secs(10);

/// The plugin for calls in sessions: the auth scheme, and the header of the token.
pub(crate) fn plugin(config: &Config) -> StaticRuntimePlugin {
    let sessions = SharedIdentityResolver::new(Sessions::new(config.clone()));
    let scheme = SharedAuthScheme::new(SessionScheme {
        signer: SigV4Signer::new(),
        sessions,
    });
    let mut of_environment = Builder::new();
    service::disable(&mut of_environment, disabled_by_environment());
    let mut layer = Layer::from(of_environment.config).with_name("Sessions");
    layer.store_put(SigV4SessionTokenNameOverride::new(|settings, cfg| {
        let usual = settings.session_token_name_override;
        Ok(token_name(cfg).or(usual))
    }));
    StaticRuntimePlugin::new()
        .with_order(Order::Defaults)
        .with_config(layer.freeze())
        .with_runtime_components(RuntimeComponentsBuilder::new("Sessions").with_auth_scheme(scheme))
}

/// Reads from the environment or the profile whether sessions are disabled.
pub(crate) fn configure(builder: &mut Builder, sdk_config: &SdkConfig) {
    let key = ServiceConfigKey::builder()
        .service_id(meta::SDK_ID)
        .env(service::VARIABLE)
        .profile(service::PROFILE)
        .build()
        .expect("every part of the key is set");
    let set = sdk_config
        .service_config()
        .and_then(|service_config| service_config.load_config(key));
    service::disable(builder, set.as_deref().and_then(switch));
}

/// Reads the environment, also for clients that are configured without `aws-config`.
fn disabled_by_environment() -> Option<bool> {
    let set = env::var(service::VARIABLE).ok()?;
    let switch = switch(&set);
    if switch.is_none() {
        let name = service::VARIABLE;
        tracing::warn!("`{name}` is neither `true` nor `false`, and says nothing: `{set}`");
    }
    switch
}

fn switch(text: &str) -> Option<bool> {
    match text.trim() {
        it if it.eq_ignore_ascii_case("true") => Some(true),
        it if it.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// The name of the token in a request whose endpoint requires a session.
fn token_name(cfg: &ConfigBag) -> Option<&'static str> {
    cfg.load::<Endpoint>().filter(|it| wants_session(it))?;
    let signing = cfg.load::<SigV4OperationSigningConfig>()?;
    Some(match signing.signing_options.signature_type {
        HttpSignatureType::HttpRequestHeaders => service::HEADER,
        HttpSignatureType::HttpRequestQueryParams => service::PARAMETER,
    })
}

/// Whether an endpoint names the scheme, in either of its forms.
fn wants_session(endpoint: &Endpoint) -> bool {
    let wanted = service::SCHEME_ID;
    let mut typed = endpoint.auth_schemes().iter();
    let listed = endpoint.properties().get("authSchemes");
    let listed = listed.and_then(Document::as_array);
    let mut listed = listed.into_iter().flatten();
    typed.any(|scheme| scheme.name() == wanted.inner())
        || listed.any(|scheme| {
            let name = scheme.as_object().and_then(|it| it.get("name"));
            name.and_then(Document::as_string) == Some(wanted.inner())
        })
}

/// Signature Version 4 with the credentials of a session.
#[derive(Debug)]
struct SessionScheme {
    signer: SigV4Signer,
    sessions: SharedIdentityResolver,
}

impl AuthScheme for SessionScheme {
    fn scheme_id(&self) -> AuthSchemeId {
        service::SCHEME_ID
    }

    fn identity_resolver(&self, known: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        let of_user = known.identity_resolver(self.scheme_id());
        of_user.or_else(|| {
            // Callers without credentials cannot open sessions.
            known.identity_resolver(sigv4::SCHEME_ID)?;
            Some(self.sessions.clone())
        })
    }

    fn signer(&self) -> &dyn Sign {
        &self.signer
    }
}

/// The sessions of a client.
struct Sessions {
    config: Config,
    /// The plugins for calls that open sessions.
    plugins: OnceLock<RuntimePlugins>,
    /// Presigned requests may use another clock.
    clock: SharedTimeSource,
    hasher: RandomState,
    known: Mutex<Known>,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

impl ResolveIdentity for Sessions {
    fn resolve_identity<'a>(
        &'a self,
        components: &'a RuntimeComponents,
        cfg: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(async move {
            let params = cfg.load::<EndpointResolverParams>();
            let params = params.and_then(EndpointResolverParams::get::<Params>);
            let subject = params.and_then(service::subject);
            let subject =
                subject.ok_or("the endpoint wants a session, and it is not known of what")?;
            let caller = caller(components, cfg).await?;
            let session = lock(&self.known).session(self.key(subject, &caller));
            let now = self.clock.now();
            if let Some(identity) = session.yield_or_clear_if_expired(now).await {
                return Ok(identity);
            }
            let of_call = cfg.load::<OfCall>();
            let opened = session.get_or_load(|| self.open(subject, caller, of_call));
            opened.await
        })
    }

    fn cache_location(&self) -> IdentityCacheLocation {
        IdentityCacheLocation::IdentityResolver
    }
}

impl Sessions {
    fn new(config: Config) -> Self {
        Self {
            plugins: OnceLock::new(),
            clock: config.runtime_components.time_source().unwrap_or_default(),
            hasher: RandomState::new(),
            known: Mutex::default(),
            config,
        }
    }

    fn key(&self, subject: &str, caller: &Identity) -> Key {
        let credentials = caller.data::<Credentials>();
        let id = credentials.map(Credentials::access_key_id);
        let secret = credentials.map(Credentials::secret_access_key);
        Key {
            subject: subject.to_owned(),
            access_key: id.unwrap_or_default().to_owned(),
            secret: self.hasher.hash_one(secret),
        }
    }

    /// Opens a session.
    async fn open(
        &self,
        subject: &str,
        caller: Identity,
        of_call: Option<&OfCall>,
    ) -> Result<(Identity, SystemTime), BoxError> {
        let caller = RuntimeComponentsBuilder::new("Sessions")
            .with_identity_resolver(sigv4::SCHEME_ID, SharedIdentityResolver::new(caller))
            .with_identity_cache(Some(IdentityCache::no_cache()));
        let plugins = self
            .plugins()
            .clone()
            .with_operation_plugin(service::Open::default())
            .with_operation_plugins(of_call.map(|it| it.0.clone()))
            .with_operation_plugin(StaticRuntimePlugin::new().with_runtime_components(caller));
        let input = Input::erase(service::input(subject)?);
        let spec = <service::Open as Specified>::SPEC;
        let output = runtime::orchestrate(spec, &plugins, input).await;
        let output = runtime::typed_result::<service::Open>(output)
            .map_err(|error| ContextAttachedError::new("no session could be opened", error))?;
        let found = service::credentials(output);
        let mut credentials: Credentials = found
            .ok_or("a session was opened, and its credentials are missing")?
            .try_into()?;
        let features = credentials.get_property_mut_or_default::<Vec<AwsCredentialFeature>>();
        features.extend(service::FEATURE);
        let end = credentials.expiry().unwrap_or_else(|| self.clock.now());
        Ok((credentials.into(), end))
    }

    /// The client's own plugins, without interceptors: the user does not make this call.
    fn plugins(&self) -> &RuntimePlugins {
        self.plugins.get_or_init(|| {
            let mut config = self.config.clone();
            config
                .runtime_components
                .set_interceptors(std::iter::empty());
            base_client_runtime_plugins(config)
        })
    }
}

/// The caller.
async fn caller(components: &RuntimeComponents, cfg: &ConfigBag) -> Result<Identity, BoxError> {
    let resolver = components.identity_resolver(sigv4::SCHEME_ID);
    let resolver = resolver.ok_or("there are no credentials to open a session with")?;
    let cache = components.identity_cache();
    cache
        .resolve_cached_identity(resolver, components, cfg)
        .await
}

/// Identifies a session: its resource and its owner.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    subject: String,
    access_key: String,
    /// Prevents callers who do not know the secret from using the session.
    secret: u64,
}

/// A session, or a place for one. Concurrent calls open a single session.
type Session = ExpiringCache<Identity, BoxError>;

/// The sessions of a client, and when each of them was last used.
#[derive(Default)]
struct Known {
    sessions: HashMap<Key, (Session, u64)>,
    uses: u64,
}

impl Known {
    /// Returns the session with this key. If there are too many sessions, removes the one that was
    /// not used for the longest time.
    fn session(&mut self, key: Key) -> Session {
        self.uses += 1;
        if self.sessions.len() >= MOST && !self.sessions.contains_key(&key) {
            let oldest = self.sessions.iter().min_by_key(|(_, (_, used))| *used);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                self.sessions.remove(&oldest);
            }
        }
        let new = || (Session::new(MARGIN), 0);
        let (session, used) = self.sessions.entry(key).or_insert_with(new);
        *used = self.uses;
        session.clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//~ if package
//~ if endpoint-calls
/// Credentials for tests whose calls are not sent. They need no session.
#[cfg(test)]
pub(crate) fn with_credentials(mut config: Builder) -> Builder {
    let credentials = Credentials::new("", "", None, None, "tests");
    let credentials = SharedCredentialsProvider::new(credentials);
    config
        .runtime_components
        .set_identity_resolver(service::SCHEME_ID, credentials);
    config
}

//~ end
//~ end
