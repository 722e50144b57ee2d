//! Calls the client of the model `endpoint_discovery_of_all`, which has one endpoint for everything.

#![cfg(test)]

#[path = "../server.rs"]
mod server;

use std::time::{Duration, UNIX_EPOCH};

use aws_smithy_async::test_util::controlled_time_and_sleep;
use client::Client;
use client::config::retry::RetryConfig;
use client::config::timeout::TimeoutConfig;
use client::config::{
    BehaviorVersion, Builder, Credentials, IdentityCache, Region, StalledStreamProtectionConfig,
};
use server::Server;

fn config(server: &Server) -> Builder {
    client::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .identity_cache(IdentityCache::no_cache())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .retry_config(RetryConfig::disabled())
        .port(server.port())
}

async fn put(client: &Client) {
    let thing = client.put_thing().send().await.expect("it is there");
    assert_eq!(thing.name(), Some("a"));
}

#[tokio::test]
async fn the_first_call_finds_what_was_asked_for_before() {
    let server = Server::start();
    server.names(&[Some((1, 10)), Some((2, 10))]);
    let client = Client::from_conf(config(&server).build());
    let enabled = client.with_endpoint_discovery_enabled().await;
    let (client, reload) = enabled.expect("there is an endpoint");
    assert_eq!(server.sent(), ["0 DescribeEndpoints"]);
    put(&client).await;
    assert_eq!(server.sent(), ["1 PutThing"]);
    reload.reload_once().await;
    put(&client).await;
    assert_eq!(server.sent(), ["0 DescribeEndpoints", "2 PutThing"]);
    // If the service does not respond, the old endpoint stays.
    server.names(&[None]);
    reload.reload_once().await;
    put(&client).await;
    assert_eq!(server.sent(), ["0 DescribeEndpoints", "2 PutThing"]);
}

#[tokio::test]
async fn a_service_that_names_nothing_is_an_error_at_once() {
    let server = Server::start();
    server.names(&[None]);
    let client = Client::from_conf(config(&server).build());
    let error = client.with_endpoint_discovery_enabled().await;
    let error = format!("{:?}", error.expect_err("there is none"));
    assert!(error.contains("no endpoints today"), "{error}");
    server.sent();
    let client = Client::from_conf(config(&server).endpoint_url(server.url(2)).build());
    let enabled = client.with_endpoint_discovery_enabled().await;
    let (client, _reload) = enabled.expect("nothing was asked");
    put(&client).await;
    assert_eq!(server.sent(), ["2 PutThing"]);
}

#[tokio::test]
async fn a_task_asks_in_time_until_the_client_is_gone() {
    let server = Server::start();
    server.names(&[Some((1, 3)), Some((2, 3))]);
    let (clock, sleep, mut gate) = controlled_time_and_sleep(UNIX_EPOCH);
    let config = config(&server).time_source(clock).sleep_impl(sleep);
    let client = Client::from_conf(config.build());
    let enabled = client.with_endpoint_discovery_enabled().await;
    let (client, reload) = enabled.expect("there is an endpoint");
    let task = tokio::spawn(reload.reload_task());
    for _ in 0..2 {
        let sleeping = gate.expect_sleep().await;
        assert_eq!(sleeping.duration(), Duration::from_secs(60));
        sleeping.allow_progress();
    }
    // It sleeps again when it has finished.
    let sleeping = gate.expect_sleep().await;
    assert_eq!(
        server.sent(),
        ["0 DescribeEndpoints", "0 DescribeEndpoints"]
    );
    put(&client).await;
    assert_eq!(server.sent(), ["2 PutThing"]);
    drop(client);
    sleeping.allow_progress();
    task.await.expect("it ends");
}
