//! Waits with the client of the model `waiters`, and checks for what and how long it waits.

#![cfg(test)]

use std::time::{Duration, UNIX_EPOCH};

use aws_smithy_async::test_util::{InstantSleep, instant_time_and_sleep};
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_runtime_api::client::waiters::error::WaiterError;
use aws_smithy_types::body::SdkBody;
use client::Client;
use client::client::Waiters;
use client::config::retry::RetryConfig;
use client::config::timeout::TimeoutConfig;
use client::config::{
    BehaviorVersion, Credentials, IdentityCache, Region, StalledStreamProtectionConfig,
};
use client::error::ProvideErrorMetadata;
use serde_json::{Value, json};

/// A client that gets these responses, its clock, which sleeping advances, and its requests. Only
/// waiters sleep.
fn client(responses: &[(u16, Value)]) -> (Client, InstantSleep, StaticReplayClient) {
    let events = responses.iter().map(|(status, body)| {
        let mut response = http::Response::builder().status(*status);
        if let Some(code) = body["__type"].as_str() {
            response = response.header("x-amzn-errortype", code);
        }
        let response = response.body(SdkBody::from(body.to_string()));
        let request = http::Request::builder().body(SdkBody::empty());
        ReplayEvent::new(request.expect("a request"), response.expect("a response"))
    });
    let http = StaticReplayClient::new(events.collect());
    let (time, sleep) = instant_time_and_sleep(UNIX_EPOCH);
    let config = client::Config::builder()
        .with_test_defaults_v2()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url("https://example.com")
        .retry_config(RetryConfig::disabled())
        .credentials_provider(Credentials::for_tests())
        .identity_cache(IdentityCache::no_cache())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .time_source(time)
        .sleep_impl(sleep.clone())
        .http_client(http.clone());
    (Client::from_conf(config.build()), sleep, http)
}

fn things(states: &[&str]) -> (u16, Value) {
    let things = states.iter().map(|state| json!({"status": state}));
    (200, json!({"things": things.collect::<Vec<_>>()}))
}

