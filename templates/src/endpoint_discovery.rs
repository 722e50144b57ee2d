//! Endpoints that the service names.
//!
//! Some operations are called at an endpoint that the service tells beforehand. The client asks for
//! it with the first call, goes on with the answer for as long as it holds, and asks again when it
//! turns out to be wrong. With an endpoint of your own,
//! [`endpoint_url`](crate::config::Builder::endpoint_url), it does not ask.
//!
//! [`Client::with_endpoint_discovery_enabled`](crate::Client::with_endpoint_discovery_enabled) asks
//! before the first call, and gives a [`ReloadEndpoint`], which can ask in the background.

use std::fmt;
use std::sync::{Arc, Weak};

use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_types::endpoint_config::EndpointUrl;
use aws_types::sdk_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use crate::config::{Builder, Config, SharedAsyncSleep};
use crate::meta;
use crate::operation::discovery::{Discovery, Known, MARGIN};

/// Refreshes discovered endpoints before they expire.
///
/// Without it, a call whose endpoint has expired waits for a new one.
#[must_use = "endpoints are asked for in the background only while `reload_task` runs"]
pub struct ReloadEndpoint {
    known: Weak<Known>,
    clock: SharedTimeSource,
    sleep: Option<SharedAsyncSleep>,
}

impl ReloadEndpoint {
    /// Refreshes all endpoints that the client knows.
    ///
    /// If the service does not respond, the client keeps the old ones.
    pub async fn reload_once(&self) {
        if let Some(known) = self.known.upgrade() {
            known.renew(None, &self.clock).await;
        }
    }

    /// Refreshes endpoints before they expire, until the client and its clones are dropped. Run it
    /// in a separate task.
    ///
    /// It returns at once without an implementation of sleeping; see
    /// [`sleep_impl`](crate::config::Builder::sleep_impl).
    pub async fn reload_task(self) {
        while let Some(sleep) = &self.sleep {
            sleep.sleep(MARGIN).await;
            let Some(known) = self.known.upgrade() else {
                return;
            };
            let next = self.clock.now() + MARGIN;
            known.renew(Some(next), &self.clock).await;
        }
    }
}

impl fmt::Debug for ReloadEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReloadEndpoint").finish_non_exhaustive()
    }
}

/// Discovery of endpoints.
impl crate::Client {
    /// Enables endpoint discovery, and requests the first endpoint now.
    ///
    /// Operations that require it discover their endpoints anyway. This method finds out early
    /// whether discovery works, and the first call need not wait. If you have set an endpoint or a
    /// resolver, nothing is requested.
    ///
    /// ```ignore
    /// let (client, reload) = client.with_endpoint_discovery_enabled().await?;
    /// tokio::spawn(reload.reload_task());
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the service does not respond, or returns no endpoint.
    ///
    /// # Panics
    ///
    /// The same as [`from_conf`](Self::from_conf).
    pub async fn with_endpoint_discovery_enabled(self) -> Result<(Self, ReloadEndpoint), BoxError> {
        let conf = self.config().to_builder().enable_endpoint_discovery(true);
        let client = Self::from_conf(conf.build());
        let conf = client.config();
        let is_chosen = conf.config.load::<EndpointUrl>().is_some()
            || conf.runtime_components.endpoint_resolver().is_some();
        let mut cfg = ConfigBag::base();
        let plugins = &client.handle.runtime_plugins;
        let components = plugins.apply_client_configuration(&mut cfg)?;
        let clock = components.time_source().unwrap_or_default();
        let known = cfg.load::<Discovery>().map(|it| it.0.clone());
        if let (Some(known), false) = (&known, is_chosen) {
            known.begin(&clock).await?;
        }
        let reload = ReloadEndpoint {
            known: known.as_ref().map_or_else(Weak::new, Arc::downgrade),
            clock,
            sleep: components.sleep_impl(),
        };
        Ok((client, reload))
    }
}

/// Whether the user has turned endpoint discovery on or off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EnableEndpointDiscovery(pub(crate) bool);

impl Storable for EnableEndpointDiscovery {
    type Storer = StoreReplace<Self>;
}

impl Config {
    /// Returns whether endpoints are discovered, if that is set.
    #[inline]
    pub fn enable_endpoint_discovery(&self) -> Option<bool> {
        let enabled = self.config.load::<EnableEndpointDiscovery>();
        enabled.map(|enabled| enabled.0)
    }
}

impl Builder {
    /// Sets whether endpoints are discovered. By default, they are if the service requires it.
    ///
    /// The environment variable `AWS_ENABLE_ENDPOINT_DISCOVERY` and `endpoint_discovery_enabled` in
    /// a profile set it, too.
    pub fn enable_endpoint_discovery(mut self, enable: impl Into<Option<bool>>) -> Self {
        self.set_enable_endpoint_discovery(enable.into());
        self
    }

    /// Sets or removes [this setting](Self::enable_endpoint_discovery).
    #[inline]
    pub fn set_enable_endpoint_discovery(&mut self, enable: Option<bool>) -> &mut Self {
        self.config
            .store_or_unset(enable.map(EnableEndpointDiscovery));
        self
    }
}

/// Reads the setting from the environment or the profile.
pub(crate) fn enabled_by(sdk_config: &SdkConfig) -> Option<bool> {
    let key = ServiceConfigKey::builder()
        .service_id(meta::SDK_ID)
        .env("AWS_ENABLE_ENDPOINT_DISCOVERY")
        .profile("endpoint_discovery_enabled")
        .build()
        .expect("every part of the key is set");
    let set = sdk_config.service_config()?.load_config(key)?;
    match set.trim() {
        it if it.eq_ignore_ascii_case("true") => Some(true),
        it if it.eq_ignore_ascii_case("false") => Some(false),
        // Such as `auto`: the service decides.
        _ => None,
    }
}
