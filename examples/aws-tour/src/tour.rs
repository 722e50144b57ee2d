// A shop keeps its orders in a table, puts a report of them into a bucket, and tells whoever listens
// to a topic where the report is.
//
// Nothing here tells whether the clients are generated or the official crates: `official/` compiles
// the same file with these. With the argument `--keep`, what the tour has made stays.

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_dynamodb::client::Waiters as _;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType,
    ScalarAttributeType,
};
use aws_sdk_s3::client::Waiters as _;
use aws_sdk_s3::error::DisplayErrorContext;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_sqs::types::QueueAttributeName;
use aws_smithy_http_client::tls;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

const TABLE: &str = "tour-orders";
const REPORT: &str = "reports/ada.csv";
const MINUTE: Duration = Duration::from_secs(60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match tour(&settings().await).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", DisplayErrorContext(&*error));
            ExitCode::FAILURE
        }
    }
}

/// Region, credentials and URLs come from the environment and the files of the AWS CLI.
async fn settings() -> SdkConfig {
    let tls = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
    let https = aws_smithy_http_client::Builder::new()
        .tls_provider(tls)
        .build_https();
    let config = aws_config::defaults(BehaviorVersion::latest());
    config.http_client(https).load().await
}

async fn tour(config: &SdkConfig) -> Result {
    let tables = aws_sdk_dynamodb::Client::new(config);
    let buckets = aws_sdk_s3::Client::new(config);
    let topics = aws_sdk_sns::Client::new(config);
    let queues = aws_sdk_sqs::Client::new(config);

    let account = who_am_i(config).await?;
    // The names of buckets are the whole world's.
    let bucket = format!("tour-reports-{account}");

    create_table(&tables).await?;
    take_orders(&tables).await?;
    let report = report(&tables, "Ada").await?;

    create_bucket(&buckets, &bucket).await?;
    let url = publish_report(&buckets, &bucket, &report).await?;
    read_back(&buckets, &bucket).await?;

    let queue = create_queue(&queues).await?;
    let topic = connect(&topics, &queues, &queue).await?;
    let message = topics.publish().topic_arn(&topic).message(&url);
    message.subject("A report").send().await?;
    read_queue(&queues, &queue).await?;

    if !env::args().any(|argument| argument == "--keep") {
        topics.delete_topic().topic_arn(topic).send().await?;
        queues.delete_queue().queue_url(queue).send().await?;
        remove(&tables, &buckets, &bucket).await?;
    }
    Ok(())
}

/// STS knows whose credentials these are.
async fn who_am_i(config: &SdkConfig) -> Result<String> {
    let client = aws_sdk_sts::Client::new(config);
    let identity = client.get_caller_identity().send().await?;
    println!("called by {}", identity.arn().unwrap_or_default());
    Ok(identity.account.ok_or("the caller has no account")?)
}

async fn create_table(client: &aws_sdk_dynamodb::Client) -> Result {
    let mut table = client
        .create_table()
        .table_name(TABLE)
        .billing_mode(BillingMode::PayPerRequest);
    for (name, role) in [("customer", KeyType::Hash), ("day", KeyType::Range)] {
        let key = KeySchemaElement::builder()
            .attribute_name(name)
            .key_type(role);
        let attribute = AttributeDefinition::builder()
            .attribute_name(name)
            .attribute_type(ScalarAttributeType::S);
        table = table
            .key_schema(key.build()?)
            .attribute_definitions(attribute.build()?);
    }
    let created = table.send().await;
    match created.map_err(|error| error.into_service_error()) {
        Ok(_) => println!("created the table {TABLE}"),
        Err(error) if error.is_resource_in_use_exception() => println!("{TABLE} is there already"),
        Err(error) => return Err(error.into()),
    }
    let active = client.wait_until_table_exists().table_name(TABLE);
    active.wait(5 * MINUTE).await?;
    Ok(())
}

