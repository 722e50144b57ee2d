//! Setters about sending requests, observing them, and the user agent.

use aws_runtime::invocation_id::{InvocationIdGenerator, SharedInvocationIdGenerator};
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::telemetry::RequestedTelemetryAttributes;

use crate::config::{
    AppName, Builder, FrameworkMetadata, HttpClient, Intercept, SharedHttpClient, SharedInterceptor,
};

impl Builder {
    /// Sets the HTTP client, in place of the default one.
    ///
    /// The default client, with the cargo feature `default-https-client`, speaks HTTP/1.1 and
    /// HTTP/2 over TLS, trusts the certificates of the operating system, and honors the usual
    /// proxy variables of the environment.
    pub fn http_client(mut self, http_client: impl HttpClient + 'static) -> Self {
        self.set_http_client(Some(http_client.into_shared()));
        self
    }

    /// Sets the [HTTP client](Self::http_client), or goes back to the default one.
    #[inline]
    pub fn set_http_client(&mut self, http_client: Option<SharedHttpClient>) -> &mut Self {
        self.runtime_components.set_http_client(http_client);
        self
    }

    /// Adds an interceptor, which can look at requests and responses and change them.
    ///
    /// Interceptors run in the order in which they were added, those of the config before those of
    /// a single call.
    ///
    /// ```ignore
    /// #[derive(Debug)]
    /// struct LogUris;
    ///
    /// impl Intercept for LogUris {
    ///     fn name(&self) -> &'static str {
    ///         "LogUris"
    ///     }
    ///
    ///     fn read_before_transmit(
    ///         &self,
    ///         context: &BeforeTransmitInterceptorContextRef<'_>,
    ///         _: &RuntimeComponents,
    ///         _: &mut ConfigBag,
    ///     ) -> Result<(), BoxError> {
    ///         println!("{}", context.request().uri());
    ///         Ok(())
    ///     }
    /// }
    ///
    /// let config = Config::builder().interceptor(LogUris).build();
    /// ```
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.push_interceptor(SharedInterceptor::new(interceptor));
        self
    }

    /// Adds an [interceptor](Self::interceptor).
    #[inline]
    pub fn push_interceptor(&mut self, interceptor: SharedInterceptor) -> &mut Self {
        self.runtime_components.push_interceptor(interceptor);
        self
    }

    /// Replaces all [interceptors](Self::interceptor) added so far.
    #[inline]
    pub fn set_interceptors(
        &mut self,
        interceptors: impl IntoIterator<Item = SharedInterceptor>,
    ) -> &mut Self {
        self.runtime_components
            .set_interceptors(interceptors.into_iter());
        self
    }

    /// Sets what makes the values of the `amz-sdk-invocation-id` header, one per call.
    ///
    /// They are random UUIDs by default. Predictable ones are of use in tests.
    #[inline]
    pub fn invocation_id_generator(
        mut self,
        generator: impl InvocationIdGenerator + 'static,
    ) -> Self {
        self.set_invocation_id_generator(Some(SharedInvocationIdGenerator::new(generator)));
        self
    }

    /// Sets or removes the [generator of invocation ids](Self::invocation_id_generator).
    #[inline]
    pub fn set_invocation_id_generator(
        &mut self,
        generator: Option<SharedInvocationIdGenerator>,
    ) -> &mut Self {
        self.config.store_or_unset(generator);
        self
    }

    /// Names the application in the user agent, as `app/{name}`.
    #[inline]
    pub fn app_name(mut self, app_name: AppName) -> Self {
        self.set_app_name(Some(app_name));
        self
    }

    /// Sets or removes the [application's name](Self::app_name).
    #[inline]
    pub fn set_app_name(&mut self, app_name: Option<AppName>) -> &mut Self {
        self.config.store_or_unset(app_name);
        self
    }

    /// Adds a framework or library to the user agent, as `lib/{name}/{version}`.
    #[inline]
    pub fn framework_metadata(mut self, framework_metadata: FrameworkMetadata) -> Self {
        self.push_framework_metadata(framework_metadata);
        self
    }

    /// Adds a [framework or library](Self::framework_metadata) to the user agent.
    #[inline]
    pub fn push_framework_metadata(&mut self, framework_metadata: FrameworkMetadata) -> &mut Self {
        self.config.store_append(framework_metadata);
        self
    }

    /// Makes input members attributes of the client's metrics, as well as
    /// [capturing](Self::capture_input_attributes) them. None are by default.
    ///
    /// A metrics backend keeps one series for each value of an attribute: name members with few
    /// values only.
    pub fn emit_input_attributes(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.request_telemetry(|requested| requested.emit(names.into_iter().map(Into::into)))
    }

    /// Captures input members for interceptors, which find their values in the config bag as
    /// [`CapturedTelemetryAttributes`](aws_smithy_types::telemetry::CapturedTelemetryAttributes).
    ///
    /// Names are those of the service's model, such as `resourceArn`. Only members that hold a
    /// string, and nothing sensitive, are captured; other names have no effect.
    #[inline]
    pub fn capture_input_attributes(
        self,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.request_telemetry(|requested| {
            requested.capture_only(names.into_iter().map(Into::into))
        })
    }

    fn request_telemetry(
        mut self,
        request: impl FnOnce(&mut RequestedTelemetryAttributes),
    ) -> Self {
        let mut requested = self
            .config
            .load::<RequestedTelemetryAttributes>()
            .cloned()
            .unwrap_or_default();
        request(&mut requested);
        self.config.store_put(requested);
        self
    }
}
