//! EC2, which uses ec2Query. Its model has no errors.

use ec2::types::{
    AttributeBooleanValue, Filter, InstanceStateName, ResourceType, Tag, TagSpecification,
    VpcAttributeName,
};

use crate::{Outcome, client, refused};

pub async fn run(url: &str) -> Outcome {
    let client = client!(ec2, url);
    let tag = Tag::builder().key("team").value("a & b").build();
    let tags = TagSpecification::builder()
        .resource_type(ResourceType::Vpc)
        .tags(tag.clone());
    let created = client
        .create_vpc()
        .cidr_block("10.0.0.0/16")
        .tag_specifications(tags.build())
        .send()
        .await?;
    let id = created
        .vpc()
        .and_then(|vpc| vpc.vpc_id())
        .ok_or("a VPC has an id")?;
    let described = client
        .describe_vpcs()
        .filters(
            Filter::builder()
                .name("vpc-id")
                .values("none")
                .values(id)
                .build(),
        )
        .send()
        .await?;
    let [vpc] = described.vpcs() else {
        panic!("there is one such VPC: {described:?}");
    };
    assert_eq!(
        (vpc.cidr_block(), vpc.is_default()),
        (Some("10.0.0.0/16"), Some(false))
    );
    assert_eq!(vpc.tags(), [tag]);
    let yes = AttributeBooleanValue::builder().value(true).build();
    let change = client.modify_vpc_attribute().vpc_id(id);
    change.enable_dns_hostnames(yes).send().await?;
    let name = VpcAttributeName::EnableDnsHostnames;
    let read = client
        .describe_vpc_attribute()
        .vpc_id(id)
        .attribute(name)
        .send()
        .await?;
    let value = read.enable_dns_hostnames().and_then(|it| it.value());
    assert_eq!(value, Some(true));
    instances(&client).await?;
    client.delete_vpc().vpc_id(id).send().await?;
    let call = client.delete_vpc().vpc_id(id).send().await;
    let error = refused(call, "InvalidVpcID.NotFound", id);
    assert!(
        error.to_string().contains("InvalidVpcID.NotFound"),
        "{error}"
    );
    Ok(())
}

/// Lists of structures in lists, times, and enums.
async fn instances(client: &ec2::Client) -> Outcome {
    let mut ids = Vec::new();
    for count in 1..4 {
        let ran = client
            .run_instances()
            .image_id("ami-12c6146b")
            .min_count(count)
            .max_count(count)
            .send()
            .await?;
        let instances = ran.instances().iter();
        ids.extend(
            instances
                .filter_map(|it| it.instance_id())
                .map(str::to_owned),
        );
    }
    assert_eq!(ids.len(), 6);
    let mut pages = client
        .describe_instances()
        .max_results(2)
        .into_paginator()
        .send();
    let (mut found, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.try_next().await? {
        count += 1;
        for instance in page.reservations().iter().flat_map(|it| it.instances()) {
            let state = instance.state().and_then(|state| state.name());
            assert_eq!(state, Some(&InstanceStateName::Running), "{instance:?}");
            let started = instance.launch_time().ok_or("it has been started")?;
            assert!(started.secs() > 1_700_000_000, "{started:?}");
            found.extend(instance.instance_id().map(str::to_owned));
        }
    }
    found.sort();
    let mut sorted = ids.clone();
    sorted.sort();
    assert_eq!((found, count), (sorted, 2));
    let ended = client
        .terminate_instances()
        .set_instance_ids(Some(ids))
        .send()
        .await?;
    assert_eq!(ended.terminating_instances().len(), 6);
    Ok(())
}
