//! The responses of the services.

use serde_json::json;

/// A channel's ARN.
pub const CHANNEL: &str = "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh";

/// A stage's ARN.
pub const STAGE: &str = "arn:aws:ivs:us-west-2:123456789012:stage/abcdABCDefgh";

/// A room's ARN.
pub const ROOM: &str = "arn:aws:ivschat:us-west-2:123456789012:room/abcdABCDefgh";

/// The response to a call of [`CALLS`](crate::CALLS).
///
/// # Panics
///
/// Panics if there is no such call.
pub fn answer(call: &str) -> String {
    match call {
        "CreateChannel" => json!({
            "channel": {
                "arn": CHANNEL,
                "name": "my-channel",
                "latencyMode": "LOW",
                "type": "STANDARD",
                "ingestEndpoint": "a1b2c3d4e5f6.global-contribute.live-video.net",
                "playbackUrl": "https://a1b2c3d4e5f6.us-west-2.playback.live-video.net/api/video/v1/x.m3u8",
                "authorized": true,
                "insecureIngest": false,
                "tags": { "team": "video" },
            },
            "streamKey": {
                "arn": "arn:aws:ivs:us-west-2:123456789012:stream-key/g1H2I3j4k5L6",
                "channelArn": CHANNEL,
                "value": "sk_us-west-2_abcdABCDefgh_567890abcdef",
                "tags": {},
            },
        })
        .to_string(),
        "ListChannels" => channels(50),
        "PutMetadata" => String::new(),
        "CreateParticipantToken" => json!({
            "participantToken": {
                "participantId": "abcdABCDefgh",
                "token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl",
                "userId": "alice",
                "attributes": { "team": "video" },
                "duration": 720,
                "capabilities": ["PUBLISH", "SUBSCRIBE"],
                "expirationTime": "2026-11-22T12:00:00Z",
            },
        })
        .to_string(),
        "CreateChatToken" => json!({
            "token": "AQICAHjJ8h4ZB1v2T3N4bG8xY2h0",
            "sessionExpirationTime": "2026-11-22T13:00:00Z",
            "tokenExpirationTime": "2026-11-22T12:01:00Z",
        })
        .to_string(),
        other => panic!("there is no call `{other}`"),
    }
}

/// The response to `ListChannels` with this number of channels; 2,300 of them are a megabyte.
pub fn channels(count: usize) -> String {
    let channels: Vec<_> = (0..count)
        .map(|number| {
            json!({
                "arn": format!("arn:aws:ivs:us-west-2:123456789012:channel/abcd{number:08}"),
                "name": format!("channel number {number}"),
                "latencyMode": if number % 2 == 0 { "LOW" } else { "NORMAL" },
                "authorized": number % 3 == 0,
                "recordingConfigurationArn":
                    "arn:aws:ivs:us-west-2:123456789012:recording-configuration/mnopMNOPqrst",
                "tags": { "team": "video", "environment": "production" },
                "insecureIngest": false,
                "type": "STANDARD",
                "preset": "",
                "playbackRestrictionPolicyArn": "",
            })
        })
        .collect();
    json!({ "channels": channels, "nextToken": "bmV4dA==" }).to_string()
}
