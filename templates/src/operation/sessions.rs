//! Sessions: calls whose endpoint wants it are signed with credentials that the service gives for one
//! thing and a short time.
//!
//! The endpoint names an auth scheme of its own. Its identity is that of a session: the one that is
//! kept for what the call is about, or a new one, which a call of its own opens with the credentials
//! of the caller. Clones of a client share its sessions.

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

/// How many sessions a client keeps at most.
const MOST: usize = 100;

/// How long before its end a session is used no longer.
const MARGIN: Duration = Duration::from_secs(10);

/// What a client has for calls in sessions: the auth scheme, and where the token goes.
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

/// Takes the choice to do without sessions from the environment or the profile.
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

/// What the environment says to a client that is configured without `aws-config`, too.
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

/// What the token is called in a request whose endpoint wants a session.
fn token_name(cfg: &ConfigBag) -> Option<&'static str> {
    cfg.load::<Endpoint>().filter(|it| wants_session(it))?;
    let signing = cfg.load::<SigV4OperationSigningConfig>()?;
    Some(match signing.signing_options.signature_type {
        HttpSignatureType::HttpRequestHeaders => service::HEADER,
        HttpSignatureType::HttpRequestQueryParams => service::PARAMETER,
    })
}

/// Whether an endpoint names the scheme, in either form that it may have.
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
            // Who has no credentials can open no session.
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
    /// What sessions are opened with.
    plugins: OnceLock<RuntimePlugins>,
    /// When a request is signed for others, the clock of its call may be another one.
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

    /// The client's own plugins. Its interceptors are about calls of its user, who makes none here.
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

/// Who makes a call.
async fn caller(components: &RuntimeComponents, cfg: &ConfigBag) -> Result<Identity, BoxError> {
    let resolver = components.identity_resolver(sigv4::SCHEME_ID);
    let resolver = resolver.ok_or("there are no credentials to open a session with")?;
    let cache = components.identity_cache();
    cache
        .resolve_cached_identity(resolver, components, cfg)
        .await
}

/// Of what a session is, and whose.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    subject: String,
    access_key: String,
    /// Whoever does not know the secret gets no session of another.
    secret: u64,
}

/// A session, or the place for one. Calls that need it at the same time open it once.
type Session = ExpiringCache<Identity, BoxError>;

/// The sessions that are kept, and when each of them was used last.
#[derive(Default)]
struct Known {
    sessions: HashMap<Key, (Session, u64)>,
    uses: u64,
}

impl Known {
    /// The session of this key. Where there are too many, the one is forgotten that was used longest
    /// ago.
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
/// Credentials for calls in tests that end before they are sent: no session is opened for them.
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
