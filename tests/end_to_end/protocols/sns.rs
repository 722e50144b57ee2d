//! SNS, which uses awsQuery.

use sns::primitives::Blob;
use sns::types::{MessageAttributeValue, Tag};

use crate::{Outcome, client, refused};

/// More than fit into a page.
const TOPICS: usize = 101;

pub async fn run(url: &str) -> Outcome {
    let client = client!(sns, url);
    let mut arns = Vec::new();
    for number in 0..TOPICS {
        let created = client
            .create_topic()
            .name(format!("topic-{number}"))
            .attributes("DisplayName", "a & b = ä")
            .tags(Tag::builder().key("team").value("1 + 1").build()?)
            .send()
            .await?;
        arns.push(created.topic_arn().ok_or("a topic has an ARN")?.to_owned());
    }
    let mut pages = client.list_topics().into_paginator().send();
    let mut lengths = Vec::new();
    while let Some(page) = pages.try_next().await? {
        lengths.push(page.topics().len());
    }
    assert_eq!(lengths, [100, 1]);

    let arn = &arns[0];
    let read = client.get_topic_attributes().topic_arn(arn).send().await?;
    let attributes = read.attributes().ok_or("there are attributes")?;
    assert_eq!(attributes["DisplayName"], "a & b = ä");
    let tags = client
        .list_tags_for_resource()
        .resource_arn(arn)
        .send()
        .await?;
    let tags: Vec<_> = tags
        .tags()
        .iter()
        .map(|tag| (tag.key(), tag.value()))
        .collect();
    assert_eq!(tags, [("team", "1 + 1")]);
    client
        .set_topic_attributes()
        .topic_arn(arn)
        .attribute_name("DisplayName")
        .attribute_value("<second>")
        .send()
        .await?;
    let read = client.get_topic_attributes().topic_arn(arn).send().await?;
    let attributes = read.attributes().ok_or("there are attributes")?;
    assert_eq!(attributes["DisplayName"], "<second>");
    let attribute = |kind: &str| MessageAttributeValue::builder().data_type(kind);
    let published = client
        .publish()
        .topic_arn(arn)
        .message("text\u{1f980}")
        .message_attributes("text", attribute("String").string_value("a").build()?)
        .message_attributes(
            "bytes",
            attribute("Binary")
                .binary_value(Blob::new([0, 255]))
                .build()?,
        )
        .send()
        .await?;
    assert!(published.message_id().is_some(), "{published:?}");
    for arn in &arns {
        client.delete_topic().topic_arn(arn).send().await?;
    }
    let call = client.get_topic_attributes().topic_arn(arn).send().await;
    let error = refused(call, "NotFound", "Topic does not exist");
    assert!(error.is_not_found_exception(), "{error:?}");
    assert_eq!(error.meta().extra("type"), Some("Sender"));
    Ok(())
}
