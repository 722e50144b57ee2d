//! Types for responses of Amazon S3, read by `quick-xml`.

use std::hint::black_box;

use serde::Deserialize;

pub const REFERENCES: &[timed::Reference] = &[timed::Reference {
    operation: "ListObjectsV2",
    parse: |body| {
        let output: ListBucketResult = quick_xml::de::from_reader(body).expect("it is XML");
        black_box(output);
    },
}];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct ListBucketResult {
    is_truncated: Option<bool>,
    #[serde(default)]
    contents: Vec<Object>,
    name: Option<String>,
    prefix: Option<String>,
    delimiter: Option<String>,
    max_keys: Option<i32>,
    key_count: Option<i32>,
    continuation_token: Option<String>,
    next_continuation_token: Option<String>,
    start_after: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct Object {
    key: Option<String>,
    last_modified: Option<String>,
    #[serde(rename = "ETag")]
    e_tag: Option<String>,
    #[serde(default)]
    checksum_algorithm: Vec<String>,
    checksum_type: Option<String>,
    size: Option<i64>,
    storage_class: Option<StorageClass>,
}

#[derive(Deserialize)]
enum StorageClass {
    #[serde(rename = "STANDARD")]
    Standard,
    #[serde(rename = "GLACIER")]
    Glacier,
}
