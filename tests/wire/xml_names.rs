//! Calls the client of the model `xml_names`, and checks what it sends and reads.

#![cfg(test)]

use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient, capture_request};
use aws_smithy_types::DateTime;
use aws_smithy_types::body::SdkBody;
use client::config::retry::RetryConfig;
use client::config::{BehaviorVersion, Credentials, Region};
use client::error::DisplayErrorContext;
use client::types::{Choice, Kind, Thing};
use client::{Client, Config};

fn config() -> client::config::Builder {
    Config::builder()
        .with_test_defaults_v2()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url("https://example.com")
        .retry_config(RetryConfig::disabled())
        .credentials_provider(Credentials::for_tests())
}

/// A client that gets this response.
fn client(body: &str) -> Client {
    let request = http::Request::builder().body(SdkBody::empty());
    let response = http::Response::builder().header("x-id", "of header");
    let response = response.body(SdkBody::from(body));
    let event = ReplayEvent::new(request.expect("a request"), response.expect("a response"));
    let http_client = StaticReplayClient::new(vec![event]);
    Client::from_conf(config().http_client(http_client).build())
}

/// Names before `{}` have the prefix of the document for the namespace.
const THING: &str = "<{}thing {}kind=\"k\"><{}name>n</{}name><plain>p</plain>\
    <{}when>Tue, 14 Nov 2023 22:13:20 GMT</{}when><{}parts><a:part>1</a:part></{}parts>\
    <{}flat>2</{}flat><{}flat>3</{}flat>\
    <{}tags><entry><{}key>k</{}key><{}value><a:part>4</a:part></{}value></entry></{}tags>\
    <{}flatTag><{}key>l</{}key><{}value/></{}flatTag>\
    <{}choice><{}text>t</{}text></{}choice><{}next><{}name>m</{}name></{}next></{}thing>";

fn document(prefix: &str) -> String {
    let thing = THING.replace("{}kind", "a:kind").replace("{}", prefix);
    format!("<GetThingOutput xmlns:a=\"https://example.com/a\">{thing}</GetThingOutput>")
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn thing() -> Thing {
    Thing::builder()
        .kind("k")
        .name("n")
        .plain("p")
        .when(DateTime::from_secs(1_700_000_000))
        .set_parts(Some(texts(&["1"])))
        .set_flat(Some(texts(&["2", "3"])))
        .tags("k", texts(&["4"]))
        .flat_tags("l", Vec::new())
        .choice(Choice::Text("t".to_owned()))
        .next(Thing::builder().name("m").build())
        .build()
}

#[tokio::test]
async fn elements_are_read_whatever_their_prefix() {
    for prefix in ["a:", "", "b:"] {
        let output = client(&document(prefix)).get_thing().send().await;
        let output = output.unwrap_or_else(|error| panic!("{}", DisplayErrorContext(error)));
        assert_eq!(output.thing, Some(thing()), "{prefix}");
        assert_eq!(output.id(), Some("of header"));
    }
}

#[tokio::test]
async fn elements_are_sent_with_their_prefix() {
    let (http_client, request) = capture_request(None);
    let client = Client::from_conf(config().http_client(http_client).build());
    let _ = client.get_thing().thing(thing()).send().await;
    let request = request.expect_request();
    let sent = std::str::from_utf8(request.body().bytes().expect("it is there"));
    let sent = sent.expect("it is text");
    for part in [
        "<a:name>n</a:name>",
        "<plain>p</plain>",
        "<a:parts><a:part>1</a:part></a:parts>",
        "<a:flat>2</a:flat><a:flat>3</a:flat>",
        "<entry><a:key>k</a:key><a:value><a:part>4</a:part></a:value></entry>",
        "<a:next><a:name>m</a:name></a:next>",
    ] {
        assert!(sent.contains(part), "{part} in {sent}");
    }
}

/// Lists and maps contain only elements with the model's name.
#[tokio::test]
async fn unknown_elements_of_lists_and_maps_are_passed_over() {
    let body = "<ListThingsOutput><names><x/><member>a</member><Member>b</Member></names>\
        <sizes><x><key>k</key><value>1</value></x><entry><key>l</key><value>2</value></entry>\
        <entry><value>3</value></entry></sizes></ListThingsOutput>";
    let call = client(body).list_things().zone("z").kind(Kind::None).send();
    let output = call.await;
    let output = output.unwrap_or_else(|error| panic!("{}", DisplayErrorContext(error)));
    assert_eq!(output.names(), ["a"]);
    let sizes = output.sizes().expect("there are some").iter();
    assert_eq!(sizes.collect::<Vec<_>>(), [(&"l".to_owned(), &2)]);
    // It is required, but clients must tolerate its absence.
    assert_eq!(output.total(), Some(0));
}

/// A truncated response is not a response.
#[tokio::test]
async fn half_a_document_is_not_read() {
    let whole = document("a:");
    let ends = [
        &whole[..whole.len() - 1],
        &whole[..whole.len() / 2],
        &format!("{whole}<x/>"),
        &whole.replace("</a:next>", "</a:other>"),
        &whole.replace("GetThingOutput", "html"),
    ];
    for body in ends {
        let output = client(body).get_thing().send().await;
        assert!(output.is_err(), "{body} is {output:?}");
    }
}

/// The query has the model's order, after the literals of the URI.
#[tokio::test]
async fn parameters_of_the_query_are_in_order() {
    let (http_client, request) = capture_request(None);
    let client = Client::from_conf(config().http_client(http_client).build());
    let call = client.list_things().limit(1).kind(Kind::None).after("a b");
    let _ = call.zone("z").send().await;
    assert_eq!(
        request.expect_request().uri(),
        "https://example.com/things?list&zone=z&after=a%20b&kind=none&limit=1"
    );
}

/// A service cannot distinguish an empty parameter from a missing one.
#[tokio::test]
async fn required_parameters_of_the_query_are_not_empty() {
    let call = || client("<ListThingsOutput/>").list_things();
    for (call, missing) in [
        (call().zone("").kind(Kind::None), "zone"),
        (call().kind(Kind::None), "zone"),
        (call().zone("z"), "kind"),
    ] {
        let error = call.send().await.expect_err("something is missing");
        let said = DisplayErrorContext(error).to_string();
        assert!(said.contains(&format!("{missing} was missing")), "{said}");
    }
    let call = call().zone("z").kind("".into()).after("");
    assert!(call.send().await.is_ok());
}
