//! Puts a secret into every sensitive member, and searches all output for it.
//!
//! A test of the workspace compiles this together with the client of `sensitive_everything`.

mod events;
mod printed;

use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::{Blob, DateTime};
use sensitive_everything::config::{Builder, Credentials, Region};
use sensitive_everything::operation::put_secrets::PutSecretsInput;
use sensitive_everything::types::{Partly, SecretChoice, SecretKind, SecretStructure};
use sensitive_everything::{Client, Config, Error};
use serde_json::json;

use events::Events;
use printed::Printed;

/// Secrets that no text may contain: words, a number, a time and bytes, as they may be printed.
const SECRETS: [&str; 8] = [
    "SECRET",
    "secret-",
    "31337421",
    "2001-02-03",
    "981173106",
    "83, 69, 67, 82, 69, 84",
    "U0VDUkVU",
    "53454352",
];

fn main() {
    let events = Events::default();
    tracing::subscriber::set_global_default(events.clone()).expect("there is no other one");
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    let mut printed = Printed::default();
    values(&mut printed);
    saved(&mut printed);
    runtime.block_on(async {
        outputs(&mut printed).await;
        errors(&mut printed).await;
        unreadable(&mut printed).await;
        unsendable(&mut printed).await;
        late_failures(&mut printed).await;
    });
    printed.add_all("event", events.take());
    printed.check(&SECRETS);
}

/// A client whose calls get this response.
fn answered(
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: impl Into<String>,
) -> Client {
    Client::from_conf(config(status, headers, body).build())
}

fn config(
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: impl Into<String>,
) -> Builder {
    let body = body.into();
    let http_client = infallible_client_fn(move |_| {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        response
            .body(SdkBody::from(body.as_str()))
            .expect("a response")
    });
    Config::builder()
        .behavior_version_latest()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("id", "key", None, None, "test"))
        .endpoint_url("http://localhost")
        .http_client(http_client)
}

fn put(
    client: &Client,
) -> sensitive_everything::operation::put_secrets::builders::PutSecretsFluentBuilder {
    client
        .put_secrets()
        .label("SECRET")
        .header("SECRET")
        .query("SECRET")
        .vault("SECRET")
        .text("SECRET")
        .plain("plain")
        .number(31_337_421)
        .blob(Blob::new("SECRET"))
        .moment(DateTime::from_secs(981_173_106))
        .list("SECRET")
        .list_of_secrets("SECRET")
        .map_of_secrets("a", "SECRET")
        .map_by_secrets("SECRET", "a")
        .structure(structure())
        .kind(SecretKind::from("SECRET"))
        .kinds(SecretKind::from("SECRET"))
        .choice(SecretChoice::A("SECRET".into()))
        .partly(Partly::Hidden("SECRET".into()))
        .r#type("SECRET")
}

fn structure() -> SecretStructure {
    SecretStructure::builder()
        .name("SECRET")
        .names("SECRET")
        .build()
}

/// Values that users create: structures, inputs, builders.
fn values(printed: &mut Printed) {
    let client = answered(200, &[], "{}");
    printed.debug("fluent builder", &put(&client));
    printed.debug("builder", put(&client).as_input());
    let input = put(&client).as_input().clone().build().expect("an input");
    printed.debug("input", &input);
    printed.debug("structure", &structure());
    printed.debug("its builder", &SecretStructure::builder().name("SECRET"));
    for partly in [
        Partly::Hidden("SECRET".into()),
        Partly::Secrets(vec!["SECRET".into()]),
    ] {
        printed.debug("union", &partly);
    }
    printed.debug("union", &SecretChoice::A("SECRET".into()));
    let chosen = format!("{:?}", SecretChoice::B);
    assert!(!chosen.contains('B'), "the variant is the secret: {chosen}");
    let kind = SecretKind::from("SECRET");
    printed.debug("enum", &kind);
    printed.display("enum", &kind);
    assert_eq!(kind.as_str(), "SECRET");
    printed.error(
        "enum",
        &SecretKind::try_parse("SECRET").expect_err("it is unknown"),
    );
    let open = Partly::Open("shown".into());
    assert!(format!("{open:?}").contains("shown"));
}

/// Errors of `serde` when saved values cannot be loaded.
fn saved(printed: &mut Printed) {
    for (member, value) in [
        ("number", json!(31_337_421_000_000_i64)),
        ("number", json!("SECRET")),
        ("moment", json!("SECRET")),
        ("blob", json!("SECRET secret-")),
        ("text", json!(31_337_421)),
        ("list", json!("SECRET")),
        ("mapOfSecrets", json!({ "SECRET": 31_337_421 })),
        ("choice", json!({ "a": 31_337_421 })),
        ("kind", json!(31_337_421)),
    ] {
        let loaded = serde_json::from_value::<PutSecretsInput>(json!({ member: value }));
        printed.error(member, &loaded.expect_err("it has another type"));
    }
}

fn output() -> serde_json::Value {
    json!({
        "plain": "shown",
        "partly": { "hidden": "SECRET" },
        "number": 31_337_421,
        "moment": 981_173_106,
        "blob": "U0VDUkVU",
        "kinds": ["SECRET"],
        "byKind": { "SECRET": { "open": "a" } },
        "choice": { "a": "SECRET" },
        "mapBySecrets": { "SECRET": "a" },
        "mapOfSecrets": { "a": "SECRET" },
        "structure": { "name": "SECRET", "names": ["SECRET"] },
    })
}

const HEADERS: [(&str, &str); 6] = [
    ("x-token", "SECRET"),
    ("x-number", "31337421"),
    ("x-mark-a", "SECRET"),
    ("x-reason", "SECRET"),
    ("x-plain", "shown"),
    ("x-amzn-requestid", "request"),
];

