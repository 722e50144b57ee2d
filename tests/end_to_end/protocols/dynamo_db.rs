//! DynamoDB, which uses awsJson1_0: attribute values of every kind.

use std::collections::HashMap;
use std::time::Duration;

use dynamo_db::client::Waiters as _;
use dynamo_db::primitives::Blob;
use dynamo_db::types::AttributeValue::{self, B, Bool, Bs, L, M, N, Ns, Null, S, Ss};
use dynamo_db::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ReturnValue,
    ReturnValuesOnConditionCheckFailure, ScalarAttributeType,
};

use crate::{Outcome, client, refused};

type Item = HashMap<String, AttributeValue>;

/// The table.
const TABLE: &str = "things";

pub async fn run(url: &str) -> Outcome {
    let client = client!(dynamo_db, url);
    let key = AttributeDefinition::builder()
        .attribute_name("k")
        .attribute_type(ScalarAttributeType::S)
        .build()?;
    let schema = KeySchemaElement::builder()
        .attribute_name("k")
        .key_type(KeyType::Hash)
        .build()?;
    for table in [TABLE, "a", "b"] {
        let created = client
            .create_table()
            .table_name(table)
            .attribute_definitions(key.clone())
            .key_schema(schema.clone())
            .billing_mode(BillingMode::PayPerRequest)
            .send()
            .await?;
        let made = created
            .table_description()
            .and_then(|it| it.creation_date_time());
        assert!(
            made.is_some_and(|time| time.secs() > 1_700_000_000),
            "{created:?}"
        );
        let waiting = client.wait_until_table_exists().table_name(table);
        let described = waiting.wait(Duration::from_secs(60)).await?;
        assert!(described.into_result().is_ok());
    }
    let names = client.list_tables().limit(2).into_paginator().items();
    let mut names = names.send().collect::<Result<Vec<_>, _>>().await?;
    names.sort();
    assert_eq!(names, ["a", "b", TABLE]);

    for number in 0..5 {
        client
            .put_item()
            .table_name(TABLE)
            .set_item(Some(item(number)))
            .send()
            .await?;
    }
    let read = client
        .get_item()
        .table_name(TABLE)
        .key("k", S("k3".into()))
        .send()
        .await?;
    assert_eq!(read.item().cloned().map(sorted), Some(item(3)));
    pages(&client).await?;
    let changed = client
        .update_item()
        .table_name(TABLE)
        .key("k", S("k3".into()))
        .update_expression("SET #n = #n + :one, #m.#l[1] = :new REMOVE #b")
        .expression_attribute_names("#n", "number")
        .expression_attribute_names("#m", "map")
        .expression_attribute_names("#l", "list")
        .expression_attribute_names("#b", "bytes")
        .expression_attribute_values(":one", N("1".into()))
        .expression_attribute_values(":new", Bool(false))
        .return_values(ReturnValue::AllNew)
        .send()
        .await?;
    let changed = changed.attributes().ok_or("there are attributes")?;
    assert_eq!(changed["number"], N("4".into()));
    assert!(!changed.contains_key("bytes"), "{changed:?}");
    errors(&client).await?;
    for table in [TABLE, "a", "b"] {
        client.delete_table().table_name(table).send().await?;
        let waiting = client.wait_until_table_not_exists().table_name(table);
        waiting.wait(Duration::from_secs(60)).await?;
    }
    assert!(client.list_tables().send().await?.table_names().is_empty());
    Ok(())
}

/// Attributes of every kind, nested.
fn item(number: usize) -> Item {
    let inner = [
        (
            "list",
            L(vec![N("0".into()), Bool(true), Null(true), L(Vec::new())]),
        ),
        ("empty", M(HashMap::new())),
        ("größe\u{1f980}", S("a\"b\\c\n\u{7f}".into())),
    ];
    let inner = inner.map(|(name, value)| (name.to_owned(), value));
    let all: Vec<u8> = (0..=255).collect();
    let attributes = [
        ("k", S(format!("k{number}"))),
        ("number", N(number.to_string())),
        ("long", N("-12345678901234567890.123456789012345678".into())),
        ("bytes", B(Blob::new(all))),
        ("yes", Bool(true)),
        ("nothing", Null(true)),
        ("strings", Ss(vec!["a".into(), "ä".into()])),
        ("numbers", Ns(vec!["-1.5".into(), "3".into()])),
        ("blobs", Bs(vec![Blob::new([0]), Blob::new([255, 254])])),
        ("map", M(inner.into())),
    ];
    attributes
        .map(|(name, value)| (name.to_owned(), value))
        .into()
}

/// Sets have no order.
fn sorted(item: Item) -> Item {
    let sort = |value| match value {
        Ss(mut set) => {
            set.sort();
            Ss(set)
        }
        Ns(mut set) => {
            set.sort();
            Ns(set)
        }
        Bs(mut set) => {
            set.sort_by(|one, other| one.as_ref().cmp(other.as_ref()));
            Bs(set)
        }
        value => value,
    };
    item.into_iter()
        .map(|(name, value)| (name, sort(value)))
        .collect()
}

/// The token of a page is a key: a map of attributes.
async fn pages(client: &dynamo_db::Client) -> Outcome {
    let mut pages = client
        .scan()
        .table_name(TABLE)
        .limit(2)
        .into_paginator()
        .send();
    let (mut keys, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.try_next().await? {
        count += 1;
        assert!(page.count() <= 2, "{page:?}");
        let found = page.items().iter().filter_map(|item| item["k"].as_s().ok());
        keys.extend(found.cloned());
    }
    keys.sort();
    assert_eq!(keys, ["k0", "k1", "k2", "k3", "k4"]);
    assert!(count >= 3, "{count} pages");
    Ok(())
}

/// One of them has members.
async fn errors(client: &dynamo_db::Client) -> Outcome {
    let call = client
        .put_item()
        .table_name(TABLE)
        .item("k", S("k1".into()))
        .condition_expression("attribute_not_exists(k)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .send();
    let code = "ConditionalCheckFailedException";
    let error = refused(call.await, code, "The conditional request failed");
    let dynamo_db::operation::put_item::PutItemError::ConditionalCheckFailedException(error) =
        error
    else {
        panic!("another error: {error:?}");
    };
    assert_eq!(error.item().cloned().map(sorted), Some(item(1)));
    let call = client.describe_table().table_name("none").send().await;
    let error = refused(call, "ResourceNotFoundException", "none");
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    Ok(())
}
