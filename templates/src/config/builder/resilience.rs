//! Setters about time: retries, timeouts, stalled streams, and the clocks behind them.

use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, SharedRetryClassifier};
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use crate::config::{AsyncSleep, Builder, SharedAsyncSleep, StalledStreamProtectionConfig};

impl Builder {
    /// Sets how often a failed request is retried, and how long to wait in between.
    ///
    /// By default a request is tried three times in all; clients with a behavior version before
    /// that of January 2026 try only once. Retries also draw on a budget that is shared across a
    /// [retry partition](Self::retry_partition), so that an outage is not met with ever more
    /// requests.
    ///
    /// ```ignore
    /// let config = Config::builder()
    ///     .retry_config(RetryConfig::standard().with_max_attempts(5))
    ///     .build();
    /// ```
    #[inline]
    pub fn retry_config(mut self, retry_config: RetryConfig) -> Self {
        self.set_retry_config(Some(retry_config));
        self
    }

    /// Sets [how requests are retried](Self::retry_config). `None` changes nothing.
    #[inline]
    pub fn set_retry_config(&mut self, retry_config: Option<RetryConfig>) -> &mut Self {
        if let Some(retry_config) = retry_config {
            self.config.store_put(retry_config);
        }
        self
    }

    /// Sets the partition whose retry budget and rate limit the client shares.
    ///
    //~ if aws
    /// All clients of a process that talk to this service in the same region share one by default.
    //~ end
    //~ if not aws
    /// All clients of a process that talk to this service share one by default.
    //~ end
    /// A partition of its own keeps the failures of one workload from using up the retries of
    /// another.
    #[inline]
    pub fn retry_partition(mut self, retry_partition: RetryPartition) -> Self {
        self.set_retry_partition(Some(retry_partition));
        self
    }

    /// Sets the [retry partition](Self::retry_partition). `None` changes nothing.
    #[inline]
    pub fn set_retry_partition(&mut self, retry_partition: Option<RetryPartition>) -> &mut Self {
        if let Some(retry_partition) = retry_partition {
            self.config.store_put(retry_partition);
        }
        self
    }

    /// Adds a rule that decides whether a failed request is worth another try.
    ///
    /// Rules are asked in the order of their
    /// [priority](aws_smithy_runtime_api::client::retries::classifiers::RetryClassifierPriority);
    /// those of the service come first by default, and later ones can overrule them.
    ///
    /// ```ignore
    /// #[derive(Debug)]
    /// struct RetryTeapots;
    ///
    /// impl ClassifyRetry for RetryTeapots {
    ///     fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
    ///         match context.response().map(|response| response.status().as_u16()) {
    ///             Some(418) => RetryAction::server_error(),
    ///             _ => RetryAction::NoActionIndicated,
    ///         }
    ///     }
    ///
    ///     fn name(&self) -> &'static str {
    ///         "RetryTeapots"
    ///     }
    /// }
    ///
    /// let config = Config::builder().retry_classifier(RetryTeapots).build();
    /// ```
    pub fn retry_classifier(mut self, retry_classifier: impl ClassifyRetry + 'static) -> Self {
        self.push_retry_classifier(SharedRetryClassifier::new(retry_classifier));
        self
    }

    /// Adds a [rule about retries](Self::retry_classifier).
    #[inline]
    pub fn push_retry_classifier(&mut self, retry_classifier: SharedRetryClassifier) -> &mut Self {
        self.runtime_components
            .push_retry_classifier(retry_classifier);
        self
    }

    /// Replaces all [rules about retries](Self::retry_classifier) added so far.
    #[inline]
    pub fn set_retry_classifiers(
        &mut self,
        retry_classifiers: impl IntoIterator<Item = SharedRetryClassifier>,
    ) -> &mut Self {
        self.runtime_components
            .set_retry_classifiers(retry_classifiers.into_iter());
        self
    }

