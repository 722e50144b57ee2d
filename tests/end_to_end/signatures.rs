//! Signatures, checked by independent code.

use client_ivs::config::{BehaviorVersion, Credentials, Region};
use serde_json::{Value, json};

use crate::canned::{Answer, Canned, Received};
use crate::checked::assert_right;
use crate::python::{or_left_out, python};

const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// Tokens are base64, and some of its characters have a meaning in URLs.
const SESSION: &str = "FwoGZXIvYXdzE+/rM8Tn==";
/// The clients sign for different regions, so none can reuse the derived keys of another.
const REGIONS: [&str; 3] = ["us-west-2", "eu-central-1", "ap-south-1"];

/// Values that must be encoded, and some that must not be.
const KEYS: [&str; 7] = ["b", "a b", "c&d=e+f", "grün/%2F", "~-._*'()", "", "a b"];

/// A client of a crate, with or without session credentials.
macro_rules! client {
    ($sdk:ident, $server:expr, $session:expr, $region:expr) => {{
        let credentials = Credentials::new(KEY, SECRET, $session.map(str::to_owned), None, "test");
        let config = $sdk::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static($region))
            .credentials_provider(credentials)
            .endpoint_url($server.url());
        $sdk::Client::from_conf(config.build())
    }};
}

/// Sends requests with a body, an ARN in the path, and a query, which all three services have.
macro_rules! send_tags {
    ($client:expr, $kind:literal) => {{
        let arn = concat!("arn:aws:ivs:us-west-2:123456789012:", $kind, "/aB1-_~ü");
        // The server's response does not matter here.
        let tags = $client.tag_resource().resource_arn(arn);
        let _ = tags.tags("a \"b\"", "grün").tags("c", "").send().await;
        let keys = Some(KEYS.map(str::to_owned).into());
        let untag = $client.untag_resource().resource_arn(arn);
        let _ = untag.set_tag_keys(keys).send().await;
        let list = $client.list_tags_for_resource().resource_arn(arn);
        let _ = list.send().await;
    }};
}

#[tokio::test]
async fn botocore_finds_the_same_signatures() {
    let Some(python) = or_left_out(python()) else {
        return;
    };
    let mut requests = Vec::new();
    for session in [None, Some(SESSION)] {
        // RealTime has the same signing name as IVS.
        let names = ["ivs", "ivs", "ivschat"];
        let servers = send(session).await;
        for ((server, name), region) in servers.iter().zip(names).zip(REGIONS) {
            let received = server.received();
            assert_eq!(received.len(), 5, "{:?}", server.lines());
            let request = |it| request(it, name, region, session);
            requests.extend(received.iter().map(request));
        }
    }
    assert_right(&python, &requests);
}

/// Sends requests to a server for each service.
async fn send(session: Option<&'static str>) -> [Canned; 3] {
    let servers = [(); 3].map(|()| Canned::start::<'static>(Vec::<(&str, Answer)>::new()));
    let [ivs, realtime, chat] = &servers;

    let client = client!(client_ivs, ivs, session, REGIONS[0]);
    send_tags!(client, "channel");
    let _ = client.create_channel().name("grün & <so>").send().await;
    let _ = client.list_channels().send().await;

    let client = client!(client_ivs_realtime, realtime, session, REGIONS[1]);
    send_tags!(client, "stage");
    let composition = client.start_composition().stage_arn("arn:aws:ivs");
    let _ = composition.send().await;
    let _ = client.list_stages().max_results(7).send().await;

    let client = client!(client_ivschat, chat, session, REGIONS[2]);
    send_tags!(client, "room");
    let message = client.send_event().room_identifier("room");
    let event = message
        .event_name("e\u{301}\n")
        .attributes("k", "\u{1f600}");
    let _ = event.send().await;
    let _ = client.list_rooms().send().await;
    servers
}

/// A request, with the service's information about its caller.
fn request(received: &Received, service: &str, region: &str, session: Option<&str>) -> Value {
    let (method, target) = received.line.split_once(' ').expect("a request line");
    json!({
        "method": method,
        "target": target,
        "headers": received.headers,
        "body": received.text,
        "service": service,
        "region": region,
        "key": KEY,
        "secret": SECRET,
        "session": session,
    })
}
