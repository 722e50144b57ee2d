//! Creates, changes and deletes channels with moto.

use client_ivs::error::{DisplayErrorContext, ProvideErrorMetadata};
use client_ivs::operation::get_channel::GetChannelError;
use client_ivs::types::{ChannelLatencyMode, ChannelType};
use client_ivs::{Client, ProvideResponseMetadata};

use crate::clients::ivs;
use crate::moto::moto;

/// Creates a channel and returns its ARN.
async fn create(client: &Client, name: &str) -> String {
    let created = client.create_channel().name(name).send().await;
    let created = created.expect("moto creates channels");
    let channel = created.channel().expect("the output has a channel");
    channel.arn().expect("a channel has an ARN").to_owned()
}

#[tokio::test]
async fn a_channel_is_created_with_all_that_was_said() {
    let Some(moto) = moto() else { return };
    let client = ivs(moto.url(), "eu-west-1");
    let created = client
        .create_channel()
        .name("studio")
        .latency_mode(ChannelLatencyMode::NormalLatency)
        .r#type(ChannelType::BasicChannelType)
        .authorized(true)
        .tags("team", "grün")
        .tags("stage", "test")
        .send()
        .await
        .expect("moto creates channels");

    let channel = created.channel().expect("the output has a channel");
    assert_eq!(channel.name(), Some("studio"));
    assert_eq!(
        channel.latency_mode(),
        Some(&ChannelLatencyMode::NormalLatency)
    );
    assert_eq!(channel.r#type(), Some(&ChannelType::BasicChannelType));
    assert!(channel.authorized());
    assert!(!channel.insecure_ingest());
    let tags = channel.tags().expect("the channel has tags");
    assert_eq!((tags.len(), tags["team"].as_str()), (2, "grün"));

    let key = created.stream_key().expect("a channel has a stream key");
    let value = key.value().expect("the key can be read");
    assert!(value.starts_with("sk_eu-west-1_"), "{value}");
    let debug = format!("{created:?}");
    assert!(
        !debug.contains(value) && debug.contains("Redacted"),
        "{debug}"
    );

    let arn = channel.arn().expect("a channel has an ARN");
    let found = client.get_channel().arn(arn).send().await;
    let found = found.expect("the channel is there");
    assert_eq!(found.channel(), Some(channel));
    let metadata = found.response_metadata();
    assert_eq!(metadata.http_status(), Some(200));
    assert_eq!(metadata.attempts(), Some(1));
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_nothing_else() {
    let Some(moto) = moto() else { return };
    let client = ivs(moto.url(), "eu-central-1");
    let created = client
        .create_channel()
        .name("before")
        .authorized(true)
        .recording_configuration_arn("arn:aws:ivs:eu-central-1:1:recording-configuration/r")
        .send()
        .await
        .expect("moto creates channels");
    let before = created.channel.expect("the output has a channel");
    let arn = before.arn().expect("a channel has an ARN");

    // An empty ARN turns recording off: it is a value, and is sent.
    let updated = client
        .update_channel()
        .arn(arn)
        .name("after")
        .recording_configuration_arn("")
        .send()
        .await
        .expect("moto updates channels");
    let after = updated.channel.expect("the output has a channel");
    assert_eq!(after.name(), Some("after"));
    assert_eq!(after.recording_configuration_arn(), Some(""));
    // Its default is false, which the client must not send unasked.
    assert!(after.authorized());
    assert_eq!(after.latency_mode(), before.latency_mode());
}

#[tokio::test]
async fn several_channels_are_found_at_once() {
    let Some(moto) = moto() else { return };
    let client = ivs(moto.url(), "ap-south-1");
    let (one, other) = (create(&client, "one").await, create(&client, "other").await);
    create(&client, "a third").await;
    let found = client
        .batch_get_channel()
        .arns(&one)
        .arns(&other)
        .send()
        .await
        .expect("the channels are there");
    let mut arns: Vec<_> = found.channels().iter().filter_map(|it| it.arn()).collect();
    let mut expected = [one.as_str(), other.as_str()];
    arns.sort_unstable();
    expected.sort_unstable();
    assert_eq!(arns, expected);
    assert!(found.errors().is_empty());
}

#[tokio::test]
async fn channels_are_listed_page_by_page() {
    let Some(moto) = moto() else { return };
    let client = ivs(moto.url(), "ap-northeast-1");
    for name in ["a", "b", "c", "d", "e"] {
        create(&client, name).await;
    }
    for (page_size, expected) in [(1, vec![1; 5]), (2, vec![2, 2, 1]), (100, vec![5])] {
        let mut pages = client
            .list_channels()
            .into_paginator()
            .page_size(page_size)
            .send();
        let (mut lengths, mut names) = (Vec::new(), Vec::new());
        while let Some(page) = pages.try_next().await.expect("there is a page") {
            lengths.push(page.channels().len());
            names.extend(page.channels.into_iter().filter_map(|it| it.name));
        }
        assert_eq!(lengths, expected, "{page_size} on a page");
        assert_eq!(names, ["a", "b", "c", "d", "e"]);
    }
    let one = client.list_channels().filter_by_name("d").send().await;
    assert_eq!(one.expect("there is a page").channels().len(), 1);
}

#[tokio::test]
async fn a_deleted_channel_is_a_modeled_error() {
    let Some(moto) = moto() else { return };
    let client = ivs(moto.url(), "ap-northeast-2");
    let arn = create(&client, "short").await;
    let deleted = client.delete_channel().arn(&arn).send().await;
    deleted.expect("the channel can be deleted");

    let error = client.get_channel().arn(&arn).send().await;
    let error = error.expect_err("the channel is gone");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    let message = format!("Resource: {arn} not found");
    assert_eq!(error.message(), Some(message.as_str()));
    let metadata = error.response_metadata();
    assert_eq!(metadata.http_status(), Some(404));
    assert_eq!(metadata.attempts(), Some(1));
    let shown = DisplayErrorContext(&error).to_string();
    assert!(shown.contains(&message), "{shown}");
    match error.into_service_error() {
        GetChannelError::ResourceNotFoundException(error) => {
            assert_eq!(error.meta().message(), Some(message.as_str()));
        }
        other => panic!("another error: {other:?}"),
    }
    // As an error of the service.
    let error = client.delete_channel().arn(&arn).send().await;
    let error = client_ivs::Error::from(error.expect_err("the channel is gone"));
    assert!(
        matches!(error, client_ivs::Error::ResourceNotFoundException(_)),
        "{error:?}"
    );
}