fn error(code: &str) -> (u16, Value) {
    (404, json!({"__type": code}))
}

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn it_asks_until_all_are_there() {
    let answers = [
        things(&[]),
        things(&["ACTIVE", "CREATING"]),
        error("Busy"),
        things(&["ACTIVE"]),
    ];
    let (client, sleep, http) = client(&answers);
    let found = client
        .wait_until_things_active()
        .names("a")
        .set_prefix(Some("p".to_owned()));
    assert_eq!(found.as_input().get_prefix().as_deref(), Some("p"));
    let found = found.wait(MINUTE).await.expect("they are active");
    let found = found.into_result().expect("it is an output");
    assert_eq!(found.things().len(), 1);
    assert_eq!(sleep.logs().len(), 3);
    let sent: Vec<_> = http.actual_requests().collect();
    assert_eq!(sent.len(), 4);
    for request in sent {
        assert_eq!(
            request.body().bytes(),
            Some(br#"{"names":["a"],"prefix":"p"}"#.as_slice())
        );
        let agent = request
            .headers()
            .get("x-amz-user-agent")
            .expect("it is there");
        let (_, features) = agent
            .split_once("m/")
            .expect("features of clients are told");
        let features = features.split(' ').next().unwrap_or_default();
        assert!(features.split(',').any(|it| it == "B"), "{agent}");
    }
}

#[tokio::test]
async fn the_first_acceptor_that_matches_decides() {
    let (client, ..) = client(&[things(&["ACTIVE", "FAILED"])]);
    let failed = client.wait_until_things_active().wait(MINUTE).await;
    match failed.expect_err("one has failed") {
        WaiterError::FailureState(state) => {
            let output = state.final_poll().as_result().expect("it is an output");
            assert_eq!(output.things().len(), 2);
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn errors_are_known_by_shape_and_by_code() {
    let (there, sleep, _) = client(&[
        things(&["ACTIVE"]),
        error("Throttled.Somehow"),
        error("Gone"),
    ]);
    #[expect(deprecated, reason = "the model deprecates it")]
    let gone = there
        .wait_until_things_gone()
        .wait(MINUTE)
        .await
        .expect("they are gone");
    assert!(
        gone.into_result()
            .expect_err("it is an error")
            .into_service_error()
            .is_gone()
    );
    assert_eq!(sleep.logs().len(), 2);

    let (client, ..) = client(&[error("Gone")]);
    match client
        .wait_until_things_active()
        .wait(MINUTE)
        .await
        .expect_err("they are gone")
    {
        WaiterError::FailureState(state) => {
            assert!(
                state
                    .final_poll()
                    .as_result()
                    .expect_err("it is an error")
                    .is_gone()
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_error_that_nothing_expects_ends_it() {
    let (client, ..) = client(&[things(&["CREATING"]), error("Other")]);
    let failed = client.wait_until_things_active().wait(MINUTE).await;
    match failed.expect_err("it has failed") {
        WaiterError::OperationFailed(failed) => {
            let error = failed
                .error()
                .as_service_error()
                .expect("the service says so");
            assert_eq!(error.code(), Some("Other"));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn any_answer_and_any_error() {
    let (client, sleep, _) = client(&[error("Gone"), error("Other"), things(&[])]);
    let found = client.wait_until_things_found();
    let found = found.set_names(Some(Vec::new())).wait(MINUTE).await;
    assert!(found.is_ok_and(|it| it.as_result().is_ok()));
    assert_eq!(sleep.logs().len(), 2);

    let (there, sleep, _) = self::client(&[things(&["FAILED"])]);
    assert!(
        there
            .wait_until_things_answered()
            .wait(MINUTE)
            .await
            .is_ok()
    );
    assert!(sleep.logs().is_empty());
}

#[tokio::test]
async fn what_was_asked_and_what_was_answered() {
    let named = |names: &[&str]| {
        let things = names.iter().map(|name| json!({"name": name}));
        (200, json!({"things": things.collect::<Vec<_>>()}))
    };
    let (client, sleep, _) = client(&[
        named(&["a"]),
        named(&["a", "b"]),
        named(&["b"]),
        named(&["a"]),
    ]);
    let found = client.wait_until_things_found().names("a").names("b");
    let found = found.wait(MINUTE).await.expect("there are two");
    assert_eq!(found.into_result().expect("an output").things().len(), 2);
    let found = client
        .wait_until_first_thing_found()
        .prefix("a")
        .wait(MINUTE)
        .await;
    assert!(found.is_ok());
    assert_eq!(sleep.logs().len(), 2);
}

#[tokio::test]
async fn delays_stay_in_their_bounds_and_end_in_time() {
    let answers = vec![things(&["CREATING"]); 40];
    let (client, sleep, http) = client(&answers);
    let failed = client.wait_until_things_active().wait(MINUTE).await;
    let WaiterError::ExceededMaxWait(exceeded) = failed.expect_err("it takes too long") else {
        panic!("it is the deadline");
    };
    assert_eq!((exceeded.max_wait(), exceeded.elapsed()), (MINUTE, MINUTE));
    assert_eq!(
        exceeded.poll_count() as usize,
        http.actual_requests().count()
    );
    let mut delays = sleep.logs();
    assert_eq!(delays.iter().sum::<Duration>(), MINUTE);
    // The last delay is the rest of the time, which may be longer by the minimum delay.
    let last = delays.pop().expect("there is one");
    assert!(last <= Duration::from_secs(13), "{last:?}");
    // The first delay is the minimum, and all others are random up to a growing limit.
    assert_eq!(delays[0], Duration::from_secs(3));
    for delay in delays {
        assert!((3..=10).contains(&delay.as_secs()), "{delay:?}");
    }
}

/// Outputs: one with all values, and others with one part missing, empty or different. Each has the
/// member that differs. All paths are tried with the outputs without such a member.
fn outputs() -> Vec<(String, Value)> {
    let all = json!({
        "status": "ACTIVE", "name": "one", "count": 2, "total": 5, "ratio": 2.5, "small": 0.5,
        "flag": true, "when": 1000.5, "data": "aGk=",
        "things": [
            {"name": "a", "status": "ACTIVE", "size": 3, "tags": {"a": "b"},
             "instances": [{"state": "ACTIVE", "weight": 2.5}, {"state": "CREATING", "weight": 0.5}]},
            {"name": "b", "status": "FAILED", "size": 1, "tags": {},
             "instances": [{"state": "ACTIVE", "weight": 1.5}]},
        ],
        "names": ["a", "b"], "numbers": [1, 2, 3], "ratios": [0.5, 2.0], "flags": [true, false],
        "statuses": ["ACTIVE", "FAILED"], "grid": [["x", "z"], ["y"]], "sparse": ["a", null],
        "byName": {"k": {"name": "kk", "status": "ACTIVE"}, "l": {"status": "ACTIVE"}},
        "byStatus": {"ACTIVE": "on"}, "choice": {"text": "t"},
        "part": {"name": "inner", "part": {"name": "deep"}},
        "sure": {"id": "x", "size": 1, "tags": ["t"], "status": "ACTIVE"},
        "marks": {"m": {"status": "ACTIVE", "inner":
            {"id": "x", "size": 1, "tags": ["t"], "status": "ACTIVE"}}},
    });
    let mut outputs = [json!({}), all.clone()]
        .map(|it| (String::new(), it))
        .to_vec();
    let mut pointers = Vec::new();
    pointers_in(&all, String::new(), &mut pointers);
    for pointer in pointers {
        for change in changes(all.pointer(&pointer).expect("it is there")) {
            let mut output = all.clone();
            *output.pointer_mut(&pointer).expect("it is there") = change;
            let member = pointer.split('/').nth(1).unwrap_or_default();
            outputs.push((member.to_owned(), without_nulls(output)));
        }
    }
    for choice in [
        json!({"thing": {"name": "tn"}}),
        json!({"number": 2}),
        json!({"number": 1}),
    ] {
        let mut output = all.clone();
        output["choice"] = choice;
        outputs.push(("choice".to_owned(), output));
    }
    outputs
}

/// The places of values in an output. Required ones stay.
fn pointers_in(value: &Value, at: String, pointers: &mut Vec<String>) {
    let inside: Vec<_> = match value {
        Value::Object(entries) => entries.iter().map(|(key, it)| (key.clone(), it)).collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(i, it)| (i.to_string(), it))
            .collect(),
        _ => Vec::new(),
    };
    for (key, value) in inside {
        let pointer = format!("{at}/{key}");
        let is_required = at == "/sure" || at.starts_with("/marks/") || pointer == "/choice/text";
        // Elements are changed with their lists: null is only an element of sparse lists.
        if !is_required && !value.is_null() && key.parse::<usize>().is_err() {
            pointers.push(pointer.clone());
        }
        pointers_in(value, pointer, pointers);
    }
}

fn changes(value: &Value) -> Vec<Value> {
    let others = match value {
        Value::String(text) if text == "ACTIVE" => vec![json!("CREATING"), json!("FAILED")],
        // It is base64.
        Value::String(text) if text == "aGk=" => vec![json!("")],
        Value::String(text) if text == "one" => vec![json!(""), json!("12"), json!("b")],
        Value::String(_) => vec![json!("b")],
        Value::Number(number) if number.is_f64() => vec![json!(3.0)],
        Value::Number(_) => vec![json!(-2), json!(3)],
        Value::Bool(value) => vec![json!(!value)],
        Value::Array(list) => vec![json!([]), list[..1].into()],
        _ => Vec::new(),
    };
    [Value::Null].into_iter().chain(others).collect()
}

/// An output as the service writes it, without members that are null.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries = entries.into_iter().filter(|(_, value)| !value.is_null());
            entries
                .map(|(key, value)| (key, without_nulls(value)))
                .collect()
        }
        Value::Array(list) => list.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// Whether a matcher of the model matches an output, with another implementation of JMESPath.
fn matches(matcher: &Value, output: &Value) -> bool {
    let text = |key: &str| matcher[key].as_str().expect("it is a string");
    let path = jmespath::compile(text("path")).expect("it is a path");
    let output = jmespath::Variable::from_json(&output.to_string()).expect("it is JSON");
    let Ok(found) = path.search(output) else {
        return false;
    };
    let found: Value = serde_json::from_str(&found.to_string()).expect("it is JSON");
    let expected = text("expected");
    let list = || found.as_array().cloned().unwrap_or_default();
    match text("comparator") {
        "stringEquals" => found == expected,
        "booleanEquals" => found == (expected == "true"),
        "allStringEquals" => !list().is_empty() && list().iter().all(|it| it == expected),
        "anyStringEquals" => list().iter().any(|it| it == expected),
        other => panic!("{other} is no comparator"),
    }
}

#[tokio::test]
async fn paths_find_what_jmespath_finds() {
    let model: Value = serde_json::from_str(include_str!("../model.json")).expect("it is JSON");
    let waiters = &model["shapes"]["example#GetThing"]["traits"]["smithy.waiters#waitable"];
    let outputs = outputs();
    let mut wrong = Vec::new();
    let mut count = [0, 0];
    macro_rules! cases {
        ($($name:literal $method:ident)*) => {{$({
            let matcher = &waiters[$name]["acceptors"][0]["matcher"]["output"];
            let path = matcher["path"].as_str().expect("it is a string");
            let outputs = outputs.iter().filter(|(member, _)| path.contains(member.as_str()));
            let outputs: Vec<_> = outputs.map(|(_, output)| output.clone()).collect();
            let answers: Vec<_> = outputs.iter().map(|output| (200, output.clone())).collect();
            let (client, ..) = client(&answers);
            for output in &outputs {
                let expected = matches(matcher, output);
                // On the heap, since there are more than a hundred.
                let found = Box::pin(client.$method().wait(MINUTE)).await.is_ok();
                count[usize::from(found)] += 1;
                if found != expected {
                    wrong.push(format!("{} {found}: {output}", matcher["path"]));
                    break;
                }
            }
        })*}};
    }
    include!("../cases.rs");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count[0] > 300 && count[1] > 300, "{count:?}");
}
