//! Presigns requests, and prints them as JSON. The argument is a session token.

use std::time::{Duration, UNIX_EPOCH};

use presigned::Client;
use presigned::config::{BehaviorVersion, Config, Credentials, Region};
use presigned::presigning::{PresignedRequest, PresigningConfig};
use presigned::primitives::DateTime;
use presigned::types::Mode;
use serde_json::{Value, json};

const HOST: &str = "store.example";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let session = std::env::args().nth(1);
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", session, None, "test");
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-west-2"))
        .credentials_provider(credentials)
        .endpoint_url(format!("https://{HOST}"));
    let client = Client::from_conf(config.build());
    configuration();
    let requests = requests(&client).await;
    println!("{}", Value::from(requests));
}

fn configuration() {
    let second = Duration::from_secs(1);
    let week = second * 7 * 24 * 60 * 60;
    let config = PresigningConfig::expires_in(week).expect("a week is fine");
    assert_eq!(config.expires(), week);
    let error = PresigningConfig::expires_in(week + second).expect_err("it is too long");
    assert_eq!(
        error.to_string(),
        "`expires_in` must be no longer than one week"
    );
    let error = PresigningConfig::builder()
        .build()
        .expect_err("it is not set");
    assert_eq!(error.to_string(), "`expires_in` is required");
}

/// A time in 2026, and an hour.
fn hour() -> PresigningConfig {
    PresigningConfig::builder()
        .start_time(UNIX_EPOCH + Duration::from_secs(1_780_000_000))
        .expires_in(Duration::from_secs(3600))
        .build()
        .expect("it is complete")
}

async fn requests(client: &Client) -> Vec<Value> {
    let get = client
        .get_thing()
        .name("a b/grün~+")
        .presigned(hour())
        .await;
    let get = get.expect("it can be signed");
    assert_eq!((get.method(), get.body()), ("GET", b"".as_slice()));
    assert_eq!(get.headers().count(), 0, "{get:?}");
    assert!(get.uri().contains("X-Amz-Date=20260528T202640Z"), "{get:?}");
    assert!(get.uri().contains("X-Amz-Expires=3600"), "{get:?}");
    let request = get.make_http_1x_request("body");
    assert_eq!(request.uri().to_string(), get.uri());
    assert_eq!(
        (request.method().as_str(), *request.body()),
        ("GET", "body")
    );

    // The body is not known yet, except for what the caller sets.
    let put = client.put_thing().name("a").presigned(hour()).await;
    let put = put.expect("it can be signed");
    assert_eq!(put.headers().count(), 0, "{put:?}");
    let said = client.put_thing().name("a").content_length(5);
    let said = said.content_encoding("gzip").checksum_sha256("mine");
    let said = said.customize().mutate_request(|request| {
        request.headers_mut().insert("x-amz-more", "1");
    });
    let said = said.presigned(hour()).await.expect("it can be signed");
    let mut headers: Vec<_> = said.headers().collect();
    headers.sort_unstable();
    let expected = [
        ("content-encoding", "gzip"),
        ("content-length", "5"),
        ("x-amz-checksum-sha256", "mine"),
        ("x-amz-more", "1"),
    ];
    assert_eq!(headers, expected);

    let post = client.put_record().text("grün").presigned(hour()).await;
    let post = post.expect("it can be signed");
    assert_eq!(post.method(), "POST");
    assert_eq!(post.body(), r#"{"text":"grün"}"#.as_bytes());
    assert_eq!(
        post.headers().collect::<Vec<_>>(),
        [("content-type", "application/json")]
    );

    let [say, said_little] = in_query(client).await;

    // A request that cannot be built.
    let error = client.get_thing().presigned(hour()).await;
    error.expect_err("the name is missing");
    vec![
        told(&get, true),
        told(&put, false),
        told(&said, false),
        told(&post.clone(), true),
        told(&say, true),
        told(&said_little, true),
    ]
}

/// Requests with their body in the query.
async fn in_query(client: &Client) -> [PresignedRequest; 2] {
    let say = client.say_thing().name("a b").text("grün & +").page(2);
    let say = say
        .voices("one")
        .voices("t/wo")
        .rate(0.5)
        .mode(Mode::Enabled);
    let say = say.until(DateTime::from_secs(7)).presigned(hour()).await;
    let say = say.expect("it can be signed");
    assert_eq!((say.method(), say.body()), ("GET", b"".as_slice()));
    let headers: Vec<_> = say.headers().collect();
    assert_eq!(headers, [("x-mode", "ENABLED")]);
    let (path, query) = say.uri().split_once('?').expect("it has a query");
    assert!(path.ends_with("/say/a%20b"), "{path}");
    let own = query.split('&').filter(|it| !it.starts_with("X-Amz-"));
    let expected = [
        "aloud",
        "page=2",
        "Rate=0.5",
        "Text=gr%C3%BCn%20%26%20%2B",
        "Until=1970-01-01T00%3A00%3A07Z",
        "Voices=one",
        "Voices=t%2Fwo",
    ];
    assert_eq!(own.collect::<Vec<_>>(), expected);
    let little = client.say_thing().name("a").customize();
    let little = little.presigned(hour()).await.expect("it can be signed");
    assert_eq!(little.headers().count(), 0);
    [say, little]
}

/// The parts that are checked.
fn told(request: &PresignedRequest, is_body_signed: bool) -> Value {
    let (_, target) = request.uri().split_once(HOST).expect("it is the host");
    let mut headers = json!({ "host": HOST });
    for (name, value) in request.headers() {
        headers[name] = value.into();
    }
    json!({
        "method": request.method(),
        "target": target,
        "headers": headers,
        "body": String::from_utf8_lossy(request.body()),
        "unsigned": !is_body_signed,
    })
}
