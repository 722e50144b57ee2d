//! Types for responses of Amazon CloudWatch, read by `ciborium`.

use std::hint::black_box;

use serde::Deserialize;

pub const REFERENCES: &[timed::Reference] = &[
    timed::Reference {
        operation: "ListMetrics",
        parse: |body| {
            let output: ListMetrics = ciborium::from_reader(body).expect("it is CBOR");
            black_box(output);
        },
    },
    timed::Reference {
        operation: "GetMetricData",
        parse: |body| {
            let output: GetMetricData = ciborium::from_reader(body).expect("it is CBOR");
            black_box(output);
        },
    },
];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct ListMetrics {
    metrics: Option<Vec<Metric>>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct Metric {
    namespace: Option<String>,
    metric_name: Option<String>,
    dimensions: Option<Vec<Dimension>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct Dimension {
    name: Option<String>,
    value: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct GetMetricData {
    metric_data_results: Option<Vec<MetricDataResult>>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct MetricDataResult {
    id: Option<String>,
    label: Option<String>,
    timestamps: Option<Vec<i64>>,
    values: Option<Vec<f64>>,
    status_code: Option<StatusCode>,
}

#[derive(Deserialize)]
enum StatusCode {
    Complete,
    PartialData,
}
