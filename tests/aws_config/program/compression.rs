//! Sends requests that may be compressed.

use aws_config::SdkConfig;
use reports::Client;
use reports::config::{Builder, Config};

/// The lengths of the reports: by default, the second one is compressed.
const LENGTHS: [usize; 2] = [1_000, 20_000];

/// Sends reports with the settings of the environment.
pub async fn send(config: &SdkConfig) {
    send_by(Config::new(config)).await;
}

/// Sends reports with a minimum size that code sets.
pub async fn send_from(config: &SdkConfig, size: &str) {
    let size: u32 = size.parse().expect("a size is a number");
    let config = Builder::from(config)
        .disable_request_compression(false)
        .request_min_compression_size_bytes(size);
    send_by(config.build()).await;
}

async fn send_by(config: Config) {
    let client = Client::from_conf(config);
    for length in LENGTHS {
        let sent = client.put_report().text("a".repeat(length)).send().await;
        sent.unwrap_or_else(|error| panic!("{error:#?}"));
    }
}
