//! Loads credentials and compression settings from the environment with `aws-config`.

mod compression;
/// The examples on the page of a client with compression, which must compile.
#[expect(dead_code, reason = "nobody calls them")]
mod page;
mod plain;

use aws_config::{BehaviorVersion, SdkConfig};
use aws_credential_types::provider::ProvideCredentials as _;
use aws_smithy_runtime_api::client::http::{SharedHttpConnector, http_client_fn};

use crate::plain::Plain;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http_client_fn(|_, _| SharedHttpConnector::new(Plain)))
        .load()
        .await;
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["credentials"] => credentials(&config).await,
        ["reports"] => compression::send(&config).await,
        ["reports", "compressed-from", size] => compression::send_from(&config, size).await,
        _ => panic!("{arguments:?} is nothing to do"),
    }
}

/// Prints the key of the credentials from the environment, and their provider.
async fn credentials(config: &SdkConfig) {
    let provider = config.credentials_provider().expect("there is a chain");
    let credentials = provider.provide_credentials().await;
    let credentials = credentials.unwrap_or_else(|error| panic!("{error:#?}"));
    // Only `Debug` shows the provider.
    let shown = format!("{credentials:?}");
    let provider = shown.split_once("provider_name: \"");
    let provider = provider.and_then(|(_, rest)| rest.split('"').next());
    let provider = provider.unwrap_or("nobody");
    println!("{} from {provider}", credentials.access_key_id());
}
