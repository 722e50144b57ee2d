//! CloudWatch, which uses rpcv2Cbor and keeps the error codes of its query protocol.

use cloud_watch::Client;
use cloud_watch::primitives::DateTime;
use cloud_watch::types::{Dimension, MetricDatum, StandardUnit, Statistic};

use crate::{Outcome, client, refused};

/// More than fit into a page, and enough for a compressed request.
const METRICS: usize = 501;

/// The times of measurements: two minutes.
const MINUTES: [i64; 2] = [1_790_000_040, 1_790_000_100];

pub async fn run(url: &str) -> Outcome {
    let client = client!(cloud_watch, url);
    metrics(&client).await?;
    for name in ["one", "two"] {
        for body in [
            r#"{"widgets": []}"#,
            r#"{"widgets": [], "start": "ä\u0031"}"#,
        ] {
            let put = client.put_dashboard().dashboard_name(name);
            put.dashboard_body(body).send().await?;
        }
    }
    let listed = client.list_dashboards().into_paginator().items().send();
    let listed = listed.collect::<Result<Vec<_>, _>>().await?;
    let names: Vec<_> = listed.iter().filter_map(|it| it.dashboard_name()).collect();
    assert_eq!(names, ["one", "two"]);
    let read = client.get_dashboard().dashboard_name("one").send().await?;
    assert_eq!(
        read.dashboard_body(),
        Some(r#"{"widgets": [], "start": "ä\u0031"}"#)
    );
    let delete = client.delete_dashboards();
    delete
        .dashboard_names("one")
        .dashboard_names("two")
        .send()
        .await?;
    let call = client.get_dashboard().dashboard_name("one").send().await;
    let error = refused(call, "ResourceNotFound", "does not exist");
    assert!(error.is_dashboard_not_found_error(), "{error:?}");
    assert_eq!(error.meta().extra("type"), Some("Sender"));
    Ok(())
}

/// Doubles and times, in requests and responses.
async fn metrics(client: &Client) -> Outcome {
    let dimension = |name: &str| Dimension::builder().name("Host").value(name).build();
    let datum = |name: String| MetricDatum::builder().metric_name(name);
    let many = (0..METRICS).map(|number| datum(format!("m{number}")).value(0.1).build());
    let put = client.put_metric_data().namespace("Many");
    put.set_metric_data(Some(many.collect())).send().await?;
    let mut pages = client
        .list_metrics()
        .namespace("Many")
        .into_paginator()
        .send();
    let mut lengths = Vec::new();
    while let Some(page) = pages.try_next().await? {
        lengths.push(page.metrics().len());
    }
    assert_eq!(lengths, [500, 1]);

    let values = [(0, 0.1), (0, 1e300), (1, -2.5)];
    for (minute, value) in values {
        let datum = datum("Load".to_owned())
            .dimensions(dimension("größe"))
            .timestamp(DateTime::from_secs(MINUTES[minute]))
            .unit(StandardUnit::Percent)
            .value(value)
            .build();
        let put = client.put_metric_data().namespace("Few");
        put.metric_data(datum).send().await?;
    }
    let read = client
        .get_metric_statistics()
        .namespace("Few")
        .metric_name("Load")
        .dimensions(dimension("größe"))
        .start_time(DateTime::from_secs(MINUTES[0]))
        .end_time(DateTime::from_secs(MINUTES[1] + 60))
        .period(60)
        .statistics(Statistic::Minimum)
        .statistics(Statistic::Maximum)
        .statistics(Statistic::SampleCount)
        .send()
        .await?;
    let mut points: Vec<_> = read.datapoints().to_vec();
    points.sort_by_key(|point| point.timestamp().map(DateTime::secs));
    let points: Vec<_> = points
        .iter()
        .map(|point| {
            let time = point.timestamp().map(DateTime::secs);
            (time, point.minimum(), point.maximum(), point.sample_count())
        })
        .collect();
    assert_eq!(
        points,
        [
            (Some(MINUTES[0]), Some(0.1), Some(1e300), Some(2.0)),
            (Some(MINUTES[1]), Some(-2.5), Some(-2.5), Some(1.0)),
        ]
    );
    Ok(())
}
