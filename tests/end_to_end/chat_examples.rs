//! The example of IVS Chat.

use serde_json::json;

use crate::canned::{Answer, Canned};
use crate::programs::{command, fail, finish, print};

const ROOM: [&str; 2] = ["--room", "room"];

#[test]
fn chat_room_is_created_with_its_log() {
    let server = Canned::start([
        (
            "POST /CreateLoggingConfiguration",
            Answer::ok(json!({ "arn": "logging", "state": "ACTIVE" })),
        ),
        ("POST /CreateRoom", Answer::ok(json!({ "arn": "room" }))),
        ("POST /CreateRoom", Answer::ok(json!({ "arn": "other" }))),
    ]);
    let arguments = ["create", "lobby", "--log-group", "logs"];
    assert_eq!(print("chat_room", &server.url(), &arguments), "room\n");
    let printed = print("chat_room", &server.url(), &["create", "bar"]);
    assert_eq!(printed, "other\n");
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
fn chat_room_lets_people_in_and_throws_them_out() {
    let denied = Answer::chat_error(403, "AccessDeniedException", "not allowed");
    let server = Canned::start([
        ("POST /CreateChatToken", Answer::ok(json!({ "token": "t" }))),
        ("POST /SendEvent", Answer::ok(json!({ "id": "event-1" }))),
        ("POST /DisconnectUser", Answer::ok(json!({}))),
        ("POST /DisconnectUser", denied),
    ]);
    let token = [
        &["token"],
        &ROOM[..],
        &[
            "alice",
            "--can",
            "SEND_MESSAGE",
            "--attribute",
            "name=Alice=A",
        ],
    ];
    assert_eq!(print("chat_room", &server.url(), &token.concat()), "t\n");
    let send = [&["send"], &ROOM[..], &["welcome", "--attribute", "text=Hi"]];
    let printed = print("chat_room", &server.url(), &send.concat());
    assert_eq!(printed, "event-1\n");
    let disconnect = [&["disconnect"], &ROOM[..], &["mallory", "--reason", "spam"]];
    assert_eq!(print("chat_room", &server.url(), &disconnect.concat()), "");
    let error = fail("chat_room", &server.url(), &disconnect.concat());
    assert!(error.contains("not allowed"), "{error}");
    assert_eq!(
        server.bodies()[..3],
        [
            json!({
                "attributes": { "name": "Alice=A" },
                "capabilities": ["SEND_MESSAGE"],
                "roomIdentifier": "room",
                "userId": "alice",
            }),
            json!({
                "attributes": { "text": "Hi" },
                "eventName": "welcome",
                "roomIdentifier": "room",
            }),
            json!({ "reason": "spam", "roomIdentifier": "room", "userId": "mallory" }),
        ]
    );
}

#[test]
fn chat_room_takes_the_room_from_the_environment() {
    let server = Canned::start([("POST /SendEvent", Answer::ok(json!({ "id": "e" })))]);
    let mut command = command("chat_room");
    command.env("IVS_CHAT_ROOM_ARN", "from the environment");
    let ran = finish(command.args(["--endpoint-url", &server.url(), "send", "ping"]));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(server.bodies()[0]["roomIdentifier"], "from the environment");
    let ran = finish(command.args(["--attribute", "no value"]));
    assert_eq!(ran.code, Some(2));
}
