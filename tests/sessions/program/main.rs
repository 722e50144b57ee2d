//! Checks the requests of calls in sessions, with a server on loopback.
//!
//! A test of the workspace compiles this together with the client.

mod server;
mod switches;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::retry::RetryConfig;
use serde_json::Value;
use server::{NOW, Server, caller, signed_by};
use sessions::Client;
use sessions::presigning::PresigningConfig;
use sessions::types::Keys;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if std::env::args().nth(1).is_some() {
        return switches::what_is_called_in_this_environment().await;
    }
    let signed = a_call_is_signed_with_the_credentials_of_a_session().await;
    a_session_is_opened_once_at_a_time().await;
    each_cellar_has_a_session_and_each_caller().await;
    a_session_ends_a_little_early().await;
    the_session_is_forgotten_that_was_used_longest_ago().await;
    a_failure_is_the_error_of_the_call_and_not_kept().await;
    interceptors_see_the_calls_of_their_user_only().await;
    without_credentials_there_is_no_session().await;
    others_have_credentials_for_cellars().await;
    users_open_sessions_themselves().await;
    credentials_of_a_session_are_credentials();
    switches::sessions_can_be_done_without().await;
    println!("{}", Value::from(signed));
}

async fn get(client: &Client, cellar: &str) {
    let call = client.get_thing().cellar(cellar).name("a");
    let output = call.send().await;
    let output = output.unwrap_or_else(|error| panic!("{}", DisplayErrorContext(error)));
    assert_eq!(output.text(), Some("hello"));
}

/// The expected inputs of a request's signature.
fn keep(mut request: Value, service: &str, caller: [&str; 3], token: Option<&str>) -> Value {
    request["service"] = service.into();
    request["region"] = "us-west-2".into();
    for (name, value) in ["key", "secret", "session"].into_iter().zip(caller) {
        request[name] = value.into();
    }
    request["token"] = token.into();
    request["once"] = (service == "pantry-express").into();
    request
}

async fn a_call_is_signed_with_the_credentials_of_a_session() -> Vec<Value> {
    const CALLER: [&str; 3] = ["CALLER", "secret", "CALLER/token"];
    const OPENED: [&str; 3] = ["SESSION1", "secret1", "token/1+=="];
    const TOKEN: Option<&str> = Some("x-pantry-token");

    let server = Server::start();
    let client = Client::from_conf(server.config().0.build());
    let put = client.put_thing().cellar("my--x").name("a b/grün");
    put.text("grün").send().await.expect("it is a call");
    get(&client.clone(), "my--x").await;
    client.list_cellars().send().await.expect("it is a call");
    let requests = <[Value; 4]>::try_from(server.take());
    let [opened, put, again, plain] = requests.expect("a session is opened once");
    assert_eq!(opened["target"], "/open/my--x");
    assert_eq!(opened["body"], "");
    assert_eq!(put["target"], "/cellars/my--x/a%20b/gr%C3%BCn");
    assert_eq!(again["target"], "/cellars/my--x/a");
    for (request, is_in_session) in [
        (&opened, false),
        (&put, true),
        (&again, true),
        (&plain, false),
    ] {
        let has = |name: &str| request["headers"].get(name).is_some();
        assert_eq!(has("x-pantry-token"), is_in_session, "{request:#}");
        assert_eq!(has("x-amz-security-token"), !is_in_session, "{request:#}");
        assert_eq!(tells_of_sessions(request), is_in_session, "{request:#}");
    }
    let presigned = presigned(&client).await;
    assert_eq!(server.calls(), [""; 0]);
    vec![
        keep(opened, "pantry-express", CALLER, None),
        keep(put, "pantry-express", OPENED, TOKEN),
        keep(again, "pantry-express", OPENED, TOKEN),
        keep(plain, "pantry", CALLER, None),
        keep(presigned, "pantry-express", OPENED, TOKEN),
    ]
}

/// Whether the user agent reports that a call is in a session.
fn tells_of_sessions(request: &Value) -> bool {
    let agent = request["headers"]["user-agent"].as_str();
    let mut words = agent.expect("there is one").split(' ');
    let features = words.find_map(|word| word.strip_prefix("m/"));
    let mut features = features.into_iter().flat_map(|it| it.split(','));
    features.any(|it| it == "J")
}

