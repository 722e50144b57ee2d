//! Tests the feature `serde`: values survive a round trip, with the model's member names.

use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::DateTime;
use client_ivs::ProvideResponseMetadata;
use client_ivs::operation::list_channels::ListChannelsOutput;
use client_ivs::types::{
    Channel, ChannelLatencyMode, ChannelSummary, StreamSession, StreamSummary,
};
use client_ivschat::operation::create_room::CreateRoomInput;
use client_ivschat::types::{DestinationConfiguration, S3DestinationConfiguration};
use serde_json::json;

fn channel() -> Channel {
    Channel::builder()
        .arn("arn:aws:ivs:us-west-2:123456789012:channel/abcdefgh")
        .latency_mode(ChannelLatencyMode::from("FUTURE"))
        .authorized(true)
        .tags("team", "live")
        .tags("stage", "")
        .build()
}

#[test]
fn a_structure_has_the_models_member_names() {
    let value = serde_json::to_value(channel()).expect("a channel can be written");
    assert_eq!(value["latencyMode"], "FUTURE");
    assert_eq!(value["authorized"], true);
    assert_eq!(value["tags"], json!({ "stage": "", "team": "live" }));
    assert_eq!(value.get("name"), None, "what is not set is not written");
    let read: Channel = serde_json::from_value(value).expect("a channel can be read");
    assert_eq!(read, channel());
}

#[test]
fn nulls_and_unknown_members_are_passed_over() {
    let read: Channel = serde_json::from_value(json!({
        "arn": "a", "name": null, "tags": null, "addedLater": { "x": [1, null] },
    }))
    .expect("a channel can be read");
    assert_eq!(read, Channel::builder().arn("a").build());
}

#[test]
fn a_wrong_type_is_an_error() {
    let read = serde_json::from_value::<Channel>(json!({ "arn": 1 }));
    assert!(read.is_err(), "{read:?}");
}

#[test]
fn a_union_is_an_object_with_one_member() {
    let s3 = S3DestinationConfiguration::builder().bucket_name("logs");
    let union = DestinationConfiguration::S3(s3.build().expect("all members are set"));
    let value = serde_json::to_value(&union).expect("a union can be written");
    assert_eq!(value, json!({ "s3": { "bucketName": "logs" } }));
    let read: DestinationConfiguration =
        serde_json::from_value(value).expect("a union can be read");
    assert_eq!(read, union);
}

#[test]
fn inputs_and_outputs_too() {
    let input = CreateRoomInput::builder()
        .name("room")
        .maximum_message_length(500);
    let input = input.build().expect("inputs can always be built");
    let value = serde_json::to_value(&input).expect("an input can be written");
    assert_eq!(
        value,
        json!({ "name": "room", "maximumMessageLength": 500 })
    );
    assert_eq!(
        serde_json::from_value::<CreateRoomInput>(value).ok(),
        Some(input)
    );

    let summary = ChannelSummary::builder().arn("a").build();
    let output = ListChannelsOutput::builder()
        .channels(summary)
        .next_token("t");
    let output = output.build().expect("all members are set");
    let text = serde_json::to_string(&output).expect("an output can be written");
    assert_eq!(
        text,
        r#"{"channels":[{"arn":"a","authorized":false,"insecureIngest":false}],"nextToken":"t"}"#
    );
    assert_eq!(
        serde_json::from_str::<ListChannelsOutput>(&text).ok(),
        Some(output)
    );
}

/// The time at which a saved session starts.
fn start(saved: serde_json::Value) -> Option<DateTime> {
    let session = serde_json::from_value::<StreamSession>(json!({ "startTime": saved }));
    session.ok()?.start_time
}

#[test]
fn times_keep_their_nanoseconds() {
    let time = DateTime::from_secs_and_nanos(1_700_000_000, 123_456_789);
    let session = StreamSession::builder().start_time(time).build();
    let value = serde_json::to_value(&session).expect("a session can be written");
    assert_eq!(value["startTime"], "2023-11-14T22:13:20.123456789Z");
    assert_eq!(start(value["startTime"].clone()), Some(time));
    // A year that RFC 3339 cannot express.
    let far = DateTime::from_secs_and_nanos(i64::MIN, 1);
    let session = StreamSession::builder().start_time(far).build();
    let value = serde_json::to_value(&session).expect("a session can be written");
    assert_eq!(start(value["startTime"].clone()), Some(far));
}

