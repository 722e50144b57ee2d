//! The builder of a [`Config`]. Its setters are grouped by subject.

use std::any;

//~ if aws
use aws_runtime::user_agent::ApiMetadata;
//~ end
use aws_smithy_types::config_bag::CloneableLayer;
//~ if aws
use aws_types::SigningName;
use aws_types::region::SigningRegion;
//~ end

//~ if aws
use crate::config::{
    BehaviorVersion, Config, FrozenLayer, Layer, Region, RuntimeComponentsBuilder,
    SharedRuntimePlugin,
};
//~ end
//~ if not aws
use crate::config::{
    BehaviorVersion, Config, FrozenLayer, Layer, RuntimeComponentsBuilder, SharedRuntimePlugin,
};
//~ end
//~ if aws
use crate::meta;
//~ end

mod resilience;
mod transport;

/// Builder of a [`Config`].
///
/// Every setting exists twice: as a method that takes and returns the builder, to be chained, and
/// as a `set_…` method for a builder behind a mutable reference.
///
/// ```ignore
/// let config = Config::builder()
///     .behavior_version(BehaviorVersion::latest())
//~ if aws
///     .region(Region::new("eu-west-1"))
///     .credentials_provider(credentials)
//~ end
///     .build();
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    pub(crate) config: CloneableLayer,
    pub(crate) runtime_components: RuntimeComponentsBuilder,
    pub(crate) runtime_plugins: Vec<SharedRuntimePlugin>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            config: CloneableLayer::default(),
            runtime_components: RuntimeComponentsBuilder::new("service config"),
            runtime_plugins: Vec::new(),
            behavior_version: None,
        }
    }
}

impl Builder {
    /// Creates an empty builder. See [`Config::builder`].
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the version of the defaults that the client uses.
    ///
    /// Defaults (of retries and timeouts, for example) change over time, but never for a version
    /// that exists. A client requires a version, unless the cargo feature `behavior-version-latest`
    /// sets the newest for every client.
    pub fn behavior_version(mut self, behavior_version: BehaviorVersion) -> Self {
        self.set_behavior_version(Some(behavior_version));
        self
    }

    /// Sets or removes the [version of the defaults](Self::behavior_version).
    pub fn set_behavior_version(&mut self, behavior_version: Option<BehaviorVersion>) -> &mut Self {
        self.behavior_version = behavior_version;
        self
    }

    /// Sets the newest [version of the defaults](Self::behavior_version) at the time of
    /// compilation.
    pub fn behavior_version_latest(mut self) -> Self {
        self.set_behavior_version(Some(BehaviorVersion::latest()));
        self
    }

    /// Builds the config.
    ///
    /// Does not check the settings: creating a client from the config reports missing and
    /// inconsistent ones.
    pub fn build(self) -> Config {
        let Self {
            //~ if aws
            config: mut layer,
            //~ end
            //~ if not aws
            config: layer,
            //~ end
            mut runtime_components,
            runtime_plugins,
            behavior_version,
        } = self;
        if runtime_components.time_source().is_none() {
            runtime_components.set_time_source(Some(Default::default()));
        }
        //~ if aws
        layer.store_put(ApiMetadata::new(meta::SERVICE_MODULE, meta::PKG_VERSION));
        layer.store_put(SigningName::from_static(meta::SIGNING_NAME));
        sign_for_configured_region(&mut layer);
        //~ end
        Config {
            config: freeze::<Config>(layer.clone()),
            cloneable: layer,
            runtime_components,
            runtime_plugins,
            behavior_version,
        }
    }

    pub(crate) fn push_runtime_plugin(&mut self, plugin: SharedRuntimePlugin) -> &mut Self {
        self.runtime_plugins.push(plugin);
        self
    }
}

//~ if aws
/// Makes the region of a layer, if it has one, the region that requests are signed for.
pub(super) fn sign_for_configured_region(layer: &mut CloneableLayer) {
    if let Some(region) = layer.load::<Region>().cloned() {
        layer.store_put(SigningRegion::from(region));
    }
}

//~ end
/// Freezes a layer under the name of the type that owns it, which debug output shows.
pub(super) fn freeze<Owner>(layer: CloneableLayer) -> FrozenLayer {
    Layer::from(layer)
        .with_name(any::type_name::<Owner>())
        .freeze()
}

/// Settings that make a client's requests the same on every machine and at every time.
#[cfg(feature = "test-util")]
mod test_defaults {
    use std::time::{Duration, UNIX_EPOCH};

    //~ if aws
    use aws_runtime::user_agent::AwsUserAgent;
    //~ end
    use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};

    //~ if aws
    use super::{BehaviorVersion, Builder, Region};
    use crate::config::{Credentials, SharedCredentialsProvider};
    //~ end
    //~ if not aws
    use super::{BehaviorVersion, Builder};
    //~ end

    impl Builder {
        //~ if aws
        /// Fixes the clock, user agent, credentials and behavior version for tests.
        ///
        /// [`apply_test_defaults_v2`](Self::apply_test_defaults_v2) also sees to a region.
        //~ end
        //~ if not aws
        /// Fixes the clock and the behavior version for tests.
        //~ end
        pub fn apply_test_defaults(&mut self) -> &mut Self {
            let now = UNIX_EPOCH + Duration::from_secs(1_234_567_890);
            self.set_time_source(Some(SharedTimeSource::new(StaticTimeSource::new(now))));
            //~ if aws
            self.config.store_put(AwsUserAgent::for_tests());
            let credentials = SharedCredentialsProvider::new(Credentials::for_tests());
            self.set_credentials_provider(Some(credentials));
            //~ end
            crate::meta::apply_test_defaults(self);
            self.set_behavior_version(Some(BehaviorVersion::latest()))
        }

        //~ if aws
        /// Fixes the clock, user agent, credentials and behavior version for tests.
        ///
        /// [`with_test_defaults_v2`](Self::with_test_defaults_v2) also sees to a region.
        //~ end
        //~ if not aws
        /// Fixes the clock and the behavior version for tests.
        //~ end
        pub fn with_test_defaults(mut self) -> Self {
            self.apply_test_defaults();
            self
        }

        //~ if aws
        /// Fixes the clock, user agent, credentials and behavior version for tests, and the region to
        /// `us-east-1` if none is set.
        //~ end
        //~ if not aws
        /// Fixes the clock and the behavior version for tests.
        //~ end
        pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
            self.apply_test_defaults();
            //~ if aws
            if self.config.load::<Region>().is_none() {
                self.set_region(Some(Region::new("us-east-1")));
            }
            //~ end
            self
        }

        //~ if aws
        /// Fixes the clock, user agent, credentials and behavior version for tests, and the region to
        /// `us-east-1` if none is set.
        //~ end
        //~ if not aws
        /// Fixes the clock and the behavior version for tests.
        //~ end
        pub fn with_test_defaults_v2(mut self) -> Self {
            self.apply_test_defaults_v2();
            self
        }
    }
}
