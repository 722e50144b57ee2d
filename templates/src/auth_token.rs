//! Tokens that a database takes for a password.
//!
//! A token is a signed request to the database that is never sent. It lets its bearer in until it
//! expires; a connection that is open by then stays open.

mod methods;

use std::fmt;
use std::time::Duration;

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sigv4::http_request::{
    SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_types::region::Region;
use aws_types::sdk_config::SdkConfig;

use crate::error::BoxError;
use crate::meta;

/// How long a token can be used if the configuration does not say: a quarter of an hour.
const EXPIRES_IN: u64 = 900;

/// Creates tokens for one database.
///
/// ```ignore
/// let database = auth_token::Config::builder()
///     .hostname("db.example.com")
//~ if database-users
///     .port(5432)
///     .username("reader")
//~ end
///     .build()?;
/// let generator = AuthTokenGenerator::new(database);
/// ```
#[derive(Debug)]
pub struct AuthTokenGenerator {
    config: Config,
}

/// A token: a secret, which [`Debug`](fmt::Debug) does not print and [`Display`](fmt::Display) does.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthToken {
    inner: String,
}

impl AuthToken {
    /// Returns the text that the database accepts as a password.
    pub fn as_str(&self) -> &str {
        &self.inner
    }
}

impl fmt::Debug for AuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthToken(*** Sensitive Data Redacted ***)")
    }
}

impl fmt::Display for AuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner)
    }
}

impl AuthTokenGenerator {
    /// Creates a generator of tokens for this database.
    pub fn new(config: Config) -> Self {
        Self { config }
    }

    /// Makes a token with which this may be done.
    async fn token(&self, action: &str, sdk_config: &SdkConfig) -> Result<AuthToken, BoxError> {
        let config = &self.config;
        let credentials = config
            .credentials()
            .or_else(|| sdk_config.credentials_provider());
        let credentials = credentials.ok_or("a token needs a provider of credentials")?;
        let region = config.region().or(sdk_config.region());
        let region = region.ok_or("a token needs a region")?;
        let time = sdk_config.time_source().unwrap_or_default().now();
        let identity: Identity = credentials.provide_credentials().await?.into();
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(Duration::from_secs(
            config.expires_in().unwrap_or(EXPIRES_IN),
        ));
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(region.as_ref())
            .name(meta::TOKENS_SIGNED_AS)
            .time(time)
            .settings(settings)
            .build()?
            .into();
        let mut url = config.url(action);
        let body = SignableBody::Bytes(&[]);
        let request = SignableRequest::new("GET", &url, std::iter::empty(), body)?;
        let (instructions, _) = sign(request, &params)?.into_parts();
        for (name, value) in instructions.params() {
            url.push('&');
            url.push_str(name);
            url.push('=');
            url.push_str(&aws_smithy_http::query::fmt_string(value));
        }
        let inner = url.split_off("https://".len());
        Ok(AuthToken { inner })
    }
}

/// The database that tokens are for, and how they are signed.
#[derive(Clone, Debug)]
pub struct Config {
    credentials: Option<SharedCredentialsProvider>,
    hostname: String,
    //~ if database-users
    port: u64,
    username: String,
    //~ end
    region: Option<Region>,
    expires_in: Option<u64>,
}

impl Config {
    /// Creates a builder for [`Config`].
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// Returns the credentials provider, if it is not that of the [`SdkConfig`].
    pub fn credentials(&self) -> Option<SharedCredentialsProvider> {
        self.credentials.clone()
    }

    /// Returns the host of the database.
    pub fn hostname(&self) -> &str {
        &self.hostname
    }

    //~ if database-users
    /// Returns the port of the database.
    pub fn port(&self) -> u64 {
        self.port
    }

    /// Returns the user of the database.
    pub fn username(&self) -> &str {
        &self.username
    }

    //~ end
    /// Returns the region of the database, if it is not that of the [`SdkConfig`].
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// Returns the number of seconds for which a token can be used, if it is not 900.
    pub fn expires_in(&self) -> Option<u64> {
        self.expires_in
    }

    //~ if database-users
    fn url(&self, action: &str) -> String {
        let (host, port) = (&self.hostname, self.port);
        let user = aws_smithy_http::query::fmt_string(&self.username);
        format!("https://{host}:{port}/?Action={action}&DBUser={user}")
    }
    //~ end
    //~ if not database-users
    fn url(&self, action: &str) -> String {
        format!("https://{}/?Action={action}", self.hostname)
    }
    //~ end
}

/// A builder for [`Config`].
#[derive(Debug, Default)]
pub struct ConfigBuilder {
    credentials: Option<SharedCredentialsProvider>,
    hostname: Option<String>,
    //~ if database-users
    port: Option<u64>,
    username: Option<String>,
    //~ end
    region: Option<Region>,
    expires_in: Option<u64>,
}

impl ConfigBuilder {
    /// Sets the credentials provider. The default is that of the [`SdkConfig`].
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(credentials));
        self
    }

    /// Sets the host of the database. It is required.
    pub fn hostname(mut self, hostname: impl Into<String>) -> Self {
        self.hostname = Some(hostname.into());
        self
    }

    //~ if database-users
    /// Sets the port of the database. It is required.
    pub fn port(mut self, port: u64) -> Self {
        self.port = Some(port);
        self
    }

    /// Sets the user of the database. It is required.
    pub fn username(mut self, username: impl Into<String>) -> Self {
        self.username = Some(username.into());
        self
    }

    //~ end
    /// Sets the region of the database. The default is that of the [`SdkConfig`].
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// Sets the number of seconds for which a token can be used. The default is 900.
    pub fn expires_in(mut self, expires_in: u64) -> Self {
        self.expires_in = Some(expires_in);
        self
    }

    /// Builds the configuration.
    ///
    /// # Errors
    ///
    /// Fails if a required setting is missing.
    pub fn build(self) -> Result<Config, BoxError> {
        Ok(Config {
            credentials: self.credentials,
            hostname: self.hostname.ok_or("a hostname is required")?,
            //~ if database-users
            port: self.port.ok_or("a port is required")?,
            username: self.username.ok_or("a username is required")?,
            //~ end
            region: self.region,
            expires_in: self.expires_in,
        })
    }
}
