//! Tests the metadata of responses in outputs and errors.

use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;
use client_ivschat::config::http::HttpResponse;
use client_ivschat::config::{BehaviorVersion, Credentials, Region};
use client_ivschat::error::{ErrorMetadata, SdkError};
use client_ivschat::{Client, Config, ProvideResponseMetadata, ResponseMetadata};

fn response(status: u16, body: &'static str) -> http::Response<SdkBody> {
    http::Response::builder()
        .status(status)
        .header("x-amzn-requestid", "request")
        .header("x-amz-id-2", "extended")
        .header("x-amz-cf-id", "cloud front")
        .body(SdkBody::from(body))
        .expect("a response")
}

/// A client whose calls all get this status.
fn client(status: u16) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-west-2"))
        .credentials_provider(Credentials::new("id", "secret", None, None, "tests"))
        .retry_config(RetryConfig::disabled())
        .http_client(infallible_client_fn(move |_| response(status, "{}")));
    Client::from_conf(config.build())
}

#[track_caller]
fn check_all(metadata: &ResponseMetadata, status: u16, attempts: Option<u32>) {
    assert_eq!(metadata.request_id(), Some("request"));
    assert_eq!(metadata.extended_request_id(), Some("extended"));
    assert_eq!(metadata.cloud_front_id(), Some("cloud front"));
    assert_eq!(metadata.http_status(), Some(status));
    assert_eq!(metadata.attempts(), attempts);
}

#[tokio::test]
async fn outputs_and_errors_tell_all() {
    let output = client(200).list_rooms().send().await.expect("it succeeds");
    check_all(&output.response_metadata(), 200, Some(1));
    let result = client(402).list_rooms().send().await;
    check_all(&result.response_metadata(), 402, Some(1));
    let error = result.expect_err("it fails");
    check_all(&error.response_metadata(), 402, Some(1));
    let error = error.into_service_error();
    check_all(&error.response_metadata(), 402, Some(1));
}

/// Otherwise outputs with the same content would differ.
#[tokio::test]
async fn metadata_is_equal_by_request_id() {
    let one = client(200).list_rooms().send().await.response_metadata();
    let other = client(404).list_rooms().send().await.response_metadata();
    assert_eq!(one, other);
    assert_ne!(one, ResponseMetadata::default());
}

#[test]
fn errors_that_carry_nothing_are_known_by_their_response() {
    let raw = || HttpResponse::try_from(response(500, "")).expect("a response");
    let error: SdkError<ErrorMetadata> = SdkError::service_error(ErrorMetadata::default(), raw());
    check_all(&error.response_metadata(), 500, None);
    let error: SdkError<ErrorMetadata> = SdkError::response_error("not JSON", raw());
    check_all(&error.response_metadata(), 500, None);
    let error: SdkError<ErrorMetadata> = SdkError::timeout_error("no response");
    let metadata = error.response_metadata();
    assert_eq!(metadata.request_id(), None);
    assert_eq!(metadata.http_status(), None);
}
