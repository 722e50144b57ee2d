//! SQS, which uses awsJson1_0 and keeps the error codes of its query protocol.

use sqs::Client;
use sqs::primitives::Blob;
use sqs::types::{MessageAttributeValue, QueueAttributeName};

use crate::{Outcome, client, refused};

/// MD5 of [`BODY`], and of the attributes in SQS's format.
const BODY_MD5: &str = "d3dda02fe6071da429000187b0708f67";
const ATTRIBUTES_MD5: &str = "b0f9f96f4bea8327d3b19f16d7088019";

const BODY: &str = "hello <&> \"quoted\" \u{1f980}";

pub async fn run(url: &str) -> Outcome {
    let client = client!(sqs, url);
    let mut queues = Vec::new();
    for name in ["one", "two", "three"] {
        let created = client
            .create_queue()
            .queue_name(name)
            .attributes(QueueAttributeName::VisibilityTimeout, "30")
            .tags("team", "grün")
            .send()
            .await?;
        queues.push(created.queue_url().ok_or("a queue has a URL")?.to_owned());
    }
    let listed = client.list_queues().into_paginator().page_size(2).items();
    let listed = listed.send().collect::<Result<Vec<_>, _>>().await?;
    assert_eq!(listed.len(), 3, "{listed:?}");
    let queue = &queues[0];
    messages(&client, queue).await?;
    client
        .set_queue_attributes()
        .queue_url(queue)
        .attributes(QueueAttributeName::VisibilityTimeout, "60")
        .send()
        .await?;
    let read = client
        .get_queue_attributes()
        .queue_url(queue)
        .attribute_names(QueueAttributeName::All)
        .send()
        .await?;
    let read = read.attributes().ok_or("there are attributes")?;
    assert_eq!(read[&QueueAttributeName::VisibilityTimeout], "60");
    for queue in &queues {
        client.delete_queue().queue_url(queue).send().await?;
    }
    let call = client.get_queue_url().queue_name("one").send().await;
    let code = "AWS.SimpleQueueService.NonExistentQueue";
    let error = refused(call, code, "does not exist");
    assert!(error.is_queue_does_not_exist(), "{error:?}");
    assert_eq!(error.meta().extra("type"), Some("Sender"));
    Ok(())
}

async fn messages(client: &Client, queue: &str) -> Outcome {
    let attribute = |kind: &str| MessageAttributeValue::builder().data_type(kind);
    let text = attribute("String").string_value("a & b").build()?;
    let number = attribute("Number").string_value("1.5").build()?;
    let bytes = attribute("Binary")
        .binary_value(Blob::new([0, 255, 10]))
        .build()?;
    let sent = client
        .send_message()
        .queue_url(queue)
        .message_body(BODY)
        .message_attributes("text", text.clone())
        .message_attributes("number", number.clone())
        .message_attributes("bytes", bytes.clone())
        .send()
        .await?;
    assert_eq!(sent.md5_of_message_body(), Some(BODY_MD5));
    assert_eq!(sent.md5_of_message_attributes(), Some(ATTRIBUTES_MD5));
    let received = client
        .receive_message()
        .queue_url(queue)
        .message_attribute_names("All")
        .send()
        .await?;
    let [message] = received.messages() else {
        panic!("there is one message: {received:?}");
    };
    assert_eq!(message.body(), Some(BODY));
    assert_eq!(message.md5_of_body(), Some(BODY_MD5));
    assert_eq!(message.md5_of_message_attributes(), Some(ATTRIBUTES_MD5));
    let attributes = message.message_attributes().ok_or("it has attributes")?;
    assert_eq!(attributes["text"], text);
    assert_eq!(attributes["number"], number);
    assert_eq!(attributes["bytes"], bytes);
    let receipt = message.receipt_handle().ok_or("it has a receipt")?;
    client
        .delete_message()
        .queue_url(queue)
        .receipt_handle(receipt)
        .send()
        .await?;
    Ok(())
}
