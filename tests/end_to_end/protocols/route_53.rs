//! Route 53, which uses restXml.

use route_53::types::{
    Change, ChangeAction, ChangeBatch, HostedZoneConfig, ResourceRecord, ResourceRecordSet, RrType,
};

use crate::{Outcome, client, refused};

pub async fn run(url: &str) -> Outcome {
    let client = client!(route_53, url);
    let mut ids = Vec::new();
    for name in ["a.example.com.", "b.example.com.", "c.example.com."] {
        let config = HostedZoneConfig::builder()
            .comment("<first> & \"last\"")
            .build();
        let created = client
            .create_hosted_zone()
            .name(name)
            .caller_reference(format!("reference of {name}"))
            .hosted_zone_config(config)
            .send()
            .await?;
        assert!(created.location().contains("/hostedzone/"), "{created:?}");
        let zone = created.hosted_zone().ok_or("there is a zone")?;
        assert_eq!(zone.name(), name);
        let id = zone.id().trim_start_matches("/hostedzone/");
        ids.push(id.to_owned());
    }
    let mut pages = client
        .list_hosted_zones()
        .max_items(2)
        .into_paginator()
        .send();
    let (mut names, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.try_next().await? {
        count += 1;
        names.extend(
            page.hosted_zones()
                .iter()
                .map(|zone| zone.name().to_owned()),
        );
    }
    names.sort();
    assert_eq!(
        names,
        ["a.example.com.", "b.example.com.", "c.example.com."]
    );
    assert_eq!(count, 2);

    let id = &ids[0];
    records(&client, id).await?;
    client
        .update_hosted_zone_comment()
        .id(id)
        .comment("second\u{1f980}")
        .send()
        .await?;
    let read = client.get_hosted_zone().id(id).send().await?;
    let config = read.hosted_zone().and_then(|zone| zone.config());
    assert_eq!(
        config.and_then(|config| config.comment()),
        Some("second\u{1f980}")
    );
    for id in &ids {
        let deleted = client.delete_hosted_zone().id(id).send().await?;
        let submitted = deleted.change_info().map(|info| info.submitted_at().secs());
        assert!(
            submitted.is_some_and(|time| time > 1_000_000_000),
            "{deleted:?}"
        );
    }
    let call = client.get_hosted_zone().id(id).send().await;
    let error = refused(call, "NoSuchHostedZone", "No hosted zone found");
    assert!(error.is_no_such_hosted_zone(), "{error:?}");
    Ok(())
}

/// Adds a record to the zone, and removes it again.
async fn records(client: &route_53::Client, id: &str) -> Outcome {
    let record = |value: &str| ResourceRecord::builder().value(value).build();
    let set = ResourceRecordSet::builder()
        .name("www.a.example.com.")
        .r#type(RrType::A)
        .ttl(60)
        .resource_records(record("192.0.2.1")?)
        .resource_records(record("192.0.2.2")?)
        .build()?;
    for (action, left) in [(ChangeAction::Create, 1), (ChangeAction::Delete, 0)] {
        let change = Change::builder()
            .action(action)
            .resource_record_set(set.clone());
        let changes = ChangeBatch::builder().changes(change.build()?).build()?;
        client
            .change_resource_record_sets()
            .hosted_zone_id(id)
            .change_batch(changes)
            .send()
            .await?;
        let listed = client
            .list_resource_record_sets()
            .hosted_zone_id(id)
            .send()
            .await?;
        let sets = listed.resource_record_sets();
        assert_eq!(
            sets.iter().filter(|it| **it == set).count(),
            left,
            "{sets:?}"
        );
    }
    Ok(())
}