async fn presigned(client: &Client) -> Value {
    let config = PresigningConfig::builder()
        .start_time(UNIX_EPOCH + Duration::from_secs(NOW + 1_000_000))
        .expires_in(Duration::from_secs(60))
        .build();
    let call = client.get_thing().cellar("my--x").name("a b");
    let request = call.presigned(config.expect("it is complete")).await;
    let request = request.expect("it can be signed");
    let request = request.make_http_1x_request(SdkBody::empty());
    let target = request.uri().path_and_query().expect("it has one");
    assert!(
        target
            .as_str()
            .contains("X-Pantry-Token=token%2F1%2B%3D%3D"),
        "{target}"
    );
    assert!(
        !target.as_str().contains("X-Amz-Security-Token"),
        "{target}"
    );
    let host = request.uri().authority().expect("it has one");
    serde_json::json!({
        "method": request.method().as_str(),
        "target": target.as_str(),
        "headers": {"host": host.as_str()},
        "body": "",
        "unsigned": true,
    })
}

async fn a_session_is_opened_once_at_a_time() {
    let server = Server::start();
    server.delay(Duration::from_millis(100));
    let client = Client::from_conf(server.config().0.build());
    let calls = (0..20).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { get(&client, "my--x").await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("it is a call");
    }
    let calls = server.calls();
    assert_eq!(calls.len(), 21);
    let is_opening = |call: &&String| call.starts_with("/open/");
    assert_eq!(calls.iter().filter(is_opening).count(), 1, "{calls:#?}");
}

async fn each_cellar_has_a_session_and_each_caller() {
    let server = Server::start();
    let client = Client::from_conf(server.config().0.build());
    for cellar in ["my--x", "your--x", "my--x", "your--x", "plain"] {
        get(&client, cellar).await;
    }
    let expected = [
        "/open/my--x CALLER",
        "/cellars/my--x/a SESSION1",
        "/open/your--x CALLER",
        "/cellars/your--x/a SESSION2",
        "/cellars/my--x/a SESSION1",
        "/cellars/your--x/a SESSION2",
        "/cellars/plain/a CALLER",
    ];
    assert_eq!(server.calls(), expected);
    // A call with other credentials is one of another caller, even if only the secret differs.
    let secret = Credentials::new("CALLER", "other", None, None, "test");
    for credentials in [caller("OTHER"), caller("OTHER"), secret, caller("CALLER")] {
        let config = sessions::Config::builder().credentials_provider(credentials);
        let call = client.get_thing().cellar("my--x").name("a").customize();
        let call = call.config_override(config);
        call.send().await.expect("it is a call");
    }
    let expected = [
        "/open/my--x OTHER",
        "/cellars/my--x/a SESSION3",
        "/cellars/my--x/a SESSION3",
        "/open/my--x CALLER",
        "/cellars/my--x/a SESSION4",
        "/cellars/my--x/a SESSION1",
    ];
    assert_eq!(server.calls(), expected);
}

async fn a_session_ends_a_little_early() {
    let server = Server::start();
    let (config, clock) = server.config();
    let client = Client::from_conf(config.build());
    for seconds in [0, 289, 290, 579, 580] {
        clock.set_time(UNIX_EPOCH + Duration::from_secs(NOW + seconds));
        get(&client, "my--x").await;
    }
    let expected = [
        "/open/my--x CALLER",
        "/cellars/my--x/a SESSION1",
        "/cellars/my--x/a SESSION1",
        "/open/my--x CALLER",
        "/cellars/my--x/a SESSION2",
        "/cellars/my--x/a SESSION2",
        "/open/my--x CALLER",
        "/cellars/my--x/a SESSION3",
    ];
    assert_eq!(server.calls(), expected);
}

async fn the_session_is_forgotten_that_was_used_longest_ago() {
    let server = Server::start();
    let client = Client::from_conf(server.config().0.build());
    for number in 0..100 {
        get(&client, &format!("{number}--x")).await;
    }
    get(&client, "0--x").await;
    assert_eq!(server.calls().len(), 201);
    for cellar in ["100--x", "0--x", "2--x", "1--x"] {
        get(&client, cellar).await;
    }
    let expected = [
        "/open/100--x CALLER",
        "/cellars/100--x/a SESSION101",
        "/cellars/0--x/a SESSION1",
        "/cellars/2--x/a SESSION3",
        "/open/1--x CALLER",
        "/cellars/1--x/a SESSION102",
    ];
    assert_eq!(server.calls(), expected);
}