async fn take_orders(client: &aws_sdk_dynamodb::Client) -> Result {
    let orders = [
        ("Ada", "2026-11-02", "Lamp", 40),
        ("Ada", "2026-11-09", "Desk", 310),
        ("Ada", "2026-11-23", "Chair", 95),
        ("Ben", "2026-11-09", "Shelf", 120),
    ];
    for (customer, day, article, price) in orders {
        let put = client
            .put_item()
            .table_name(TABLE)
            .item("customer", AttributeValue::S(customer.to_owned()))
            .item("day", AttributeValue::S(day.to_owned()))
            .item("article", AttributeValue::S(article.to_owned()))
            .item("price", AttributeValue::N(price.to_string()))
            .condition_expression("attribute_not_exists(customer)");
        let put = put.send().await;
        match put.map_err(|error| error.into_service_error()) {
            Ok(_) => println!("{customer} ordered: {article}"),
            Err(error) if error.is_conditional_check_failed_exception() => {
                println!("{customer} had ordered: {article}");
            }
            Err(error) => return Err(error.into()),
        }
    }
    let get = client
        .get_item()
        .table_name(TABLE)
        .key("customer", AttributeValue::S("Ben".to_owned()))
        .key("day", AttributeValue::S("2026-11-09".to_owned()));
    let found = get.send().await?;
    let order = found.item().ok_or("the order is lost")?;
    println!("Ben's is a {}", text(order.get("article")));
    Ok(())
}

/// A line for each order of a customer, read two at a time.
async fn report(client: &aws_sdk_dynamodb::Client, customer: &str) -> Result<String> {
    let mut orders = client
        .query()
        .table_name(TABLE)
        .key_condition_expression("customer = :customer")
        .expression_attribute_values(":customer", AttributeValue::S(customer.to_owned()))
        .limit(2)
        .into_paginator()
        .items()
        .send();
    let mut report = String::new();
    while let Some(order) = orders.try_next().await? {
        let columns = ["day", "article", "price"].map(|name| text(order.get(name)));
        report += &format!("{}\n", columns.join(","));
    }
    Ok(report)
}

fn text(value: Option<&AttributeValue>) -> &str {
    match value {
        Some(AttributeValue::S(text) | AttributeValue::N(text)) => text,
        _ => "",
    }
}

async fn create_bucket(client: &aws_sdk_s3::Client, bucket: &str) -> Result {
    use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};

    let mut create = client.create_bucket().bucket(bucket);
    // The first region of all is the one that may not be named.
    let region = client.config().region().map(AsRef::as_ref);
    if let Some(region) = region.filter(|region| *region != "us-east-1") {
        let place = BucketLocationConstraint::from(region);
        let place = CreateBucketConfiguration::builder().location_constraint(place);
        create = create.create_bucket_configuration(place.build());
    }
    let created = create.send().await;
    match created.map_err(|error| error.into_service_error()) {
        Ok(_) => println!("created the bucket {bucket}"),
        Err(error) if error.is_bucket_already_owned_by_you() => {
            println!("{bucket} is there already")
        }
        Err(error) => return Err(error.into()),
    }
    let exists = client.wait_until_bucket_exists().bucket(bucket);
    exists.wait(MINUTE).await?;
    Ok(())
}

/// Puts the report into the bucket, from a file that is read while it is sent, and returns a URL by
/// which anyone can read it for an hour.
async fn publish_report(client: &aws_sdk_s3::Client, bucket: &str, report: &str) -> Result<String> {
    let file = env::temp_dir().join(format!("tour-{}.csv", std::process::id()));
    std::fs::write(&file, report)?;
    let sent = put_file(client, bucket, &file).await;
    std::fs::remove_file(&file)?;
    sent?;
    let get = client.get_object().bucket(bucket).key(REPORT);
    let request = get
        .presigned(PresigningConfig::expires_in(60 * MINUTE)?)
        .await?;
    println!("the report is at {}", request.uri());
    Ok(request.uri().to_owned())
}

async fn put_file(client: &aws_sdk_s3::Client, bucket: &str, file: &Path) -> Result {
    let put = client
        .put_object()
        .bucket(bucket)
        .key(REPORT)
        .content_type("text/csv");
    put.body(ByteStream::from_path(file).await?).send().await?;
    Ok(())
}

