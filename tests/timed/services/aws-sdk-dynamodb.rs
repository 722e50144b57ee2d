//! Types for responses of Amazon DynamoDB, read by `serde_json`.

use std::collections::HashMap;
use std::hint::black_box;

use serde::Deserialize;

pub const REFERENCES: &[timed::Reference] = &[timed::Reference {
    operation: "Query",
    parse: |body| {
        let output: Query = serde_json::from_slice(body).expect("it is JSON");
        black_box(output);
    },
}];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct Query {
    items: Option<Vec<HashMap<String, AttributeValue>>>,
    #[serde(default)]
    count: i32,
    #[serde(default)]
    scanned_count: i32,
    last_evaluated_key: Option<HashMap<String, AttributeValue>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "nothing is done with what was read")]
#[allow(clippy::upper_case_acronyms, reason = "the names are the service's")]
enum AttributeValue {
    S(String),
    N(String),
    B(String),
    SS(Vec<String>),
    NS(Vec<String>),
    BS(Vec<String>),
    M(HashMap<String, AttributeValue>),
    L(Vec<AttributeValue>),
    NULL(bool),
    BOOL(bool),
}
