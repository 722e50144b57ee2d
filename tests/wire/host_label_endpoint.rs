//! Calls the client of the model `host_label_endpoint`, and checks the hosts of requests.

#![cfg(test)]

use aws_smithy_http_client::test_util::capture_request;
use client::config::{BehaviorVersion, Credentials, Region};
use client::error::DisplayErrorContext;
use client::{Client, Config};

/// The host of a call with these members, or the error.
async fn host(account: &str, zone: &str) -> Result<String, String> {
    let (http_client, sent) = capture_request(None);
    let config = Config::builder()
        .with_test_defaults_v2()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url("https://example.com")
        .credentials_provider(Credentials::for_tests())
        .http_client(http_client);
    let client = Client::from_conf(config.build());
    let call = client.get_item().account(account).zone(zone).send().await;
    call.map_err(|error| DisplayErrorContext(error).to_string())?;
    let uri = sent.expect_request().uri().to_owned();
    Ok(uri.split('/').nth(2).unwrap_or_default().to_owned())
}

#[tokio::test]
async fn members_are_parts_of_the_host() {
    let longest = "z".repeat(63);
    let expected = format!("7.data-{longest}.example.com");
    assert_eq!(host("7", &longest).await, Ok(expected));
}

#[tokio::test]
async fn nothing_else_goes_into_the_host() {
    let long = "z".repeat(64);
    for wrong in [
        "a.b",
        "evil.example/",
        "user@evil",
        "a:80",
        "a b",
        "é",
        long.as_str(),
    ] {
        for (account, zone, member) in [(wrong, "z", "account"), ("7", wrong, "zone")] {
            let error = host(account, zone).await.expect_err(wrong);
            assert!(error.contains(member), "{error}");
            assert!(error.contains("is no part of a host"), "{error}");
        }
    }
}
