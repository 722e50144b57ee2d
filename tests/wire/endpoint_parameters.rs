//! Calls the client of the model `endpoint_parameters`, also without members of its endpoints.

#![cfg(test)]

use std::error::Error;

use aws_smithy_http_client::test_util::capture_request;
use client::Client;
use client::config::{
    AccountIdEndpointMode, BehaviorVersion, Credentials, Region, StalledStreamProtectionConfig,
};
use client::error::SdkError;
use client::operation::required_members::builders::RequiredMembersFluentBuilder;
use client::types::Kind;

fn config() -> client::config::Builder {
    client::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
}

/// The endpoint of a call, or the missing member.
async fn sent(
    change: impl FnOnce(RequiredMembersFluentBuilder) -> RequiredMembersFluentBuilder,
) -> Result<String, String> {
    let (http, requests) = capture_request(None);
    let call = Client::from_conf(config().http_client(http).build())
        .required_members()
        .kind(Kind::Small)
        .r#type("long")
        .zones("here");
    match change(call).send().await {
        Ok(_) => Ok(requests.expect_request().uri().to_owned()),
        Err(error @ SdkError::ConstructionFailure(_)) => {
            requests.expect_no_request();
            let reason = error.source().expect("a reason").to_string();
            let (member, _) = reason.split_once(" was missing").expect("a missing member");
            Err(member.to_owned())
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_call_needs_the_required_members_that_its_endpoint_is_made_of() {
    let all = sent(|call| call).await;
    assert_eq!(
        all,
        Ok("https://SMALL.long.example.test/RequiredMembers/long".to_owned())
    );
    let missing = |member: &str| Err(member.to_owned());
    assert_eq!(sent(|call| call.set_kind(None)).await, missing("kind"));
    assert_eq!(sent(|call| call.set_type(None)).await, missing("type"));
    assert_eq!(sent(|call| call.set_zones(None)).await, missing("zones"));
}

/// Whitespace is not an endpoint, and a list may have no elements.
#[tokio::test]
async fn what_is_blank_is_missing() {
    let missing = |member: &str| Err(member.to_owned());
    for blank in ["", " ", "\t\n"] {
        assert_eq!(sent(|call| call.kind(blank.into())).await, missing("kind"));
        assert_eq!(sent(|call| call.r#type(blank)).await, missing("type"));
    }
    let without_zones = sent(|call| call.set_zones(Some(Vec::new()))).await;
    assert!(without_zones.is_ok(), "{without_zones:?}");
}

/// The user agent reports whether endpoints may have the account's id.
#[tokio::test]
async fn the_user_agent_tells_of_account_ids_in_endpoints() {
    for (mode, letter) in [
        (None, "P"),
        (Some(AccountIdEndpointMode::Preferred), "P"),
        (Some(AccountIdEndpointMode::Disabled), "Q"),
        (Some(AccountIdEndpointMode::Required), "R"),
    ] {
        let (http, requests) = capture_request(None);
        let mut config = config().http_client(http);
        config.set_account_id_endpoint_mode(mode);
        let call = Client::from_conf(config.build()).plain();
        let _ = call.send().await;
        let request = requests.expect_request();
        let agent = request.headers().get("x-amz-user-agent");
        let mut words = agent.expect("a user agent").split(' ');
        let metrics = words.find_map(|word| word.strip_prefix("m/"));
        let metrics = metrics.expect("the features of a call");
        assert!(metrics.split(',').any(|it| it == letter), "{metrics}");
    }
}
