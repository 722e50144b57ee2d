//! Tests Signature Version 4A, and authentication schemes of endpoints.

use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::Blob;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::display::DisplayErrorContext;
use in_regions::Client;
use in_regions::config::{Builder, Config, Region, Token};
use in_regions::presigning::PresigningConfig;
use serde_json::{Value, json};

const HOST: &str = "places.example";
const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const SESSION: &str = "FwoGZXIvYXdzE+/rM8Tn==";

/// An HTTP client that keeps requests instead of sending them.
struct Seen {
    builder: Builder,
    requests: Arc<Mutex<Vec<Value>>>,
}

impl Seen {
    fn new(session: Option<&str>) -> Self {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        let http_client = infallible_client_fn(move |request| {
            kept.lock()
                .expect("no test has panicked")
                .push(told(&request));
            http::Response::new(SdkBody::from("{}"))
        });
        let session = session.map(str::to_owned);
        let builder = Config::builder()
            .behavior_version_latest()
            .region(Region::new("us-west-2"))
            .credentials_provider(Credentials::new(KEY, SECRET, session, None, "test"))
            .endpoint_url(format!("https://{HOST}"))
            .http_client(http_client);
        Self { builder, requests }
    }

    fn client(&self) -> Client {
        Client::from_conf(self.builder.clone().build())
    }

    fn last(&self) -> Value {
        let mut requests = self.requests.lock().expect("no test has panicked");
        requests.pop().expect("it was called")
    }

    /// The authentication of the last request, without the signature.
    fn scheme(&self) -> String {
        scheme(&self.last())
    }
}

/// A request as JSON.
fn told(request: &http::Request<SdkBody>) -> Value {
    let mut headers = json!({ "host": HOST });
    for (name, value) in request.headers() {
        headers[name.as_str()] = value.to_str().expect("it is ASCII").into();
    }
    let body = request.body().bytes().expect("it is in memory");
    let target = request.uri().path_and_query().expect("it has a path");
    json!({
        "method": request.method().as_str(),
        "target": target.as_str(),
        "headers": headers,
        "body": String::from_utf8_lossy(body),
    })
}

fn scheme(request: &Value) -> String {
    let Some(text) = request["headers"]["authorization"].as_str() else {
        return "none".to_owned();
    };
    let (algorithm, rest) = text.split_once(' ').expect("it has a scheme");
    let scope = rest.split(',').next().expect("it has a scope");
    let scope = scope.split_once('/').map_or("", |(_, scope)| scope);
    let (_, scope) = scope.split_once('/').unwrap_or_default();
    let regions = request["headers"]["x-amz-region-set"].as_str();
    [algorithm, scope, regions.unwrap_or_default()]
        .join(" ")
        .trim_end()
        .to_owned()
}

/// Requests with Signature Version 4A, in the form for the check of signatures.
pub async fn signed() -> Value {
    let mut signed = Vec::new();
    for session in [None, Some(SESSION)] {
        let seen = Seen::new(session);
        let client = seen.client();
        let mut keep = |mut request: Value, service: &str, regions: &str| {
            request["service"] = service.into();
            request["region"] = regions.into();
            request["key"] = KEY.into();
            request["secret"] = SECRET.into();
            request["session"] = session.into();
            signed.push(request);
        };
        client.plain().send().await.expect("it is a call");
        assert_eq!(
            seen.scheme(),
            "AWS4-HMAC-SHA256 us-west-2/places/aws4_request"
        );

        client.asymmetric().send().await.expect("it is a call");
        let request = seen.last();
        assert_eq!(
            scheme(&request),
            "AWS4-ECDSA-P256-SHA256 places/aws4_request us-west-2"
        );
        keep(request, "places", "us-west-2");

        let call = client
            .everywhere()
            .place("a b/grün")
            .name("c&d=e")
            .text("grün");
        call.send().await.expect("it is a call");
        let mut request = seen.last();
        assert_eq!(
            scheme(&request),
            "AWS4-ECDSA-P256-SHA256 places-everywhere/aws4_request *"
        );
        assert_eq!(
            request["target"],
            "/everywhere/a%20b%2Fgr%C3%BCn?name=c%26d%3De"
        );
        request["once"] = true.into();
        keep(request, "places-everywhere", "*");

        client.either().send().await.expect("it is a call");
        let request = seen.last();
        assert_eq!(
            scheme(&request),
            "AWS4-ECDSA-P256-SHA256 places/aws4_request us-east-1,eu-west-1"
        );
        keep(request, "places", "us-east-1,eu-west-1");

        let unsigned = client.unsigned().data(Blob::new("data"));
        unsigned.send().await.expect("it is a call");
        let mut request = seen.last();
        assert_eq!(
            request["headers"]["x-amz-content-sha256"],
            "UNSIGNED-PAYLOAD"
        );
        request["unsigned"] = true.into();
        keep(request, "places-everywhere", "*");

        // The user's setting takes precedence over the endpoint's.
        let own = seen
            .builder
            .clone()
            .sigv4a_signing_region_set("eu-central-1,*");
        let call = Client::from_conf(own.build()).either();
        call.send().await.expect("it is a call");
        keep(seen.last(), "places", "eu-central-1,*");

        keep(presigned(&client).await, "places", "us-west-2");
        the_endpoint_chooses(&seen).await;
    }
    signed.into()
}

