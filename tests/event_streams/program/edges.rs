//! Unsigned streams, and sensitive streams.

use std::collections::VecDeque;

use rest_json::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};

use crate::frame::frame;
use crate::received::client;
use crate::sent::Given;
use crate::server::{Call, listen};

/// If the request is not signed, events are not signed, and nothing waits for a signer.
async fn unsigned() {
    use with_tokens::config::{BehaviorVersion, Token};
    use with_tokens::types::{Events, Said};

    let (url, listener) = listen().await;
    let server = tokio::spawn(async move {
        let mut call = Call::accept(listener).await;
        assert!(
            call.head.contains("authorization: bearer t\r\n"),
            "{}",
            call.head
        );
        let sent = call.next().await.expect("a frame");
        assert_eq!(call.next().await, None);
        call.answer("").await;
        call.end().await;
        sent
    });
    let config = with_tokens::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .bearer_token(Token::new("t", None))
        .endpoint_url(url);
    let said = Events::Said(Said::builder().text("hi").build());
    let call = with_tokens::Client::from_conf(config.build()).speak();
    let sent = call
        .events(Given(VecDeque::from([Ok(said)])).into())
        .send()
        .await;
    sent.expect("it is answered");
    let expected = frame("event", "said", b"hi").with(":content-type", "text/plain");
    assert_eq!(server.await.unwrap(), expected);
}

/// No text contains sensitive data, whether it is read or not.
async fn hidden() {
    const SECRET: &str = "hunter2";

    let told = format!(r#"{{"secret":"{SECRET}","number":7}}"#);
    let broken = format!(r#"{{"number":"{SECRET}"}}"#);
    let betrayed = format!(r#"{{"message":"{SECRET}"}}"#);
    let ends = [
        frame("event", "told", broken.as_bytes()),
        frame("exception", "betrayed", betrayed.as_bytes()),
        frame("novelty", "told", told.as_bytes()).with("hint-type", SECRET),
    ];
    for end in ends {
        let (url, listener) = listen().await;
        let bytes = [frame("event", "told", told.as_bytes()), end];
        let server = tokio::spawn(async move {
            let mut call = Call::accept(listener).await;
            call.answer("").await;
            for frame in bytes {
                call.send(&frame.encoded()).await;
            }
            call.end().await;
        });
        let output = client!(rest_json, url).whisper().send().await;
        let mut output = output.expect("it is answered");
        let event = output.secrets.recv().await.expect("an event").expect("one");
        assert_eq!(event.as_told().unwrap().secret(), Some(SECRET));
        let error = output.secrets.recv().await.expect_err("it fails");
        if let SdkError::ServiceError(error) = &error {
            use rest_json::types::error::SecretsError;

            match error.err() {
                SecretsError::Betrayed(error) => assert_eq!(error.message, Some(SECRET.into())),
                other => panic!("{other:?}"),
            }
            assert_ne!(error.err().message(), Some(SECRET));
        }
        let texts = [
            format!("{event:?}"),
            format!("{output:?}"),
            format!("{error:?}"),
            DisplayErrorContext(&error).to_string(),
        ];
        for text in texts {
            assert!(!text.contains(SECRET), "{text}");
            let bytes = format!("{:?}", SECRET.as_bytes());
            assert!(!text.contains(&bytes[1..bytes.len() - 1]), "{text}");
        }
        server.await.unwrap();
    }
}

pub async fn check() {
    unsigned().await;
    hidden().await;
}
