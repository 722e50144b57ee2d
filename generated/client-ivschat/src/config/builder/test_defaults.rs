//! Settings that make a client's requests the same on every machine and at every time.

use std::time::{Duration, UNIX_EPOCH};

use aws_runtime::user_agent::AwsUserAgent;
use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};

use crate::config::{BehaviorVersion, Builder, Credentials, Region, SharedCredentialsProvider};

impl Builder {
    /// Fixes the clock, user agent, credentials and behavior version for tests.
    ///
    /// [`apply_test_defaults_v2`](Self::apply_test_defaults_v2) also sees to a region.
    pub fn apply_test_defaults(&mut self) -> &mut Self {
        let now = UNIX_EPOCH + Duration::from_secs(1_234_567_890);
        self.set_time_source(Some(SharedTimeSource::new(StaticTimeSource::new(now))));
        self.config.store_put(AwsUserAgent::for_tests());
        let credentials = SharedCredentialsProvider::new(Credentials::for_tests());
        self.set_credentials_provider(Some(credentials));
        crate::meta::apply_test_defaults(self);
        self.set_behavior_version(Some(BehaviorVersion::latest()))
    }

    /// Fixes the clock, user agent, credentials and behavior version for tests.
    ///
    /// [`with_test_defaults_v2`](Self::with_test_defaults_v2) also sees to a region.
    pub fn with_test_defaults(mut self) -> Self {
        self.apply_test_defaults();
        self
    }

    /// Fixes the clock, user agent, credentials and behavior version for tests, and the region to
    /// `us-east-1` if none is set.
    pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
        self.apply_test_defaults();
        if self.config.load::<Region>().is_none() {
            self.set_region(Some(Region::new("us-east-1")));
        }
        self
    }

    /// Fixes the clock, user agent, credentials and behavior version for tests, and the region to
    /// `us-east-1` if none is set.
    pub fn with_test_defaults_v2(mut self) -> Self {
        self.apply_test_defaults_v2();
        self
    }
}
