//! Secrets Manager, which uses awsJson1_1.

use secrets_manager::primitives::Blob;
use secrets_manager::types::Tag;

use crate::{Outcome, client, refused};

pub async fn run(url: &str) -> Outcome {
    let client = client!(secrets_manager, url);
    let tag = Tag::builder().key("team").value("grün").build();
    for name in ["one", "two", "three"] {
        let created = client
            .create_secret()
            .name(name)
            .secret_string("first")
            .tags(tag.clone())
            .send()
            .await?;
        // The client has set the token, which is the version's id.
        assert_eq!(created.version_id().map(str::len), Some(36), "{created:?}");
    }
    let mut pages = client.list_secrets().max_results(2).into_paginator().send();
    let (mut listed, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.try_next().await? {
        count += 1;
        listed.extend(page.secret_list().to_vec());
    }
    assert_eq!((listed.len(), count), (3, 2));
    assert_eq!(listed[0].tags(), [tag]);
    let created = listed[0].created_date().ok_or("it has a date")?;
    assert!(created.secs() > 1_700_000_000, "{created:?}");

    let secret = [0_u8, 255, 10, 13].map(|byte| byte ^ 1);
    let updated = client
        .update_secret()
        .secret_id("one")
        .description("a \"description\"")
        .secret_binary(Blob::new(secret))
        .send()
        .await?;
    let read = client.get_secret_value().secret_id("one").send().await?;
    assert_eq!(read.version_id(), updated.version_id());
    assert_eq!(read.secret_string(), None);
    assert_eq!(read.secret_binary().map(Blob::as_ref), Some(&secret[..]));
    let debug = format!("{read:?}");
    assert!(
        debug.contains("Redacted") && !debug.contains("254"),
        "{debug}"
    );
    let described = client.describe_secret().secret_id("one").send().await?;
    assert_eq!(described.description(), Some("a \"description\""));
    let stages = described
        .version_ids_to_stages()
        .ok_or("there are versions")?;
    assert_eq!(stages.len(), 2, "{stages:?}");

    for name in ["one", "two", "three"] {
        let delete = client.delete_secret().secret_id(name);
        delete.force_delete_without_recovery(true).send().await?;
    }
    let call = client.get_secret_value().secret_id("one").send().await;
    let words = "Secrets Manager can't find the specified secret";
    let error = refused(call, "ResourceNotFoundException", words);
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    Ok(())
}
