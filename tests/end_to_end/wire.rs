//! Requests and responses that moto does not support: tags, retries, connections, request ids.

use client_ivs::ProvideResponseMetadata;
use client_ivs::error::{DisplayErrorContext, ProvideErrorMetadata};
use client_ivs::operation::RequestId;
use client_ivschat::ProvideResponseMetadata as _;
use serde_json::json;

use crate::canned::{Answer, Canned};
use crate::clients::{chat, ivs, realtime};

const ARN: &str = "arn:aws:ivs:us-west-2:123456789012:channel/abcd";
/// The ARN as a label of a path: colons and slashes are encoded.
const LABEL: &str = "arn%3Aaws%3Aivs%3Aus-west-2%3A123456789012%3Achannel%2Fabcd";

#[tokio::test]
async fn tags_are_bound_to_path_query_and_body() {
    let tag = format!("POST /tags/{LABEL}");
    let untag = format!("DELETE /tags/{LABEL}?tagKeys=a%20b&tagKeys=c");
    let list = format!("GET /tags/{LABEL}");
    let server = Canned::start([
        (tag.as_str(), Answer::ok(json!({}))),
        (untag.as_str(), Answer::ok(json!({}))),
        (list.as_str(), Answer::ok(json!({ "tags": { "d": "4" } }))),
    ]);
    let client = ivs(&server.url(), "us-west-2");
    let tagged = client.tag_resource().resource_arn(ARN).tags("a b", "1");
    tagged.send().await.expect("tags are set");
    let untagged = client.untag_resource().resource_arn(ARN);
    let untagged = untagged.tag_keys("a b").tag_keys("c").send().await;
    untagged.expect("tags are removed");
    let listed = client.list_tags_for_resource().resource_arn(ARN).send();
    assert_eq!(listed.await.expect("tags are listed").tags()["d"], "4");
    assert_eq!(server.lines(), [tag, untag, list]);
    assert_eq!(server.bodies()[0], json!({ "tags": { "a b": "1" } }));
}

#[tokio::test]
async fn throttled_requests_are_sent_again_on_the_same_connection() {
    let line = "POST /GetStream";
    let server = Canned::start([
        (line, Answer::error(429, "ThrottlingException", "slow down")),
        (line, Answer::error(503, "Unavailable", "not now")),
        (line, Answer::ok(json!({ "stream": { "viewerCount": 7 } }))),
    ]);
    let client = ivs(&server.url(), "us-west-2");
    let found = client.get_stream().channel_arn(ARN).send().await;
    let found = found.expect("the third attempt succeeds");
    assert_eq!(found.stream().map(|stream| stream.viewer_count()), Some(7));
    assert_eq!(found.response_metadata().attempts(), Some(3));

    let received = server.received();
    assert_eq!(received.len(), 3);
    let invocation = received[0].header("amz-sdk-invocation-id");
    assert!(!invocation.is_empty());
    for (attempt, request) in received.iter().enumerate() {
        let expected = format!("attempt={}; max=3", attempt + 1);
        let header = request.header("amz-sdk-request");
        assert!(header.ends_with(&expected), "{header}");
        assert_eq!(request.header("amz-sdk-invocation-id"), invocation);
        let authorization = request.header("authorization");
        assert!(
            authorization.contains("/us-west-2/ivs/aws4_request"),
            "{authorization}"
        );
    }
    // The client may close a connection after a server error.
    assert_eq!(received[0].from, received[1].from);
}

#[tokio::test]
async fn errors_carry_code_message_and_request_id() {
    let answer = Answer::error(404, "ChannelNotBroadcasting", "The channel is offline.");
    let server = Canned::start([("POST /GetStream", answer)]);
    let client = ivs(&server.url(), "us-west-2");
    let error = client.get_stream().channel_arn(ARN).send().await;
    let error = error.expect_err("the channel is offline");
    assert_eq!(error.code(), Some("ChannelNotBroadcasting"));
    assert_eq!(error.message(), Some("The channel is offline."));
    assert_eq!(error.request_id(), Some("request-1"));
    assert_eq!(error.response_metadata().request_id(), Some("request-1"));
    assert_eq!(error.response_metadata().http_status(), Some(404));
    let shown = DisplayErrorContext(&error).to_string();
    assert!(shown.contains("The channel is offline."), "{shown}");
    let error = error.into_service_error();
    assert!(error.is_channel_not_broadcasting(), "{error:?}");
}

#[tokio::test]
async fn an_error_that_no_model_knows_keeps_what_it_says() {
    let answer = Answer::chat_error(418, "TeapotException", "short and stout");
    let server = Canned::start([("POST /CreateRoom", answer)]);
    let error = chat(&server.url()).create_room().send().await;
    let error = error.expect_err("the service is a teapot");
    assert_eq!(error.code(), Some("TeapotException"));
    assert_eq!(error.message(), Some("short and stout"));
    assert_eq!(error.request_id(), Some("request-1"));
    assert_eq!(error.response_metadata().http_status(), Some(418));
}

#[tokio::test]
async fn items_are_read_across_pages() {
    let line = "POST /ListPublicKeys";
    let page = |names: [&str; 2]| names.map(|name| json!({ "arn": name }));
    let server = Canned::start([
        (
            line,
            Answer::ok(json!({ "publicKeys": page(["a", "b"]), "nextToken": "more" })),
        ),
        // A page may be empty even if others follow.
        (
            line,
            Answer::ok(json!({ "publicKeys": [], "nextToken": "yet more" })),
        ),
        (line, Answer::ok(json!({ "publicKeys": page(["c", "d"]) }))),
    ]);
    let keys = realtime(&server.url())
        .list_public_keys()
        .into_paginator()
        .page_size(2)
        .items()
        .send()
        .try_collect()
        .await
        .expect("all pages are there");
    let arns: Vec<_> = keys.iter().filter_map(|key| key.arn()).collect();
    assert_eq!(arns, ["a", "b", "c", "d"]);
    assert_eq!(
        server.bodies(),
        [
            json!({ "maxResults": 2 }),
            json!({ "maxResults": 2, "nextToken": "more" }),
            json!({ "maxResults": 2, "nextToken": "yet more" }),
        ]
    );
}

#[tokio::test]
async fn a_server_that_is_gone_is_a_dispatch_failure() {
    let url = Canned::start([]).url();
    let error = chat(&url).list_rooms().send().await;
    let error = error.expect_err("nobody listens");
    let failure = match &error {
        client_ivschat::error::SdkError::DispatchFailure(failure) => failure,
        other => panic!("another error: {other:?}"),
    };
    assert!(failure.is_io(), "{failure:?}");
    assert_eq!(error.response_metadata().http_status(), None);
}

#[tokio::test]
async fn numbers_and_times_of_a_response_are_read_as_they_are() {
    let body = json!({
        "stream": {
            "viewerCount": -1,
            "startTime": "2026-11-01T12:34:56.789Z",
            "health": "LUKEWARM",
            "added later": [1, { "a": null }],
        }
    });
    let server = Canned::start([("POST /GetStream", Answer::ok(body))]);
    let found = ivs(&server.url(), "us-west-2").get_stream();
    let found = found.channel_arn(ARN).send().await;
    let stream = found.expect("a stream").stream.expect("a stream");
    assert_eq!(stream.viewer_count(), -1);
    let start = stream.start_time().map(ToString::to_string);
    assert_eq!(start.as_deref(), Some("2026-11-01T12:34:56.789Z"));
    assert_eq!(stream.health().map(|it| it.as_str()), Some("LUKEWARM"));
}
