//! The default HTTPS client: hyper 1, with rustls on *ring*.

use std::collections::HashMap;
use std::future;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_smithy_async::rt::sleep::default_async_sleep;
use aws_smithy_http_client::Connector;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpConnector};
use aws_smithy_runtime_api::client::runtime_plugin::{Order, StaticRuntimePlugin};
use aws_smithy_types::timeout::TimeoutConfig;
use tokio::runtime::{self, Handle};

use crate::config::{
    ConfigBag, HttpClient, RuntimeComponents, RuntimeComponentsBuilder, SharedAsyncSleep,
    SharedHttpClient, SharedRuntimePlugin,
};
use crate::error::BoxError;

/// Returns the HTTPS client that this crate's clients use by default.
///
/// It speaks HTTP/1.1 and HTTP/2 over TLS 1.2 and 1.3, trusts the certificates of the operating
/// system, and goes through the proxy that `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`
/// describe. All clients in a Tokio runtime share its connections.
///
//~ if aws
/// A client that is created from a config without an HTTP client has it anyway. `aws-config` needs
/// it where its own HTTPS client is left out:
///
/// ```ignore
/// let config = aws_config::defaults(BehaviorVersion::latest())
///     .http_client(default_http_client())
///     .load()
///     .await;
/// ```
//~ end
//~ if not aws
/// A client that is created from a config without an HTTP client has it anyway.
//~ end
pub fn default_http_client() -> SharedHttpClient {
    SharedHttpClient::new(HttpsClient)
}

/// Supplies [`default_http_client`] to clients that are not configured with another one.
pub(crate) fn default_http_client_plugin() -> SharedRuntimePlugin {
    let components = RuntimeComponentsBuilder::new("default_http_client_plugin")
        .with_http_client(Some(default_http_client()));
    let plugin = StaticRuntimePlugin::new()
        .with_order(Order::Defaults)
        .with_runtime_components(components);
    SharedRuntimePlugin::new(plugin)
}

/// The connectors of the process, each with its pool of connections.
static CONNECTORS: LazyLock<Mutex<HashMap<Key, SharedHttpConnector>>> =
    LazyLock::new(Mutex::default);

fn connectors() -> MutexGuard<'static, HashMap<Key, SharedHttpConnector>> {
    CONNECTORS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The key of a connector. Nearly all programs have a single one.
///
/// A connection makes progress only in the runtime that opened it, and breaks when that ends: two
/// runtimes must not share a pool.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Key {
    runtime: runtime::Id,
    timeouts: Timeouts,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Timeouts {
    connect: Option<Duration>,
    read: Option<Duration>,
}

/// Returns the connector of the current runtime, and creates it if there is none.
fn connector(timeouts: Timeouts, sleep_impl: Option<SharedAsyncSleep>) -> SharedHttpConnector {
    let Ok(runtime) = Handle::try_current() else {
        return new_connector(timeouts, sleep_impl);
    };
    let key = Key {
        runtime: runtime.id(),
        timeouts,
    };
    let mut is_new = false;
    let connector = connectors()
        .entry(key)
        .or_insert_with(|| {
            is_new = true;
            new_connector(timeouts, sleep_impl)
        })
        .clone();
    if is_new {
        let forget = ForgetConnector(key);
        runtime.spawn(async move {
            let _until_shutdown = forget;
            future::pending::<()>().await;
        });
    }
    connector
}

/// Drops a connector together with a task of its runtime, when the runtime shuts down.
struct ForgetConnector(Key);

impl Drop for ForgetConnector {
    fn drop(&mut self) {
        // Two statements, so that connections are closed after the lock is released.
        let connector = connectors().remove(&self.0);
        drop(connector);
    }
}

fn new_connector(timeouts: Timeouts, sleep_impl: Option<SharedAsyncSleep>) -> SharedHttpConnector {
    let mut settings = HttpConnectorSettings::builder();
    settings
        .set_connect_timeout(timeouts.connect)
        .set_read_timeout(timeouts.read);
    let mut connector = Connector::builder()
        .connector_settings(settings.build())
        .proxy_config(ProxyConfig::from_env())
        .tls_provider(Provider::rustls(CryptoMode::Ring));
    // The timer of one client must not be used by the connections of all others.
    connector.set_sleep_impl(default_async_sleep().or(sleep_impl));
    SharedHttpConnector::new(connector.build())
}

/// Returns the connectors of the process.
#[derive(Debug)]
struct HttpsClient;

impl HttpClient for HttpsClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let timeouts = Timeouts {
            connect: settings.connect_timeout(),
            read: settings.read_timeout(),
        };
        connector(timeouts, components.sleep_impl())
    }

    /// Creates the connector together with a client, rather than in its first request: loading the
    /// certificates takes a while.
    fn validate_base_client_config(
        &self,
        components: &RuntimeComponentsBuilder,
        cfg: &ConfigBag,
    ) -> Result<(), BoxError> {
        let config = cfg.load::<TimeoutConfig>();
        let timeouts = Timeouts {
            connect: config.and_then(TimeoutConfig::connect_timeout),
            read: config.and_then(TimeoutConfig::read_timeout),
        };
        // Without a timer, other checks refuse the client and say why.
        if let Some(sleep_impl) = components.sleep_impl() {
            connector(timeouts, Some(sleep_impl));
        }
        Ok(())
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        Some(ConnectorMetadata::new("hyper", Some("1.x".into())))
    }
}

//~ if package
#[cfg(all(test, feature = "rt-tokio"))]
mod tests {
    use tokio::runtime::Runtime;

    use super::*;

    const TIMEOUTS: Timeouts = Timeouts {
        connect: Some(Duration::from_secs(1)),
        read: None,
    };

    fn runtime() -> Runtime {
        runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime")
    }

    fn connectors_of(runtime: runtime::Id) -> usize {
        connectors()
            .keys()
            .filter(|key| key.runtime == runtime)
            .count()
    }

    #[test]
    fn a_runtime_has_one_connector_for_all_clients_until_it_ends() {
        let (one, other) = (runtime(), runtime());
        let (id, other_id) = (one.handle().id(), other.handle().id());
        for runtime in [&one, &one, &other] {
            runtime.block_on(async { connector(TIMEOUTS, None) });
        }
        assert_eq!((connectors_of(id), connectors_of(other_id)), (1, 1));
        drop(one);
        assert_eq!((connectors_of(id), connectors_of(other_id)), (0, 1));
    }

    #[test]
    fn timeouts_are_those_of_the_connector() {
        let runtime = runtime();
        let patient = Timeouts {
            connect: None,
            read: None,
        };
        for timeouts in [TIMEOUTS, patient, TIMEOUTS] {
            runtime.block_on(async { connector(timeouts, None) });
        }
        assert_eq!(connectors_of(runtime.handle().id()), 2);
    }
}
//~ end