async fn a_failure_is_the_error_of_the_call_and_not_kept() {
    let server = Server::start();
    let (config, _) = server.config();
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_nanos(1));
    let client = Client::from_conf(config.retry_config(retries).build());
    server.refuse(1, 403, "CellarClosed");
    let call = client.get_thing().cellar("my--x").name("a");
    let error = call.send().await.expect_err("there is no session");
    let error = DisplayErrorContext(error).to_string();
    for said in [
        "no session could be opened",
        "CellarClosed",
        "no cellar today",
    ] {
        assert!(error.contains(said), "{error}");
    }
    assert_eq!(server.calls(), ["/open/my--x CALLER"]);
    // Errors that may be retried are retried, as in any call.
    server.refuse(2, 503, "CellarBusy");
    get(&client, "my--x").await;
    let opening = "/open/my--x CALLER";
    let expected = [opening, opening, opening, "/cellars/my--x/a SESSION1"];
    assert_eq!(server.calls(), expected);
}

#[derive(Clone, Debug, Default)]
struct Count(Arc<AtomicUsize>);

#[dyn_dispatch_hint]
impl Intercept for Count {
    fn name(&self) -> &'static str {
        "Count"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

async fn interceptors_see_the_calls_of_their_user_only() {
    let server = Server::start();
    let (of_client, of_call) = (Count::default(), Count::default());
    let config = server.config().0.interceptor(of_client.clone());
    let client = Client::from_conf(config.build());
    let call = client.get_thing().cellar("my--x").name("a").customize();
    let call = call.interceptor(of_call.clone());
    call.send().await.expect("it is a call");
    assert_eq!(server.calls().len(), 2);
    for count in [of_client, of_call] {
        assert_eq!(count.0.load(Ordering::Relaxed), 1);
    }
}

async fn without_credentials_there_is_no_session() {
    let server = Server::start();
    let config = sessions::Config::builder()
        .behavior_version_latest()
        .region(sessions::config::Region::new("us-west-2"))
        .endpoint_url("http://localhost:1");
    let client = Client::from_conf(config.build());
    let call = client.get_thing().cellar("my--x").name("a");
    let error = call.send().await.expect_err("nobody calls");
    let error = DisplayErrorContext(error).to_string();
    assert!(
        error.contains("there was no identity resolver for it"),
        "{error}"
    );
    assert_eq!(server.calls(), [""; 0]);
}

async fn others_have_credentials_for_cellars() {
    let server = Server::start();
    let config = server
        .config()
        .0
        .cellar_credentials_provider(caller("KEEPER"));
    let client = Client::from_conf(config.build());
    for cellar in ["my--x", "plain"] {
        get(&client, cellar).await;
    }
    let requests = server.take();
    assert_eq!(requests[0]["headers"]["x-pantry-token"], "KEEPER/token");
    assert_eq!(signed_by(&requests[0]), "KEEPER");
    assert_eq!(signed_by(&requests[1]), "CALLER");
    assert_eq!(requests.len(), 2);
}

async fn users_open_sessions_themselves() {
    let server = Server::start();
    let client = Client::from_conf(server.config().0.build());
    let call = client.open_cellar().cellar("my--x").mode("read");
    let output = call.send().await.expect("it is a call");
    let keys = output.keys().expect("it is opened");
    assert_eq!(keys.access_key_id(), "SESSION1");
    let requests = server.take();
    assert_eq!(requests[0]["headers"]["x-mode"], "read");
    // It is not the client's own session.
    get(&client, "my--x").await;
    let expected = ["/open/my--x CALLER", "/cellars/my--x/a SESSION2"];
    assert_eq!(server.calls(), expected);
}

fn credentials_of_a_session_are_credentials() {
    let keys = Keys::builder()
        .access_key_id("id")
        .secret_access_key("secret")
        .expiration(DateTime::from_secs(7));
    let built = |token: &str| keys.clone().session_token(token).build();
    let built = built("token").expect("it is complete");
    let credentials = Credentials::try_from(built).expect("nothing is missing");
    assert_eq!(credentials.access_key_id(), "id");
    assert_eq!(credentials.secret_access_key(), "secret");
    assert_eq!(credentials.session_token(), Some("token"));
    assert_eq!(
        credentials.expiry(),
        Some(UNIX_EPOCH + Duration::from_secs(7))
    );
    let error = Credentials::try_from(keys.build().expect("it is optional"));
    let error = error.expect_err("the token is missing").to_string();
    assert_eq!(
        error,
        "the credentials of a session are without `session_token`"
    );
}
