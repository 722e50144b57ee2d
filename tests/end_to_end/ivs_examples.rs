//! The examples of IVS, with moto if it knows the operations.

use serde_json::json;

use crate::canned::{Answer, Canned};
use crate::moto::moto;
use crate::programs::{command, fail, finish, print};

const CHANNEL: [&str; 2] = ["--channel-arn", "arn:aws:ivs:us-west-2:1:channel/a"];

#[test]
fn create_channel_and_list_channels() {
    let Some(moto) = moto() else { return };
    let region = ["--region", "us-east-1"];
    for name in ["news", "sport", "news"] {
        let printed = print(
            "create_channel",
            moto.url(),
            &[&region[..], &[name, "--latency-mode", "NORMAL"]].concat(),
        );
        let lines: Vec<_> = printed.lines().collect();
        assert!(lines[0].starts_with("channel:      arn:aws:ivs:us-east-1:"));
        assert_eq!(
            lines[1],
            "ingest:       rtmps://ingest.example.com:443/app/"
        );
        assert!(lines[2].starts_with("stream key:   sk_us-east-1_"));
        assert!(lines[3].starts_with("playback:     https://"));
    }
    let list = |arguments: &[&str]| {
        let arguments = [&region[..], &["--page-size", "1"], arguments].concat();
        let printed = print("list_channels", moto.url(), &arguments);
        let names = printed.lines().filter_map(|line| line.split("  ").nth(1));
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(list(&[]), ["news", "sport", "news"]);
    assert_eq!(list(&["--name", "news"]), ["news", "news"]);
}

#[test]
fn create_channel_sends_what_it_is_told() {
    let answer = Answer::ok(json!({
        "channel": { "arn": "arn", "srt": { "endpoint": "srt://host:9000", "passphrase": "p" } },
        "streamKey": { "value": "sk" },
    }));
    let server = Canned::start([("POST /CreateChannel", answer)]);
    let arguments = ["name", "--channel-type", "ADVANCED_HD"];
    let printed = print("create_channel", &server.url(), &arguments);
    assert!(printed.contains("srt://host:9000"), "{printed}");
    let expected = json!({ "name": "name", "latencyMode": "LOW", "type": "ADVANCED_HD" });
    assert_eq!(server.bodies(), [expected]);
    let help = finish(command("create_channel").arg("--help")).stdout;
    // The line breaks depend on the terminal.
    let words = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("[possible values: LOW, NORMAL]"), "{help}");
}

#[test]
fn list_channels_with_live_streams() {
    let server = Canned::start([
        (
            "POST /ListStreams",
            Answer::ok(json!({
                "streams": [
                    { "channelArn": "b", "state": "LIVE", "health": "STARVING", "viewerCount": 12 },
                ],
                "nextToken": "more",
            })),
        ),
        (
            "POST /ListStreams",
            Answer::ok(json!({ "streams": [{ "channelArn": "c", "viewerCount": -1 }] })),
        ),
        (
            "POST /ListChannels",
            Answer::ok(json!({ "channels": [
                { "arn": "a", "name": "one" },
                { "arn": "b", "name": "two" },
                { "arn": "c", "name": "three" },
            ] })),
        ),
    ]);
    let printed = print("list_channels", &server.url(), &["--live"]);
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(
        lines,
        [
            "a  one  offline",
            "b  two  LIVE  health STARVING  viewers 12",
            "c  three  -  health -  viewers ?",
        ]
    );
}

#[test]
fn put_metadata_sends_text_to_a_live_channel() {
    let line = "POST /PutMetadata";
    let offline = Answer::error(404, "ChannelNotBroadcasting", "offline");
    let denied = Answer::error(403, "AccessDeniedException", "not allowed");
    let server = Canned::start([
        (line, Answer::no_content()),
        (line, offline),
        (line, denied),
    ]);
    let arguments = [&CHANNEL[..], &["{\"a\": 1}"]].concat();
    assert_eq!(print("put_metadata", &server.url(), &arguments), "");
    let expected = json!({ "channelArn": CHANNEL[1], "metadata": "{\"a\": 1}" });
    assert_eq!(server.bodies(), [expected]);
    let error = fail("put_metadata", &server.url(), &arguments);
    assert!(error.contains("start a stream"), "{error}");
    let error = fail("put_metadata", &server.url(), &arguments);
    assert!(error.contains("not allowed"), "{error}");
}

#[test]
fn put_metadata_refuses_what_the_service_would() {
    for (text, complaint) in [("ä".repeat(513), "1026 bytes"), (String::new(), "nothing")] {
        let ran = finish(command("put_metadata").args(CHANNEL).arg(text));
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains(complaint), "{}", ran.stderr);
    }
}

#[test]
fn stream_health_of_a_live_stream() {
    let stream = json!({ "stream": {
        "state": "LIVE", "health": "HEALTHY", "viewerCount": 3,
        "startTime": "2026-11-01T12:00:00Z",
    } });
    let session = json!({ "streamSession": {
        "streamId": "st-1",
        "startTime": "2026-11-01T12:00:00Z",
        "ingestConfiguration": {
            "video": {
                "codec": "avc1.4D401F", "videoWidth": 1280, "videoHeight": 720,
                "targetFramerate": 30, "targetBitrate": 2500000, "encoder": "obs",
            },
            "audio": {
                "codec": "mp4a.40.2", "sampleRate": 48000, "channels": 2, "targetBitrate": 128000,
            },
        },
        "truncatedEvents": [
            { "name": "Stream Start", "eventTime": "2026-11-01T12:00:01Z" },
            { "name": "Starvation Start", "eventTime": "2026-11-01T12:05:00Z", "code": "C1" },
        ],
    } });
    let server = Canned::start([
        ("POST /GetStream", Answer::ok(stream)),
        ("POST /GetStreamSession", Answer::ok(session)),
    ]);
    let printed = print("stream_health", &server.url(), &CHANNEL);
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(
        lines,
        [
            "state:    LIVE",
            "health:   HEALTHY",
            "viewers:  3",
            "stream:   st-1",
            "started:  2026-11-01T12:00:00Z",
            "video:    avc1.4D401F 1280x720, 30 frames/s, 2500 kbit/s, from obs",
            "audio:    mp4a.40.2 48000 Hz, 2 channels, 128 kbit/s",
            "2026-11-01T12:00:01Z  Stream Start",
            "2026-11-01T12:05:00Z  Starvation Start  C1",
        ]
    );
}

#[test]
fn stream_health_of_an_earlier_stream() {
    let offline = Answer::error(404, "ChannelNotBroadcasting", "offline");
    let session = |id| Answer::ok(json!({ "streamSession": { "streamId": id } }));
    let server = Canned::start([
        ("POST /GetStream", offline),
        ("POST /GetStreamSession", session("latest")),
        ("POST /GetStreamSession", session("st-7")),
        (
            "POST /GetStreamSession",
            Answer::error(404, "ResourceNotFoundException", "no such stream"),
        ),
    ]);
    let printed = print("stream_health", &server.url(), &CHANNEL);
    assert!(printed.starts_with("The channel is offline."), "{printed}");
    assert!(printed.contains("stream:   latest"), "{printed}");
    let arguments = [&CHANNEL[..], &["--stream-id", "st-7"]].concat();
    let printed = print("stream_health", &server.url(), &arguments);
    assert!(printed.contains("stream:   st-7"), "{printed}");
    let error = fail("stream_health", &server.url(), &arguments);
    assert!(error.contains("no such stream"), "{error}");
}
