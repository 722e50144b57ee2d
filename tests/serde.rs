//! The `serde` feature: values survive a round trip, with the model's member names.

use client_ivs::operation::list_channels::ListChannelsOutput;
use client_ivs::types::{Channel, ChannelLatencyMode, ChannelSummary, StreamSession};
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

#[test]
fn timestamps_are_seconds_since_the_epoch() {
    let session: StreamSession =
        serde_json::from_value(json!({ "startTime": 1.5 })).expect("a session can be read");
    assert_eq!(
        session.start_time().map(|time| time.as_secs_f64()),
        Some(1.5)
    );
}