async fn presigned(client: &Client) -> Value {
    let hour = PresigningConfig::builder()
        .start_time(UNIX_EPOCH + Duration::from_secs(1_780_000_000))
        .expires_in(Duration::from_secs(3600))
        .build();
    let request = client
        .asymmetric()
        .presigned(hour.expect("it is complete"))
        .await;
    let request = request.expect("it can be signed");
    let request = request.make_http_1x_request(SdkBody::empty());
    told(&request)
}

async fn the_endpoint_chooses(seen: &Seen) {
    let client = seen.client();
    client.here().send().await.expect("it is a call");
    assert_eq!(
        seen.scheme(),
        "AWS4-HMAC-SHA256 eu-west-2/places/aws4_request"
    );
    client.open().send().await.expect("it is a call");
    assert_eq!(seen.scheme(), "none");
    client.optional().send().await.expect("it is a call");
    assert_eq!(
        seen.scheme(),
        "AWS4-ECDSA-P256-SHA256 places-everywhere/aws4_request *"
    );
    // The endpoint accepts no token, although the operation does.
    let with_token = seen.builder.clone().bearer_token(Token::new("t", None));
    let call = Client::from_conf(with_token.build()).token();
    call.send().await.expect("it is a call");
    assert_eq!(
        seen.scheme(),
        "AWS4-HMAC-SHA256 eu-west-2/places/aws4_request"
    );

    let preferring = |scheme: &'static str| {
        let config = seen.builder.clone().auth_scheme_preference([scheme.into()]);
        Client::from_conf(config.build())
    };
    let client = preferring("sigv4");
    client.either().send().await.expect("it is a call");
    assert_eq!(
        seen.scheme(),
        "AWS4-HMAC-SHA256 us-west-2-x/places-here/aws4_request"
    );
    client
        .everywhere()
        .place("a")
        .send()
        .await
        .expect("it is a call");
    assert_eq!(
        seen.scheme(),
        "AWS4-ECDSA-P256-SHA256 places-everywhere/aws4_request *"
    );
    let client = preferring("sigv4a");
    client.plain().send().await.expect("it is a call");
    assert_eq!(
        seen.scheme(),
        "AWS4-ECDSA-P256-SHA256 places/aws4_request us-west-2"
    );
    client.here().send().await.expect("it is a call");
    assert_eq!(
        seen.scheme(),
        "AWS4-HMAC-SHA256 eu-west-2/places/aws4_request"
    );
}

pub async fn an_endpoint_that_the_client_cannot_call_is_an_error() {
    let seen = Seen::new(None);
    let error = seen
        .client()
        .other()
        .send()
        .await
        .expect_err("it cannot be signed");
    let error = DisplayErrorContext(error).to_string();
    let said =
        "the request has to be authenticated by `sigv4-other`, which this client does not have";
    assert!(error.contains(said), "{error}");
    assert!(
        seen.requests
            .lock()
            .expect("no test has panicked")
            .is_empty()
    );
}

pub async fn a_client_without_the_feature_signs_for_one_region() {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&requests);
    let http_client = infallible_client_fn(move |request| {
        kept.lock()
            .expect("no test has panicked")
            .push(scheme(&told(&request)));
        http::Response::new(SdkBody::from("{}"))
    });
    let config = in_one_region::Config::builder()
        .behavior_version_latest()
        .region(in_one_region::config::Region::new("us-west-2"))
        .credentials_provider(Credentials::new(KEY, SECRET, None, None, "test"))
        .endpoint_url(format!("https://{HOST}"))
        .http_client(http_client);
    let client = in_one_region::Client::from_conf(config.build());
    client.plain().send().await.expect("it is a call");
    client.either().send().await.expect("it is a call");
    let expected = [
        "AWS4-HMAC-SHA256 us-west-2/places/aws4_request",
        "AWS4-HMAC-SHA256 us-west-2-x/places-here/aws4_request",
    ];
    assert_eq!(*requests.lock().expect("no test has panicked"), expected);
    let errors = [
        DisplayErrorContext(
            client
                .asymmetric()
                .send()
                .await
                .expect_err("it cannot be signed"),
        )
        .to_string(),
        DisplayErrorContext(
            client
                .everywhere()
                .place("a")
                .send()
                .await
                .expect_err("it cannot be signed"),
        )
        .to_string(),
    ];
    for error in errors {
        let said = "by `sigv4a`, which this client does not have: it has Signature Version 4A with its \
                    cargo feature `sigv4a`";
        assert!(error.contains(said), "{error}");
    }
}
