//! Requests that are signed here, for others to send them without credentials.
//!
//! `presigned` on the request of an operation makes a [`PresignedRequest`], instead of `send`. It
//! holds as long as its [`PresigningConfig`] says, and no longer than the credentials that it is
//! signed with.

use std::error::Error;
use std::fmt;
use std::time::{Duration, SystemTime};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};

/// The longest time for which a signature in a query holds.
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The time from which a request may be sent, and for how long.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PresigningConfig {
    start_time: SystemTime,
    expires_in: Duration,
}

impl PresigningConfig {
    /// Creates the configuration of a request that may be sent from now on for this time.
    ///
    /// # Errors
    ///
    /// Fails if it is longer than a week.
    pub fn expires_in(expires_in: Duration) -> Result<PresigningConfig, PresigningConfigError> {
        Self::builder().expires_in(expires_in).build()
    }

    /// Creates a builder.
    pub fn builder() -> PresigningConfigBuilder {
        PresigningConfigBuilder::default()
    }

    /// Returns how long the request may be sent, from [`start_time`](Self::start_time) on.
    pub fn expires(&self) -> Duration {
        self.expires_in
    }

    /// Returns the time from which the request may be sent.
    pub fn start_time(&self) -> SystemTime {
        self.start_time
    }
}

/// Builds a [`PresigningConfig`].
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct PresigningConfigBuilder {
    start_time: Option<SystemTime>,
    expires_in: Option<Duration>,
}

impl PresigningConfigBuilder {
    /// Sets the time from which the request may be sent. The default is the time of
    /// [`build`](Self::build).
    pub fn start_time(mut self, start_time: SystemTime) -> Self {
        self.set_start_time(Some(start_time));
        self
    }

    /// Sets or removes the [time from which](Self::start_time) the request may be sent.
    pub fn set_start_time(&mut self, start_time: Option<SystemTime>) {
        self.start_time = start_time;
    }

    /// Sets for how long the request may be sent: at most a week. It is required.
    pub fn expires_in(mut self, expires_in: Duration) -> Self {
        self.set_expires_in(Some(expires_in));
        self
    }

    /// Sets or removes the [time for which](Self::expires_in) the request may be sent.
    pub fn set_expires_in(&mut self, expires_in: Option<Duration>) {
        self.expires_in = expires_in;
    }

    /// Builds the configuration.
    ///
    /// # Errors
    ///
    /// Fails if `expires_in` is not set or is longer than a week.
    pub fn build(self) -> Result<PresigningConfig, PresigningConfigError> {
        let problem = match self.expires_in {
            Some(expires_in) if expires_in <= WEEK => {
                let start_time = self.start_time.unwrap_or_else(SystemTime::now);
                return Ok(PresigningConfig {
                    start_time,
                    expires_in,
                });
            }
            Some(_) => "`expires_in` must be no longer than one week",
            None => "`expires_in` is required",
        };
        Err(PresigningConfigError { problem })
    }
}

/// The error of building a [`PresigningConfig`].
#[derive(Debug)]
pub struct PresigningConfigError {
    problem: &'static str,
}

impl fmt::Display for PresigningConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.problem)
    }
}

impl Error for PresigningConfigError {}

/// A presigned request: the method, the URI with the signature, and headers.
///
/// Anyone who has it can send it. `Debug` shows everything except the body.
#[non_exhaustive]
pub struct PresignedRequest {
    /// With a body in memory.
    request: HttpRequest,
}

impl PresignedRequest {
    pub(crate) fn new(mut request: HttpRequest, has_body: bool) -> Result<Self, BoxError> {
        if !has_body {
            *request.body_mut() = SdkBody::empty();
        } else if request.body().bytes().is_none() {
            return Err("the body of a request for others cannot be a stream".into());
        }
        // So that converting it into a request cannot fail.
        copy(&request).try_into_http1x()?;
        Ok(Self { request })
    }

    /// Returns the method, such as `GET`.
    pub fn method(&self) -> &str {
        self.request.method()
    }

    /// Returns the URI.
    pub fn uri(&self) -> &str {
        self.request.uri()
    }

    /// Returns the headers that must be sent, without `Host`, which follows from the URI.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.request.headers().iter()
    }

    /// Returns the body that must be sent, if the signature covers it. Otherwise it is empty, and
    /// the sender can choose the body.
    pub fn body(&self) -> &[u8] {
        self.request.body().bytes().unwrap_or_default()
    }

    /// Creates a request with a body.
    pub fn make_http_1x_request<B>(&self, body: B) -> http::Request<B> {
        self.clone().into_http_1x_request(body)
    }

    /// Converts it into a request with a body.
    pub fn into_http_1x_request<B>(self, body: B) -> http::Request<B> {
        let request = self.request.try_into_http1x();
        request.expect("this has been tried").map(|_| body)
    }
}

fn copy(request: &HttpRequest) -> HttpRequest {
    request.try_clone().expect("the body is in memory")
}

impl Clone for PresignedRequest {
    fn clone(&self) -> Self {
        Self {
            request: copy(&self.request),
        }
    }
}

impl fmt::Debug for PresignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresignedRequest")
            .field("method", &self.method())
            .field("uri", &self.uri())
            .field("headers", self.request.headers())
            .finish()
    }
}

/// Marks a call whose request is presigned.
#[derive(Debug)]
pub(crate) struct IsPresigned;

impl Storable for IsPresigned {
    type Storer = StoreReplace<Self>;
}

/// Whether the request of a call is presigned.
pub(crate) fn is_presigned(cfg: &ConfigBag) -> bool {
    cfg.load::<IsPresigned>().is_some()
}
