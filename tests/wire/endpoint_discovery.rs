//! Calls the client of the model `endpoint_discovery`, whose endpoints depend on the operation and on
//! members of its input.

#![cfg(test)]

#[path = "../server.rs"]
mod server;

use std::time::{Duration, UNIX_EPOCH};

use aws_smithy_async::test_util::ManualTimeSource;
use client::Client;
use client::config::retry::RetryConfig;
use client::config::{
    BehaviorVersion, Builder, Credentials, Region, StalledStreamProtectionConfig,
};
use client::error::ProvideErrorMetadata;
use serde_json::json;
use server::Server;

const MINUTE: Duration = Duration::from_secs(60);

fn config(server: &Server) -> (Builder, ManualTimeSource) {
    let clock = ManualTimeSource::new(UNIX_EPOCH);
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_nanos(1));
    let config = client::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .retry_config(retries)
        .time_source(clock.clone())
        .port(server.port());
    (config, clock)
}

async fn get(client: &Client, owner: &str) -> Result<(), String> {
    let call = client.get_thing().owner(owner).r#type("big").note("n");
    match call.send().await {
        Ok(thing) => Ok(assert_eq!(thing.name(), Some("a"))),
        Err(error) => Err(error
            .code()
            .map_or_else(|| format!("{error:?}"), str::to_owned)),
    }
}

#[tokio::test]
async fn an_endpoint_is_asked_for_by_what_it_depends_on_and_kept() {
    let server = Server::start();
    server.names(&[Some((1, 10))]);
    let (config, _) = config(&server);
    let client = Client::from_conf(config.build());
    get(&client, "me").await.expect("it is there");
    let asked = json!({"Operation": "GetThing", "Identifiers": {"Owner": "me", "type": "big"}});
    let sent = json!({"Owner": "me", "type": "big", "Note": "n"});
    let expected = [
        (0, "DescribeEndpoints".to_owned(), asked),
        (1, "GetThing".to_owned(), sent),
    ];
    assert_eq!(server.take(), expected);
    get(&client.clone(), "me").await.expect("it is there");
    assert_eq!(server.sent(), ["1 GetThing"]);
    server.names(&[Some((2, 10))]);
    get(&client, "you").await.expect("it is there");
    assert_eq!(server.sent(), ["0 DescribeEndpoints", "2 GetThing"]);
    get(&client, "me").await.expect("it is there");
    client.plain().send().await.expect("it is there");
    assert_eq!(server.sent(), ["1 GetThing", "0 Plain"]);
}

#[tokio::test]
async fn it_is_asked_for_anew_before_it_is_out_of_date() {
    let server = Server::start();
    server.names(&[Some((1, 10)), Some((2, 10)), None]);
    let (config, clock) = config(&server);
    let client = Client::from_conf(config.build());
    get(&client, "me").await.expect("it is there");
    clock.set_time(UNIX_EPOCH + MINUTE * 8);
    get(&client, "me").await.expect("it is there");
    let first = ["0 DescribeEndpoints", "1 GetThing", "1 GetThing"];
    assert_eq!(server.sent(), first);
    // A minute before.
    clock.set_time(UNIX_EPOCH + MINUTE * 9);
    get(&client, "me").await.expect("it is there");
    assert_eq!(server.sent(), ["0 DescribeEndpoints", "2 GetThing"]);
    // An old endpoint is better than none, and the client does not ask again for a while.
    clock.set_time(UNIX_EPOCH + MINUTE * 30);
    get(&client, "me").await.expect("it is there");
    get(&client, "me").await.expect("it is there");
    let old = ["0 DescribeEndpoints", "2 GetThing", "2 GetThing"];
    assert_eq!(server.sent(), old);
    server.names(&[Some((1, 10))]);
    clock.set_time(UNIX_EPOCH + MINUTE * 31);
    get(&client, "me").await.expect("it is there");
    assert_eq!(server.sent(), ["0 DescribeEndpoints", "1 GetThing"]);
}

