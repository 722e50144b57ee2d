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

/// A page with one participant.
fn participant(id: &str, published: bool, next: Option<&str>) -> Answer {
    Answer::ok(json!({
        "participants": [
            { "participantId": id, "userId": "u", "state": "CONNECTED", "published": published },
        ],
        "nextToken": next,
    }))
}

#[test]
fn list_participants_of_the_latest_session() {
    let sessions = Answer::ok(json!({ "stageSessions": [
        { "sessionId": "old", "startTime": "2026-10-01T12:00:00Z" },
        { "sessionId": "new", "startTime": "2026-11-01T12:00:00Z" },
    ] }));
    let line = "POST /ListParticipants";
    let server = Canned::start([
        ("POST /ListStageSessions", sessions),
        (line, participant("p1", true, Some("more"))),
        (line, participant("p2", false, None)),
    ]);
    let printed = print("list_participants", &server.url(), &STAGE);
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(
        lines,
        [
            "session new",
            "p1  u  CONNECTED  published",
            "p2  u  CONNECTED  only watched",
        ]
    );
    let next = json!({ "nextToken": "more", "sessionId": "new", "stageArn": "stage" });
    assert_eq!(server.bodies()[2], next);
}

#[test]
fn list_participants_that_published() {
    let line = "POST /ListParticipants";
    let server = Canned::start([(line, participant("p1", true, None))]);
    let arguments = [&STAGE[..], &["--session-id", "s", "--published"]].concat();
    let printed = print("list_participants", &server.url(), &arguments);
    assert_eq!(printed.lines().count(), 2, "{printed}");
    assert_eq!(
        server.bodies(),
        [json!({ "filterByPublished": true, "sessionId": "s", "stageArn": "stage" })]
    );
}

#[test]
fn session_events_are_told_in_the_order_of_time() {
    let events = |events| Answer::ok(json!({ "events": events }));
    let (participants, of_participant) = ("POST /ListParticipants", "POST /ListParticipantEvents");
    let server = Canned::start([
        (participants, participant("p1", true, Some("more"))),
        (
            of_participant,
            events(json!([
                { "name": "JOINED", "participantId": "p1", "eventTime": "2026-11-01T12:00:01Z" },
                { "name": "LEFT", "participantId": "p1", "eventTime": "2026-11-01T12:00:03Z" },
            ])),
        ),
        (participants, participant("p2", false, None)),
        (
            of_participant,
            events(json!([{
                "name": "JOIN_ERROR", "participantId": "p2", "errorCode": "QUOTA_EXCEEDED",
                "eventTime": "2026-11-01T12:00:02Z",
            }])),
        ),
    ]);
    let arguments = [&STAGE[..], &["--session-id", "new"]].concat();
    let printed = print("session_events", &server.url(), &arguments);
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(
        lines,
        [
            "2026-11-01T12:00:01Z  p1  JOINED",
            "2026-11-01T12:00:02Z  p2  JOIN_ERROR  QUOTA_EXCEEDED",
            "2026-11-01T12:00:03Z  p1  LEFT",
        ]
    );
    assert_eq!(
        server.bodies()[3],
        json!({ "participantId": "p2", "sessionId": "new", "stageArn": "stage" })
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

fn composition(state: &str) -> Answer {
    Answer::ok(json!({ "composition": {
        "arn": "composition", "stageArn": "stage", "state": state,
        "layout": { "grid": {} }, "destinations": [],
    } }))
}

#[test]
fn composition_starts_on_a_channel() {
    let server = Canned::start([
        ("POST /StartComposition", composition("STARTING")),
        ("POST /GetComposition", composition("STARTING")),
        ("POST /GetComposition", composition("ACTIVE")),
        ("POST /StartComposition", composition("STARTING")),
        ("POST /GetComposition", composition("FAILED")),
    ]);
    let channel = ["--channel-arn", "channel", "--featured-attribute", "star"];
    let arguments = [&["start", "--wait"], &STAGE[..], &channel].concat();
    let printed = print("composition", &server.url(), &arguments);
    assert_eq!(printed, "composition\n");
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
    let error = fail("composition", &server.url(), &arguments);
    assert!(error.contains("FAILED"), "{error}");
}

#[test]
fn composition_stops() {
    let missing = Answer::error(404, "ResourceNotFoundException", "no such composition");
    let server = Canned::start([
        ("POST /StopComposition", Answer::ok(json!({}))),
        ("POST /StopComposition", missing),
    ]);
    let arguments = ["stop", "composition"];
    assert_eq!(print("composition", &server.url(), &arguments), "");
    assert_eq!(server.bodies(), [json!({ "arn": "composition" })]);
    let error = fail("composition", &server.url(), &arguments);
    assert!(error.contains("no such composition"), "{error}");
}