/// Reads one report that is there, piece by piece, and one that is not.
async fn read_back(client: &aws_sdk_s3::Client, bucket: &str) -> Result {
    let mut object = client
        .get_object()
        .bucket(bucket)
        .key(REPORT)
        .send()
        .await?;
    let mut length = 0;
    while let Some(bytes) = object.body.try_next().await? {
        length += bytes.len();
    }
    println!("it has {length} bytes");
    let absent = client.get_object().bucket(bucket).key("reports/eve.csv");
    let got = absent.send().await;
    match got.map_err(|error| error.into_service_error()) {
        Ok(_) => Err("who has written a report about Eve?".into()),
        Err(error) if error.is_no_such_key() => {
            println!("there is none about Eve");
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

async fn create_queue(client: &aws_sdk_sqs::Client) -> Result<String> {
    let created = client
        .create_queue()
        .queue_name("tour-messages")
        .send()
        .await?;
    let queue = created.queue_url.ok_or("the queue has no URL")?;
    let message = client
        .send_message()
        .queue_url(&queue)
        .message_body("The queue is open");
    message.send().await?;
    Ok(queue)
}

/// Creates a topic whose messages go to the queue.
async fn connect(
    topics: &aws_sdk_sns::Client,
    queues: &aws_sdk_sqs::Client,
    queue: &str,
) -> Result<String> {
    let created = topics.create_topic().name("tour-reports").send().await?;
    let topic = created.topic_arn.ok_or("the topic has no ARN")?;
    let attributes = queues
        .get_queue_attributes()
        .queue_url(queue)
        .attribute_names(QueueAttributeName::QueueArn);
    let attributes = attributes.send().await?;
    let attributes = attributes
        .attributes()
        .ok_or("the queue has no attributes")?;
    let arn = &attributes[&QueueAttributeName::QueueArn];
    let policy = format!(
        r#"{{ "Version": "2012-10-17", "Statement": [{{
            "Effect": "Allow", "Principal": {{ "Service": "sns.amazonaws.com" }},
            "Action": "sqs:SendMessage", "Resource": "{arn}",
            "Condition": {{ "ArnEquals": {{ "aws:SourceArn": "{topic}" }} }}
        }}] }}"#
    );
    let allow = queues.set_queue_attributes().queue_url(queue);
    allow
        .attributes(QueueAttributeName::Policy, policy)
        .send()
        .await?;
    let subscribe = topics
        .subscribe()
        .topic_arn(&topic)
        .protocol("sqs")
        .endpoint(arn);
    subscribe
        .attributes("RawMessageDelivery", "true")
        .send()
        .await?;
    Ok(topic)
}

/// Takes two messages out of the queue.
async fn read_queue(client: &aws_sdk_sqs::Client, queue: &str) -> Result {
    let mut left = 2;
    while left > 0 {
        let receive = client.receive_message().queue_url(queue);
        let received = receive
            .max_number_of_messages(10)
            .wait_time_seconds(20)
            .send()
            .await?;
        if received.messages().is_empty() {
            return Err("no message has come".into());
        }
        for message in received.messages() {
            println!("message: {}", message.body().unwrap_or_default());
            let receipt = message.receipt_handle().unwrap_or_default();
            let delete = client.delete_message().queue_url(queue);
            delete.receipt_handle(receipt).send().await?;
            left -= 1;
        }
    }
    Ok(())
}

async fn remove(
    tables: &aws_sdk_dynamodb::Client,
    buckets: &aws_sdk_s3::Client,
    bucket: &str,
) -> Result {
    tables.delete_table().table_name(TABLE).send().await?;
    let gone = tables.wait_until_table_not_exists().table_name(TABLE);
    gone.wait(5 * MINUTE).await?;
    buckets
        .delete_object()
        .bucket(bucket)
        .key(REPORT)
        .send()
        .await?;
    buckets.delete_bucket().bucket(bucket).send().await?;
    println!("all is removed");
    Ok(())
}
