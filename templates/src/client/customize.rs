//! Customization of a single call.
//!
//! ```ignore
//! let output = client
//!     .list_channels()
//!     .customize()
//~ if aws
//!     .config_override(Config::builder().region(Region::new("us-west-2")))
//~ end
//~ if not aws
//!     .config_override(Config::builder().retry_config(RetryConfig::disabled()))
//~ end
//!     .mutate_request(|request| {
//!         request.headers_mut().insert("x-trace", "on");
//!     })
//!     .send()
//!     .await?;
//! ```

use std::error::Error;
use std::marker::PhantomData;

use aws_smithy_runtime::client::interceptors::{MapRequestInterceptor, MutateRequestInterceptor};

use self::internal::{CustomizableSend, SendResult};
use crate::config::http::HttpRequest;
use crate::config::{Builder, Intercept, SharedInterceptor};

/// A call that is about to be made, with changes that apply to it alone.
///
/// The `customize` method of an operation's fluent builder returns one.
pub struct CustomizableOperation<T, E, B> {
    customizable_send: B,
    config_override: Option<Builder>,
    interceptors: Vec<SharedInterceptor>,
    _result: PhantomData<(T, E)>,
}

impl<T, E, B> CustomizableOperation<T, E, B> {
    pub(crate) fn new(customizable_send: B) -> Self {
        Self {
            customizable_send,
            config_override: None,
            interceptors: Vec::new(),
            _result: PhantomData,
        }
    }

    /// Adds an interceptor.
    ///
    /// It runs after those of the client's config. Hooks for attempts run with every attempt.
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.interceptors.push(SharedInterceptor::new(interceptor));
        self
    }

    /// Replaces the HTTP request with the result of `f`, before it is signed.
    ///
    /// The call fails if `f` fails.
    pub fn map_request<F, MapE>(self, f: F) -> Self
    where
        F: Fn(HttpRequest) -> Result<HttpRequest, MapE> + Send + Sync + 'static,
        MapE: Error + Send + Sync + 'static,
    {
        self.interceptor(MapRequestInterceptor::new(f))
    }

    /// Changes the HTTP request in place, before it is signed.
    pub fn mutate_request<F>(self, f: F) -> Self
    where
        F: Fn(&mut HttpRequest) + Send + Sync + 'static,
    {
        self.interceptor(MutateRequestInterceptor::new(f))
    }

    /// Overrides the client's config for this call.
    ///
    /// Settings that `config_override` does not contain keep the client's values. A second override
    /// replaces the first.
    pub fn config_override(mut self, config_override: impl Into<Builder>) -> Self {
        self.config_override = Some(config_override.into());
        self
    }

    /// Makes the call.
    ///
    /// # Errors
    ///
    /// The same as the `send` method of the operation's fluent builder.
    pub async fn send(self) -> SendResult<T, E>
    where
        E: Error + Send + Sync + 'static,
        B: CustomizableSend<T, E>,
    {
        let mut config_override = self.config_override.unwrap_or_default();
        for interceptor in self.interceptors {
            config_override.push_interceptor(interceptor);
        }
        self.customizable_send.send(config_override).await
    }
    //~ if presigning

    /// Presigns the request, so that others can send it.
    ///
    /// # Errors
    ///
    /// The same as the `presigned` method of the operation's fluent builder.
    pub async fn presigned(
        self,
        presigning_config: crate::presigning::PresigningConfig,
    ) -> SendResult<crate::presigning::PresignedRequest, E>
    where
        E: Error + Send + Sync + 'static,
        B: internal::CustomizablePresigned<E>,
    {
        let mut config_override = self.config_override.unwrap_or_default();
        for interceptor in self.interceptors {
            config_override.push_interceptor(interceptor);
        }
        let request = self.customizable_send;
        request.presign(config_override, presigning_config).await
    }
    //~ end
}

pub(crate) mod internal {
    //! Traits and types between a customized call and its fluent builder.

    use std::future::Future;
    use std::pin::Pin;

    use aws_smithy_runtime_api::client::result::SdkError;

    use crate::config::Builder;
    use crate::config::http::HttpResponse;

    /// A boxed future that can move between threads.
    pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

    /// What a call returns.
    pub type SendResult<T, E> = Result<T, SdkError<E, HttpResponse>>;

    /// A call that can be made with its own config.
    pub trait CustomizableSend<T, E>: Send + Sync {
        /// Makes the call with `config_override` on top of the client's config.
        fn send(self, config_override: Builder) -> BoxFuture<SendResult<T, E>>;
    }
    //~ if presigning

    /// A request that can be presigned with its own config.
    pub trait CustomizablePresigned<E>: Send + Sync {
        /// Signs the request with `config_override` on top of the client's config.
        fn presign(
            self,
            config_override: Builder,
            presigning_config: crate::presigning::PresigningConfig,
        ) -> BoxFuture<SendResult<crate::presigning::PresignedRequest, E>>;
    }
    //~ end
}
