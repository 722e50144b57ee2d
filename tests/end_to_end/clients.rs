//! Clients as in programs: with their own HTTPS client, and only the URL replaced.

use client_ivs::config::{BehaviorVersion, Credentials, Region};

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "secret", None, None, "test")
}

/// moto separates regions, so concurrent tests do not interfere.
pub fn ivs(url: &str, region: &'static str) -> client_ivs::Client {
    let config = client_ivs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(region))
        .credentials_provider(credentials())
        .endpoint_url(url);
    client_ivs::Client::from_conf(config.build())
}

pub fn realtime(url: &str) -> client_ivs_realtime::Client {
    let config = client_ivs_realtime::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-west-2"))
        .credentials_provider(credentials())
        .endpoint_url(url);
    client_ivs_realtime::Client::from_conf(config.build())
}

pub fn chat(url: &str) -> client_ivschat::Client {
    let config = client_ivschat::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-west-2"))
        .credentials_provider(credentials())
        .endpoint_url(url);
    client_ivschat::Client::from_conf(config.build())
}