#[tokio::test]
async fn a_wrong_endpoint_is_forgotten_and_the_call_made_again() {
    let server = Server::start();
    server.names(&[Some((1, 10)), Some((2, 10))]);
    server.is_wrong(1);
    let (config, _) = config(&server);
    let client = Client::from_conf(config.clone().build());
    get(&client, "me").await.expect("it is there");
    get(&client, "me").await.expect("it is there");
    let expected = [
        "0 DescribeEndpoints",
        "1 GetThing",
        "0 DescribeEndpoints",
        "2 GetThing",
        "2 GetThing",
    ];
    assert_eq!(server.sent(), expected);
    // Without retries, the next call has another endpoint.
    server.names(&[Some((1, 10)), Some((2, 10))]);
    let config = config.retry_config(RetryConfig::disabled());
    let client = Client::from_conf(config.build());
    assert_eq!(get(&client, "me").await, Err("WrongEndpoint".to_owned()));
    get(&client, "me").await.expect("it is there");
}

#[tokio::test]
async fn without_an_endpoint_a_call_fails_only_if_it_needs_one() {
    let server = Server::start();
    server.names(&[None]);
    let (config, _) = config(&server);
    let client = Client::from_conf(config.clone().build());
    let error = get(&client, "me").await.expect_err("there is none");
    assert!(error.contains("no endpoints today"), "{error}");
    let sent = server.sent();
    assert!(
        sent.iter().all(|it| it == "0 DescribeEndpoints"),
        "{sent:?}"
    );
    client.list_things().send().await.expect("it is there");
    assert_eq!(server.sent(), ["0 ListThings"]);
    let config = config.enable_endpoint_discovery(true);
    let client = Client::from_conf(config.build());
    client.list_things().send().await.expect("it is there");
    assert_eq!(server.sent(), ["0 DescribeEndpoints", "0 ListThings"]);
    server.names(&[Some((1, 10))]);
    client
        .get_thing()
        .owner("me")
        .r#type("a")
        .send()
        .await
        .expect("it is there");
    assert_eq!(server.sent(), ["0 DescribeEndpoints", "1 GetThing"]);
}

#[tokio::test]
async fn what_users_set_wins() {
    let server = Server::start();
    server.names(&[Some((1, 10))]);
    let (config, _) = config(&server);
    let own = config.clone().endpoint_url(server.url(2));
    get(&Client::from_conf(own.build()), "me")
        .await
        .expect("it is there");
    assert_eq!(server.sent(), ["2 GetThing"]);
    let off = config.clone().enable_endpoint_discovery(false).build();
    assert_eq!(off.enable_endpoint_discovery(), Some(false));
    get(&Client::from_conf(off), "me")
        .await
        .expect("it is there");
    assert_eq!(server.sent(), ["0 GetThing"]);
    let client = Client::from_conf(config.build());
    let call = client.get_thing().owner("me").r#type("a").customize();
    let call = call.config_override(client::Config::builder().endpoint_url(server.url(2)));
    call.send().await.expect("it is there");
    assert_eq!(server.sent(), ["2 GetThing"]);
}

#[tokio::test]
async fn the_service_is_asked_as_the_call_is_made_and_for_others_again() {
    let server = Server::start();
    server.names(&[Some((1, 10))]);
    let (config, _) = config(&server);
    let client = Client::from_conf(config.build());
    get(&client, "me").await.expect("it is there");
    let other = Credentials::new("other", "secret", None, None, "test");
    let other = client::Config::builder().credentials_provider(other);
    for _ in 0..2 {
        let call = client.get_thing().owner("me").r#type("big").customize();
        // An interceptor that changes the request of the call does not change the other one.
        let call = call
            .config_override(other.clone())
            .mutate_request(|request| {
                let target = request.headers().get("x-amz-target");
                assert_eq!(target, Some("Service.GetThing"));
            });
        call.send().await.expect("it is there");
    }
    let expected = [
        "0 DescribeEndpoints",
        "1 GetThing",
        "0 DescribeEndpoints",
        "1 GetThing",
        "1 GetThing",
    ];
    assert_eq!(server.sent(), expected);
}

#[tokio::test]
async fn calls_at_the_same_time_ask_once() {
    let server = Server::start();
    server.names(&[Some((1, 10))]);
    let (config, _) = config(&server);
    let client = Client::from_conf(config.build());
    let (one, two, three) =
        tokio::join!(get(&client, "me"), get(&client, "me"), get(&client, "me"));
    assert_eq!((one, two, three), (Ok(()), Ok(()), Ok(())));
    let sent = server.sent();
    let asked = sent.iter().filter(|it| *it == "0 DescribeEndpoints");
    assert_eq!(asked.count(), 1, "{sent:?}");
}
