//! Streams from other code, and streams for other code to check.

use std::collections::VecDeque;
use std::io::Read;

use crate::received::client;
use crate::sent::Given;
use crate::server::{Call, listen};

/// Receives the stream on standard input.
pub async fn receive() {
    let mut stream = Vec::new();
    std::io::stdin().read_to_end(&mut stream).unwrap();
    let (url, listener) = listen().await;
    let server = tokio::spawn(async move {
        let mut call = Call::accept(listener).await;
        call.answer("").await;
        call.send(&stream).await;
        call.end().await;
    });
    let output = client!(rest_json, url).listen().send().await;
    let mut events = output.expect("it is answered").events;
    let said = events.recv().await.expect("an event").expect("one");
    let said = said.as_said().expect("it was said");
    assert_eq!((said.who(), said.text()), (Some("grün"), Some("hallö")));
    assert_eq!((said.loud(), said.count()), (Some(true), Some(-3)));
    let sound = events.recv().await.expect("an event").expect("one");
    let bytes = sound.as_sound().expect("a sound").bytes();
    let all: Vec<_> = (0..=255).collect();
    assert_eq!(bytes.map(|it| it.as_ref()), Some(&all[..]));
    assert!(events.recv().await.expect("the end").is_none());
    server.await.unwrap();
}

macro_rules! send {
    ($client:ident) => {{
        use $client::primitives::Blob;
        use $client::types::{Events, Said, Sound};

        let (url, listener) = listen().await;
        let server = tokio::spawn(async move {
            let mut call = Call::accept(listener).await;
            let mut body = Vec::new();
            while let Some(chunk) = call.chunk().await {
                body.extend(chunk);
            }
            let head = call.head.clone();
            call.answer("smithy-protocol: rpc-v2-cbor\r\n").await;
            call.end().await;
            (head, body)
        });
        let given = VecDeque::from([
            Ok(Events::Said(Said::builder().text("hi").build())),
            Ok(Events::Sound(
                Sound::builder().bytes(Blob::new([0, 255])).build(),
            )),
        ]);
        let call = client!($client, url).converse();
        let sent = call.events(Given(given).into()).send().await;
        sent.expect("it is answered");
        let (head, body) = server.await.unwrap();
        let body: String = body.iter().map(|byte| format!("{byte:02x}")).collect();
        println!("{{\"head\": {head:?}, \"body\": \"{body}\"}}");
    }};
}

/// Prints the requests of two calls, each as an object on a line.
pub async fn send() {
    send!(rest_json);
    send!(rpc_cbor);
}