async fn outputs(printed: &mut Printed) {
    let client = answered(200, &[], output().to_string());
    let output = put(&client).send().await.expect("an output");
    printed.debug("output", &output);
    assert!(format!("{output:?}").contains("shown"));
    let client = answered(200, &HEADERS, "SECRET");
    let output = client.read_headers().send().await.expect("an output");
    assert_eq!(output.token(), Some("SECRET"));
    assert_eq!(output.body().map(Blob::as_ref), Some(&b"SECRET"[..]));
    printed.debug("output of headers", &output);
    let secrets = client
        .stream_secrets()
        .body(ByteStream::from_static(b"SECRET"));
    printed.debug("streaming builder", &secrets);
    let output = secrets.send().await.expect("an output");
    printed.debug("streaming output", &output);
}

async fn errors(printed: &mut Printed) {
    let bodies = [
        ("SecretError", r#"{"message":"SECRET","detail":"a"}"#),
        ("SealedError", r#"{"message":"SECRET","number":31337421}"#),
        (
            "OtherwiseError",
            r#"{"exceptionMessage":"SECRET","plain":"a"}"#,
        ),
        ("KindError", r#"{"message":"SECRET"}"#),
        // None of them can be read.
        ("SealedError", r#"{"message":"SECRET","number":"SECRET"}"#),
        ("SecretError", r#"{"message":"SECRET","detail":31337421}"#),
        ("SecretError", r#"{"message":"SECRET""#),
    ];
    for (code, body) in bodies {
        let headers: &'static _ = Box::leak(Box::new([("x-amzn-errortype", code)]));
        for status in [400, 500] {
            let client = answered(status, headers, body);
            let error = put(&client).send().await.expect_err("an error");
            assert_eq!(
                error.raw_response().and_then(|it| it.body().bytes()),
                Some(body.as_bytes())
            );
            printed.error(code, &error);
            printed.meta(code, &error);
            let error = error.into_service_error();
            printed.error(code, &error);
            printed.meta(code, &error);
            printed.error(code, &Error::from(error));
            let error = put(&client).send().await.expect_err("an error");
            printed.error(code, &Error::from(error));
        }
    }
    let client = answered(400, &[("x-amzn-errortype", "SecretError")], bodies[0].1);
    let error = put(&client)
        .send()
        .await
        .expect_err("an error")
        .into_service_error();
    match error {
        sensitive_everything::operation::put_secrets::PutSecretsError::SecretError(error) => {
            assert_eq!(error.message(), Some("SECRET"), "the user still gets it");
            assert_eq!(error.detail(), Some("a"));
        }
        other => panic!("{other:?}"),
    }
    let client = answered(
        400,
        &HEADERS,
        r#"{"__type":"HeaderError","message":"shown"}"#,
    );
    let error = client.read_headers().send().await.expect_err("an error");
    assert!(format!("{error:?}").contains("shown"), "{error:?}");
    printed.error("HeaderError", &error);
}

/// Successful responses that cannot be read.
async fn unreadable(printed: &mut Printed) {
    let text = output().to_string();
    let bodies = [
        text[..text.len() - 1].to_owned(),
        text.replace("31337421", "31337421000000"),
        text.replace("981173106", "\"SECRET\""),
        text.replace("U0VDUkVU", "SECRET secret-"),
        text.replace("\"shown\"", "31337421"),
        "SECRET".to_owned(),
    ];
    for body in bodies {
        let client = answered(200, &[], body.as_str());
        let error = put(&client).send().await.expect_err("it cannot be read");
        printed.error("unreadable output", &error);
        printed.meta("unreadable output", &error);
        printed.error("unreadable output", &Error::from(error));
    }
    let headers: &'static [_] = &[("x-number", "SECRET"), ("x-token", "SECRET")];
    let client = answered(200, headers, "SECRET");
    let error = client
        .read_headers()
        .send()
        .await
        .expect_err("it is no number");
    printed.error("unreadable headers", &error);
    let client = answered(200, &headers[..1], "SECRET");
    let secrets = client
        .stream_secrets()
        .body(ByteStream::from_static(b"SECRET"));
    printed.error(
        "unreadable stream",
        &secrets.send().await.expect_err("it is no number"),
    );
}

/// Requests that cannot be built.
async fn unsendable(printed: &mut Printed) {
    let client = answered(200, &[], "{}");
    let error = put(&client).header("SECRET\nSECRET").send().await;
    printed.error("unsendable", &error.expect_err("it has a line break"));
    let error = put(&client).label("").send().await;
    printed.error("unsendable", &error.expect_err("it has no label"));
    let error = client.get_secret().tenant("SECRET SECRET").send().await;
    printed.error("unsendable", &error.expect_err("it is no host"));
}

/// Fails at the end of a call.
#[derive(Debug)]
struct Late;

#[aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint]
impl Intercept for Late {
    fn name(&self) -> &'static str {
        "Late"
    }

    fn read_after_execution(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err("too late".into())
    }
}

/// Calls that fail after their response has been read.
async fn late_failures(printed: &mut Printed) {
    let answered = config(200, &[], output().to_string()).interceptor(Late);
    let error = put(&Client::from_conf(answered.build())).send().await;
    printed.error("late", &error.expect_err("the interceptor fails"));
    let answered = config(200, &HEADERS, "SECRET").interceptor(Late);
    let client = Client::from_conf(answered.build());
    let error = client.read_headers().send().await;
    printed.error("late", &error.expect_err("the interceptor fails"));
}
