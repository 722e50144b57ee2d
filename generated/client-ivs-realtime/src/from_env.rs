//! The shortest way to a client.

use crate::client::Client;
use crate::config::BehaviorVersion;
use crate::https::default_http_client;

impl Client {
    /// Creates a client that is configured as the environment says.
    ///
    /// Region, credentials, endpoint, retries and the rest come from environment variables, from
    /// the files `~/.aws/config` and `~/.aws/credentials`, and from the container or machine that
    /// the program runs on, all by the [newest defaults](BehaviorVersion::latest). Requests and
    /// credentials go through [`default_http_client`]. Nothing fails here for want of a region or
    /// of credentials: the first request does.
    ///
    /// To change some of this, use the `aws-config` crate and [`Client::new`].
    ///
    /// ```ignore
    /// let client = Client::from_env().await;
    /// ```
    pub async fn from_env() -> Self {
        let config = aws_config::defaults(BehaviorVersion::latest())
            .http_client(default_http_client())
            .load()
            .await;
        Self::new(&config)
    }
}