    /// Sets how long connecting, reading, one attempt and a whole call may take.
    ///
    /// By default only connecting is limited, to 3.1 seconds, and nothing is for clients with a
    /// behavior version before that of January 2026. Timeouts left out here keep the value that was
    /// set before.
    ///
    /// ```ignore
    /// let config = Config::builder()
    ///     .timeout_config(
    ///         TimeoutConfig::builder()
    ///             .operation_timeout(Duration::from_secs(30))
    ///             .build(),
    ///     )
    ///     .build();
    /// ```
    #[inline]
    pub fn timeout_config(mut self, timeout_config: TimeoutConfig) -> Self {
        self.set_timeout_config(Some(timeout_config));
        self
    }

    /// Sets [timeouts](Self::timeout_config). `None` changes nothing.
    #[inline]
    pub fn set_timeout_config(&mut self, timeout_config: Option<TimeoutConfig>) -> &mut Self {
        if let Some(mut timeout_config) = timeout_config {
            if let Some(earlier) = self.config.load::<TimeoutConfig>() {
                timeout_config.take_defaults_from(earlier);
            }
            self.config.store_put(timeout_config);
        }
        self
    }

    /// Sets how to deal with a request or response body that has stopped moving.
    ///
    /// By default a body that moves less than one byte per second for five seconds is an error.
    #[inline]
    pub fn stalled_stream_protection(
        mut self,
        stalled_stream_protection_config: StalledStreamProtectionConfig,
    ) -> Self {
        self.set_stalled_stream_protection(Some(stalled_stream_protection_config));
        self
    }

    /// Sets or removes [stalled stream protection](Self::stalled_stream_protection).
    #[inline]
    pub fn set_stalled_stream_protection(
        &mut self,
        stalled_stream_protection_config: Option<StalledStreamProtectionConfig>,
    ) -> &mut Self {
        self.config.store_or_unset(stalled_stream_protection_config);
        self
    }

    /// Sets how to sleep, which retries and timeouts need.
    ///
    /// The default is Tokio's timer, if the cargo feature `rt-tokio` is enabled. With neither, a
    /// client is created only if retries, timeouts and stalled stream protection are off.
    pub fn sleep_impl(mut self, sleep_impl: impl AsyncSleep + 'static) -> Self {
        self.set_sleep_impl(Some(sleep_impl.into_shared()));
        self
    }

    /// Sets or removes [how to sleep](Self::sleep_impl).
    #[inline]
    pub fn set_sleep_impl(&mut self, sleep_impl: Option<SharedAsyncSleep>) -> &mut Self {
        self.runtime_components.set_sleep_impl(sleep_impl);
        self
    }

    /// Sets the clock that requests are dated and signed by. The system's by default.
    pub fn time_source(mut self, time_source: impl TimeSource + 'static) -> Self {
        self.set_time_source(Some(time_source.into_shared()));
        self
    }

    /// Sets or removes the [clock](Self::time_source).
    #[inline]
    pub fn set_time_source(&mut self, time_source: Option<SharedTimeSource>) -> &mut Self {
        self.runtime_components.set_time_source(time_source);
        self
    }

    /// Switches off the correction for a local clock that is wrong. It is on by default.
    ///
    /// The client compares the date of every response with its own clock, and signs by the
    /// service's time if the two are too far apart.
    #[inline]
    pub fn disable_clock_skew_correction(
        mut self,
        disable_clock_skew_correction: impl Into<Option<bool>>,
    ) -> Self {
        self.set_disable_clock_skew_correction(disable_clock_skew_correction.into());
        self
    }

    /// Sets or removes the choice about [clock skew](Self::disable_clock_skew_correction).
    #[inline]
    pub fn set_disable_clock_skew_correction(
        &mut self,
        disable_clock_skew_correction: Option<bool>,
    ) -> &mut Self {
        self.config
            .store_or_unset(disable_clock_skew_correction.map(DisableClockSkewCorrection::from));
        self
    }
}
