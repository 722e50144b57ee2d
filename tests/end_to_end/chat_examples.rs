//! The examples of IVS Chat.

use serde_json::json;

use crate::canned::{Answer, Canned};
use crate::programs::{command, fail, finish, print};

const ROOM: [&str; 2] = ["--room", "room"];

#[test]
fn create_room_with_its_log() {
    let server = Canned::start([
        (
            "POST /CreateLoggingConfiguration",
            Answer::ok(json!({ "arn": "logging", "state": "ACTIVE" })),
        ),
        ("POST /CreateRoom", Answer::ok(json!({ "arn": "room" }))),
        ("POST /CreateRoom", Answer::ok(json!({ "arn": "other" }))),
    ]);
    let arguments = ["lobby", "--log-group", "logs"];
    assert_eq!(print("create_room", &server.url(), &arguments), "room\n");
    assert_eq!(print("create_room", &server.url(), &["bar"]), "other\n");
    assert_eq!(
        server.bodies(),
        [
            json!({
                "destinationConfiguration": { "cloudWatchLogs": { "logGroupName": "logs" } },
                "name": "lobby",
            }),
            json!({ "loggingConfigurationIdentifiers": ["logging"], "name": "lobby" }),
            json!({ "name": "bar" }),
        ]
    );
}

#[test]
fn create_chat_token_for_a_person() {
    let token = Answer::ok(json!({ "token": "t" }));
    let server = Canned::start([("POST /CreateChatToken", token)]);
    let can = ["--can", "SEND_MESSAGE", "--can", "DELETE_MESSAGE"];
    let arguments = [&["alice", "--display-name", "Alice"], &ROOM[..], &can].concat();
    assert_eq!(print("create_chat_token", &server.url(), &arguments), "t\n");
    let expected = json!({
        "attributes": { "displayName": "Alice" },
        "capabilities": ["SEND_MESSAGE", "DELETE_MESSAGE"],
        "roomIdentifier": "room",
        "userId": "alice",
    });
    assert_eq!(server.bodies(), [expected]);
    let refused = finish(command("create_chat_token").args(["alice", "--can", "FLY"]));
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("SEND_MESSAGE"), "{refused:?}");
}

#[test]
fn send_event_with_attributes() {
    let server = Canned::start([("POST /SendEvent", Answer::ok(json!({ "id": "event-1" })))]);
    let mut command = command("send_event");
    command.env("IVS_CHAT_ROOM_ARN", "from the environment");
    let ran = finish(command.args([
        "--endpoint-url",
        &server.url(),
        "goal",
        "--attribute",
        "score=2=1",
    ]));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "event-1\n"));
    let expected = json!({
        "attributes": { "score": "2=1" },
        "eventName": "goal",
        "roomIdentifier": "from the environment",
    });
    assert_eq!(server.bodies(), [expected]);
    let ran = finish(command.args(["--attribute", "no value"]));
    assert_eq!(ran.code, Some(2));
}

#[test]
fn disconnect_user_with_a_reason() {
    let denied = Answer::chat_error(403, "AccessDeniedException", "not allowed");
    let server = Canned::start([
        ("POST /DisconnectUser", Answer::ok(json!({}))),
        ("POST /DisconnectUser", denied),
    ]);
    let arguments = [&["mallory", "--reason", "spam"], &ROOM[..]].concat();
    assert_eq!(print("disconnect_user", &server.url(), &arguments), "");
    let expected = json!({ "reason": "spam", "roomIdentifier": "room", "userId": "mallory" });
    assert_eq!(server.bodies(), [expected]);
    let error = fail("disconnect_user", &server.url(), &arguments);
    assert!(error.contains("not allowed"), "{error}");
}