#[test]
fn times_of_older_versions_are_read() {
    let at = DateTime::from_secs_and_nanos;
    assert_eq!(start(json!(1.5)), Some(at(1, 500_000_000)));
    assert_eq!(start(json!(1_700_000_000)), Some(at(1_700_000_000, 0)));
    assert_eq!(start(json!(-1)), Some(at(-1, 0)));
    // Converted through a float, it would be 122,999,906 ns.
    let written = json!(1_700_000_000.123);
    assert_eq!(start(written), Some(at(1_700_000_000, 123_000_000)));
    assert_eq!(start(json!(0.123_456_789_012)), Some(at(0, 123_456_789)));
    for wrong in [json!("yesterday"), json!(1e300), json!(u64::MAX), json!([])] {
        assert_eq!(start(wrong.clone()), None, "{wrong}");
    }
}

#[test]
fn a_variant_that_is_unknown_is_kept() {
    let unknown = json!({ "addedLater": { "x": [1, null] } });
    let read: DestinationConfiguration =
        serde_json::from_value(unknown).expect("it is read as over HTTP");
    assert!(read.is_unknown(), "{read:?}");
    let saved = serde_json::to_value(&read).expect("it can be saved");
    assert_eq!(saved, json!({ "$unknown": {} }));
    let loaded: DestinationConfiguration = serde_json::from_value(saved).expect("it can be loaded");
    assert_eq!(loaded, read);
    for none in [json!({}), json!({ "s3": null }), json!("s3")] {
        let read = serde_json::from_value::<DestinationConfiguration>(none);
        assert!(read.is_err(), "{read:?}");
    }
}

#[test]
fn numbers_are_read_exactly_or_refused() {
    let length = |text: &str| {
        let saved = format!(r#"{{"maximumMessageLength":{text}}}"#);
        let read = serde_json::from_str::<CreateRoomInput>(&saved);
        read.ok().and_then(|input| input.maximum_message_length)
    };
    assert_eq!(length("2147483647"), Some(i32::MAX));
    assert_eq!(length("500.0"), Some(500));
    for wrong in [
        "2147483648",
        "9223372036854775808",
        "1.5",
        "1e300",
        r#""5""#,
    ] {
        assert_eq!(length(wrong), None, "{wrong}");
    }
    let views = |text: &str| {
        let saved = format!(r#"{{"viewerCount":{text}}}"#);
        let read = serde_json::from_str::<StreamSummary>(&saved);
        read.ok().map(|summary| summary.viewer_count)
    };
    assert_eq!(views("9223372036854775807"), Some(i64::MAX));
    assert_eq!(views("-9223372036854775808"), Some(i64::MIN));
    for wrong in [
        "9223372036854775808",
        "18446744073709551615",
        "9007199254740993.0",
    ] {
        assert_eq!(views(wrong), None, "{wrong}");
    }
}

#[tokio::test]
async fn an_output_keeps_what_it_knows_of_its_response() {
    let http_client = infallible_client_fn(|_| {
        let response = http::Response::builder().header("x-amzn-requestid", "request");
        response
            .body(r#"{"channels":[{"arn":"a"}]}"#)
            .expect("a response")
    });
    let config = client_ivs::Config::builder()
        .with_test_defaults_v2()
        .http_client(http_client);
    let client = client_ivs::Client::from_conf(config.build());
    let output = client.list_channels().send().await.expect("an output");
    let text = serde_json::to_string(&output).expect("an output can be saved");
    let loaded: ListChannelsOutput = serde_json::from_str(&text).expect("it can be loaded");
    assert_eq!(loaded, output);
    // Equality compares only the request id.
    let metadata = |output: &ListChannelsOutput| format!("{:?}", output.response_metadata());
    assert_eq!(metadata(&loaded), metadata(&output));
    assert_eq!(loaded.response_metadata().http_status(), Some(200));
}
