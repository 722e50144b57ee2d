//! The examples of IVS RealTime.

use serde_json::json;

use crate::canned::{Answer, Canned};
use crate::programs::{fail, print};

const STAGE: [&str; 2] = ["--stage-arn", "stage"];

#[test]
fn create_stage_with_tokens() {
    let answer = Answer::ok(json!({
        "stage": {
            "arn": "stage",
            "endpoints": { "whip": "https://whip", "rtmps": "rtmps://rtmps" },
        },
        "participantTokens": [
            { "userId": "alice", "token": "t1", "expirationTime": "2026-11-01T12:00:00Z" },
            { "userId": "bob", "token": "t2" },
        ],
    }));
    let server = Canned::start([("POST /CreateStage", answer)]);
    let arguments = [
        "party",
        "--host",
        "alice",
        "--guest",
        "bob",
        "--duration",
        "60",
    ];
    let printed = print("create_stage", &server.url(), &arguments);
    for part in [
        "https://whip",
        "rtmps://rtmps",
        "alice",
        "t1",
        "2026-11-01",
        "t2",
    ] {
        assert!(printed.contains(part), "{part}: {printed}");
    }
    let expected = json!({
        "name": "party",
        "participantTokenConfigurations": [
            { "duration": 60, "userId": "alice", "capabilities": ["PUBLISH", "SUBSCRIBE"] },
            { "duration": 60, "userId": "bob", "capabilities": ["SUBSCRIBE"] },
        ],
    });
    assert_eq!(server.bodies(), [expected]);
}

#[test]
fn list_participants_of_the_latest_session() {
    let sessions = json!({ "stageSessions": [
        { "sessionId": "old", "startTime": "2026-10-01T12:00:00Z" },
        { "sessionId": "new", "startTime": "2026-11-01T12:00:00Z" },
    ] });
    let participant = |id, published: bool| {
        json!({
            "participants": [
                { "participantId": id, "userId": "u", "state": "CONNECTED", "published": published },
            ],
            "nextToken": published.then_some("more"),
        })
    };
    let events = json!({ "events": [
        { "name": "JOINED", "eventTime": "2026-11-01T12:00:01Z" },
        { "name": "JOIN_ERROR", "errorCode": "QUOTA_EXCEEDED", "eventTime": "2026-11-01T12:00:02Z" },
    ] });
    let server = Canned::start([
        ("POST /ListStageSessions", Answer::ok(sessions)),
        (
            "POST /ListParticipants",
            Answer::ok(participant("p1", true)),
        ),
        ("POST /ListParticipantEvents", Answer::ok(events)),
        (
            "POST /ListParticipants",
            Answer::ok(participant("p2", false)),
        ),
        (
            "POST /ListParticipantEvents",
            Answer::ok(json!({ "events": [] })),
        ),
    ]);
    let arguments = [&STAGE[..], &["--events"]].concat();
    let printed = print("list_participants", &server.url(), &arguments);
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(
        lines,
        [
            "session new",
            "p1  u  CONNECTED  published",
            "    2026-11-01T12:00:01Z  JOINED",
            "    2026-11-01T12:00:02Z  JOIN_ERROR  QUOTA_EXCEEDED",
            "p2  u  CONNECTED  only watched",
        ]
    );
}

#[test]
fn list_participants_of_an_unused_stage() {
    let none = Answer::ok(json!({ "stageSessions": [] }));
    let server = Canned::start([("POST /ListStageSessions", none)]);
    let error = fail("list_participants", &server.url(), &STAGE);
    assert!(error.contains("nobody has joined"), "{error}");
    let arguments = [&STAGE[..], &["--session-id", "s"]].concat();
    let error = fail("list_participants", &server.url(), &arguments);
    assert!(error.contains("POST /ListParticipants"), "{error}");
}

#[test]
fn composition_starts_and_stops() {
    let composition = |state| {
        Answer::ok(json!({ "composition": {
            "arn": "composition", "stageArn": "stage", "state": state,
            "layout": { "grid": {} }, "destinations": [],
        } }))
    };
    let server = Canned::start([
        ("POST /StartComposition", composition("STARTING")),
        ("POST /GetComposition", composition("STARTING")),
        ("POST /GetComposition", composition("ACTIVE")),
        ("POST /StopComposition", Answer::ok(json!({}))),
        ("POST /StartComposition", composition("STARTING")),
        ("POST /GetComposition", composition("FAILED")),
    ]);
    let mut start = vec!["start"];
    start.extend(STAGE);
    start.extend([
        "--channel-arn",
        "channel",
        "--featured-attribute",
        "star",
        "--wait",
    ]);
    let printed = print("composition", &server.url(), &start);
    assert_eq!(printed, "composition\nACTIVE\n");
    let mut sent = server.bodies().swap_remove(0);
    let token = sent["idempotencyToken"].take();
    assert_eq!(token.as_str().map(str::len), Some(36), "{token}");
    let expected = json!({
        "destinations": [{ "channel": { "channelArn": "channel" } }],
        "idempotencyToken": null,
        "layout": { "grid": { "featuredParticipantAttribute": "star" } },
        "stageArn": "stage",
    });
    assert_eq!(sent, expected);

    assert_eq!(
        print("composition", &server.url(), &["stop", "composition"]),
        ""
    );
    assert_eq!(server.bodies()[3], json!({ "arn": "composition" }));
    let error = fail("composition", &server.url(), &start);
    assert!(error.contains("FAILED"), "{error}");
}
