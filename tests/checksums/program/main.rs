//! Calls the clients, and checks the checksums that they send and verify.

mod received;
mod sent;
mod streams;
mod wire;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    sent::check().await;
    streams::check().await;
    received::check().await;
    println!("all is well");
}

/// The endpoints of the services.
const HTTPS: &str = "https://store.example";
const HTTP: &str = "http://store.example";

/// The standard text for check values of algorithms.
const TEXT: &str = "123456789";

/// Its checksums, by algorithm.
const SUMS: [(&str, &str); 5] = [
    ("CRC32", "y/Q5Jg=="),
    ("CRC32C", "4waSgw=="),
    ("CRC64NVME", "rosUhgp5mIg="),
    ("SHA1", "98O8HYCOBHMq32eZZczDTKeuNEE="),
    ("SHA256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
];

/// A client of a package, with a fake network.
macro_rules! client {
    ($package:ident, $url:expr, $wire:expr) => {
        client!($package, $url, $wire, |config| config)
    };
    ($package:ident, $url:expr, $wire:expr, $change:expr) => {{
        let change: fn($package::config::Builder) -> $package::config::Builder = $change;
        let retries = aws_smithy_types::retry::RetryConfig::standard()
            .with_initial_backoff(std::time::Duration::from_nanos(1));
        let config = $package::Config::builder()
            .with_test_defaults_v2()
            .endpoint_url($url)
            .retry_config(retries)
            .stalled_stream_protection($package::config::StalledStreamProtectionConfig::disabled())
            .http_client($wire.clone());
        $package::Client::from_conf(change(config).build())
    }};
}
pub(crate) use client;
